"""Control groups: what counts memory and processor time of a whole run, and limits its memory (cgroups(7)).

Version 1 where it is mounted, where we must be allowed to write (as root); else version 2, of which a subtree has to be
delegated to us. Where we can make no groups, limits of single processes and the meter of `runs/meter.py` stand in, and
isolation says `soft`. Groups are made below the server's own, so that whatever limits the server limits its programs as
well; one group a run, used once.

    <own group>/snakepen-<pid>-<start>/<number>

A server that was killed leaves its folder; its launcher's keeper removes it, and if that was killed too, the next
server does.
"""

import contextlib
import errno
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, Protocol

assert sys.platform == "linux"

_PREFIX: Final = "snakepen-"
# Not pids: RLIMIT_NPROC counts the same, in the user namespace that each runner has of its own, and costs nothing.
_V1_CONTROLLERS: Final = ("memory", "cpuacct")
_V2_CONTROLLERS: Final = ("memory",)
_V1_WITH_SWAP: Final = "memory.memsw.limit_in_bytes"
# What waits in TCP and UDP sockets, which version 1 counts apart, and only where it is limited: on top of the rest.
_V1_SOCKETS: Final = "memory.kmem.tcp.limit_in_bytes"
_V1_SHARE_OF_SOCKETS: Final = 4
SERVER_GROUP: Final = f"{_PREFIX}server"


class Group(Protocol):
    """The groups of one run."""

    @property
    def join(self) -> Sequence[int]:
        """Files, open; a runner, which has one thread, writes 0 to each."""

    def limit(self, *, memory_bytes: int) -> None:
        """Set how much memory all of the run may hold. Raises OSError."""

    def cpu_seconds(self) -> float:
        """Used by all of the run so far."""

    def peak_bytes(self) -> int | None:
        """The most memory that it had at a time; None when the kernel does not tell."""

    def ran_out_of_memory(self) -> bool:
        """Whether the kernel killed anything in there for want of memory."""

    def close(self) -> None:
        """Close the files. The folder stays until `remove`."""

    def remove(self) -> bool:
        """Whether it is gone now; not yet while somebody in there is still dying."""


class Groups(Protocol):
    """Makes groups; `joins` is how many files each has to write to."""

    joins: int

    @property
    def folders(self) -> Sequence[Path]:
        """What holds the groups of this server, for whoever cleans up after it."""

    def make(self, number: int) -> Group:
        """Raises OSError."""

    def close(self) -> None:
        """Remove the folders; the groups in them are gone already."""


def open_groups(process: Path = Path("/proc/self"), mounts: Path = Path("/proc/self/mountinfo")) -> Groups | None:
    """The best that can be had here, after sweeping what killed servers left; None when nothing can."""
    with contextlib.suppress(OSError):
        own = own_groups(process, mounts)
        return GroupsV2(own[""]) if "" in own else GroupsV1(own)
    return None


def own_groups(process: Path = Path("/proc/self"), mounts: Path = Path("/proc/self/mountinfo")) -> dict[str, Path]:
    """The group that we are in: its folder for each controller of version 1, or for the empty name that of version 2.

    Raises OSError when this machine has neither.
    """
    paths = _paths_in_hierarchies(process)
    roots = _mounted_hierarchies(mounts)
    folders = {name: roots[name] / path.lstrip("/") for name, path in paths.items() if name in roots}
    v1: dict[str, Path] = {name: folders[name] for name in _V1_CONTROLLERS if name in folders}
    if len(v1) == len(_V1_CONTROLLERS):
        return v1
    if "" in folders:
        return {"": folders[""]}
    raise FileNotFoundError(errno.ENOENT, "no control groups are mounted")


def _paths_in_hierarchies(process: Path) -> dict[str, str]:
    """Our path in each hierarchy; version 2 has the empty name (proc_pid_cgroup(5))."""
    found = {}
    for line in (process / "cgroup").read_text("utf-8").splitlines():
        _, controllers, path = line.split(":", 2)
        for controller in controllers.split(","):
            found[controller] = path
    return found


def _mounted_hierarchies(mounts: Path) -> dict[str, Path]:
    """Where each hierarchy is mounted (proc_pid_mountinfo(5))."""
    found: dict[str, Path] = {}
    for line in mounts.read_text("utf-8").splitlines():
        before, _, after = line.partition(" - ")
        root, place = before.split()[3:5]
        kind, _, options = after.split(maxsplit=2)
        if kind == "cgroup2":
            found.setdefault("", Path(place))
        elif kind == "cgroup" and root == "/":
            for controller in options.split(","):
                found.setdefault(controller, Path(place))
    return found


