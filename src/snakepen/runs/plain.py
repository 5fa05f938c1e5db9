"""Isolation level `none`: one subprocess per run, in a folder and a process group of its own, for trusted code.

The life of a run, as `PlainRun._live` tells it:

1. admission: a place, at once or after waiting for one;
2. a folder with the program and its files, and the process, both made off the event loop;
3. what it says flows through the channel while the first of these is awaited: its end, its time, too much
   output, a stop;
4. the end of the main process is the end of the run: the whole group is killed, what the pipes still hold is
   read, the folder is removed, and only then the last event is sent.

It holds the limits of time and of output and no other, and `isolation` says so.
"""

import asyncio
import contextlib
import errno
import os
import secrets
import sys
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Final, Self

import structlog

from snakepen.environments.environment import Environment
from snakepen.errors import FieldProblem, Internal, InvalidRequest, Refusal, Unavailable
from snakepen.executor import (
    PROGRAM_NAME,
    Capacity,
    Finished,
    Isolation,
    Queued,
    Resources,
    RunEvent,
    RunSpec,
    Started,
    Stream,
)
from snakepen.runs.admission import Admission, Place
from snakepen.runs.channel import EventChannel, OutputCap
from snakepen.runs.child import KILLED, SILENCE_SECONDS, Child, Command, Exit, spawn
from snakepen.runs.workspace import Workspaces
from snakepen.wire.run import RunStatus

_ISOLATION: Final = Isolation(
    level="none",
    layers={
        "time": "on",
        "output": "on",
        "namespaces": "off",
        "filesystem": "off",
        "network": "off",
        "system_calls": "off",
        "memory": "off",
        "cpu": "off",
        "processes": "off",
        "disk": "off",
        "open_files": "off",
    },
)

log = structlog.get_logger()


class PlainExecutor:
    """See Executor. Belongs to the event loop it was made on."""

    def __init__(self, environment: Environment, admission: Admission, workspaces: Workspaces) -> None:
        self.environment = environment
        self.admission = admission
        self.workspaces = workspaces
        # One thread waits for each run's process; a few more start processes and remove folders.
        self.threads = ThreadPoolExecutor(admission.free + 4, thread_name_prefix="plain-run")
        self.closing = False
        self.lives: dict[asyncio.Task[None], PlainRun] = {}

    @property
    def isolation(self) -> Isolation:
        return _ISOLATION

    def run(self, spec: RunSpec, *, caller: str) -> "PlainRun":
        return PlainRun(self, spec, caller)

    def capacity(self) -> Capacity:
        return Capacity(self.admission.running, self.admission.queued, self.admission.free)

    def problem(self) -> str | None:
        if self.closing:
            return "The server is shutting down: try again in a moment."
        return self.environment.problem()

    async def close(self, *, grace_seconds: float) -> None:
        self.closing = True
        if self.lives:
            await asyncio.wait(self.lives, timeout=grace_seconds)
        for run in self.lives.values():
            run.lose("The server shut down while the program ran: send it again.")
        if self.lives:
            await asyncio.wait(self.lives)
        self.threads.shutdown()
        self.workspaces.close()


