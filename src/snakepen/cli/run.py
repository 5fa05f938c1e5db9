"""`snakepen run`: one program from the command line, without a server; streams and exit code pass through.

In a terminal the program gets one of its own, which behaves as ours would.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from snakepen.api.executors import check_isolation, try_isolation
from snakepen.api.settle import FileNames
from snakepen.cli.environment import ensure_environment
from snakepen.cli.foreground import run_to_its_end
from snakepen.cli.isolation import warn_who_runs
from snakepen.cli.logs import configure_logs
from snakepen.cli.options import ArtifactsOption, ConfigOption, IsolationOption, TrustOption
from snakepen.cli.results import Saving
from snakepen.errors import SetupError
from snakepen.executor import RunSpec, TerminalSize, WorkspaceFile
from snakepen.limits import Limits
from snakepen.settings import Settings, load_settings


def run(
    file: Annotated[
        Path,
        typer.Argument(help="The program; - reads it from standard input.", metavar="FILE", show_default=False),
    ],
    args: Annotated[list[str] | None, typer.Argument(help="What it gets as sys.argv[1:].", metavar="[ARGS]...")] = None,
    add: Annotated[
        list[str] | None,
        typer.Option(
            "--file",
            metavar="PATH[=NAME]",
            help="A file to put beside the program, under its own name or as NAME; can be repeated.",
        ),
    ] = None,
    artifacts: ArtifactsOption = None,
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
    saving = Saving(artifacts) if artifacts is not None else None
    spec = replace(
        program_spec(settings, _read_program(file), timeout=timeout, terminal=terminal),
        args=tuple(args or ()),
        files=_given(add or ()),
        artifacts=saving is not None or sys.stderr.isatty(),
        display=saving is not None,
    )
    environment = ensure_environment(settings)
    try_isolation(settings, environment)
    if settings.isolation == "none" and isolation is None:
        warn_who_runs()
    sys.exit(run_to_its_end(settings, environment, spec, saving=saving))


def _given(values: Sequence[str]) -> tuple[WorkspaceFile, ...]:
    """PATH, or PATH=NAME; a PATH that is there with all its `=` is one. Raises SetupError."""
    names = FileNames()
    files = []
    for value in values:
        path, name = Path(value), Path(value).name
        if "=" in value and not path.exists():
            before, _, name = value.rpartition("=")
            path = Path(before)
        if path.is_dir():
            raise SetupError(f"--file {value!r}: {path} is a folder; give each file in it by a --file of its own.")
        try:
            problem = names.add(name)
        except UnicodeEncodeError:
            problem = "is not UTF-8: give another by --file PATH=NAME"
        if problem is not None:
            raise SetupError(f"--file {value!r}: the name {name!r} {problem}.")
        files.append(WorkspaceFile(name, _read(path)))
    return tuple(files)


def program_spec(
    settings: Settings, code: bytes, *, timeout: float | None = None, terminal: bool | None = None
) -> RunSpec:
    """A program as the command line runs it: with all that the settings allow, and a terminal where there is one."""
    size, env = _terminal(terminal)
    return RunSpec(code=code, limits=_limits(settings, timeout, size), stdin=None, env=env, terminal=size)


def _read_program(file: Path) -> bytes:
    """After `-`, what comes once standard input has ended is the program's: in a terminal what is typed then.

    Raises SetupError.
    """
    if str(file) != "-":
        return _read(file)
    if sys.stdin is None:
        raise SetupError("Standard input is closed, so no program can be read from it: give a file instead of '-'.")
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise SetupError(f"Standard input cannot be read: {error.strerror}.") from error


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
            "A program has a terminal of its own only when all three streams are one, and not on Windows: "
            "run it without '<', '>' and '|', or leave --terminal out."
        )
    return None, {}


def _limits(settings: Settings, timeout: float | None, terminal: TerminalSize | None) -> Limits:
    """Who runs a program of his own gets all that the settings allow."""
    most = settings.limits
    if timeout is not None and not 0 < timeout <= most.timeout.maximum:
        raise SetupError(
            f"--timeout must be more than 0 and at most {most.timeout.maximum}: the setting limits.timeout.maximum "
            "raises that."
        )
    limits = most_limits(settings, timeout)
    if terminal is not None and timeout is None:
        # Who sits there himself is never idle for too long.
        return replace(limits, wall_seconds=settings.terminal.whole_seconds, cpu_seconds=most.cpu_seconds.maximum)
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
