"""One run of the benchmark: warm-up, then the rounds, in each of which every way has its turn."""

import asyncio
import gc
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.errors import BenchError
from bench.load import Bounds, Cell, measure
from bench.measures import Field, Measure
from bench.programs import PROGRAMS, Program
from bench.results import Key, Results
from bench.ways import WAY_NAMES, Http, NotHere, Setup, Way, open_echo, open_way
from snakepen.environments.environment import find_environment
from snakepen.settings import load_settings

# Between two cells, so that what one way has still to clean up is not measured with the next.
_SETTLE_SECONDS: Final = 0.1
_WARM_UP: Final = Bounds(seconds=2, runs=8)
_WARM_UP_CLIENTS: Final = 4
# Clients of the closed loop that takes all there is.
_SATURATING: Final = 4
_ECHO: Final = Bounds(seconds=1, runs=300)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured."""

    rounds: int
    bounds: Bounds
    clients: Sequence[int]
    programs: Sequence[Program]
    measures: Sequence[Measure]


@asynccontextmanager
async def prepared(node: str | None, serve_arguments: str) -> AsyncIterator[Setup]:
    """What the ways stand on, and a folder for temporary files that is gone at the end."""
    data_dir = load_settings().data_dir
    environment = find_environment(data_dir)
    if problem := environment.problem():
        raise BenchError(problem)
    with tempfile.TemporaryDirectory(prefix="snakepen-bench-") as folder:
        yield Setup(environment, data_dir, Path(folder), node, serve_arguments)


async def run(plan: Plan, setup: Setup, tell: Callable[[str], None]) -> Results:
    """Every cell of every round."""
    results = Results()
    async with AsyncExitStack() as stack:
        ways = []
        for name in WAY_NAMES:
            try:
                ways.append(await stack.enter_async_context(open_way(name, setup)))
            except NotHere as reason:
                results.absent[name] = str(reason)
        tell("warm-up")
        for program in plan.programs:
            for way in ways:
                await measure(way, program, _WARM_UP_CLIENTS, _WARM_UP)
        # What start-up left is not looked through again by the collector while something is measured.
        gc.collect()
        gc.freeze()
        for number in range(plan.rounds):
            tell(f"round {number + 1} of {plan.rounds}")
            await _round(plan, _rotated(ways, number), results)
            await _measures(plan, ways, setup, results)
    return results


async def _round(plan: Plan, ways: Sequence[Way], results: Results) -> None:
    for program in plan.programs:
        for clients in plan.clients:
            for way in ways:
                await asyncio.sleep(_SETTLE_SECONDS)
                results.add(Key(program.name, clients, way.name), await measure(way, program, clients, plan.bounds))


async def _measures(plan: Plan, ways: Sequence[Way], setup: Setup, results: Results) -> None:
    named = {way.name: way for way in ways}
    ours = named["snakepen"]
    assert isinstance(ours, Http)
    cells = {program.name: results.cells.get(Key(program.name, _SATURATING, ours.name)) for program in plan.programs}
    field = Field(named, ours.server, setup, {name: cell[-1] for name, cell in cells.items() if cell})
    for measure_ in plan.measures:
        await asyncio.sleep(_SETTLE_SECONDS)
        figure = await measure_.take(field)
        if figure is not None:
            results.figures.setdefault(measure_.title, []).append(figure)


def _rotated(ways: Sequence[Way], by: int) -> list[Way]:
    """Another order each round, so that no way always follows the same one."""
    start = by % len(ways)
    return [*ways[start:], *ways[:start]]


async def own_cost() -> Cell:
    """What the load client and an empty HTTP server take for a request."""
    async with open_echo() as echo:
        await measure(echo, PROGRAMS[0], 1, _ECHO)
        return await measure(echo, PROGRAMS[0], 1, _ECHO)


def machine(node: str | None) -> dict[str, str | int]:
    """What the figures were measured on."""
    plain = "Python " + platform.python_version()
    if node:
        plain = "Node " + subprocess.run([node, "--version"], capture_output=True, check=True, text=True).stdout.strip()
    return {
        "cores": _cores(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "plain": plain,
        "load_average": _load_average(),
    }


def _cores() -> int:
    """Those that this process may use, where the system tells."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _load_average() -> str:
    """Of the last 1, 5 and 15 minutes: whether the machine had other work."""
    if sys.platform == "win32":
        return "unknown"
    return " ".join(f"{load:.1f}" for load in os.getloadavg())