class PlainRun:
    """See Run."""

    def __init__(self, executor: PlainExecutor, spec: RunSpec, caller: str) -> None:
        self._executor = executor
        self._spec = spec
        self._caller = caller
        self.id = f"run_{secrets.token_hex(16)}"
        self._channel = EventChannel(pause=self._pause, resume=self._resume)
        self._caps = {stream: OutputCap(spec.limits.output_bytes) for stream in Stream}
        self._child: Child | None = None
        self._ready = asyncio.Event()
        self._stdin_ended = False
        self._verdict: RunStatus | None = None
        self._fault: str | None = None
        self._ending = asyncio.Event()
        self._turn = asyncio.Event()
        self._started_at = monotonic()

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
        if self._child is not None:
            await self._child.send(data)

    def close_stdin(self) -> None:
        self._stdin_ended = True
        if self._child is not None:
            self._child.send_eof()

    def stop(self) -> None:
        self._end_as(RunStatus.STOPPED)

    def lose(self, fault: str) -> None:
        """End the run as ours to answer for."""
        if self._verdict is None:
            self._fault = fault
        self._end_as(RunStatus.LOST)

    def child_started(self, child: Child) -> None:
        """See ChildListener."""
        self._child = child
        self._channel.put(Started(self.id, self._executor.environment.name))

    def child_said(self, stream: Stream, data: bytes) -> None:
        """See ChildListener."""
        cap = self._caps[stream]
        kept = cap.take(data)
        if kept:
            self._channel.put_output(stream, kept)
        if cap.exceeded:
            self._end_as(RunStatus.OUTPUT_LIMIT)

    def _end_as(self, verdict: RunStatus) -> None:
        """The first verdict counts, and a program that has ended by itself has none of these."""
        if self._verdict is None:
            self._verdict = verdict
            self._ending.set()
            self._turn.set()

    def _pause(self) -> None:
        if self._child is not None:
            self._child.pause()

    def _resume(self) -> None:
        if self._child is not None:
            self._child.resume()

    async def _live(self, place: Place) -> None:
        try:
            if await self._wait_for_turn(place):
                self._channel.put(await self._run_program())
            else:
                self._channel.put(self._finished(None))
            self._channel.end()
        except Refusal as refusal:
            self._channel.end(refusal)
        except Exception:  # the edge of a run: whatever went wrong here is ours, and the caller is told so
            log.exception("run_fault", run=self.id)
            sentence = (
                "Snakepen failed while it ran the program. This is our fault, and our log says more: send it again."
            )
            if self._child is None:
                self._channel.end(Internal(sentence))
            else:
                self._verdict, self._fault = RunStatus.LOST, sentence
                self._channel.put(self._finished(None))
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
        if self._verdict is RunStatus.LOST:
            raise Unavailable("The server shut down before the program's turn came: send it again.")
        return self._verdict is None

    async def _run_program(self) -> Finished:
        executor = self._executor
        loop = asyncio.get_running_loop()
        folder = await loop.run_in_executor(
            executor.threads, executor.workspaces.create, self.id, self._spec.code, self._spec.files
        )
        try:
            self._started_at = monotonic()
            child = await self._spawn(folder)
            try:
                exit_ = await self._watch(child)
            finally:
                await self._bury(child)
        finally:
            await loop.run_in_executor(executor.threads, executor.workspaces.remove, self.id)
        return self._finished(exit_)

    async def _spawn(self, folder: Path) -> Child:
        environment = self._executor.environment
        command = Command(
            argv=[str(environment.python), str(folder / PROGRAM_NAME), *self._spec.args],
            folder=folder,
            env=clean_environment(environment, folder) | dict(self._spec.env),
        )
        try:
            return await spawn(command, self, self._executor.threads)
        except OSError as error:
            if error.errno == errno.E2BIG:
                problem = "is too long, together with env, for this system to start a program with"
                raise InvalidRequest((FieldProblem("args", problem),)) from error
            log.warning("spawn_failed", run=self.id, error=str(error))
            reason = error.strerror or "unknown reason"
            raise Unavailable(f"The system cannot start a program now ({reason}): try again in a moment.") from error

    async def _watch(self, child: Child) -> tuple[Exit, float]:
        """Until the main process has ended, by itself or by the first limit or stop that ended it."""
        feeding = asyncio.create_task(self._feed(child))
        ending = asyncio.create_task(self._ending.wait())
        try:
            left = self._started_at + self._spec.limits.wall_seconds - monotonic()
            either: set[asyncio.Future[Any]] = {child.exited, ending}
            await asyncio.wait(either, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            if not child.exited.done():
                self._end_as(RunStatus.TIMEOUT)
                child.kill()
            exit_ = await asyncio.shield(child.exited)
            seconds = monotonic() - self._started_at
            self._verdict = self._verdict or RunStatus.COMPLETED
            return exit_, seconds
        finally:
            for task in (feeding, ending):
                task.cancel()
            await asyncio.wait({feeding, ending})

    async def _feed(self, child: Child) -> None:
        self._ready.set()
        if self._spec.stdin is None:
            if self._stdin_ended:
                child.send_eof()
            return
        if self._spec.stdin:
            await child.send(self._spec.stdin)
        child.send_eof()

    async def _bury(self, child: Child) -> None:
        """Everything that the run started is gone after this, and everything that it said is in the channel."""
        child.kill()
        await child.exited
        self._channel.unpace()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(child.silent), SILENCE_SECONDS)
        child.close()

    def _finished(self, ended: tuple[Exit, float] | None) -> Finished:
        exit_, seconds = ended or (None, 0.0)
        status = self._verdict or RunStatus.COMPLETED
        if status is RunStatus.COMPLETED and any(cap.exceeded for cap in self._caps.values()):
            status = RunStatus.OUTPUT_LIMIT  # it had ended before all that it said was read
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
            fault=self._fault,
        )


def clean_environment(environment: Environment, folder: Path) -> dict[str, str]:
    """What every program starts with: nothing of the server's."""
    clean = {"LANG": "C.UTF-8", "HOME": str(folder)}
    if sys.platform == "win32":
        # Python does not start without the first; tempfile looks at the second.
        clean |= {"SYSTEMROOT": os.environ.get("SYSTEMROOT", r"C:\Windows"), "TEMP": str(folder)}
        clean["PATH"] = os.pathsep.join([str(environment.python.parent), rf"{clean['SYSTEMROOT']}\System32"])
    else:
        clean["PATH"] = f"{environment.python.parent}:/usr/local/bin:/usr/bin:/bin"
    return clean
