"""Blank runners, made ahead of time: how many, of which kind, and what to do when something dies.

    launcher ──> sandboxes ──> zygote forks into one ──> blank runner ──> taken by a run

A run takes one that is ready, or waits for the next in the order of coming; it is never run anywhere else. Launcher
and zygotes are replaced when they die, and zygotes also when they have forked often enough; what ran in them is lost
then, and said to be.

It is longer than our modules are because it is one state machine: what arrives for launcher, zygotes and runners
changes the same few queues, and in parts each would have to reach into the others. What makes the sandboxes is apart,
in `makers.py`.
"""

import asyncio
import operator
import os
import socket
import sys
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Final

assert sys.platform == "linux"

import structlog

from snakepen.errors import Unavailable
from snakepen.runner.frames import READY, read_fault, take_descriptors
from snakepen.runs.launcher import MOST_UNANSWERED, Channel, LauncherProcess
from snakepen.runs.makers import Makers
from snakepen.runs.meter import Blank
from snakepen.runs.retry import Retry
from snakepen.runs.runners import Ended, Graveyard, Runner, State
from snakepen.sandbox.cgroups import Groups
from snakepen.sandbox.protocol import Config, Frame, Kind

log = structlog.get_logger()

# Empty sandboxes kept beside those that are on their way to a zygote.
_SPARE: Final = 2
# How long a run waits for a sandbox, when none can be made, before it is told so.
_WAIT_SECONDS: Final = 10.0
# While the first of its kind is on its way: to import the libraries from a slow disk, or when much goes on, takes long.
_FIRST_SECONDS: Final = 60.0
_FIRST_LOOK_SECONDS: Final = 1.0
# As many are kept ready as ran or waited at once within this time.
_CALM_SECONDS: Final = 30.0
# How often it is looked whether that time is over, while more is kept than without demand.
_LOOK_SECONDS: Final = 10.0
# Refilling takes a processor away from the run that made room; so it waits for its end, but not for ever.
_REFILL_SECONDS: Final = 0.02
# And for its answer to be on its way.
_ANSWER_SECONDS: Final = 0.004
_CLOSE_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class PoolSize:
    """How much is kept ready."""

    ready: int
    """Blank runners of each kind, in any case."""
    memory_bytes: int
    """What all blank runners together may hold when more are asked for than that."""
    runs_per_zygote: int
    """Then it is replaced, so that nothing that it gathers stays for ever."""


class _Demand:
    """The most runs of a kind that there were at once of late, waiting ones included."""

    def __init__(self) -> None:
        self.peak = 0
        self._peak_at = 0.0

    def see(self, now: int) -> int:
        """`now` are there; the peak, which is forgotten when it has not been reached for a while."""
        if now >= self.peak or monotonic() - self._peak_at > _CALM_SECONDS:
            self.peak, self._peak_at = now, monotonic()
        return self.peak


class _Zygote:
    """A warm interpreter, from asked for to gone."""

    def __init__(self, kind: int) -> None:
        self.kind = kind
        self.channel: Channel | None = None
        self.is_retiring = False
        self.forked = 0
        self.unanswered = 0
        self.blank: Blank | None = None
        self.runners: dict[int, Runner] = {}