def identity() -> str:
    """Of this process, for good: its number may be another's later, its number and start time not."""
    return f"{_PREFIX}{os.getpid()}-{_started_at(os.getpid())}"


def _started_at(pid: int) -> str:
    """proc_pid_stat(5), field 22: clock ticks since boot."""
    return Path("/proc", str(pid), "stat").read_text("utf-8").rpartition(")")[2].split()[19]


def _is_gone(name: str) -> bool:
    try:
        pid, started = name.removeprefix(_PREFIX).split("-")
        return _started_at(int(pid)) != started
    except ValueError:
        return False  # not a name of ours
    except (FileNotFoundError, ProcessLookupError):
        return True


def _sweep(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*-*"):
        if _is_gone(folder.name):
            _remove_folder(folder)


def _remove_folder(folder: Path) -> None:
    for entry in [*_subfolders(folder), folder]:
        with contextlib.suppress(OSError):
            entry.rmdir()


def _subfolders(folder: Path) -> Iterator[Path]:
    with contextlib.suppress(OSError):
        yield from (Path(entry.path) for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False))


def _make_folder(parent: Path) -> Path:
    _sweep(parent)
    folder = parent / identity()
    folder.mkdir(exist_ok=True)
    return folder


# From here on paths are text: a group is made and removed for each run, and this costs a third of what Path does.


def _set(file: str, value: object) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(descriptor, str(value).encode())
    finally:
        os.close(descriptor)


def _open_to_write(file: str) -> int:
    return os.open(file, os.O_WRONLY | os.O_CLOEXEC)


def _open_to_read(file: str) -> int:
    return os.open(file, os.O_RDONLY | os.O_CLOEXEC)


def _number(descriptor: int) -> int:
    return int(os.pread(descriptor, 64, 0))


def _entry(descriptor: int, name: bytes) -> int:
    """One line of a flat keyed file; 0 when there is none."""
    for line in os.pread(descriptor, 4096, 0).splitlines():
        key, _, value = line.partition(b" ")
        if key == name:
            return int(value)
    return 0


class GroupsV1:
    """Two hierarchies, a folder in each."""

    joins = len(_V1_CONTROLLERS)

    def __init__(self, own: dict[str, Path]) -> None:
        self._folders: dict[str, Path] = {}
        try:
            for controller, folder in own.items():
                self._folders[controller] = _make_folder(folder)
            self._limits_swap, self._limits_sockets = (
                (self._folders["memory"] / name).exists() for name in (_V1_WITH_SWAP, _V1_SOCKETS)
            )
        except OSError:
            self.close()
            raise

    @property
    def folders(self) -> Sequence[Path]:
        return list(self._folders.values())

    def make(self, number: int) -> "GroupV1":
        memory, cpu = (f"{self._folders[name]}/{number}" for name in _V1_CONTROLLERS)
        return GroupV1(memory, cpu, self._limits_swap, self._limits_sockets)

    def close(self) -> None:
        for folder in self._folders.values():
            _remove_folder(folder)


