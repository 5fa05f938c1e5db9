"""A folder of this server's alone on disk: gone when it is closed, and swept when the server was killed."""

import os
import secrets
import stat
import sys
import tempfile
from pathlib import Path
from typing import Final

import structlog
from filelock import FileLock, Timeout

from snakepen.errors import SetupError

_LOCK_SUFFIX: Final = ".lock"
_GRAVEYARD: Final = ".gone-"
# How long a sweeping server may hold the lock of a folder that it found.
_SWEEP_SECONDS: Final = 10.0

log = structlog.get_logger()


def temporary_folder() -> Path:
    """The folder for temporary files. Raises SetupError where nothing can be written."""
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError as error:
        raise SetupError(
            "No folder for temporary files can be written to: make /tmp writable, or name another folder in TMPDIR."
        ) from error


class PrivateFolder:
    """Below the folder for temporary files, with a name that nobody can guess. Making it sweeps as `sweep` does."""

    def __init__(self, prefix: str, parent: Path | None = None) -> None:
        """Raises OSError when the disk takes no folder, and SetupError as `temporary_folder` does."""
        parent = parent or temporary_folder()
        sweep(prefix, parent)
        # Resolved, because a program sees the resolved path (macOS: /tmp is a link). The lock is held before the folder
        # is there, so that no other server can take it for one that was left.
        self.root = parent.resolve() / f"{prefix}{secrets.token_hex(8)}"
        # Whichever thread opened it, any may close it.
        self._lock = FileLock(_lock_of(self.root), thread_local=False)
        self._lock.acquire(timeout=_SWEEP_SECONDS)
        self.root.mkdir(mode=0o700)

    def close(self) -> None:
        """Remove everything."""
        remove_tree(self.root)
        self._lock.release()
        Path(_lock_of(self.root)).unlink(missing_ok=True)


def _lock_of(root: Path) -> str:
    return f"{root}{_LOCK_SUFFIX}"


def sweep(prefix: str, parent: Path | None = None) -> None:
    """Remove the folders with this prefix of servers that are no more."""
    parent = parent or temporary_folder()
    for lock_file in parent.glob(f"{prefix}*{_LOCK_SUFFIX}"):
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
