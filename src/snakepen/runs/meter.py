"""What one run uses, seen from outside: by its control groups, or else by what /proc tells of its processes."""

import functools
import os
import select
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol, Self

assert sys.platform == "linux"

from snakepen.executor import Resources
from snakepen.limits import Limits
from snakepen.sandbox.cgroups import Group
from snakepen.wire.run import RunLimit

_PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE")
_TICKS: Final = os.sysconf("SC_CLK_TCK")
# clock_getcpuclockid(3): how the C library makes the clock of another process from its number.
_CPU_CLOCK_OF_PROCESS: Final = 2
# A run with more processes than this is measured no further: it is far above every limit already.
_MOST_PROCESSES: Final = 4096
# How often its threads are listed anew when all have ended that were listed before.
_LISTINGS: Final = 3
_PART_BYTES: Final = 65536
# What the kernel keeps for a mapping. Measured with Linux 6.18: 210 bytes for one that was never touched, 470 for one
# that was and then was forked, and more for each fork before.
_MAPPING_BYTES: Final = 1024
# Whoever has more is taken to have as many as it can have: to read a list takes long, and longer when its process
# changes it meanwhile. Everything of the standard environment together makes some 1,200.
_COUNTED_MAPPINGS: Final = 4096


class Meter(Protocol):
    """Looks at one run while it goes on. It is made when the run takes its runner, and counts processor time from then.

    What memory it counts differs.
    """

    @property
    def is_quick(self) -> bool:
        """Whether its looks are brief, whatever the program does; else `limit_reached` is for a thread."""

    def limit_reached(self) -> RunLimit | None:
        """Which limit it has gone over, if any."""

    def ran_out_of_memory(self) -> bool:
        """Whether the kernel killed anything of it for want of memory."""

    def resources(self) -> Resources | None:
        """What it has used; None when its processes are gone, and nobody kept count."""

    def resources_after(self, cpu_seconds: float, peak_bytes: int) -> Resources:
        """The same, when its zygote has told how it ended."""


class GroupMeter:
    """The kernel counts. The peak is of all since the runner joined its groups, pages that it copied ahead included."""

    is_quick = True

    def __init__(self, group: Group, limits: Limits) -> None:
        self._group = group
        self._limits = limits
        self._cpu_before = group.cpu_seconds()

    def limit_reached(self) -> RunLimit | None:
        if self._group.ran_out_of_memory():
            return RunLimit.MEMORY_BYTES
        if self._cpu() >= self._limits.cpu_seconds:
            return RunLimit.CPU_SECONDS
        return None

    def ran_out_of_memory(self) -> bool:
        return self._group.ran_out_of_memory()

    def resources(self) -> Resources:
        return Resources(self._cpu(), self._group.peak_bytes(), whole=True)

    def resources_after(self, cpu_seconds: float, peak_bytes: int) -> Resources:
        return self.resources()

    def _cpu(self) -> float:
        return self._group.cpu_seconds() - self._cpu_before


@dataclass(frozen=True, slots=True)
class Blank:
    """What a runner holds before it has a program; the same for all of one zygote, so it is looked at once."""

    held_bytes: int
    peak_bytes: int

    @classmethod
    def of(cls, process: int) -> Self:
        """From a pidfd of one that is ready."""
        pid = pid_of(process)
        memory = _Memory.of(pid)
        held = memory.table_bytes + memory.count_mappings() + memory.count_pages()
        return cls(held, _peak_bytes(pid) or 0)


