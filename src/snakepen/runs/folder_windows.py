"""A folder on Windows: a path, because nothing there opens a file relative to a folder.

For trusted code alone, which isolation level `none` is for: what is swapped between two calls is followed.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Final, Self

_REPARSE_POINT: Final = 0x400  # FILE_ATTRIBUTE_REPARSE_POINT: links of every kind


class WindowsFolder:
    """See Folder."""

    def __init__(self, path: Path) -> None:
        status = _unlinked(path)
        if not stat.S_ISDIR(status.st_mode):
            raise NotADirectoryError(str(path))
        self._path = path
        self.device = status.st_dev
        self.is_readable = True

    def entries(self) -> Iterator["os.DirEntry[str]"]:
        with os.scandir(self._path) as entries:
            yield from entries

    def folder(self, name: str) -> Self:
        return type(self)(self._path / name)

    def file(self, name: str) -> FileIO | None:
        path = self._path / name
        return FileIO(path, "r") if stat.S_ISREG(_unlinked(path).st_mode) else None

    def make_folder(self, name: str) -> None:
        with suppress(FileExistsError):
            (self._path / name).mkdir()

    def new_file(self, name: str) -> FileIO | None:
        path = self._path / name
        with suppress(FileNotFoundError):
            if not stat.S_ISREG(_unlinked(path).st_mode):
                return None
        return FileIO(path, "w")

    def close(self) -> None:
        """Nothing is held."""


def _unlinked(path: Path) -> os.stat_result:
    status = path.lstat()
    if getattr(status, "st_file_attributes", 0) & _REPARSE_POINT:
        raise OSError(f"{path} is a link")
    return status
