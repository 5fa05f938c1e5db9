"""What exists now: our processes, folders, descriptors and threads; and all that a run could leave on this host."""

import os
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.support.processes import Process, all_numbers, descendants, is_server
from tests.support.waiting import DEADLINE_SECONDS

PROC = Path("/proc")
NAMESPACES = ("mnt", "pid", "net", "user", "ipc", "uts", "cgroup")
# A server may keep what it has once used: caches, arenas. A leak in a thousand runs is more than that.
ROOM_BYTES = 96 << 20
CALM_LOOKS = 10


@dataclass(frozen=True)
class Census:
    processes: frozenset[str]
    folders: frozenset[str]
    descriptors: int
    threads: frozenset[str]

    @classmethod
    def take(cls) -> Self:
        return cls(_processes(), _folders(), _descriptors(), frozenset(t.name for t in threading.enumerate()))

    def more_than(self, before: "Census") -> list[str]:
        """What is here now and was not before, a line each."""
        lines = [f"process {line}" for line in sorted(self.processes - before.processes)]
        lines += [f"folder {name}" for name in sorted(self.folders - before.folders)]
        lines += [f"thread {name}" for name in sorted(self.threads - before.threads)]
        if self.descriptors > before.descriptors:
            lines.append(f"descriptors: {self.descriptors}, before {before.descriptors}")
        return lines


