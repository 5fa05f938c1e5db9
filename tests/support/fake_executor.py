"""An executor that runs nothing: for each program it has a play, written in the test, that says and does as the
program would. It keeps the promises of the seam, and passes the same suite as the real ones."""

import asyncio
import io
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from time import monotonic
from types import TracebackType
from typing import BinaryIO, Self

from snakepen.errors import Unavailable
from snakepen.executor import (
    Capacity,
    Finished,
    InputRequested,
    Isolation,
    Made,
    Output,
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
from snakepen.runner import room
from snakepen.runs.admission import Admission
from snakepen.wire.run import RunLimit, RunStatus, SkipReason

KILLED = -9
# Pieces of input that the program has not read; whoever sends more waits.
MOST_UNREAD = 64


class Stage:
    """What a play can do: what a program can do."""

    def __init__(self, run: "FakeRun") -> None:
        self._run = run
        self.spec = run.spec

    async def write(self, stream: Stream, data: bytes) -> None:
        """Waits, as a full pipe does, while nobody reads."""
        await self._run.said(stream, data)

    async def read(self) -> bytes:
        """What comes next on standard input; empty at its end."""
        data = await self._run.stdin.get()
        self._run.takes_more.set()
        return data

    async def ask(self, prompt: str) -> None:
        """Say that it waits for input."""
        await self._run.asked(prompt)

    async def show(
        self, bundle: Mapping[str, str], *, display_id: str | None = None, update_of: str | None = None
    ) -> None:
        """Show something to look at."""
        await self._run.showed(Shown(bundle, display_id, update_of))

    def make(self, path: str, content: bytes) -> None:
        """Leave a file in the workspace, or change one."""
        self._run.files[path] = content

    def leave(self, reason: SkipReason) -> None:
        """Leave something there that is no artifact."""
        self._run.skipped[reason] += 1

    @property
    def size(self) -> TerminalSize | None:
        """Of its terminal, as it is now."""
        return self._run.size

    async def resized(self) -> None:
        """Until its terminal has another size."""
        await self._run.resized.wait()

    async def signalled(self) -> SignalName:
        """The next signal that it gets."""
        return await self._run.signals.get()

    async def sleep_for_ever(self) -> None:
        await asyncio.Event().wait()


Play = Callable[[Stage], Awaitable[int]]


@dataclass
class FakeExecutor:
    """See Executor."""

    plays: Mapping[bytes, Play]
    admission: Admission
    down: str | None = None
    """Set it to make every run unavailable."""
    isolation: Isolation = field(default_factory=lambda: Isolation("none", {"time": "on", "output": "on"}))
    specs: list[RunSpec] = field(default_factory=list)
    """What was asked to run, in order."""
    lives: dict[asyncio.Task[None], "FakeRun"] = field(default_factory=dict)
    artifacts: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def run(self, spec: RunSpec, *, caller: str) -> "FakeRun":
        return FakeRun(self, spec, caller)

    def capacity(self) -> Capacity:
        return Capacity(self.admission.running, self.admission.queued, self.admission.free)

    def problem(self) -> str | None:
        return self.down

    async def artifact(self, run_id: str, path: str) -> BinaryIO | None:
        content = self.artifacts.get((run_id, path))
        return None if content is None else io.BytesIO(content)

    async def close(self, *, grace_seconds: float) -> None:
        self.down = "closed"
        if self.lives:
            await asyncio.wait(self.lives, timeout=grace_seconds)
        for run in self.lives.values():
            run.end_as(RunStatus.LOST)
        if self.lives:
            await asyncio.wait(self.lives)


class FakeRun:
    """See Run."""

    def __init__(self, executor: FakeExecutor, spec: RunSpec, caller: str) -> None:
        self.spec = spec
        self.id = f"run_{secrets.token_hex(16)}"
        self.stdin: asyncio.Queue[bytes] = asyncio.Queue()
        self.takes_more = asyncio.Event()
        self.size = spec.terminal
        self.resized = asyncio.Event()
        self.signals: asyncio.Queue[SignalName] = asyncio.Queue()
        self.files: dict[str, bytes] = {}
        self.skipped: Counter[SkipReason] = Counter()
        self._shown = 0
        self._shown_dropped = 0
        self._executor = executor
        self._caller = caller
        self._events: asyncio.Queue[RunEvent | Unavailable | None] = asyncio.Queue(maxsize=4)
        self._kept = dict.fromkeys(Stream, 0)
        self._dropped = dict.fromkeys(Stream, 0)
        self._verdict: asyncio.Future[RunStatus] = asyncio.get_running_loop().create_future()
        self._limit: RunLimit | None = None
        self._patience_seconds = 0.0
        self._no_patience = asyncio.Event()
        self._last_byte_at = 0.0
        self._playing = False
        self._has_ended = False
        self._began = False
        self._left = asyncio.Event()
        self._positions: asyncio.Queue[int] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        if self._executor.down is not None:
            raise Unavailable(self._executor.down)
        self._place = self._executor.admission.ask(self._caller, self._moved)
        self._executor.specs.append(self.spec)
        if self.spec.stdin is not None:
            self.stdin.put_nowait(self.spec.stdin)
            self.close_stdin()
        self._life = asyncio.create_task(self._live())
        self._executor.lives[self._life] = self
        self._life.add_done_callback(self._executor.lives.pop)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._left.set()
        await self._life

    def __aiter__(self) -> AsyncIterator[RunEvent]:
        return self

    async def __anext__(self) -> RunEvent:
        event = await self._events.get()
        if event is None:
            raise StopAsyncIteration
        if isinstance(event, Unavailable):
            raise event
        return event

    async def send_stdin(self, data: bytes) -> None:
        self._last_byte_at = monotonic()
        if data:
            self.stdin.put_nowait(data)
        while self.stdin.qsize() > MOST_UNREAD and not self._has_ended:
            self.takes_more.clear()
            await self.takes_more.wait()

    def close_stdin(self) -> None:
        self.stdin.put_nowait(b"")

    def resize(self, size: TerminalSize) -> None:
        if self.size is not None:
            self.size = size
            self.resized.set()

    def signal(self, name: SignalName) -> None:
        if self._playing:
            self.signals.put_nowait(name)

    def stop(self, *, patience_seconds: float = 0) -> None:
        if patience_seconds and self._playing:
            if not self._verdict.done():
                self._patience_seconds = patience_seconds
                self._verdict.set_result(RunStatus.STOPPED)
                self.signal(SignalName.SIGINT)
        else:
            self.end_as(RunStatus.STOPPED)

    def end_as(self, verdict: RunStatus, limit: RunLimit | None = None) -> None:
        self._no_patience.set()
        if not self._verdict.done():
            self._limit = limit
            self._verdict.set_result(verdict)

    async def asked(self, prompt: str) -> None:
        if self.spec.hints:
            await self._put(InputRequested(prompt))

    async def showed(self, shown: Shown) -> None:
        if not self.spec.display:
            return
        if self._shown == room.MOST:
            self._shown_dropped += 1
        else:
            self._shown += 1
            await self._put(shown)

    async def said(self, stream: Stream, data: bytes) -> None:
        self._last_byte_at = monotonic()
        kept = data[: self.spec.limits.output_bytes - self._kept[stream]]
        self._kept[stream] += len(kept)
        self._dropped[stream] += len(data) - len(kept)
        if kept:
            await self._put(Output(stream, kept))
        if len(kept) < len(data):
            self.end_as(RunStatus.OUTPUT_LIMIT, RunLimit.OUTPUT_BYTES)
            await asyncio.Event().wait()

    async def _put(self, event: RunEvent | Unavailable | None) -> None:
        """Waits for room, unless whoever would make it has left."""
        putting = asyncio.create_task(self._events.put(event))
        leaving = asyncio.create_task(self._left.wait())
        try:
            await asyncio.wait({putting, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            putting.cancel()
            leaving.cancel()

    async def _live(self) -> None:
        last: RunEvent | Unavailable
        try:
            last = await self._play() if await self._turn() else self._finished(RunStatus.STOPPED, None, 0.0)
        except Unavailable as refusal:
            last = refusal
        finally:
            self._has_ended = True
            self.takes_more.set()
            self._place.leave()
        if isinstance(last, Finished) and last.status is not RunStatus.LOST and self.spec.artifacts:
            await self._collect()
            last = replace(last, skipped=self.skipped)
        await self._put(last)
        await self._put(None)

    async def _collect(self) -> None:
        given = {file.path: file.content for file in self.spec.files}
        for path, content in sorted(self.files.items()):
            if self._left.is_set():
                return
            if given.get(path) != content:
                self._executor.artifacts[self.id, path] = content
                await self._put(Made(path, len(content)))

    def _moved(self, position: int) -> None:
        self._positions.put_nowait(position)

    async def _turn(self) -> bool:
        position = self._place.position
        while position:
            await self._put(Queued(position))
            moved = asyncio.create_task(self._positions.get())
            waits: set[asyncio.Future[object]] = {moved, self._verdict}  # type: ignore[arg-type]  # invariance
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            if not moved.done():
                moved.cancel()
                break
            position = moved.result()
        if self._verdict.done() and self._verdict.result() is RunStatus.LOST:
            raise Unavailable("the fake was closed")
        return not self._verdict.done()

    async def _play(self) -> Finished:
        await self._put(Started(self.id, "fake"))
        began = self._last_byte_at = monotonic()
        self._playing = self._began = True
        task = asyncio.ensure_future(self._executor.plays[self.spec.code](Stage(self)))
        waits: set[asyncio.Future[object]] = {task, self._verdict}  # type: ignore[arg-type]  # invariance
        while not (task.done() or self._verdict.done()):
            due, limit = self._due(began)
            if due <= monotonic():
                self.end_as(RunStatus.TIMEOUT, limit)
            await asyncio.wait(waits, timeout=due - monotonic(), return_when=asyncio.FIRST_COMPLETED)
        if self._patience_seconds and not task.done():
            hurry = asyncio.ensure_future(self._no_patience.wait())
            waits = {task, hurry}  # type: ignore[arg-type]  # invariance
            await asyncio.wait(waits, timeout=self._patience_seconds, return_when=asyncio.FIRST_COMPLETED)
            hurry.cancel()
        self._playing = False
        seconds = monotonic() - began
        if task.done():
            status = self._verdict.result() if self._verdict.done() else RunStatus.COMPLETED
            return self._finished(status, task.result(), seconds)
        task.cancel()
        await asyncio.wait({task})
        status = self._verdict.result()
        return self._finished(status, None if status is RunStatus.LOST else KILLED, seconds)

    def _due(self, began: float) -> tuple[float, RunLimit]:
        limits = self.spec.limits
        whole = began + limits.wall_seconds
        if limits.idle_seconds is not None and self._last_byte_at + limits.idle_seconds < whole:
            return self._last_byte_at + limits.idle_seconds, RunLimit.IDLE_SECONDS
        return whole, RunLimit.WHOLE_SECONDS if self.spec.terminal else RunLimit.TIMEOUT

    def _finished(self, status: RunStatus, return_code: int | None, seconds: float) -> Finished:
        fault = "the fake was closed" if status is RunStatus.LOST else None
        resources = Resources(0.001, 1024, whole=True)
        dropped = dict(self._dropped)
        return Finished(
            status,
            return_code,
            seconds,
            resources,
            dropped,
            executed=self._began,
            fault=fault,
            limit=self._limit,
            shown_dropped=self._shown_dropped,
        )
