"""`snakepen run`: one program from the command line, without a server; streams and exit code pass through.

In a terminal the program gets one of its own, which behaves as ours would.
"""

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent import futures
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer

from snakepen.api.executors import check_isolation, open_executor, try_isolation
from snakepen.api.settle import FileNames
from snakepen.cli.environment import ensure_environment
from snakepen.cli.logs import configure_logs
from snakepen.cli.options import ConfigOption, IsolationOption, TrustOption
from snakepen.cli.results import Results, Saving, hint
from snakepen.cli.signals import is_ignored
from snakepen.environments.environment import Environment
from snakepen.errors import SetupError
from snakepen.executor import Finished, Made, Output, Run, RunSpec, Shown, Stream, TerminalSize, WorkspaceFile
from snakepen.limits import KIB, Limits
from snakepen.settings import Settings, load_settings
from snakepen.wire.run import RunLimit, RunStatus

# timeout(1) says 124 for what it ended; a shell says 128 + N for what signal N ended.
TIMED_OUT: Final = 124
OUR_FAULT: Final = 125
_BY_SIGNAL: Final = 128
_SIGPIPE: Final = 13

_CHUNK_BYTES: Final = 64 * KIB
# A program that is asked to end has this long to do so by itself.
_PATIENCE_SECONDS: Final = 1.0


def run(
    file: Annotated[Path, typer.Argument(help="The program.", metavar="FILE", show_default=False)],
    args: Annotated[list[str] | None, typer.Argument(help="What it gets as sys.argv[1:].", metavar="[ARGS]...")] = None,
    add: Annotated[
        list[str] | None,
        typer.Option(
            "--file",
            metavar="PATH[=NAME]",
            help="A file to put beside the program, there as NAME when it is to have another; can be repeated.",
        ),
    ] = None,
    artifacts: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="A folder to save the files that it makes in, and the plots that it shows."),
    ] = None,
    timeout: Annotated[
        float | None, typer.Option(help="Seconds it may take.", show_default="the maximum, 60; in a terminal an hour")
    ] = None,
    terminal: Annotated[
        bool | None,
        typer.Option(help="Whether it gets a terminal of its own.", show_default="when it is run in one"),
    ] = None,
    config: ConfigOption = None,
    isolation: IsolationOption = None,
    i_trust_the_code: TrustOption = None,
) -> None:
    """Run a program; its streams and its exit code pass through. In a terminal it gets one of its own.

    The exit code is 124 when it took too long, 128 + N when signal N ended it, 125 when it could not be run.
    """
    settings = load_settings(config, isolation=isolation, i_trust_the_code=i_trust_the_code)
    configure_logs()
    check_isolation(settings)
    size, env = _terminal(terminal)
    saving = Saving(artifacts) if artifacts is not None else None
    spec = RunSpec(
        code=_read(file),
        limits=_limits(settings, timeout, size),
        stdin=None,
        args=tuple(args or ()),
        env=env,
        files=_given(add or ()),
        terminal=size,
        artifacts=saving is not None or sys.stderr.isatty(),
        display=saving is not None,
    )
    environment = ensure_environment(settings)
    try_isolation(settings, environment)
    sys.exit(asyncio.run(_run(settings, environment, spec, saving)))


def _given(values: Sequence[str]) -> tuple[WorkspaceFile, ...]:
    """PATH, or PATH=NAME; a PATH that is there with all its `=` is one. Raises SetupError."""
    names = FileNames()
    files = []
    for value in values:
        path, name = Path(value), Path(value).name
        if "=" in value and not path.exists():
            before, _, name = value.rpartition("=")
            path = Path(before)
        try:
            problem = names.add(name)
        except UnicodeEncodeError:
            problem = "is not UTF-8: give another by --file PATH=NAME"
        if problem is not None:
            raise SetupError(f"--file {value!r}: the name {name!r} {problem}.")
        files.append(WorkspaceFile(name, _read(path)))
    return tuple(files)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SetupError(f"{path} cannot be read: {error.strerror}.") from error


def _terminal(wanted: bool | None) -> tuple[TerminalSize | None, Mapping[str, str]]:
    """Its size, and what a program is told of it; None when it gets none. Raises SetupError."""
    if wanted is not False and sys.platform != "win32":
        from snakepen.cli.attach import sits_at_terminal, terminal_size, terminal_variables

        if sits_at_terminal():
            return terminal_size(), terminal_variables()
    if wanted:
        raise SetupError(
            "A program gets a terminal of its own when it is run in one, with all three streams, and not on Windows: "
            "run it without '<', '>' and '|', or leave --terminal out."
        )
    return None, {}


