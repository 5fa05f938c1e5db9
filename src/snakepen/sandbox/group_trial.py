"""Control groups tried for real: one is made, a process goes into it, is counted there, and all of it is removed."""

import errno
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

assert sys.platform == "linux"

from snakepen.sandbox import syscalls
from snakepen.sandbox.cgroups import SERVER_GROUP, GroupsV1, check_delegation, identity, own_groups

_REMOVE_SECONDS: Final = 1.0
_MEMORY_BYTES: Final = 256 << 20


def try_groups(server: int) -> str:
    """What can be had, in words; `server` is who will be in our group when it asks for the same. Raises OSError."""
    own = own_groups()
    if "" not in own:
        return _try_version_1(own)
    return _try_version_2(own[""], server)


def _try_version_1(own: dict[str, Path]) -> str:
    groups = GroupsV1(own)
    try:
        group = groups.make(0)
        try:
            group.limit(memory_bytes=_MEMORY_BYTES)
            _put_a_process_in(group.join)
            group.cpu_seconds()
            group.peak_bytes()
        finally:
            group.close()
            _remove(group.remove)
    finally:
        groups.close()
    return "version 1"


def _try_version_2(own: Path, server: int) -> str:
    """Limits are not tried: they need a group without processes, and the server is in ours until it has started."""
    check_delegation(own)
    try_below(own.parent if own.name == SERVER_GROUP else own, server)
    return "version 2, delegated"


def try_below(own: Path, server: int) -> None:
    """A group of version 2 below one that is the server's alone. Raises OSError."""
    here = map(int, (own / "cgroup.procs").read_text("utf-8").split())
    if not all(pid == server or _is_of_this_trial(pid) for pid in here):
        raise OSError(errno.EBUSY, "the server is not alone in this group", str(own))
    folder = own / identity()
    folder.mkdir()
    try:
        join = os.open(folder / "cgroup.procs", os.O_WRONLY | os.O_CLOEXEC)
        try:
            _put_a_process_in([join])
        finally:
            os.close(join)
        (folder / "cpu.stat").read_text("utf-8")
    finally:
        _remove(lambda: _removed(folder))


def _is_of_this_trial(pid: int) -> bool:
    """All of it is one session (setsid(2)); who has ended since counts as well."""
    try:
        return os.getsid(pid) == os.getsid(0)
    except ProcessLookupError:
        return True


def _put_a_process_in(join: Sequence[int]) -> None:
    """The process goes in by itself, as a runner does, and is not there any more when this returns."""
    pid = syscalls.fork()
    if pid == 0:
        syscalls.die_with_parent()
        try:
            for descriptor in join:
                os.write(descriptor, b"0")
        except OSError as error:
            os._exit(error.errno or 1)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    number = os.waitstatus_to_exitcode(status)
    if number:
        raise OSError(abs(number), f"a process cannot be put into a group: {os.strerror(abs(number))}")


def _remove(removed: Callable[[], bool]) -> None:
    """cgroups(7): a group can be removed when nobody is in it, and who has ended leaves it in his own time."""
    deadline = time.monotonic() + _REMOVE_SECONDS
    while not removed() and time.monotonic() < deadline:
        time.sleep(0.002)


def _removed(folder: Path) -> bool:
    try:
        folder.rmdir()
    except OSError:
        return False
    return True
