"""Whose process is whose, as /proc tells it. Linux only; elsewhere there are none."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support.waiting import DEADLINE_SECONDS

PROC = Path("/proc")
_PR_SET_CHILD_SUBREAPER = 36
# Two names of 15 bytes would still fit beside 52 numbers of 20 digits (proc_pid_stat(5)).
_STAT_BYTES = 2048
_LAUNCHER = b"snakepen.sandbox.launcher"
# What the kernel calls PID 1 of a sandbox: by its file or by what it was started as.
_INITS = ("init", ".init")


@dataclass(frozen=True)
class Process:
    pid: int
    parent: int
    name: str
    is_zombie: bool
    started: int
    """Clock ticks since boot: a number may be used again, the two together never are."""

    @classmethod
    def above(cls, process: "Process") -> "Process":
        """Its parent."""
        return all_processes()[process.parent]

    @property
    def command(self) -> bytes:
        """Empty when it is gone, or not ours to see."""
        try:
            return (PROC / str(self.pid) / "cmdline").read_bytes()
        except OSError:
            return b""

    def __str__(self) -> str:
        words = self.command.replace(b"\0", b" ").decode("utf-8", "replace").split()
        return f"{self.pid} {self.name} (below {self.parent}) {' '.join(words)[:80]}"


def all_processes() -> dict[int, Process]:
    return {process.pid: process for process in map(_read, all_numbers()) if process is not None}


def all_numbers() -> list[int]:
    """Of all processes, and no more about them."""
    return [int(name) for name in os.listdir(PROC) if name.isdigit()] if PROC.is_dir() else []


def _read(pid: int) -> Process | None:
    try:  # many are read, again and again: no more than it takes
        file = os.open(f"/proc/{pid}/stat", os.O_RDONLY)
        try:
            stat = os.read(file, _STAT_BYTES).decode("utf-8", "replace")
        finally:
            os.close(file)
    except OSError:
        return None
    # proc_pid_stat(5): the name is in parentheses and may hold anything.
    before, _, after = stat.rpartition(")")
    fields = after.split()
    return Process(pid, int(fields[1]), before.partition("(")[2], fields[0] in "ZX", int(fields[19]))


def descendants(pid: int, *, beside: Callable[[Process], bool] = lambda process: False) -> list[Process]:
    """Everything below a process that has not ended, but for what is `beside` and all that is below that."""
    below = _by_parent()
    found: list[Process] = []
    todo = [pid]
    while todo:
        children = [child for child in below.get(todo.pop(), []) if not beside(child)]
        found += children
        todo += [child.pid for child in children]
    return sorted((process for process in found if not process.is_zombie), key=lambda process: process.started)


def _by_parent() -> dict[int, list[Process]]:
    below: dict[int, list[Process]] = {}
    for process in all_processes().values():
        below.setdefault(process.parent, []).append(process)
    return below


def is_server(process: Process) -> bool:
    return b"/snakepen\0serve\0" in process.command


def is_alive(process: Process) -> bool:
    now = _read(process.pid)
    return now is not None and now.started == process.started and not now.is_zombie


def is_in_use(pid: int) -> bool:
    """Whether a process of this number is alive; it may be another than before."""
    now = _read(pid)
    return now is not None and not now.is_zombie


def namespace(pid: int, kind: str) -> str:
    """Such as `pid:[4026531836]`; empty when it is gone, or not ours to see."""
    try:
        return os.readlink(f"/proc/{pid}/ns/{kind}")
    except OSError:
        return ""


def adopt_orphans() -> None:
    """From now on whatever loses its parent below us becomes our child: so nothing can leave the census."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def reap(processes: Iterable[Process]) -> None:
    """Those that were adopted and have ended since; nobody else waits for them."""
    if sys.platform != "win32":
        for process in processes:
            with suppress(ChildProcessError):
                os.waitpid(process.pid, os.WNOHANG)


