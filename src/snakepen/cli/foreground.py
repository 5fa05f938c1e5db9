"""A program in the foreground of a command: its streams are ours, and so is what ends it.

In a terminal the program gets one of its own, which behaves as ours would.
"""

import asyncio
import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent import futures
from typing import Final

import typer

from snakepen.api.executors import open_executor
from snakepen.cli.exit_codes import BY_SIGNAL, NOBODY_READS, OUR_FAULT, TIMED_OUT
from snakepen.cli.results import Results, Saving, hint, words_of
from snakepen.cli.signals import is_ignored
from snakepen.environments.environment import Environment
from snakepen.errors import SetupError
from snakepen.executor import Executor, Finished, Made, Output, Run, RunSpec, Shown, Stream
from snakepen.limits import KIB, MAX_PROBLEM_CHARACTERS
from snakepen.settings import Settings
from snakepen.wire.run import RunLimit, RunStatus

_CHUNK_BYTES: Final = 64 * KIB
# A program that is asked to end has this long to do so by itself: half of what `docker stop` gives us.
_PATIENCE_SECONDS: Final = 5.0
# And whoever reads what it said has this long to take the rest of it.
_LAST_WORDS_SECONDS: Final = 0.5


class Heard:
    """The end of what a program said and was told, for whoever wants to know why it failed."""

    def __init__(self) -> None:
        self.said: dict[Stream, bytearray] = {stream: bytearray() for stream in Stream}
        self.typed = bytearray()

    def hear(self, stream: Stream, data: bytes) -> None:
        """Of a stream."""
        _keep_end(self.said[stream], data)

    def hear_typed(self, data: bytes) -> None:
        """Of its input."""
        _keep_end(self.typed, data)


def _keep_end(kept: bytearray, data: bytes) -> None:
    kept += data
    del kept[:-MAX_PROBLEM_CHARACTERS]


def run_to_its_end(
    settings: Settings,
    environment: Environment,
    spec: RunSpec,
    *,
    heard: Heard | None = None,
    saving: Saving | None = None,
) -> int:
    """Run a program with our streams for its own; the exit code. Nothing that is typed afterwards is taken from us.

    What it made and showed is saved where that is wanted. Raises SetupError when its output cannot be written.
    """
    feed = _Feed(heard)
    try:
        return asyncio.run(_run(settings, environment, spec, feed, heard, saving))
    finally:
        feed.end()


async def _run(
    settings: Settings,
    environment: Environment,
    spec: RunSpec,
    feed: "_Feed",
    heard: Heard | None,
    saving: Saving | None,
) -> int:
    """The exit code."""
    executor = open_executor(settings, environment, single=True)
    results = Results()
    lines: list[str] = []
    try:
        async with executor.run(spec, caller="command line") as run:
            stop = _Stop(run)
            with stop.on_signals(), _attached(run, spec):
                feed.start(run)
                finished = await _relay(
                    run, _Reader(stop.no_patience), results, heard, is_raw=spec.terminal is not None
                )
        if finished is not None:
            lines = await _told(finished, spec, results, saving, executor, run)
    finally:
        await feed.hold()
        await executor.close(grace_seconds=0)
        if saving is not None:
            saving.close()
    if finished is None:
        return NOBODY_READS
    was_stopped = stop.number is not None and finished.status is RunStatus.STOPPED
    for line in [*([] if was_stopped else _epilogue(finished, spec)), *lines]:
        typer.echo(f"snakepen: {line}", err=True)
    if saving is not None and saving.has_failed:
        return OUR_FAULT
    return BY_SIGNAL + stop.number if was_stopped and stop.number is not None else _exit_code(finished)


async def _told(
    finished: Finished, spec: RunSpec, results: Results, saving: Saving | None, executor: Executor, run: Run
) -> list[str]:
    """What is said of what it made and showed."""
    if saving is not None:
        return await saving.save(results, finished, executor, run.id)
    # Who reads standard error from a pipe gets what the program wrote, and no word of ours that is not needed.
    return hint(results.made, spec.code, is_well=finished.return_code == 0) if sys.stderr.isatty() else []


