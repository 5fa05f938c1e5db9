"""One sandbox and its runner, from the server's side, and the way it is laid to rest."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

assert sys.platform == "linux"

import structlog

from snakepen.runs.meter import Blank
from snakepen.runs.retry import WATCH_AGAIN_SECONDS
from snakepen.sandbox.cgroups import Group

log = structlog.get_logger()

# A group can be removed when the last process in it has been reaped, which the kernel does in its own time.
_GROUP_RETRY_SECONDS: Final = 0.02


class State(Enum):
    """Of a runner; only ever in this order, and any may be followed by GONE."""

    EMPTY = auto()
    """A sandbox without a runner."""
    FORKING = auto()
    STARTING = auto()
    """Giving up its rights; it has said nothing yet."""
    READY = auto()
    TAKEN = auto()
    GONE = auto()


@dataclass(frozen=True, slots=True)
class Ended:
    """What its zygote says of a runner's end (wait4(2))."""

    return_code: int
    """As subprocess reports it."""
    cpu_seconds: float
    peak_bytes: int
    """ru_maxrss: what it had at most, what it was forked with included."""


@dataclass(eq=False, slots=True)
class Runner:
    """Owns every descriptor that is not None; `Graveyard.bury` closes each, once."""

    number: int
    init: int
    """A pidfd of PID 1 of the sandbox: to kill it is to kill all of the run."""
    disk: int
    """The workspace."""
    rules: int | None
    """What Landlock is to hold in there, for its runner."""
    state: State = State.EMPTY
    kind: str = ""
    group: Group | None = None
    control: socket.socket | None = None
    stdin: int | None = None
    stdout: int | None = None
    stderr: int | None = None
    process: int | None = None
    """A pidfd of the runner itself."""
    problem: str = ""
    """Why it could not become a blank runner, in its own words."""
    blank: Blank | None = None
    on_end: Callable[[Ended | None], None] | None = None
    """Whoever took it is told of its end, once; None when it is lost."""
    ended: bool = False
    killed: bool = False

    def kill(self) -> None:
        """Everything in the sandbox gets SIGKILL, at once and for good (pid_namespaces(7))."""
        if self.killed:
            return
        self.killed = True
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.init, signal.SIGKILL)

    def signal(self, number: signal.Signals) -> None:
        """For the program's main process; nothing when it is gone."""
        if self.process is not None and self.state is State.TAKEN:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.process, number)

    def end(self, ended: Ended | None) -> None:
        """Told once, whoever tells first."""
        if not self.ended:
            self.ended = True
            if self.on_end is not None:
                self.on_end(ended)


class Graveyard:
    """Where killed sandboxes wait until the kernel has taken them apart."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._dying: set[int] = set()
        self._groups: list[Group] = []
        self._timer: asyncio.TimerHandle | None = None
        self._empty = asyncio.Event()
        self._empty.set()

    def __len__(self) -> int:
        return len(self._dying) + len(self._groups)

    def bury(self, runner: Runner) -> None:
        """Kill it and close what is ours; the rest is waited for here, by nobody else."""
        if runner.state is State.GONE:
            return
        runner.state = State.GONE
        runner.kill()
        if runner.control is not None:
            self._loop.remove_reader(runner.control.fileno())
            runner.control.close()
        for descriptor in (runner.disk, runner.rules, runner.stdin, runner.stdout, runner.stderr, runner.process):
            if descriptor is not None:
                os.close(descriptor)
        if runner.group is not None:
            runner.group.close()
        self._empty.clear()
        self._dying.add(runner.init)
        self._watch(runner.init, runner.group)

    def _watch(self, init: int, group: Group | None) -> None:
        try:
            # A pidfd can be read when its process has ended, and PID 1 ends after everything else in its namespace.
            self._loop.add_reader(init, self._is_dead, init, group)
        except OSError:  # epoll_ctl(2), ENOSPC: this user watches as much as it may
            self._loop.call_later(WATCH_AGAIN_SECONDS, self._watch, init, group)

    def _is_dead(self, init: int, group: Group | None) -> None:
        self._loop.remove_reader(init)
        os.close(init)
        self._dying.discard(init)
        if group is not None and not group.remove():
            self._groups.append(group)
            self._retry_later()
        self._tell_when_empty()

    def _retry_later(self) -> None:
        if self._timer is None:
            self._timer = self._loop.call_later(_GROUP_RETRY_SECONDS, self._retry)

    def _retry(self) -> None:
        self._timer = None
        self._groups = [group for group in self._groups if not group.remove()]
        if self._groups:
            self._retry_later()
        self._tell_when_empty()

    def _tell_when_empty(self) -> None:
        if not self._dying and not self._groups:
            self._empty.set()

    async def wait(self, *, seconds: float) -> bool:
        """Until nothing is left; whether that was so in time."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._empty.wait(), seconds)
        return self._empty.is_set()