def end_at_once(process: Process) -> None:
    """SIGKILL, and back when it has ended. Blocks: an event loop sees nothing of it before we are back."""
    if sys.platform != "win32":
        os.kill(process.pid, signal.SIGKILL)
    deadline = time.monotonic() + DEADLINE_SECONDS
    while is_alive(process):
        assert time.monotonic() < deadline, f"{process} does not end"
        time.sleep(0.001)


@dataclass(frozen=True)
class Family:
    """What one server has below it."""

    keeper: Process | None
    anchor: Process | None
    launcher: Process | None
    zygotes: list[Process]
    makers: list[Process]
    inits: list[Process]
    """PID 1 of each sandbox."""
    runners: list[Process]
    """Blank ones and those that run a program, and what these have started."""

    @classmethod
    def of(cls, server: int) -> "Family":
        below = _by_parent()
        keepers = [process for process in _children(server, below) if _LAUNCHER in process.command]
        keeper = keepers[-1] if keepers else None  # one before it may be on its way out
        anchor = _only_child(keeper, below)
        launcher = _only_child(anchor, below)
        children = _children(launcher.pid, below) if launcher else []
        zygotes = [process for process in children if process.name == "python"]
        makers = [process for process in children if process.name == "snakepen-maker"]
        # Those of a maker that is gone are the launcher's.
        sandboxes = [*children, *(init for maker in makers for init in _children(maker.pid, below))]
        inits = [process for process in sandboxes if process.name in _INITS]
        runners = [child for zygote in zygotes for child in _children(zygote.pid, below) if _is_boxed(child, zygote)]
        return cls(keeper, anchor, launcher, zygotes, makers, inits, runners)

    def member(self, role: str) -> Process:
        """The one of that name; of several, the first."""
        found = getattr(self, role)
        process = found[0] if isinstance(found, list) else found
        assert isinstance(process, Process), f"there is no {role}"
        return process

    def busy_runners(self) -> list[Process]:
        """All that have one; who has just ended may still be among them."""
        return [runner for runner in self.runners if _has_program(runner)]

    def busy_runner(self) -> Process:
        """The one runner that has a program: its folder has main.py."""
        (found,) = self.busy_runners()
        return found

    def blank_runners(self) -> list[Process]:
        return [runner for runner in self.runners if not _has_program(runner) and _has_folder(runner)]

    def is_at_rest(self, blank: int) -> bool:
        """So many wait for a program, and nobody has one, or had one and is about to end."""
        return len(self.blank_runners()) == len(self.runners) == blank

    def init_of(self, runner: Process) -> Process:
        """PID 1 of the sandbox that it is in."""
        (found,) = [init for init in self.inits if namespace(init.pid, "pid") == namespace(runner.pid, "pid")]
        return found

    def spare_inits(self) -> list[Process]:
        """Of sandboxes without a runner."""
        used = {namespace(runner.pid, "pid") for runner in self.runners}
        return [init for init in self.inits if namespace(init.pid, "pid") not in used]


def _children(pid: int, below: Mapping[int, list[Process]]) -> list[Process]:
    found = [process for process in below.get(pid, []) if not process.is_zombie]
    return sorted(found, key=lambda process: (process.started, process.pid))


def _only_child(process: Process | None, below: Mapping[int, list[Process]]) -> Process | None:
    children = _children(process.pid, below) if process else []
    return children[0] if children else None


def _is_boxed(child: Process, zygote: Process) -> bool:
    """Else it rehearses a program of ours while its zygote gets ready: see snakepen.sandbox.rehearsal."""
    return namespace(child.pid, "pid") != namespace(zygote.pid, "pid")


def _has_folder(runner: Process) -> bool:
    """Until it ends."""
    return (PROC / str(runner.pid) / "cwd").exists()


def _has_program(runner: Process) -> bool:
    return (PROC / str(runner.pid) / "cwd" / "main.py").exists()
