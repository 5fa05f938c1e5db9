"""`snakepen doctor`: what this host can hold, tried layer by layer, and what mends the rest."""

import asyncio
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import monotonic
from typing import Annotated, Final, Literal

import typer

from snakepen.api.executors import check_isolation, open_executor
from snakepen.cli.logs import configure_logs
from snakepen.cli.options import ConfigOption
from snakepen.cli.run import most_limits
from snakepen.cli.tables import print_table
from snakepen.environments.environment import Environment, find_environment
from snakepen.environments.uses import keep
from snakepen.errors import SnakepenError
from snakepen.executor import Executor, Finished, Output, RunSpec
from snakepen.settings import Settings, load_settings

_PROGRAM: Final = b"print('It runs.')"
_SAID: Final = b"It runs.\n"
_CANNOT: Final = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One layer, as it is told."""

    name: str
    state: Literal["works", "soft", "missing"]
    detail: str
    meaning: str
    remedy: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found out."""

    findings: list[Finding] = field(default_factory=list)
    problem: str | None = None
    """Why the level cannot be had, or could not be tried to the end."""
    first_seconds: float | None = None
    """From nothing to the end of a first program."""
    seconds: float | None = None
    """A second one, when everything was there."""

    @property
    def can_be_had(self) -> bool:
        return self.problem is None

    @property
    def soft(self) -> list[str]:
        return [finding.name for finding in self.findings if finding.state == "soft"]


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    config: ConfigOption = None,
) -> None:
    """Try every layer of isolation on this host, say what does not work and what mends it.

    The exit code is 0 when isolation level namespaces is available here, 1 when not.
    """
    settings = load_settings(config, isolation="namespaces")
    configure_logs()
    report = _examine(settings)
    if as_json:
        _print_json(report)
    else:
        _print(report)
    raise typer.Exit(0 if report.can_be_had else _CANNOT)


def _examine(settings: Settings) -> Report:
    try:
        check_isolation(settings)
    except SnakepenError as error:
        return Report(problem=str(error))
    environment = _kept(settings)
    findings = _try(environment)
    missing = [finding.name for finding in findings if finding.state == "missing"]
    if missing:
        return Report(findings, f"These layers are missing: {', '.join(missing)}.")
    if environment.manifest is None:
        return Report(findings)
    try:
        first, second = asyncio.run(_run_twice(settings, environment))
    except SnakepenError as error:
        return Report(findings, f"Every layer works, and yet no program could be run: {error}")
    return Report(findings, None, first, second)


def _kept(settings: Settings) -> Environment:
    """The standard environment, which nobody removes until the process ends; where there is none, nothing is made."""
    environment = find_environment(settings.data_dir)
    if environment.manifest is None:
        return environment
    keep(environment.folder)
    return find_environment(settings.data_dir)  # as it is now that nobody removes it any more


def _try(environment: Environment) -> list[Finding]:
    if sys.platform == "linux":
        from snakepen.runs.open_sandboxes import try_layers

        return [
            Finding(probe.name, probe.state, probe.detail, probe.meaning, probe.remedy)
            for probe in try_layers(environment)
        ]
    raise AssertionError("check_isolation has said no")


async def _run_twice(settings: Settings, environment: Environment) -> tuple[float, float]:
    """Seconds from nothing to the end of a program, and of another one. Raises SnakepenError."""
    began = monotonic()
    executor = open_executor(settings, environment)
    try:
        await _run(executor, settings)
        ready = monotonic()
        await _run(executor, settings)
        return ready - began, monotonic() - ready
    finally:
        await executor.close(grace_seconds=0)


async def _run(executor: Executor, settings: Settings) -> None:
    said = b""
    async with executor.run(RunSpec(_PROGRAM, most_limits(settings)), caller="command line") as run:
        async for event in run:
            match event:
                case Output():
                    said += event.data
                case Finished() if said != _SAID:
                    raise SnakepenError(f"it ended as '{event.status}' and said {said!r}.")


def _print(report: Report) -> None:
    if report.findings:
        print_table(
            ("layer", "state", "detail"), [(finding.name, finding.state, finding.detail) for finding in report.findings]
        )
        typer.echo()
    for line in _explanations(report.findings):
        typer.echo(line)
    if report.problem is not None:
        typer.echo(f"Isolation level 'namespaces' is not available here. {report.problem}")
        return
    soft = f"; soft: {', '.join(report.soft)}" if report.soft else ", and nothing is soft"
    typer.echo(f"Isolation level 'namespaces' is available here{soft}.")
    if report.seconds is None or report.first_seconds is None:
        typer.echo("No program was run, because the environment is not made yet: snakepen environment make")
    else:
        typer.echo(
            f"A program ran in a sandbox of its own, in {report.seconds * 1000:.1f} ms; the first one in "
            f"{report.first_seconds:.2f} s, with everything that had to be started."
        )


def _explanations(findings: list[Finding]) -> Iterator[str]:
    """What does not work: what it is for, and what mends it, which is said once."""
    told: dict[tuple[str, ...], str] = {}
    for finding in findings:
        if finding.state == "works":
            continue
        yield f"{finding.name}: {finding.state} ({finding.detail})"
        yield f"  {finding.meaning}"
        if finding.remedy in told:
            yield f"  What mends it: the same as for {told[finding.remedy]}."
        elif finding.remedy:
            told[finding.remedy] = finding.name
            yield "  What mends it:"
            for remedy in finding.remedy:
                yield from (f"    {line}" for line in remedy.splitlines())
        yield ""


def _print_json(report: Report) -> None:
    answer = {
        "level": "namespaces" if report.can_be_had else None,
        "problem": report.problem,
        "soft": report.soft,
        "layers": [
            {
                "name": finding.name,
                "state": finding.state,
                "detail": finding.detail,
                "meaning": finding.meaning,
                "remedy": list(finding.remedy),
            }
            for finding in report.findings
        ],
        "first_program_seconds": report.first_seconds,
        "program_seconds": report.seconds,
    }
    typer.echo(json.dumps(answer, indent=2))
