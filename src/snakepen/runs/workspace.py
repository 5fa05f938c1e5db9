"""The folder of one plain run: made, filled, and gone when the run is over, also after a server that was killed."""

import contextlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path, PureWindowsPath
from typing import Final

import structlog
from filelock import FileLock, Timeout

from snakepen.errors import FieldProblem, InvalidRequest
from snakepen.executor import WorkspaceFile

PROGRAM_NAME: Final = "main.py"
_PREFIX: Final = "snakepen-runs-"
_LOCK_SUFFIX: Final = ".lock"

log = structlog.get_logger()


class Workspaces:
    """The folder that holds this server's runs. Opening it sweeps those of servers that are no more."""

    def __init__(self, parent: Path | None = None) -> None:
        parent = parent or Path(tempfile.gettempdir())
        _sweep(parent)
        # Resolved, because a program sees the resolved path (macOS: /tmp is a link).
        self.root = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent)).resolve()
        self._lock = FileLock(_lock_of(self.root))
        self._lock.acquire(timeout=0)

    def create(self, run_id: str, code: bytes, files: Iterable[WorkspaceFile]) -> Path:
        """A new folder with the program and its files. Raises InvalidRequest when the disk cannot hold a name."""
        folder = self.root / run_id
        folder.mkdir(mode=0o700)
        try:
            _write(folder / PROGRAM_NAME, code)
            for index, file in enumerate(files):
                try:
                    _write_file(folder, file)
                except OSError as error:
                    problem = f"cannot be written here ({error.strerror})"
                    raise InvalidRequest((FieldProblem(f"files.{index}.path", problem),)) from error
        except BaseException:
            remove_tree(folder)
            raise
        return folder

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


def _write_file(folder: Path, file: WorkspaceFile) -> None:
    if sys.platform == "win32":
        pure = PureWindowsPath(file.path)
        if pure.drive or pure.is_reserved() or ":" in file.path:
            raise OSError(0, "Windows keeps this name for itself", file.path)
    target = folder / file.path
    target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    _write(target, file.content)


def _sweep(parent: Path) -> None:
    for lock_file in parent.glob(f"{_PREFIX}*{_LOCK_SUFFIX}"):
        try:
            if sys.platform != "win32" and lock_file.stat().st_uid != os.getuid():
                continue
            lock = FileLock(lock_file)
            lock.acquire(timeout=0)
        except (OSError, Timeout):
            continue  # alive, somebody else's, or gone meanwhile
        remove_tree(lock_file.with_name(lock_file.name.removesuffix(_LOCK_SUFFIX)))
        lock.release()
        lock_file.unlink(missing_ok=True)


def remove_tree(folder: Path) -> None:
    """Remove a folder whatever the program made of its permissions; what resists is logged, never raised."""

    top = os.fspath(folder)

    def retry(function: Callable[[str], object], path: str, _error: object) -> None:
        # A folder without write or search permission keeps its children: give both back, then try again. Only below
        # the top: what holds the folder is not ours to change.
        with contextlib.suppress(OSError, TypeError):  # what is still there is seen below
            if os.fspath(path) != top:
                os.chmod(os.path.dirname(path), stat.S_IRWXU)
            if not os.path.islink(path):
                os.chmod(path, stat.S_IRWXU)
            function(path)

    try:
        shutil.rmtree(folder, onerror=retry)
        if folder.exists():
            # What was locked away is open now; the second pass sees it.
            shutil.rmtree(folder, ignore_errors=True)
    except RecursionError:
        _remove_deep(folder)
    if folder.exists():
        log.warning("workspace_left", folder=str(folder))


def _remove_deep(folder: Path) -> None:
    """Folders nested deeper than the interpreter recurses, or than a path may be long: pull each level up."""
    if sys.platform == "win32":
        return
    graveyard = tempfile.mkdtemp(prefix="deep-", dir=folder.parent)
    number = 0
    pending = [os.fspath(folder)]
    while pending:
        current = pending.pop()
        with os.scandir(current) as entries:
            children = list(entries)
        for entry in children:
            if entry.is_dir(follow_symlinks=False):
                number += 1
                moved = os.path.join(graveyard, str(number))
                os.rename(entry.path, moved)
                pending.append(moved)
            else:
                os.unlink(entry.path)
        os.rmdir(current)
    os.rmdir(graveyard)