def _attached(run: Run, spec: RunSpec) -> contextlib.AbstractContextManager[None]:
    if spec.terminal is not None and sys.platform != "win32":
        from snakepen.cli.attach import attached

        return attached(run)
    return contextlib.nullcontext()


async def _relay(
    run: Run, reader: "_Reader", results: Results, heard: Heard | None, *, is_raw: bool
) -> Finished | None:
    """How it ended; what it made and showed goes into `results`.

    None when whoever read its output went away. Raises SetupError when it cannot be written.
    """
    async for event in run:
        match event:
            case Finished():
                return event
            case Made():
                results.take(event)
            case Shown():
                results.take(event)
                words = words_of(event)
                # Our terminal is raw while the program has its own.
                said = Output(Stream.STDOUT, words.replace(b"\n", b"\r\n") if is_raw else words)
                if words and not await reader.take(said):
                    return None
            case Output():
                if heard is not None and not reader.is_given_up:
                    heard.hear(event.stream, event.data)
                if not await reader.take(event):
                    return None
    raise AssertionError("a run ended without its last event")


class _Reader:
    """Whoever reads our streams: as slowly as he likes, until there is no patience any more."""

    def __init__(self, no_patience: "asyncio.Future[None]") -> None:
        self._no_patience = no_patience
        self.is_given_up = False
        """What is left unsaid stays so."""
        self._given_up_at: float | None = None

    async def take(self, event: Output) -> bool:
        """False when he went away. Raises SetupError when it cannot be written."""
        if self.is_given_up:
            return True
        writing = _write_aside(event)
        await asyncio.wait({writing, self._no_patience}, return_when=asyncio.FIRST_COMPLETED)
        if not writing.done():
            now = asyncio.get_running_loop().time()
            if self._given_up_at is None:
                self._given_up_at = now + _LAST_WORDS_SECONDS
            await asyncio.wait({writing}, timeout=max(0, self._given_up_at - now))
        if not writing.done():
            self.is_given_up = True
            return True
        try:
            writing.result()
        except BrokenPipeError:
            return False
        except OSError as error:
            raise SetupError(f"The program's output cannot be written: {error.strerror}.") from error
        return True