def _limits(settings: Settings, timeout: float | None, terminal: TerminalSize | None) -> Limits:
    """Who runs a program of his own gets all that the settings allow."""
    most = settings.limits
    if timeout is not None and not 0 < timeout <= most.timeout.maximum:
        raise SetupError(
            f"--timeout must be more than 0 and at most {most.timeout.maximum:g}: the setting limits.timeout.maximum "
            "raises that."
        )
    limits = most_limits(settings, timeout)
    if terminal is not None and timeout is None:
        return replace(
            limits, wall_seconds=settings.terminal.whole_seconds, cpu_seconds=most.cpu_seconds.maximum
        )  # who sits there himself is never idle for too long
    return limits


def most_limits(settings: Settings, timeout: float | None = None) -> Limits:
    """Everything that the settings allow, for `timeout` seconds or as long as that goes."""
    most = settings.limits
    wall = timeout or most.timeout.maximum
    return Limits(
        wall_seconds=wall,
        cpu_seconds=max(wall, most.cpu_seconds.maximum),
        memory_bytes=int(most.memory_bytes.maximum),
        processes=int(most.processes.maximum),
        output_bytes=int(most.output_bytes.maximum),
        disk_bytes=int(most.disk_bytes.maximum),
        open_files=int(most.open_files.maximum),
    )


async def _run(settings: Settings, environment: Environment, spec: RunSpec, saving: Saving | None) -> int:
    """The exit code."""
    executor = open_executor(settings, environment, only=spec)
    results = Results()
    lines: list[str] = []
    try:
        async with executor.run(spec, caller="command line") as run:
            stop = _Stop(run)
            with stop.on_signals(), _attached(run, spec):
                threading.Thread(target=_feed, args=(run, asyncio.get_running_loop()), daemon=True).start()
                finished = await _relay(run, stop.no_patience, results)
        if finished is not None:
            lines = await saving.save(results, finished, executor, run.id) if saving else hint(results.made)
    finally:
        await executor.close(grace_seconds=0)
        if saving is not None:
            saving.close()
    if finished is None:
        return _BY_SIGNAL + _SIGPIPE
    was_stopped = stop.number is not None and finished.status is RunStatus.STOPPED
    for line in [*([] if was_stopped else _epilogue(finished, spec)), *lines]:
        typer.echo(f"snakepen: {line}", err=True)
    if saving is not None and saving.has_failed:
        return OUR_FAULT
    return _BY_SIGNAL + stop.number if was_stopped and stop.number is not None else _exit_code(finished)


def _attached(run: Run, spec: RunSpec) -> contextlib.AbstractContextManager[None]:
    if spec.terminal is not None and sys.platform != "win32":
        from snakepen.cli.attach import attached

        return attached(run)
    return contextlib.nullcontext()


async def _relay(run: Run, no_patience: "asyncio.Future[None]", results: Results) -> Finished | None:
    """How it ended; what it made and showed goes into `results`.

    None when whoever read its output went away. Raises SetupError when it cannot be written.
    """
    async for event in run:
        match event:
            case Finished():
                return event
            case Made() | Shown():
                results.take(event)
            case Output() if not no_patience.done():
                writing = _write_aside(event)
                await asyncio.wait({writing, no_patience}, return_when=asyncio.FIRST_COMPLETED)
                if not writing.done():
                    continue  # nobody reads, and we are asked to end: what is left unsaid stays so
                try:
                    writing.result()
                except BrokenPipeError:
                    return None
                except OSError as error:
                    raise SetupError(f"The program's output cannot be written: {error.strerror}.") from error
    raise AssertionError("a run ended without its last event")


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


def _feed(run: Run, loop: asyncio.AbstractEventLoop) -> None:
    """In a thread, because reading standard input waits on some systems whatever one asks for."""
    # The program may end first, and the loop with it; then nobody wants the rest.
    with contextlib.suppress(RuntimeError, futures.CancelledError):
        while data := _read_stdin():
            asyncio.run_coroutine_threadsafe(run.send_stdin(data), loop).result()
        loop.call_soon_threadsafe(run.close_stdin)


def _read_stdin() -> bytes:
    try:
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
        """Done when nobody is waited for any more, not even whoever reads what the program said."""

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
    return finished.return_code if finished.return_code >= 0 else _BY_SIGNAL - finished.return_code