class ProcessMeter:
    """We count: exact for the main process, by looking now and then for all others.

    Of memory, what is beyond that of the blank runner. Shared pages are counted in shares (proc_pid_smaps(5), Pss), so
    that a forked copy is not taken for another one.
    """

    is_quick = False

    def __init__(self, process: int, init: int, disk: int, limits: Limits, blank: Blank) -> None:
        """pidfds of the runner and of its sandbox's PID 1; the workspace."""
        self._process = process
        self._pid = pid_of(process)
        self._init_pid = pid_of(init)
        self._disk = disk
        self._limits = limits
        self._blank = blank
        self._cpu_before = _cpu_of_process(self._pid)
        self._cpu_last: dict[int, float] = {}
        self._cpu_of_ended = 0.0

    def limit_reached(self) -> RunLimit | None:
        pids = list(self._pids())
        disk = os.fstatvfs(self._disk)
        written = (disk.f_blocks - disk.f_bfree) * disk.f_frsize
        if self._holds_too_much([_Memory.of(pid) for pid in pids], written):
            return RunLimit.MEMORY_BYTES
        if self._cpu(pids) - self._cpu_before >= self._limits.cpu_seconds:
            return RunLimit.CPU_SECONDS
        return None

    def _cpu(self, pids: Sequence[int]) -> float:
        """Whoever waits for a child has its time added to what its children used (wait(2)). Nobody has that of a child
        that nobody waits for (SIGCHLD is ignored, or its parent has ended): of those we know what was last seen.
        """
        waited = sum(_cpu_of_children(pid) for pid in pids)  # first: a child that is waited for meanwhile counts once
        own = {}
        for pid in pids:
            with suppress(OSError):
                own[pid] = _cpu_of_process(pid)
        self._cpu_of_ended += sum(seconds for pid, seconds in self._cpu_last.items() if pid not in own)
        self._cpu_last = own
        return sum(own.values()) + max(waited, self._cpu_of_ended)

    def _holds_too_much(self, memories: Sequence["_Memory"], written_bytes: int) -> bool:
        """What needs long to be counted is first taken for the most that it can be, which mostly is little enough."""
        parts = [
            *((memory.most_mapping_bytes, memory.count_mappings) for memory in memories),
            *((memory.most_page_bytes, memory.count_pages) for memory in memories),
        ]
        sure = written_bytes + sum(memory.table_bytes for memory in memories) - self._blank.held_bytes
        unsure = sum(most for most, _ in parts)
        for most, count in parts:
            if sure > self._limits.memory_bytes or sure + unsure <= self._limits.memory_bytes:
                break
            unsure -= most
            sure += count()
        return sure > self._limits.memory_bytes

    def ran_out_of_memory(self) -> bool:
        return False

    def resources_after(self, cpu_seconds: float, peak_bytes: int) -> Resources:
        peak = _known(peak_bytes - self._blank.peak_bytes)
        return Resources(max(0.0, cpu_seconds - self._cpu_before), peak, whole=False)

    def resources(self) -> Resources | None:
        try:
            cpu = _cpu_of_process(self._pid) - self._cpu_before
            peak = _peak_bytes(self._pid)
        except OSError:
            return None
        if peak is None or _has_ended(self._process):  # then the number may have been somebody else's when we looked
            return None
        return Resources(cpu, _known(peak - self._blank.peak_bytes), whole=False)

    def _pids(self) -> Iterator[int]:
        """The runner, and whatever descends from it or was left to PID 1."""
        todo = [self._pid, self._init_pid]
        seen = 0
        while todo and seen < _MOST_PROCESSES:
            pid = todo.pop()
            seen += 1
            if pid != self._init_pid:
                yield pid
            todo += _children(pid)


def _known(peak_bytes: int) -> int | None:
    """A peak that is no higher than a blank runner's says nothing about the program: decision 4."""
    return peak_bytes if peak_bytes > 0 else None


def pid_of(pidfd: int) -> int:
    """The number, as we see it, of the process that a pidfd stands for (pidfd_open(2)). -1 when it is gone."""
    with open(f"/proc/self/fdinfo/{pidfd}", "rb", buffering=0) as file:
        for line in file.read(1024).splitlines():
            if line.startswith(b"Pid:"):
                return int(line[4:])
    raise ProcessLookupError(pidfd)


def _has_ended(pidfd: int) -> bool:
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    return bool(poll.poll(0))