def _processes() -> frozenset[str]:
    """Processes that descend from this one, or stand in this session's temporary folder. Linux only."""
    found = set()
    if not PROC.is_dir():
        return frozenset()
    parents = _parents()
    for pid in parents:
        try:
            folder = os.readlink(PROC / str(pid) / "cwd")
            command = (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue  # gone, or not ours to see
        if folder.startswith(tempfile.gettempdir()) or _descends(pid, parents):
            found.add(f"{pid} {command[:120]} in {folder}")
    return frozenset(found)


def _parents() -> dict[int, int]:
    parents = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text("utf-8", "replace")
            except OSError:
                continue
            # proc_pid_stat(5): the name is in parentheses and may hold anything; the parent is the second field after.
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    return parents


def _descends(pid: int, parents: dict[int, int]) -> bool:
    while pid := parents.get(pid, 0):
        if pid == os.getpid():
            return True
    return False


def _folders() -> frozenset[str]:
    return frozenset(str(path) for path in Path(tempfile.gettempdir()).iterdir())


def _descriptors() -> int:
    return len(os.listdir(PROC / "self" / "fd")) if PROC.is_dir() else 0


Found = Mapping[str, Mapping[str, str]]
"""Kind of thing, to what tells one from another, to a line about it."""


@dataclass(frozen=True)
class HostCensus:
    """Everything that a run could leave on this host, and of a server what it holds.

    Compared by how many there are of each kind: a pool replaces what it has by the same. Other servers on this host
    are not counted, nor those that other tests share: processes are those below us, which needs `adopt_orphans` to be
    whole. Sockets need no count of
    their own: each is a descriptor of a process, a name of one is a file.
    """

    found: Found
    memory_bytes: int

    @classmethod
    def take(cls, server: int | None = None) -> Self:
        """With `server`, its descriptors and memory as well."""
        below = descendants(os.getpid(), beside=lambda process: process.pid != server and is_server(process))
        found: dict[str, dict[str, str]] = {
            "process": {f"{process.pid} {process.started}": str(process) for process in below},
            "mount": _mounts(),
            "cgroup": {path: path for path in _cgroups(below)},
            "temporary file": _entries(Path(tempfile.gettempdir())),
            "shared memory": _entries(Path("/dev/shm")),
        }
        for kind, names in _namespaces(below).items():
            found[f"{kind} namespace"] = names
        for kind, names in _open_descriptors(server).items():
            found[f"descriptor of the server ({kind})"] = names
        return cls(found, _resident_bytes(server))

    @classmethod
    def calm(cls, server: int | None = None) -> Self:
        """When nothing has changed for a few looks: what is made ahead of time has been made."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        seen = [cls.take(server)]
        while len(seen) < CALM_LOOKS or len({str(census.counts) for census in seen[-CALM_LOOKS:]}) > 1:
            assert time.monotonic() < deadline, "it never came to rest"
            time.sleep(0.02)
            seen.append(cls.take(server))
        return seen[-1]

    @property
    def counts(self) -> dict[str, int]:
        return {kind: len(things) for kind, things in sorted(self.found.items()) if things}

    def more_than(self, before: "HostCensus") -> list[str]:
        """What there is more of than before, and which are new; a line each."""
        lines = []
        for kind, things in self.found.items():
            known = before.found.get(kind, {})
            if len(things) > len(known):
                lines.append(f"{kind}: {len(things)}, before {len(known)}")
                lines += [f"  {line}" for key, line in things.items() if key not in known]
        if before.memory_bytes and self.memory_bytes > before.memory_bytes + ROOM_BYTES:
            lines.append(f"memory of the server: {self.memory_bytes >> 20} MiB, before {before.memory_bytes >> 20}")
        return lines


def assert_nothing_more(before: HostCensus, server: int | None = None, *, seconds: float = DEADLINE_SECONDS) -> None:
    """Waits for it: the kernel takes things apart in its own time."""
    deadline = time.monotonic() + seconds
    while left := HostCensus.take(server).more_than(before):
        assert time.monotonic() < deadline, "left behind:\n" + "\n".join(left)
        time.sleep(0.02)


def _mounts() -> dict[str, str]:
    """proc_pid_mountinfo(5), of our own mount namespace."""
    with suppress(OSError):
        lines = (PROC / "self" / "mountinfo").read_text("utf-8", "replace").splitlines()
        return {line.split()[0]: " ".join(line.split()[3:5]) for line in lines}
    return {}


def _namespaces(processes: list[Process]) -> dict[str, dict[str, str]]:
    """Those of processes below us that are not our own; what an ordinary user may not see is not counted."""
    found: dict[str, dict[str, str]] = {}
    for kind in NAMESPACES:
        with suppress(OSError):
            own = os.readlink(f"/proc/self/ns/{kind}")
            names = found.setdefault(kind, {})
            for process in processes:
                with suppress(OSError):
                    name = os.readlink(f"/proc/{process.pid}/ns/{kind}")
                    names.setdefault(name, f"{name} of {process.pid}")
            names.pop(own, None)
    return found


def _cgroups(processes: list[Process]) -> list[str]:
    """Folders of servers, and what is in them, unless the server is alive and none of ours."""
    found: list[str] = []
    if sys.platform == "linux":
        from snakepen.sandbox.cgroups import SERVER_GROUP, own_groups

        ours = {os.getpid(), *(process.pid for process in processes)}
        others = set(all_numbers()) - ours
        parents: list[Path] = []
        with suppress(OSError):  # there are none here
            parents = [place.parent if place.name == SERVER_GROUP else place for place in own_groups().values()]
        for parent in parents:
            for folder in parent.glob("snakepen-*-*"):
                if int(folder.name.split("-")[1]) not in others:
                    found += [str(folder), *(str(entry) for entry in folder.glob("*/"))]
    return found


def _entries(folder: Path) -> dict[str, str]:
    with suppress(OSError):
        return {name: str(folder / name) for name in os.listdir(folder)}
    return {}


def _open_descriptors(server: int | None) -> dict[str, dict[str, str]]:
    """By what they are: pipes, sockets, processes, files."""
    found: dict[str, dict[str, str]] = {}
    if server is None:
        return found
    folder = PROC / str(server) / "fd"
    with suppress(OSError):
        for name in os.listdir(folder):
            with suppress(OSError):
                target = os.readlink(folder / name)
                kind = re.sub(r"\d+", "N", target) if "/" in target else target.partition(":[")[0]
                found.setdefault(kind, {})[f"{name} {target}"] = f"{name} -> {target}"
    return found


def _resident_bytes(server: int | None) -> int:
    if server is not None and sys.platform != "win32":
        with suppress(OSError):
            return int((PROC / str(server) / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def table(before: HostCensus, after: HostCensus) -> str:
    """Both, side by side."""
    kinds = Counter(before.counts) | Counter(after.counts)
    lines = [f"{before.counts.get(kind, 0):8} {after.counts.get(kind, 0):8}  {kind}" for kind in sorted(kinds)]
    memory = f"{before.memory_bytes >> 20:8} {after.memory_bytes >> 20:8}  MiB of memory of the server"
    return "\n".join(["  before    after", *lines, memory])
