"""The folder of one plain run: made, filled, and gone when the run is over, also after a server that was killed."""

import errno
import os
import secrets
import stat
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path, PureWindowsPath
from typing import Final

import structlog
from filelock import FileLock, Timeout

from snakepen.errors import FieldProblem, InvalidRequest, Unavailable
from snakepen.executor import PROGRAM_NAME, WorkspaceFile

_PREFIX: Final = "snakepen-runs-"
_LOCK_SUFFIX: Final = ".lock"
_GRAVEYARD: Final = ".gone-"
# How long a sweeping server may hold the lock of a folder that it found.
_SWEEP_SECONDS: Final = 10.0
# What a file system says of a name: it is there already (letters of one case), too long, or none it can keep.
_NAME_ERRORS: Final = frozenset(
    {errno.EEXIST, errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ, errno.ENOTDIR, errno.EISDIR}
)

log = structlog.get_logger()


class Workspaces:
    """The folder that holds this server's runs. Opening it sweeps those of servers that are no more."""

    def __init__(self, parent: Path | None = None) -> None:
        parent = parent or Path(tempfile.gettempdir())
        _sweep(parent)
        # Resolved, because a program sees the resolved path (macOS: /tmp is a link). The lock is held before the folder
        # is there, so that no other server can take it for one that was left.
        self.root = parent.resolve() / f"{_PREFIX}{secrets.token_hex(8)}"
        self._lock = FileLock(_lock_of(self.root))
        self._lock.acquire(timeout=_SWEEP_SECONDS)
        self.root.mkdir(mode=0o700)

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
        remove_tree(self.root)
        self._lock.release()
        Path(_lock_of(self.root)).unlink(missing_ok=True)


def _lock_of(root: Path) -> str:
    return f"{root}{_LOCK_SUFFIX}"


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


def _sweep(parent: Path) -> None:
    for lock_file in parent.glob(f"{_PREFIX}*{_LOCK_SUFFIX}"):
        try:
            if sys.platform != "win32" and lock_file.stat().st_uid != os.getuid():
                continue
            lock = FileLock(lock_file)
            lock.acquire(timeout=0)
        except (OSError, Timeout):
            continue  # alive, somebody else's, or gone meanwhile
        root = lock_file.with_name(lock_file.name.removesuffix(_LOCK_SUFFIX))
        for folder in (root, *parent.glob(f"{root.name}{_GRAVEYARD}*")):
            remove_tree(folder)
        lock.release()
        lock_file.unlink(missing_ok=True)


def remove_tree(folder: Path) -> None:
    """Remove a folder whatever the program made of it; what resists is logged, never raised.

    Not shutil.rmtree: it gives up on folders without permissions, and before Python 3.13 on folders nested deeper
    than the interpreter recurses. Here each inner folder is first moved to one place, so that no path grows long.
    """
    graveyard: str | None = None
    moved = 0
    pending = [os.fspath(folder)]
    try:
        if folder.is_symlink() or not folder.is_dir():
            folder.unlink(missing_ok=True)  # the program put something else in its place; what a link names is not ours
            return
        while pending:
            current = pending.pop()
            os.chmod(current, stat.S_IRWXU)
            with os.scandir(current) as entries:
                children = list(entries)
            for child in children:
                if not child.is_dir(follow_symlinks=False):
                    _unlink(child.path)
                    continue
                graveyard = graveyard or tempfile.mkdtemp(prefix=f"{folder.name}{_GRAVEYARD}", dir=folder.parent)
                moved += 1
                target = os.path.join(graveyard, str(moved))
                os.chmod(child.path, stat.S_IRWXU)  # rename(2) writes its "..", so it must be writable
                os.rename(child.path, target)
                pending.append(target)
            os.rmdir(current)
        if graveyard is not None:
            os.rmdir(graveyard)
    except OSError as error:
        log.warning("workspace_left", folder=str(folder), error=str(error))


def _unlink(path: str) -> None:
    if sys.platform == "win32":
        os.chmod(path, stat.S_IWRITE)  # a read-only file is not removed there
    os.unlink(path)
