"""What is measured once a round beside the cells: Snakepen by itself, and one program inside and outside."""

import asyncio
import os
import select
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from math import inf
from statistics import mean
from typing import Final

from bench import live
from bench.client import Connection, connected, post
from bench.errors import BenchError
from bench.goals import Numbers
from bench.load import Bounds, Cell, measure_paced
from bench.processes import Runner, first_of, private_bytes, runners
from bench.programs import COMPUTE, LINGERING, PROGRAMS, Program
from bench.servers import Server
from bench.ways import Setup, Way, open_snakepen

_PACED: Final = Bounds(seconds=4, runs=400)
_COMPUTED_TIMES: Final = 8
_TIMEOUT_SECONDS: Final = 0.3
_PATIENCE_SECONDS: Final = 20.0
_LOOK_SECONDS: Final = 0.002
_KINDS: Final = ("bare", "library", "data")
"""Those of snakepen.sandbox.kinds, which is to be had on Linux only: the smallest first."""


@dataclass(frozen=True, slots=True)
class Field:
    """What a measure is taken of."""

    ways: Mapping[str, Way]
    server: Server
    setup: Setup
    saturated: Mapping[str, Cell]
    """Of each program, this round's closed loop of four clients, where that was measured."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure, to stay at or below its numbers."""

    title: str
    unit: str
    numbers: Numbers
    """inf: there is none."""
    take: Callable[[Field], Awaitable[float | None]]
    """None when it cannot be measured here."""
    program: str | None = None
    """The only one that it is about."""

    def reached(self, figure: float, bound: float) -> bool:
        return figure <= bound


async def _tail(program: Program, field: Field) -> float | None:
    """At half of what four clients get, by a clock: how much slower the slowest in a hundred is than the middle."""
    saturated = field.saturated.get(program.name)
    if saturated is None:
        return None
    cell = await measure_paced(field.ways["snakepen"], program, saturated.runs_per_second / 2, _PACED)
    return cell.percentile_ms(99) / cell.percentile_ms(50)


async def _computing(field: Field) -> float:
    """The quickest of several, in turn: what a program says of its own time, inside and under bare Python.

    Single pairs differ by a half on a machine that others use as well; of three the quickest still differed by a tenth.
    """
    told: dict[str, list[float]] = {"snakepen": [], "spawn": []}
    for _ in range(_COMPUTED_TIMES):
        for name, seconds in told.items():
            async with field.ways[name].client() as call:
                answer = await call(COMPUTE.code)
            if answer.exit_code != 0:
                raise BenchError(f"{name} answered {COMPUTE.name} wrongly: {answer}")
            seconds.append(float(answer.stdout))
    return min(told["snakepen"]) / min(told["spawn"])


async def _timeout(field: Field) -> float | None:
    """Milliseconds from when its time is up until no process of a run and its sandbox is left."""
    if not _has_sandboxes(field):
        return None
    async with _waiting_for_answer(field, _TIMEOUT_SECONDS) as run:
        return await run.gone(since=run.begin + _TIMEOUT_SECONDS)


async def _hang_up(field: Field) -> float | None:
    """The same from when its caller closes the connection."""
    if not _has_sandboxes(field):
        return None
    async with _waiting_for_answer(field, _PATIENCE_SECONDS) as run:
        run.connection.close()
        return await run.gone(since=time.perf_counter())


async def _stop(field: Field) -> float | None:
    """The same from when the person who watches it says stop; it is interrupted first."""
    if not _has_sandboxes(field):
        return None
    before = {runner.pid for runner in runners(field.server.pid)}
    async with live.running(field.server, LINGERING.code) as stop:
        with _watched(await _lingering(field.server.pid, before)) as descriptors:
            begin = time.perf_counter()
            await stop()
            await asyncio.to_thread(_all_ended, descriptors)
            return (time.perf_counter() - begin) * 1000


