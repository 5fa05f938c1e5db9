"""The two loads, and what is computed of them.

Closed: so many clients, each asking again as soon as it is answered. Open: requests come by a clock, whether or not
those before them are answered, as those of many people do; a latency counts from when the clock said so.
"""

import asyncio
import itertools
import random
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Final

from bench.errors import BenchError
from bench.programs import Program
from bench.ways import Call, Way

_PATIENCE_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """A cell ends when either is reached and the runs under way have ended; each client asks once at least."""

    seconds: float
    runs: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One way, one program, one number of clients, one round."""

    latencies_ms: Sequence[float]
    seconds: float
    """From the first request to the last answer."""
    client_cpu_seconds: float
    """Of the load client's process; what it spawned is not in it."""

    @property
    def runs(self) -> int:
        return len(self.latencies_ms)

    @property
    def runs_per_second(self) -> float:
        return self.runs / self.seconds

    @property
    def client_cpu_ms_per_run(self) -> float:
        return self.client_cpu_seconds * 1000 / self.runs

    def percentile_ms(self, percent: int) -> float:
        return percentile(self.latencies_ms, percent)


def percentile(values: Sequence[float], percent: int) -> float:
    """By nearest rank: the smallest value that at least `percent` % of all values do not exceed."""
    rank = -(-percent * len(values) // 100)
    return sorted(values)[max(rank, 1) - 1]


async def measure(way: Way, program: Program, clients: int, bounds: Bounds) -> Cell:
    """A closed loop of `clients` clients. Raises BenchError at the first answer that is not exactly right."""
    async with AsyncExitStack() as stack:
        calls = [await stack.enter_async_context(way.client()) for _ in range(clients)]
        try:
            async with asyncio.timeout(bounds.seconds + _PATIENCE_SECONDS):
                return await _closed_loop(calls, way.name, program, bounds)
        except TimeoutError:
            raise BenchError(f"{way.name}: no answer for {_PATIENCE_SECONDS:g} s; {program.name}.") from None
        except ExceptionGroup as group:
            raise group.exceptions[0] from None


async def _closed_loop(calls: Sequence[Call], name: str, program: Program, bounds: Bounds) -> Cell:
    latencies_ms: list[float] = []
    asked = 0

    async def client(call: Call) -> None:
        nonlocal asked
        while asked < bounds.runs:
            asked += 1
            start = time.perf_counter()
            answer = await call(program.code)
            latencies_ms.append((time.perf_counter() - start) * 1000)
            if answer != program.right:
                raise BenchError(f"{name} answered {program.name} wrongly: {answer}; right is {program.right}.")
            if time.perf_counter() >= deadline:
                return

    begin, cpu_begin = time.perf_counter(), time.process_time()
    deadline = begin + bounds.seconds
    async with asyncio.TaskGroup() as group:
        for call in calls:
            group.create_task(client(call))
    return Cell(latencies_ms, time.perf_counter() - begin, time.process_time() - cpu_begin)


async def measure_paced(way: Way, program: Program, per_second: float, bounds: Bounds) -> Cell:
    """An open loop: exponential times between requests, the same in each run. Raises BenchError as `measure` does."""
    gaps = random.Random(1)
    latencies_ms: list[float] = []
    async with AsyncExitStack() as stack:
        idle: list[Call] = []

        async def request(due: float) -> None:
            call = idle.pop() if idle else await stack.enter_async_context(way.client())
            answer = await call(program.code)
            latencies_ms.append((time.perf_counter() - due) * 1000)
            idle.append(call)
            if answer != program.right:
                raise BenchError(f"{way.name} answered {program.name} wrongly: {answer}; right is {program.right}.")

        begin, cpu_begin = time.perf_counter(), time.process_time()
        due = begin
        try:
            async with asyncio.timeout(bounds.seconds + _PATIENCE_SECONDS), asyncio.TaskGroup() as group:
                for number in itertools.count():
                    if number >= bounds.runs or due > begin + bounds.seconds:
                        break
                    await asyncio.sleep(due - time.perf_counter())
                    group.create_task(request(due))
                    due += gaps.expovariate(per_second)
        except TimeoutError:
            raise BenchError(f"{way.name}: no answer for {_PATIENCE_SECONDS:g} s; {program.name}.") from None
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from None
        return Cell(latencies_ms, time.perf_counter() - begin, time.process_time() - cpu_begin)
