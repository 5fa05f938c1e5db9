"""Runs on this machine: what is the same whatever stands between a program and the host.

The life of a run, as `LocalRun._live` tells it:

1. admission: a place, at once or after waiting for one;
2. the host starts the program: a subprocess (`plain.py`) or a runner in a sandbox (`sandboxed.py`);
3. what it says flows through the channel while the first of these is awaited: its end, its time, too much
   output, a stop (which may leave it a moment to end by itself);
4. the end of the main process is the end of the run: everything else of it is killed, what its pipes still hold is
   read, what it made is collected (`artifacts.py`), its place is cleared, and only then the last event is sent.
"""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator
from dataclasses import replace
from time import monotonic
from types import TracebackType
from typing import Any, BinaryIO, Self

import structlog

from snakepen.errors import Internal, Refusal, Unavailable
from snakepen.executor import (
    Capacity,
    Finished,
    InputRequested,
    Isolation,
    Queued,
    Resources,
    RunEvent,
    RunSpec,
    Shown,
    SignalName,
    Started,
    Stream,
    TerminalSize,
)
from snakepen.runs.admission import Admission, Place
from snakepen.runs.artifacts import Artifacts
from snakepen.runs.channel import EventChannel, OutputCap
from snakepen.runs.child import KILLED, Child, Exit
from snakepen.runs.collect import Collected
from snakepen.runs.host import Host
from snakepen.runs.remains import Remains
from snakepen.wire.run import RunLimit, RunStatus

log = structlog.get_logger()

_OUR_FAULT = "Snakepen failed while it ran the program. This is our fault, and our log says more: send it again."


class LocalExecutor:
    """See Executor. Belongs to the event loop it was made on."""

    def __init__(self, host: Host, admission: Admission, artifacts: Artifacts) -> None:
        self.host = host
        self.admission = admission
        self.artifacts = artifacts
        self.closing = False
        self.lives: dict[asyncio.Task[None], LocalRun] = {}
        self._letting_go: asyncio.Task[None] | None = None

    @property
    def isolation(self) -> Isolation:
        return self.host.isolation

    def run(self, spec: RunSpec, *, caller: str) -> "LocalRun":
        return LocalRun(self, spec, caller)

    def capacity(self) -> Capacity:
        return Capacity(self.admission.running, self.admission.queued, self.admission.free)

    def problem(self) -> str | None:
        if self.closing:
            return "The server is shutting down: try again in a moment."
        return self.host.problem()

    async def artifact(self, run_id: str, path: str) -> BinaryIO | None:
        return await self.artifacts.open(run_id, path)

    async def close(self, *, grace_seconds: float) -> None:
        self.closing = True
        if self.lives:
            await asyncio.wait(self.lives, timeout=grace_seconds)
        for run in self.lives.values():
            run.lose("The server shut down while the program ran: send it again.")
        if self.lives:
            await asyncio.wait(self.lives)
        self._letting_go = self._letting_go or asyncio.create_task(self._let_go())
        await asyncio.shield(self._letting_go)

    async def _let_go(self) -> None:
        await self.host.close()
        self.artifacts.close()


