"""A folder on Linux and macOS: a descriptor, and calls relative to it (openat(2))."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Final, Self

assert sys.platform != "win32"

_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# O_NONBLOCK: to open a pipe waits for its other end otherwise, and a file with a lease for whoever has that.
_FILE: Final = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


class PosixFolder:
    """See Folder."""

    def __init__(self, descriptor: int) -> None:
        """Owns the descriptor from here on."""
        self._descriptor = descriptor
        status = os.fstat(descriptor)
        self.device = status.st_dev
        wanted = stat.S_IRUSR | stat.S_IXUSR
        self.is_readable = status.st_mode & wanted == wanted

    @classmethod
    def open(cls, path: Path) -> Self:
        return cls(os.open(path, _FOLDER))

    def entries(self) -> Iterator["os.DirEntry[str]"]:
        with os.scandir(self._descriptor) as entries:
            yield from entries

    def folder(self, name: str) -> Self:
        return type(self)(os.open(name, _FOLDER, dir_fd=self._descriptor))

    def file(self, name: str) -> FileIO | None:
        return _regular(os.open(name, _FILE | os.O_RDONLY, dir_fd=self._descriptor), "r")

    def make_folder(self, name: str) -> None:
        with suppress(FileExistsError):
            os.mkdir(name, dir_fd=self._descriptor)

    def new_file(self, name: str) -> FileIO | None:
        # Emptied only when it is known to be a file.
        file = _regular(os.open(name, _FILE | os.O_RDWR | os.O_CREAT, 0o666, dir_fd=self._descriptor), "r+")
        if file is not None:
            file.truncate(0)
        return file

    def close(self) -> None:
        os.close(self._descriptor)


def _regular(descriptor: int, mode: str) -> FileIO | None:
    """It as a file, or closed when it is none."""
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return None
    return FileIO(descriptor, mode)