class Pool:
    """Belongs to the event loop that it is opened on; everything happens when a frame arrives or a run takes one."""

    def __init__(
        self, python: Path, config: Config, groups: Groups | None, size: PoolSize, *, memory_bytes: int
    ) -> None:
        """`memory_bytes`: what a runner may hold unless its run says otherwise."""
        self._python = python
        self._config = config
        self._groups = groups
        self._size = size
        self._memory_bytes = memory_bytes
        self._kinds = {zygote.name: index for index, zygote in enumerate(config.zygotes)}
        self._launcher: LauncherProcess | None = None
        self._launcher_is_up = False
        self._ending: set[asyncio.Task[None]] = set()
        self._numbers = count(1)
        self._asked: dict[int, _Zygote] = {}
        self._current: list[_Zygote | None] = [None for _ in config.zygotes]
        self._zygotes: list[_Zygote] = []
        self._ready: list[deque[Runner]] = [deque() for _ in config.zygotes]
        self._waiting: list[deque[asyncio.Future[Runner]]] = [deque() for _ in config.zygotes]
        self._was_ready = [False for _ in config.zygotes]
        self._demands = [_Demand() for _ in config.zygotes]
        self._blank_bytes = [zygote.blank_bytes for zygote in config.zygotes]
        # What there is for more than those that are kept in any case.
        self._more_bytes = size.memory_bytes - size.ready * sum(self._blank_bytes)
        self._launching = Retry(self._start_launcher)
        self._warming = [Retry(self._ask_for_zygotes) for _ in config.zygotes]
        self._filling = Retry(self._fill)
        self._makers = Makers(self._numbers, ask=self._ask_for_maker, made=self._fill, failed=self._filling.failed)
        self._refill: asyncio.TimerHandle | None = None
        self._look: asyncio.TimerHandle | None = None
        self.is_open = False
        self.is_closed = False

    def open(self) -> None:
        """Start the launcher. Runs may come at once, and wait until there is something."""
        self.is_open = True
        self._loop = asyncio.get_running_loop()
        self.graveyard = Graveyard()
        self._start_launcher()

    # What runs ask of it -----------------------------------------------------------------------------------------

    async def take(self, kind: str) -> Runner:
        """A blank runner of this kind, now or when there is one; of the first kind where none has this name.

        A program runs in one of another kind as well, only more slowly. Raises Unavailable after a while without any.
        """
        if not self.is_open:
            self.open()
        index = self._serving(self._kinds.get(kind, 0))
        if self._ready[index] and not self._waiting[index]:
            runner = self._ready[index].popleft()
            self._refill_later(_REFILL_SECONDS)
            return self._taken(runner)
        waiting: asyncio.Future[Runner] = self._loop.create_future()
        self._waiting[index].append(waiting)
        self._fill()
        try:
            await self._wait_a_while(waiting, index)
        except asyncio.CancelledError:
            if waiting.done():
                self.put_away(waiting.result())
            else:
                self._leave(waiting)
            raise
        if not waiting.done():
            self._leave(waiting)
            raise Unavailable(
                f"No sandbox is available now ({self._problems() or 'too much to do'}): try again in a moment."
            )
        return waiting.result()

    async def _wait_a_while(self, waiting: asyncio.Future[Runner], kind: int) -> None:
        latest = monotonic() + _FIRST_SECONDS
        await asyncio.wait({waiting}, timeout=_WAIT_SECONDS)
        while not (waiting.done() or self._was_ready[kind] or self._problems()) and monotonic() < latest:
            await asyncio.wait({waiting}, timeout=_FIRST_LOOK_SECONDS)

    def _leave(self, waiting: asyncio.Future[Runner]) -> None:
        """Nothing is made for it any more."""
        for queue in self._waiting:
            if waiting in queue:
                queue.remove(waiting)

    async def resize(self, runner: Runner, size_bytes: int) -> None:
        """Give its disk another size, while it is still empty. Raises OSError."""
        await self._makers.resize(runner, size_bytes)

    def put_away(self, runner: Runner) -> None:
        """The run is over, or never was: nothing of it may be used again."""
        self.graveyard.bury(runner)
        if any(self._waiting):
            self._fill()
        else:
            self._refill_later(_ANSWER_SECONDS)

    def problem(self) -> str | None:
        """Why no runner can be had, in one sentence, or None."""
        stuck = any(retry.is_stuck for retry in (self._launching, self._makers.replacing, self._filling))
        if stuck or all(retry.is_stuck for retry in self._warming):
            return f"Sandboxes cannot be made on this machine now ({self._problems()}): 'snakepen doctor' says more."
        return None

    def _problems(self) -> str:
        return "; ".join(dict.fromkeys(retry.problem for retry in self._retries() if retry.problem))

    def _retries(self) -> list[Retry]:
        return [self._launching, self._makers.replacing, *self._warming, self._filling]

    def counts(self) -> dict[str, int]:
        """Blank runners of each kind that are ready now."""
        return {name: len(self._ready[index]) for name, index in self._kinds.items()}

    async def close(self) -> None:
        """End everything and wait until it is gone."""
        if self.is_closed:
            return
        self.is_closed = True
        if self.is_open:
            await self._end()
        if self._groups is not None:
            self._groups.close()

    async def _end(self) -> None:
        for retry in self._retries():
            retry.cancel()
        for timer in (self._refill, self._look):
            if timer is not None:
                timer.cancel()
        for ready in self._ready:
            while ready:
                self.graveyard.bury(ready.popleft())
        self._forget_launcher()
        while self._ending:
            await asyncio.wait(self._ending)
        if not await self.graveyard.wait(seconds=_CLOSE_SECONDS):
            log.warning("sandboxes_left", count=len(self.graveyard))

    # Launcher ----------------------------------------------------------------------------------------------------

    def _start_launcher(self) -> None:
        try:
            self._launcher = LauncherProcess(self._python, self._config, self._from_launcher, self._launcher_ended)
        except OSError as error:
            self._launching.failed(f"the launcher did not start: {error}")

    def _from_launcher(self, frame: Frame, descriptors: Sequence[int]) -> None:
        match frame.kind:
            case Kind.UP:
                self._launcher_is_up = True
                self._makers.open()
                self._ask_for_zygotes()
            case Kind.ZYGOTE:
                self._zygote_made(self._asked.pop(frame.number), _socket(descriptors[0]))
            case Kind.MAKER:
                self._makers.add(_socket(descriptors[0]))
            case Kind.FAILED | Kind.LOST if frame.number in self._asked:
                self._zygote_not_made(self._asked.pop(frame.number), os.strerror(frame.a))
            case Kind.FAILED | Kind.LOST:
                self._makers.not_added(frame.a)
            case _:
                log.error("unexpected_frame", kind=frame.kind.name)
        self._fill()

    def _ask_for_maker(self) -> None:
        self._tell_launcher(Frame(Kind.MAKER))

    def _tell_launcher(self, frame: Frame) -> None:
        assert self._launcher is not None
        self._launcher.channel.send(frame)

    def _launcher_ended(self) -> None:
        words = self._last_words()
        self._forget_launcher()
        self._launching.failed(f"the launcher ended: {words}")

    def _forget_launcher(self) -> None:
        """What it had made dies with it; what failed meanwhile, failed because it was dying."""
        launcher, self._launcher, self._launcher_is_up = self._launcher, None, False
        self._current = [None for _ in self._current]  # none takes over: those who wait go on to wait for their kind
        for zygote in list(self._zygotes):
            if zygote.channel is not None:
                zygote.channel.close()
            self._lose(zygote)
        self._asked.clear()
        for spare in self._makers.forget():
            self.graveyard.bury(spare)
        for retry in (self._makers.replacing, *self._warming, self._filling):
            retry.start_anew()
        if launcher is not None:
            launcher.hang_up()  # now: a zygote that it has just made would be one that nobody asked for any more
            ending = self._loop.create_task(launcher.wait())
            self._ending.add(ending)
            ending.add_done_callback(self._ending.discard)

    # Zygotes -----------------------------------------------------------------------------------------------------

    def _ask_for_zygotes(self) -> None:
        """For each kind of which there is none, or none but such as have forked often enough."""
        for kind, retry in enumerate(self._warming):
            fresh = any(zygote.kind == kind and zygote.forked < self._size.runs_per_zygote for zygote in self._zygotes)
            if self._launcher_is_up and not fresh and not retry.is_waiting:
                self._ask_for_zygote(kind)

    def _ask_for_zygote(self, kind: int) -> None:
        zygote = _Zygote(kind)
        number = next(self._numbers)
        self._asked[number] = zygote
        self._zygotes.append(zygote)
        self._tell_launcher(Frame(Kind.ZYGOTE, number, kind))

    def _zygote_made(self, zygote: _Zygote, end: socket.socket) -> None:
        try:
            zygote.channel = Channel(
                end,
                lambda frame, descriptors: self._from_zygote(zygote, frame, descriptors),
                lambda: self._zygote_ended(zygote),
            )
        except OSError as error:
            self._zygote_not_made(zygote, f"{error.strerror}")

    def _zygote_not_made(self, zygote: _Zygote, why: str) -> None:
        self._zygotes.remove(zygote)
        self._send_elsewhere(zygote.kind)
        self._warming[zygote.kind].failed(f"no warm interpreter: {why}")

    def _from_zygote(self, zygote: _Zygote, frame: Frame, descriptors: Sequence[int]) -> None:
        match frame.kind:
            case Kind.UP:
                before, self._current[zygote.kind] = self._current[zygote.kind], zygote
                if before is not None:
                    before.is_retiring = True
                    self._hang_up_when_idle(before)
                self._fill()
            case Kind.FORKED:
                zygote.unanswered -= 1
                self._forked(zygote, zygote.runners[frame.number], descriptors)
                if zygote.unanswered == MOST_UNANSWERED - 1:  # it could not be asked for more
                    self._fill()
            case Kind.ENDED:
                ended = Ended(os.waitstatus_to_exitcode(frame.a), frame.b / 1e6, frame.c * 1024)
                runner = zygote.runners.pop(frame.number, None)
                if runner is not None:  # else it did not arrive
                    self._runner_ended(runner, ended)
                self._hang_up_when_idle(zygote)
            case Kind.FAILED | Kind.LOST:
                zygote.unanswered -= 1
                self._bury_blank(zygote.runners.pop(frame.number))
                self._filling.failed(f"no runner: {os.strerror(frame.a)}")
            case _:
                log.error("unexpected_frame", kind=frame.kind.name)

    def _hang_up_when_idle(self, zygote: _Zygote) -> None:
        if zygote.is_retiring and not zygote.runners and zygote.channel is not None and zygote.channel.is_open:
            zygote.channel.close()
            self._zygotes.remove(zygote)

    def _zygote_ended(self, zygote: _Zygote) -> None:
        self._lose(zygote)
        name = self._config.zygotes[zygote.kind].name
        self._warming[zygote.kind].failed(f"the warm interpreter {name} ended: {self._last_words()}")
        self._fill()  # those who waited for it now wait for another kind

    def _lose(self, zygote: _Zygote) -> None:
        """A zygote is gone, and with it whoever could have told how its runners end."""
        self._zygotes.remove(zygote)
        if self._current[zygote.kind] is zygote:
            self._current[zygote.kind] = None
        if self._current[zygote.kind] is None:  # also when it was never up: the next one may not be either
            self._send_elsewhere(zygote.kind)
        for runner in list(zygote.runners.values()):
            if runner.state is State.TAKEN:
                runner.kill()
                runner.end(None)
            else:
                self._bury_blank(runner)
        zygote.runners.clear()

    def _send_elsewhere(self, kind: int) -> None:
        """Who waits for a kind that is not there any more waits for another: slower, and never wrong."""
        other = self._serving(kind)
        if other != kind:
            self._waiting[other].extend(self._waiting[kind])
            self._waiting[kind].clear()
            while self._ready[other] and self._waiting[other]:
                self._hand_out(self._ready[other].popleft())

    def _serving(self, kind: int) -> int:
        """The kind asked for, or while that is not there the first one that is."""
        if self._current[kind] is None:
            for other, zygote in enumerate(self._current):
                if zygote is not None:
                    return other
        return kind

    def _last_words(self) -> str:
        return (self._launcher.last_words if self._launcher else "") or "without a word"

    # Runners -----------------------------------------------------------------------------------------------------

    def _forked(self, zygote: _Zygote, runner: Runner, descriptors: Sequence[int]) -> None:
        control, runner.stdin, runner.stdout, runner.stderr, runner.process = descriptors
        runner.control = _socket(control)
        take_descriptors(runner.control, False)
        runner.state = State.STARTING
        try:
            self._loop.add_reader(control, self._control_readable, zygote, runner)
        except OSError as error:  # epoll_ctl(2), ENOSPC: its end is told when it has been killed
            runner.problem = f"{error.strerror}"
            runner.kill()

    def _control_readable(self, zygote: _Zygote, runner: Runner) -> None:
        """A blank runner says that it is ready, or why it cannot be."""
        assert runner.control is not None
        self._loop.remove_reader(runner.control.fileno())
        try:
            said = runner.control.recv(1024)
        except OSError:
            said = b""
        if said == READY:
            assert runner.process is not None
            try:
                runner.blank = zygote.blank or Blank.of(runner.process)
            except OSError as error:  # no descriptor for a look: its end is told when it has been killed
                runner.problem = f"{error}"
                runner.kill()
                return
            if runner.blank.peak_bytes:  # else it ended meanwhile
                zygote.blank = runner.blank
            runner.state = State.READY
            self._was_ready[zygote.kind] = True
            for retry in (self._launching, self._makers.replacing, self._warming[zygote.kind], self._filling):
                retry.start_anew()
            self._hand_out(runner)
        elif said:  # its end will be told as well
            runner.problem = read_fault(said) or "it spoke out of turn"

    def _hand_out(self, runner: Runner) -> None:
        kind = self._kinds[runner.kind]
        if self._waiting[kind]:
            self._waiting[kind].popleft().set_result(self._taken(runner))
        else:
            self._ready[kind].append(runner)
            self._look_later()

    def _taken(self, runner: Runner) -> Runner:
        runner.state = State.TAKEN
        return runner

    def _runner_ended(self, runner: Runner, ended: Ended) -> None:
        if runner.state in (State.TAKEN, State.GONE):
            runner.end(ended)
            return
        self._bury_blank(runner)
        self._filling.failed(f"a blank runner ended with {ended.return_code}: {runner.problem or 'without a word'}")

    def _bury_blank(self, runner: Runner) -> None:
        if runner.state is State.READY:
            self._ready[self._kinds[runner.kind]].remove(runner)
        self.graveyard.bury(runner)

    # How much is kept --------------------------------------------------------------------------------------------

    def _refill_later(self, seconds: float) -> None:
        """Or sooner, when that was asked for."""
        if self._refill is None or self._refill.when() > self._loop.time() + seconds:
            if self._refill is not None:
                self._refill.cancel()
            self._refill = self._loop.call_later(seconds, self._fill)

    def _fill(self) -> None:
        """Ask for what is missing; those who wait first."""
        if self._refill is not None:
            self._refill.cancel()
            self._refill = None
        if self.is_closed or self._filling.is_waiting or not self._launcher_is_up:
            return
        balance = self._missing()
        for kind, missing in enumerate(balance):
            for _ in range(min(-missing, len(self._ready[kind]))):  # left over from when more were asked for
                self.graveyard.bury(self._ready[kind].pop())
        # Never below none: what there is too much of one kind is no use to those who wait for another.
        wanted = [max(0, missing) for missing in balance]
        for kind in sorted(range(len(wanted)), key=lambda kind: -len(self._waiting[kind])):
            while wanted[kind] > 0 and self._makers.spares and not self._filling.is_waiting:
                zygote = self._current[kind]  # each time: that it is gone may be noticed by sending to it
                if zygote is None or zygote.unanswered >= MOST_UNANSWERED:
                    break
                wanted[kind] -= 1
                self._fork(zygote, self._makers.spares.popleft())
        self._look_later()
        self._makers.keep(sum(wanted) + _SPARE)

    def _look_later(self) -> None:
        """Those who waited may leave, and nobody come for long: what was made for them is not kept for ever."""
        is_more = len(self._makers.spares) > _SPARE or any(len(ready) > self._size.ready for ready in self._ready)
        if is_more and self._look is None and not self.is_closed:
            self._look = self._loop.call_later(_LOOK_SECONDS, self._give_back)

    def _give_back(self) -> None:
        self._look = None
        self._fill()
        if all(demand.peak <= self._size.ready for demand in self._demands):
            while len(self._makers.spares) > _SPARE:
                self.graveyard.bury(self._makers.spares.pop())

    def _missing(self) -> list[int]:
        """How many of each kind are to be made; below zero, how many there are too many."""
        taken = [0 for _ in self._current]
        kept = [len(ready) - len(waiting) for ready, waiting in zip(self._ready, self._waiting, strict=True)]
        for zygote in self._zygotes:
            states = [runner.state for runner in zygote.runners.values()]
            taken[zygote.kind] += states.count(State.TAKEN)
            kept[zygote.kind] += states.count(State.FORKING) + states.count(State.STARTING)
        above = [max(0, count - self._size.ready) for count in kept]
        left_bytes = self._more_bytes - sum(map(operator.mul, above, self._blank_bytes))
        missing = []
        for kind, size_bytes in enumerate(self._blank_bytes):
            if self._current[kind] is None:
                missing.append(0)
                continue
            peak = self._demands[kind].see(taken[kind] + len(self._waiting[kind]))
            # What this kind has already is its own; of what is left it takes before the next may.
            most = above[kind] + left_bytes // size_bytes
            target = max(0, min(peak - self._size.ready, most))
            left_bytes -= max(0, target - above[kind]) * size_bytes
            missing.append(self._size.ready + target - kept[kind])
        return missing

    def _fork(self, zygote: _Zygote, runner: Runner) -> None:
        runner.kind = self._config.zygotes[zygote.kind].name
        try:
            if self._groups is not None:
                runner.group = self._groups.make(runner.number)
                runner.group.limit(memory_bytes=self._memory_bytes)
        except OSError as error:
            self.graveyard.bury(runner)
            self._filling.failed(f"no control group: {error.strerror}")
            return
        runner.state = State.FORKING
        zygote.runners[runner.number] = runner
        zygote.forked += 1
        zygote.unanswered += 1
        if zygote.forked == self._size.runs_per_zygote:
            self._ask_for_zygotes()
        assert zygote.channel is not None
        groups = runner.group.join if runner.group is not None else ()
        rules = (runner.rules,) if runner.rules is not None else ()
        zygote.channel.send(Frame(Kind.FORK, runner.number), [runner.init, *rules, *groups])


def _socket(descriptor: int) -> socket.socket:
    made = socket.socket(fileno=descriptor)
    made.setblocking(False)
    return made