def _has_sandboxes(field: Field) -> bool:
    return sys.platform == "linux" and bool(runners(field.server.pid))


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A run that somebody waits for the answer of."""

    connection: Connection
    begin: float
    descriptors: Sequence[int]
    """pidfds of all its processes."""

    async def gone(self, *, since: float) -> float:
        """Milliseconds until the last of them has ended."""
        await asyncio.to_thread(_all_ended, self.descriptors)
        return (time.perf_counter() - since) * 1000


@asynccontextmanager
async def _waiting_for_answer(field: Field, seconds: float) -> AsyncIterator[_Waiting]:
    before = {runner.pid for runner in runners(field.server.pid)}
    request = post(field.server.url.removeprefix("http://"), "/api/execute", LINGERING.code, timeout=seconds)
    async with connected(field.server.url) as connection:
        begin = time.perf_counter()
        asking = asyncio.create_task(connection.ask(request))
        try:
            with _watched(await _lingering(field.server.pid, before)) as descriptors:
                yield _Waiting(connection, begin, descriptors)
        finally:
            asking.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await asking


@contextmanager
def _watched(pids: Sequence[int]) -> Iterator[Sequence[int]]:
    """pidfd_open(2) of each."""
    if sys.platform != "linux":
        raise BenchError("Processes are watched on Linux only.")
    descriptors = [os.pidfd_open(pid) for pid in pids]
    try:
        yield descriptors
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


async def _first_byte(field: Field) -> float:
    return await live.first_byte(field.server)


async def _streaming(field: Field) -> float:
    return await live.milliseconds_per_megabyte(field.server)


async def _lingering(server: int, before: set[int]) -> list[int]:
    """The processes of the one run that there is."""
    deadline = time.perf_counter() + _PATIENCE_SECONDS
    while time.perf_counter() < deadline:
        found = [runner for runner in runners(server) if runner.pid in before and len(runner.children) >= 4]
        if found:
            first = first_of(found[0].pid)
            return [found[0].pid, *found[0].children, *([] if first is None else [first])]
        await asyncio.sleep(_LOOK_SECONDS)
    raise BenchError("snakepen: a run that was asked for was never seen.")


def _all_ended(descriptors: Sequence[int]) -> None:
    """pidfd_open(2): a process that has ended is readable."""
    for descriptor in descriptors:
        if not select.select([descriptor], [], [], _PATIENCE_SECONDS)[0]:
            raise BenchError("snakepen: a process of a run that was over did not end.")


async def _blank_memory(kind: str, field: Field) -> float | None:
    """MB that a waiting runner of this kind of interpreter shares with nobody."""
    groups: dict[int, list[Runner]] = {}
    for runner in runners(field.server.pid):
        groups.setdefault(runner.zygote, []).append(runner)
    try:
        held = sorted(mean(private_bytes(runner.pid) for runner in group) for group in groups.values())
    except OSError:  # taken by nobody, so it was replaced
        return None
    return held[_KINDS.index(kind)] / 1e6 if len(held) == len(_KINDS) else None


async def _start(field: Field) -> float:
    """Seconds from the command to the first answer."""
    begin = time.perf_counter()
    async with open_snakepen(field.setup) as way, way.client() as call:
        answer = await call(PROGRAMS[0].code)
        if answer != PROGRAMS[0].right:
            raise BenchError(f"snakepen answered {PROGRAMS[0].name} wrongly: {answer}.")
        return time.perf_counter() - begin


def _numbers(must: float, aim: float, *, promised: float | None = None) -> Numbers:
    """What must be reached is promised, unless said otherwise."""
    return Numbers(must if promised is None else promised, must, aim)


# At half load of the small programs a neighbour on the machine is enough to be the slowest in a hundred.
_TAILS: Final = {program.name: _numbers(5, 3, promised=inf) for program in PROGRAMS} | {"pandas": _numbers(5, 3)}
_TEARDOWN: Final = _numbers(100, 20)

MEASURES: Final = (
    *(
        Measure(
            f"{program.name}, p99 / p50 at half load", "", _TAILS[program.name], partial(_tail, program), program.name
        )
        for program in PROGRAMS
    ),
    Measure("computing, inside / bare", "", _numbers(1.03, 1.0), _computing),
    Measure("timeout until nothing is left", "ms", _TEARDOWN, _timeout),
    Measure("hanging up until nothing is left", "ms", _TEARDOWN, _hang_up),
    Measure("stop until nothing is left", "ms", _TEARDOWN, _stop),
    Measure("first streamed byte after it was written", "ms", _numbers(5, 1), _first_byte),
    Measure("a streamed megabyte", "ms", _numbers(inf, inf), _streaming),
    Measure("private memory of a blank runner, bare", "MB", _numbers(6, 2), partial(_blank_memory, "bare")),
    Measure("private memory of a blank runner, library", "MB", _numbers(6, 2), partial(_blank_memory, "library")),
    Measure(
        "private memory of a blank runner, data", "MB", _numbers(6, 2, promised=16), partial(_blank_memory, "data")
    ),
    Measure("start to first run served", "s", _numbers(2, 0.7), _start),
)
