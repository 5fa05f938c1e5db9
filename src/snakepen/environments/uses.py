"""Who uses a build: a lock that whoever runs programs on it shares, and without which nobody removes it.

flock(2) on a file beside the build, where programs cannot reach it: they see the build itself. Windows has no such
lock, and lets nobody remove files that are in use.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from snakepen.errors import SetupError


def keep(folder: Path) -> int | None:
    """Keep this build, whether it is there yet or not, from being removed until the process ends.

    Answers with the descriptor that does. Where none can be had nothing is kept: whoever may not write there is told
    so when the build has to be made.
    """
    if sys.platform == "win32":
        return None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        descriptor = _open(folder)
    except OSError:
        return None
    try:
        _lock(descriptor)  # who removes it has it for a moment only
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


@contextmanager
def unused(folder: Path) -> Iterator[None]:
    """For as long as nobody may come to use this build. Raises SetupError when somebody does; OSError."""
    if sys.platform == "win32":
        yield
        return
    descriptor = _open(folder)
    try:
        try:
            _lock(descriptor, alone=True)
        except BlockingIOError as error:
            users = ", ".join(_holders(descriptor))
            raise SetupError(
                f"The environment in {folder} is in use: end each 'snakepen serve', 'run', 'ask' and 'doctor' that "
                f"uses it{f' (process {users})' if users else ''}, then try again."
            ) from error
        yield
    finally:
        os.close(descriptor)


def _open(folder: Path) -> int:
    return os.open(f"{folder}.used", os.O_RDONLY | os.O_CREAT, 0o644)


def _lock(descriptor: int, *, alone: bool = False) -> None:
    """Raises BlockingIOError when it is not to be had alone."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)


def _holders(descriptor: int) -> list[str]:
    """Their process ids, where the system tells: /proc/locks, proc(5)."""
    inode = os.fstat(descriptor).st_ino
    try:
        locks = [line.split() for line in Path("/proc/locks").read_text("ascii").splitlines()]
    except OSError:
        return []
    return sorted({lock[4] for lock in locks if lock[1] == "FLOCK" and lock[5].endswith(f":{inode}")}, key=int)
