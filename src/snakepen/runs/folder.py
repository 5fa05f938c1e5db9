"""A folder that somebody else has filled, and maybe still does: what is in it is reached from it and by no path, and no
link is followed.

Two implementations, because only some platforms open a file relative to an open folder.
"""

import os
import sys
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from typing import Protocol, Self


class Folder(Protocol):
    """An open folder. Every method but `close` raises OSError; a name is one part of a path, as `entries` gives it."""

    device: int
    """The file system that it is on (stat(2), st_dev)."""
    is_readable: bool
    """Whether who owns it may list it and go into it, by its mode; to root every folder is open."""

    def entries(self) -> Iterator["os.DirEntry[str]"]:
        """What is in it, in no order; bytes that are no UTF-8 are surrogates."""

    def folder(self, name: str) -> Self:
        """A folder in it, never one behind a link."""

    def file(self, name: str) -> FileIO | None:
        """A regular file in it, open to be read; None when it is something else now. Never waits for whoever is at the
        other end of a pipe."""

    def make_folder(self, name: str) -> None:
        """Make a folder in it, unless something of this name is there."""

    def new_file(self, name: str) -> FileIO | None:
        """An empty file in it, new or emptied, open to be written; None when something else has this name."""

    def close(self) -> None:
        """Let go of it."""


def open_folder(path: Path) -> Folder:
    """Raises OSError when it is not there, or is a link or a file."""
    if sys.platform == "win32":
        from snakepen.runs.folder_windows import WindowsFolder

        return WindowsFolder(path)
    else:  # noqa: RET505  -- the type checker reads a platform's branch only when it is one
        from snakepen.runs.folder_posix import PosixFolder

        return PosixFolder.open(path)


def descend(root: Folder, parts: tuple[str, ...]) -> Folder:
    """The folder so many steps below, to be closed apart from `root`. Raises OSError.

    Step by step, each relative to the one before: openat2(2) with RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS would take
    one call for it where it exists, and be no safer, because no step of these can be `..` or a link.
    """
    place = root.folder(".")
    for part in parts:
        try:
            below = place.folder(part)
        finally:
            place.close()
        place = below
    return place