def _cpu_of_process(pid: int) -> float:
    """Seconds of all its threads, to the nanosecond; its children are not in it. Raises OSError when it is gone."""
    if pid <= 0:  # such a number would make a clock of our own
        raise ProcessLookupError(pid)
    return time.clock_gettime(~pid << 3 | _CPU_CLOCK_OF_PROCESS)


def _read(folder: str, name: str, size: int = 4096) -> bytes:
    """Empty when it is gone, or not ours to see."""
    try:
        with open(f"{folder}/{name}", "rb", buffering=0) as file:
            return file.read(size) or b""
    except OSError:
        return b""


def _threads(pid: int) -> list[str]:
    """proc_pid_task(5)."""
    with suppress(OSError):
        return [f"/proc/{pid}/task/{thread}" for thread in os.listdir(f"/proc/{pid}/task")]
    return []


def _children(pid: int) -> list[int]:
    """Of every thread, because each may have forked."""
    return [int(child) for thread in _threads(pid) for child in _read(thread, "children", _PART_BYTES).split()]


@dataclass(frozen=True, slots=True)
class _Memory:
    """What one process holds that is no file, as far as that is quickly said, and how to count the rest."""

    folder: str
    """Of a thread that has memory. The first may leave before the others (exit(2), pthread_exit(3)), and what /proc
    says of the process is then that it has none."""
    table_bytes: int
    most_mapping_bytes: int
    most_page_bytes: int

    @classmethod
    def of(cls, pid: int) -> Self:
        folder = f"/proc/{pid}"
        status = _status(folder)
        for _ in range(_LISTINGS):
            if b"VmSize" in status or len(threads := _threads(pid)) < 2:
                break
            for folder in threads:
                status = _status(folder)
                if b"VmSize" in status:
                    break
        return cls(folder, status.get(b"VmPTE", 0), _most_mapping_bytes(status), _most_page_bytes(status))

    def count_mappings(self) -> int:
        """The most that it can be, if it is still there and lets nobody look; so below."""
        with suppress(OSError), open(f"{self.folder}/maps", "rb", buffering=0) as file:
            count = 0
            while count <= _COUNTED_MAPPINGS:
                part = file.read(_PART_BYTES)
                if not part:
                    return count * _MAPPING_BYTES
                count += part.count(b"\n")
        return _most_mapping_bytes(_status(self.folder))

    def count_pages(self) -> int:
        """Its share of anonymous and shared memory."""
        total = 0
        for line in _read(self.folder, "smaps_rollup").splitlines():
            if line.startswith((b"Pss_Anon:", b"Pss_Shmem:")):
                total += int(line.split()[1]) * 1024
        return total or _most_page_bytes(_status(self.folder))


def _status(folder: str) -> dict[bytes, int]:
    """proc_pid_status(5): what it tells of memory, in bytes. Empty when there is none."""
    found = {}
    for line in _read(folder, "status").splitlines():
        if line.startswith((b"Vm", b"Rss")):
            name, _, size = line.partition(b":")
            found[name] = int(size.split()[0]) * 1024
    return found


def _most_page_bytes(status: dict[bytes, int]) -> int:
    return status.get(b"RssAnon", 0) + status.get(b"RssShmem", 0)


def _most_mapping_bytes(status: dict[bytes, int]) -> int:
    return min(status.get(b"VmSize", 0) // _PAGE_BYTES, _most_mappings()) * _MAPPING_BYTES


@functools.cache
def _most_mappings() -> int:
    """proc_sys_vm(5): of a process."""
    with open("/proc/sys/vm/max_map_count", "rb", buffering=0) as file:
        return int(file.read(32))


def _cpu_of_children(pid: int) -> float:
    """proc_pid_stat(5): user and system time of children that it has waited for."""
    fields = _read(f"/proc/{pid}", "stat").rpartition(b")")[2].split()
    return sum(map(int, fields[13:15])) / _TICKS if len(fields) > 14 else 0.0


def _peak_bytes(pid: int) -> int | None:
    """None when it has let go of its memory, which it does a while before it counts as ended."""
    return _status(f"/proc/{pid}").get(b"VmHWM")