class GroupV1:
    """See Group. Linux kernel documentation, admin-guide/cgroup-v1/memory.rst."""

    def __init__(self, memory: str, cpu: str, limits_swap: bool, limits_sockets: bool) -> None:
        self._memory = memory
        self._folders = (memory, cpu)
        self._limits_swap = limits_swap
        self._limits_sockets = limits_sockets
        self._memory_bytes = sys.maxsize
        self._files: list[int] = []
        self.join: list[int] = []
        try:
            for folder in self._folders:
                os.mkdir(folder)
                # Not cgroup.procs: to move all threads of a process stops every fork and exit of the machine, and waits
                # until that holds (cgroup_attach_lock in kernel/cgroup/cgroup.c; measured: 18 ms against 0.03).
                self.join.append(_open_to_write(f"{folder}/tasks"))
            for file in (f"{memory}/memory.max_usage_in_bytes", f"{memory}/memory.oom_control", f"{cpu}/cpuacct.usage"):
                self._files.append(_open_to_read(file))
        except OSError:
            self.close()
            self.remove()
            raise

    def limit(self, *, memory_bytes: int) -> None:
        files = [f"{self._memory}/memory.limit_in_bytes"]
        if self._limits_swap:
            files.append(f"{self._memory}/{_V1_WITH_SWAP}")
        # Memory with swap may never be limited to less than memory without: EINVAL.
        if memory_bytes > self._memory_bytes:
            files.reverse()
        for file in files:
            _set(file, memory_bytes)
        if self._limits_sockets:
            _set(f"{self._memory}/{_V1_SOCKETS}", memory_bytes // _V1_SHARE_OF_SOCKETS)
        self._memory_bytes = memory_bytes

    def cpu_seconds(self) -> float:
        return _number(self._files[2]) / 1e9

    def peak_bytes(self) -> int | None:
        return _number(self._files[0])

    def ran_out_of_memory(self) -> bool:
        return _entry(self._files[1], b"oom_kill") > 0

    def close(self) -> None:
        for descriptor in (*self.join, *self._files):
            os.close(descriptor)
        self.join, self._files = [], []

    def remove(self) -> bool:
        return _remove_all(self._folders)


def check_delegation(own: Path) -> None:
    """Raises OSError when this group of version 2 was not delegated to us, or not with what is needed."""
    available = (own / "cgroup.controllers").read_text("utf-8").split()
    missing = [name for name in _V2_CONTROLLERS if name not in available]
    if missing or not os.access(own / "cgroup.procs", os.W_OK):
        raise PermissionError(errno.EACCES, f"no delegated cgroup with {', '.join(_V2_CONTROLLERS)}", str(own))


class GroupsV2:
    """One hierarchy, of which a part was delegated to us ("Delegation" in cgroups(7))."""

    joins = 1

    def __init__(self, own: Path) -> None:
        """Raises OSError when nothing was delegated, or not what is needed."""
        check_delegation(own)
        self._leaf: Path | None = None
        if own.name == SERVER_GROUP:  # another Snakepen that we were started by has made this step already
            own = own.parent
        else:
            # No group may have both processes and controlled children, so we step down into a leaf. Only we: when
            # others are in this group it is not ours to rearrange, and the next line fails with EBUSY.
            self._leaf = own / SERVER_GROUP
            self._leaf.mkdir(exist_ok=True)
        self._folder = own / identity()
        try:
            if self._leaf is not None:
                _set(f"{self._leaf}/cgroup.procs", os.getpid())
            enable = " ".join(f"+{name}" for name in _V2_CONTROLLERS)
            _set(f"{own}/cgroup.subtree_control", enable)
            self._folder = _make_folder(own)
            _set(f"{self._folder}/cgroup.subtree_control", enable)
        except OSError:
            self.close()
            raise

    @property
    def folders(self) -> Sequence[Path]:
        return [self._folder]

    def make(self, number: int) -> "GroupV2":
        return GroupV2(f"{self._folder}/{number}")

    def close(self) -> None:
        _remove_folder(self._folder)
        if self._leaf is not None:
            # Back to where we were, unless others are in there or have groups of their own by now: EBUSY, as above.
            own = self._leaf.parent
            with contextlib.suppress(OSError):
                _set(f"{own}/cgroup.subtree_control", " ".join(f"-{name}" for name in _V2_CONTROLLERS))
                _set(f"{own}/cgroup.procs", os.getpid())
                self._leaf.rmdir()


class GroupV2:
    """See Group. Linux kernel documentation, admin-guide/cgroup-v2.rst."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._files: list[int] = []
        self._peak: int | None = None
        self.join: list[int] = []
        try:
            os.mkdir(folder)
            _set(f"{folder}/memory.oom.group", 1)
            if os.path.exists(f"{folder}/memory.swap.max"):
                _set(f"{folder}/memory.swap.max", 0)
            self.join.append(_open_to_write(f"{folder}/cgroup.procs"))
            for name in ("cpu.stat", "memory.events"):
                self._files.append(_open_to_read(f"{folder}/{name}"))
            if os.path.exists(f"{folder}/memory.peak"):  # Linux 5.19
                self._peak = _open_to_read(f"{folder}/memory.peak")
        except OSError:
            self.close()
            self.remove()
            raise

    def limit(self, *, memory_bytes: int) -> None:
        _set(f"{self._folder}/memory.max", memory_bytes)

    def cpu_seconds(self) -> float:
        return _entry(self._files[0], b"usage_usec") / 1e6

    def peak_bytes(self) -> int | None:
        return None if self._peak is None else _number(self._peak)

    def ran_out_of_memory(self) -> bool:
        return _entry(self._files[1], b"oom_kill") > 0

    def close(self) -> None:
        for descriptor in (*self.join, *self._files, *([] if self._peak is None else [self._peak])):
            os.close(descriptor)
        self.join, self._files, self._peak = [], [], None

    def remove(self) -> bool:
        return _remove_all([self._folder])


def _remove_all(folders: Iterable[str]) -> bool:
    gone = True
    for folder in folders:
        try:
            os.rmdir(folder)
        except FileNotFoundError:
            continue
        except OSError:
            gone = False
    return gone
