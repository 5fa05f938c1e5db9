"""The folder of one plain run: made, filled, and gone when the run is over, also after a server that was killed."""

import errno
import sys
from collections.abc import Iterable
from pathlib import Path, PureWindowsPath
from typing import Final

import structlog

from snakepen.errors import FieldProblem, InvalidRequest, Unavailable
from snakepen.executor import PROGRAM_NAME, WorkspaceFile
from snakepen.runs.private_folder import PrivateFolder, remove_tree

_PREFIX: Final = "snakepen-runs-"
# What a file system says of a name: it is there already (letters of one case), too long, or none it can keep.
_NAME_ERRORS: Final = frozenset(
    {errno.EEXIST, errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ, errno.ENOTDIR, errno.EISDIR}
)

log = structlog.get_logger()


class Workspaces:
    """The folder that holds this server's runs. Opening it sweeps those of servers that are no more."""

    def __init__(self, parent: Path | None = None) -> None:
        self._folder = PrivateFolder(_PREFIX, parent)
        self.root = self._folder.root

    def create(self, run_id: str, code: bytes, files: Iterable[WorkspaceFile]) -> Path:
        """A new folder with the program and its files, to be removed by `remove`.

        Raises InvalidRequest when the disk cannot hold a name, Unavailable when it can hold nothing now.
        """
        # One level down, so that a program that moves its folder moves it inside of what is removed.
        folder = self.root / run_id / "workspace"
        try:
            folder.mkdir(mode=0o700, parents=True)
            _write(folder / PROGRAM_NAME, code)
            for index, file in enumerate(files):
                _write_file(folder, file, index)
        except BaseException as error:
            self.remove(run_id)
            if isinstance(error, OSError):
                log.warning("workspace_failed", run=run_id, error=str(error))
                raise Unavailable(f"The server's disk takes no program now ({error.strerror}).") from error
            raise
        return folder

    def remove(self, run_id: str) -> None:
        """Remove what a run had, whatever became of it."""
        remove_tree(self.root / run_id)

    def close(self) -> None:
        """Remove everything."""
        self._folder.close()


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as out:
        out.write(content)


def _write_file(folder: Path, file: WorkspaceFile, index: int) -> None:
    try:
        if sys.platform == "win32":
            pure = PureWindowsPath(file.path)
            if pure.drive or pure.is_reserved() or ":" in file.path:
                raise OSError(errno.EINVAL, "Windows keeps this name for itself")
        target = folder / file.path
        target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        _write(target, file.content)
    except OSError as error:
        if error.errno not in _NAME_ERRORS:
            raise
        problem = f"cannot be written here ({error.strerror})"
        raise InvalidRequest((FieldProblem(f"files.{index}.path", problem),)) from error