def _write_aside(event: Output) -> "asyncio.Future[None]":
    """Write in a thread that nobody has to wait for: a reader may stall for ever."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def settle(error: OSError | None) -> None:
        if done.done():
            return
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)

    def write() -> None:
        error = None
        left = memoryview(event.data)
        try:
            while left:
                left = left[os.write(2 if event.stream is Stream.STDERR else 1, left) :]
        except OSError as problem:
            error = problem
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, error)

    threading.Thread(target=write, daemon=True).start()
    return done


class _Feed:
    """Hands our standard input to a run, in a thread: reading it waits on some systems whatever one asks for."""

    def __init__(self, heard: Heard | None) -> None:
        self._heard = heard
        self._wake, self._awake = os.pipe()
        self._lock = threading.Lock()
        self._is_over = False
        self._thread: threading.Thread | None = None

    def start(self, run: Run) -> None:
        """Begin to read. Needs the loop that the run is in."""
        self._thread = threading.Thread(target=self._feed, args=(run, asyncio.get_running_loop()), daemon=True)
        self._thread.start()

    async def hold(self) -> None:
        """Hand nothing over any more. What is on its way has become a task then, which the end of the loop cancels."""
        with self._lock:
            self._is_over = True
        await asyncio.sleep(0)

    def end(self) -> None:
        """Read no more: what is typed from now on is for whoever reads next. The loop has to be closed."""
        os.close(self._awake)
        if sys.platform == "win32":
            return  # there it waits for a key, and nothing can wake it
        if self._thread is not None:
            self._thread.join()
        os.close(self._wake)

    def _feed(self, run: Run, loop: asyncio.AbstractEventLoop) -> None:
        # The program may end first, and the loop with it; then nobody wants the rest.
        with contextlib.suppress(RuntimeError, futures.CancelledError):
            while data := self._read():
                if self._heard is not None:
                    self._heard.hear_typed(data)
                self._send(run, loop, data)
            if data is not None:
                loop.call_soon_threadsafe(run.close_stdin)

    def _send(self, run: Run, loop: asyncio.AbstractEventLoop, data: bytes) -> None:
        with self._lock:
            if self._is_over:
                raise futures.CancelledError
            sent = asyncio.run_coroutine_threadsafe(run.send_stdin(data), loop)
        sent.result()

    def _read(self) -> bytes | None:
        """Empty at its end, None when nobody wants more."""
        try:
            if sys.platform != "win32":
                ready, _, _ = select.select([0, self._wake], [], [])
                if self._wake in ready:
                    return None
            return os.read(0, _CHUNK_BYTES)
        except OSError:
            return b""  # closed


class _Stop:
    """Ends a run on a signal that asks us to end: with an interrupt first, on a second signal at once."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._loop = asyncio.get_running_loop()
        self.number: int | None = None
        """Of the first signal."""
        self.no_patience: asyncio.Future[None] = self._loop.create_future()
        """Done when the program is not waited for any more, and hardly whoever reads what it said."""

    @contextlib.contextmanager
    def on_signals(self) -> Iterator[None]:
        names = ("SIGINT", "SIGTERM", "SIGHUP")
        kinds = [getattr(signal, name) for name in names if hasattr(signal, name)]
        kinds = [kind for kind in kinds if not is_ignored(kind)]
        before = {kind: signal.signal(kind, self._hear) for kind in kinds}
        try:
            yield
        finally:
            for kind, handler in before.items():
                signal.signal(kind, handler)

    def _hear(self, number: int, _: object) -> None:
        self._loop.call_soon_threadsafe(self._stop, number)

    def _stop(self, number: int) -> None:
        if self.number is None:
            self.number = number
            self._run.stop(patience_seconds=_PATIENCE_SECONDS)
            self._loop.call_later(_PATIENCE_SECONDS, self._lose_patience)
        else:
            self._lose_patience()

    def _lose_patience(self) -> None:
        self._run.stop()
        if not self.no_patience.done():
            self.no_patience.set_result(None)


def _epilogue(finished: Finished, spec: RunSpec) -> list[str]:
    limits = spec.limits
    match finished.status:
        case RunStatus.TIMEOUT if finished.limit is RunLimit.CPU_SECONDS:
            after = f"ended after {limits.cpu_seconds:g} seconds of computing"
            return [f"{after}; the setting limits.cpu_seconds.maximum gives it longer."]
        case RunStatus.TIMEOUT if finished.limit is RunLimit.WHOLE_SECONDS:
            after = f"ended after {limits.wall_seconds:g} seconds"
            return [f"{after}; --timeout, or else the setting terminal.whole_seconds, gives it longer."]
        case RunStatus.TIMEOUT:
            return [f"ended after {limits.wall_seconds:g} seconds; --timeout gives it longer."]
        case RunStatus.OUTPUT_LIMIT:
            return [f"ended: it wrote more than {limits.output_bytes} bytes to a stream."]
        case RunStatus.MEMORY_LIMIT:
            return [f"ended: it used more than {limits.memory_bytes} bytes of memory."]
        case RunStatus.LOST:
            return [finished.fault or "lost."]
    return []


def _exit_code(finished: Finished) -> int:
    if finished.status is RunStatus.TIMEOUT:
        return TIMED_OUT
    if finished.return_code is None:
        return OUR_FAULT
    return finished.return_code if finished.return_code >= 0 else BY_SIGNAL - finished.return_code