class LocalRun:
    """See Run."""

    def __init__(self, executor: LocalExecutor, spec: RunSpec, caller: str) -> None:
        self._executor = executor
        self._spec = spec
        self._caller = caller
        self.id = f"run_{secrets.token_hex(16)}"
        self._channel = EventChannel(pause=self._pause, resume=self._resume)
        self._caps = {stream: OutputCap(spec.limits.output_bytes) for stream in Stream}
        self._child: Child | None = None
        self._ready = asyncio.Event()
        self._stdin_ended = False
        self._size: TerminalSize | None = None
        self._verdict: RunStatus | None = None
        self._limit: RunLimit | None = None
        self._fault: str | None = None
        self._collected = Collected()
        self._is_left = False
        self._shown_dropped = 0
        loop = asyncio.get_running_loop()
        self._ending: asyncio.Future[None] = loop.create_future()  # a verdict, before the program ended by itself
        self._no_patience: asyncio.Future[None] = loop.create_future()
        self._patience_seconds = 0.0
        self._turn = asyncio.Event()
        self._started_at = self._last_byte_at = monotonic()

    async def __aenter__(self) -> Self:
        problem = self._executor.problem()
        if problem is not None:
            raise Unavailable(problem)
        place = self._executor.admission.ask(self._caller, self._moved)
        self._life = asyncio.create_task(self._live(place), name=self.id)
        self._executor.lives[self._life] = self
        self._life.add_done_callback(lambda life: self._executor.lives.pop(life))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_left = True
        self.stop()
        self._channel.abandon()
        await asyncio.shield(self._life)

    def __aiter__(self) -> AsyncIterator[RunEvent]:
        return self

    async def __anext__(self) -> RunEvent:
        event = await self._channel.get()
        if event is None:
            raise StopAsyncIteration
        return event

    async def send_stdin(self, data: bytes) -> None:
        await self._ready.wait()
        self._last_byte_at = monotonic()
        if self._child is not None:
            await self._child.send(data)

    def close_stdin(self) -> None:
        self._stdin_ended = True
        if self._child is not None and self._ready.is_set():  # else it is told when it is fed
            self._child.send_eof()

    def resize(self, size: TerminalSize) -> None:
        self._size = size
        if self._child is not None:
            self._child.resize(size)

    def signal(self, name: SignalName) -> None:
        if self._child is not None:
            self._child.signal(name)

    def stop(self, *, patience_seconds: float = 0) -> None:
        if not patience_seconds:
            self._end_as(RunStatus.STOPPED)
        elif self._verdict is None:
            self._patience_seconds = patience_seconds
            self._decide(RunStatus.STOPPED)
            self.signal(SignalName.SIGINT)

    def lose(self, fault: str) -> None:
        """End the run as ours to answer for."""
        if self._verdict is None:
            self._fault = fault
        self._end_as(RunStatus.LOST)

    def child_started(self, child: Child) -> None:
        """See ChildListener."""
        self._child = child
        if self._size is not None:  # it was changed while this one was being made
            child.resize(self._size)
        self._started_at = self._last_byte_at = monotonic()
        self._channel.put(Started(self.id, self._executor.host.environment_name))
        if self._patience_seconds:  # it was asked to end before we had heard that it began
            child.signal(SignalName.SIGINT)

    def child_said(self, stream: Stream, data: bytes) -> None:
        """See ChildListener."""
        self._last_byte_at = monotonic()
        cap = self._caps[stream]
        kept = cap.take(data)
        if kept:
            self._channel.put_output(stream, kept)
        if cap.exceeded:
            self._end_at(RunLimit.OUTPUT_BYTES)

    def child_asked(self, prompt: str) -> None:
        """See ChildListener."""
        self._channel.put_hint(InputRequested(prompt))

    def child_showed(self, shown: Shown | None) -> None:
        """See ChildListener."""
        self._last_byte_at = monotonic()
        if shown is None:
            self._shown_dropped += 1
        else:
            self._channel.put(shown)

    def _decide(self, verdict: RunStatus, limit: RunLimit | None = None) -> None:
        """The first verdict counts, and a program that has ended by itself has none of these."""
        if self._verdict is None:
            self._verdict, self._limit = verdict, limit
            self._ending.set_result(None)
            self._turn.set()

    def _end_as(self, verdict: RunStatus, limit: RunLimit | None = None) -> None:
        """Now, whatever patience there was."""
        self._decide(verdict, limit)
        if not self._no_patience.done():
            self._no_patience.set_result(None)

    def _end_at(self, limit: RunLimit) -> None:
        self._end_as(limit.status, limit)

    def _pause(self) -> None:
        if self._child is not None:
            self._child.pause()

    def _resume(self) -> None:
        if self._child is not None:
            self._child.resume()

    async def _live(self, place: Place) -> None:
        try:
            has_turn = await self._wait_for_turn(place)
            self._channel.put(await self._run_program() if has_turn else self._finished(None))
            self._channel.end()
        except Refusal as refusal:
            self._channel.end(refusal)
        except Exception:  # the edge of a run: whatever went wrong here is ours, and the caller is told so
            log.exception("run_fault", run=self.id)
            if self._child is None:
                self._channel.end(Internal(_OUR_FAULT))
            else:
                self._verdict, self._fault = RunStatus.LOST, _OUR_FAULT
                self._channel.put(self._finished(None, executed=True))  # as far as anybody knows
                self._channel.end()
        finally:
            self._ready.set()
            place.leave()

    def _moved(self, position: int) -> None:
        if position:
            self._channel.put(Queued(position))
        else:
            self._turn.set()

    async def _wait_for_turn(self, place: Place) -> bool:
        """Whether the run may start; False when it was stopped first. Raises Unavailable when we closed first."""
        if place.position:
            self._channel.put(Queued(place.position))
            await self._turn.wait()
        self._refuse_when_lost()
        return self._verdict is None

    def _refuse_when_lost(self) -> None:
        if self._verdict is RunStatus.LOST:
            raise Unavailable("The server shut down before the program's turn came: send it again.")

    async def _run_program(self) -> Finished:
        host = self._executor.host
        try:
            child = await self._start(host)
            if child is None:
                return self._finished(None)
            with contextlib.ExitStack() as held:
                remains = None
                try:
                    exit_ = await self._watch(child)
                    if self._spec.artifacts and not self._is_left and self._verdict is not RunStatus.LOST:
                        remains = child.remains()
                        if remains is not None:
                            held.callback(remains.close)
                finally:
                    self._channel.unpace()
                    await child.end()
                if remains is not None:
                    await self._collect(remains)
        finally:
            await host.clear(self.id)
        return self._finished(exit_, executed=child.has_begun)

    async def _collect(self, remains: Remains) -> None:
        given = {file.path: file.content for file in self._spec.files}
        self._collected = await self._executor.artifacts.collect(self.id, remains, given, lambda: self._is_left)
        for made in self._collected.made:
            self._channel.put(made)

    async def _start(self, host: Host) -> Child | None:
        """None when the run was stopped while it waited to be started."""
        spec = replace(self._spec, terminal=self._size) if self._spec.terminal and self._size else self._spec
        starting = asyncio.ensure_future(host.start(self.id, spec, self))
        either: set[asyncio.Future[Any]] = {starting, self._ending}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not starting.done() and self._child is None:
            starting.cancel()
            await asyncio.wait({starting})
            if starting.cancelled():
                self._refuse_when_lost()
                return None
        return await starting

    async def _watch(self, child: Child) -> tuple[Exit, float]:
        """Until the main process has ended, by itself or by the first limit or stop that ended it."""
        feeding = self._feed(child)
        try:
            await self._wait_for_end(child)
            if not child.exited.done():
                child.kill()
            exit_ = await asyncio.shield(child.exited)
            seconds = monotonic() - self._started_at
            if exit_.fault is not None:
                self.lose(exit_.fault)
            if self._verdict is None:
                self._limit = exit_.limit
                self._verdict = exit_.limit.status if exit_.limit else RunStatus.COMPLETED
            return exit_, seconds
        finally:
            if feeding is not None:
                feeding.cancel()
                await asyncio.wait({feeding})

    async def _wait_for_end(self, child: Child) -> None:
        """Until it has ended, or its time is up, or it has to end for another reason."""
        either: set[asyncio.Future[Any]] = {child.exited, self._ending}
        while not (child.exited.done() or self._ending.done()):
            due, limit = self._due()
            left = due - monotonic()
            if left <= 0:
                self._end_at(limit)
            else:
                await asyncio.wait(either, timeout=left, return_when=asyncio.FIRST_COMPLETED)
        if self._patience_seconds and not child.exited.done():
            either = {child.exited, self._no_patience}
            await asyncio.wait(either, timeout=self._patience_seconds, return_when=asyncio.FIRST_COMPLETED)

    def _due(self) -> tuple[float, RunLimit]:
        """When its time is up, as far as can be said now, and by which limit."""
        limits = self._spec.limits
        whole = self._started_at + limits.wall_seconds
        if limits.idle_seconds is not None and self._last_byte_at + limits.idle_seconds < whole:
            return self._last_byte_at + limits.idle_seconds, RunLimit.IDLE_SECONDS
        return whole, RunLimit.TIMEOUT if self._spec.terminal is None else RunLimit.WHOLE_SECONDS

    def _feed(self, child: Child) -> asyncio.Task[None] | None:
        self._ready.set()
        if self._spec.stdin:
            return asyncio.create_task(self._send_all(child, self._spec.stdin))
        if self._spec.stdin is not None or self._stdin_ended:
            child.send_eof()
        return None

    async def _send_all(self, child: Child, data: bytes) -> None:
        await child.send(data)
        child.send_eof()

    def _finished(self, ended: tuple[Exit, float] | None, *, executed: bool = False) -> Finished:
        exit_, seconds = ended or (None, 0.0)
        status, limit = self._verdict or RunStatus.COMPLETED, self._limit
        if status is RunStatus.COMPLETED and any(cap.exceeded for cap in self._caps.values()):
            limit = RunLimit.OUTPUT_BYTES  # it had ended before all that it said was read
            status = limit.status
        if exit_ is None or status is RunStatus.LOST:
            return_code = None
        elif status in (RunStatus.COMPLETED, RunStatus.STOPPED):
            return_code = exit_.return_code
        else:
            return_code = KILLED
        return Finished(
            status=status,
            return_code=return_code,
            duration_seconds=seconds,
            resources=exit_.resources if exit_ else Resources(None, None, whole=False),
            dropped={stream: cap.dropped for stream, cap in self._caps.items()},
            executed=executed,
            fault=self._fault,
            limit=limit,
            skipped=self._collected.skipped,
            shown_dropped=self._shown_dropped,
        )
