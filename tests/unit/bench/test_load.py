"""The load client: percentiles, bounds, and that a wrong answer ends everything."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest
from bench.errors import BenchError
from bench.load import Bounds, measure, measure_paced, percentile
from bench.programs import PROGRAMS, Answer
from bench.ways import Call

HELLO = PROGRAMS[0]


@dataclass
class Way:
    """Answers at once."""

    answer: Answer = HELLO.right
    name: str = "instant"
    open: int = 0

    @asynccontextmanager
    async def client(self) -> AsyncIterator[Call]:
        self.open += 1
        yield self._call
        self.open -= 1

    async def _call(self, code: str) -> Answer:
        assert code == HELLO.code
        return self.answer


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        # The worked example of nearest rank in the literature.
        ([15, 20, 35, 40, 50], 5, 15),
        ([15, 20, 35, 40, 50], 30, 20),
        ([15, 20, 35, 40, 50], 40, 20),
        ([15, 20, 35, 40, 50], 50, 35),
        ([15, 20, 35, 40, 50], 100, 50),
        ([3, 1, 2], 50, 2),
        ([7], 99, 7),
        (range(1, 101), 50, 50),
        (range(1, 101), 95, 95),
        (range(1, 101), 99, 99),
        (range(1, 102), 99, 100),
    ],
)
def test_a_percentile_is_the_nearest_rank(values: list[float], percent: int, expected: float) -> None:
    assert percentile(values, percent) == expected


@pytest.mark.parametrize("clients", [1, 4])
async def test_a_cell_ends_at_its_number_of_runs(clients: int) -> None:
    way = Way()
    cell = await measure(way, HELLO, clients, Bounds(seconds=60, runs=10))
    assert cell.runs == 10
    assert cell.runs_per_second > 0
    assert way.open == 0


async def test_a_cell_ends_at_its_time_and_each_client_has_asked_once() -> None:
    cell = await measure(Way(), HELLO, 4, Bounds(seconds=0, runs=10))
    assert cell.runs == 4


@pytest.mark.parametrize("change", [{"stdout": "hello"}, {"stderr": "?"}, {"exit_code": 1}, {"exit_code": None}])
async def test_a_wrong_answer_ends_the_measurement_and_is_shown(change: dict[str, str | int | None]) -> None:
    wrong = replace(HELLO.right, **change)  # type: ignore[arg-type]  # any field
    way = Way(answer=wrong)
    with pytest.raises(BenchError, match="instant answered hello wrongly"):
        await measure(way, HELLO, 4, Bounds(seconds=60, runs=10))


@dataclass
class Crowd(Way):
    """Answers nobody before five have asked."""

    asking: int = 0
    enough: asyncio.Event = field(default_factory=asyncio.Event)

    async def _call(self, code: str) -> Answer:
        self.asking += 1
        if self.asking == 5:
            self.enough.set()
        await self.enough.wait()
        return self.answer


async def test_an_open_loop_asks_by_the_clock_and_not_when_it_is_answered() -> None:
    way = Crowd()
    cell = await measure_paced(way, HELLO, 1000, Bounds(seconds=60, runs=20))
    assert cell.runs == 20
    assert way.open == 0


async def test_an_open_loop_ends_at_its_time() -> None:
    cell = await measure_paced(Way(), HELLO, 100, Bounds(seconds=0.1, runs=10_000))
    assert 1 <= cell.runs < 100


async def test_a_wrong_answer_ends_an_open_loop() -> None:
    with pytest.raises(BenchError, match="answered hello wrongly"):
        await measure_paced(Way(replace(HELLO.right, stdout="HELLO\n")), HELLO, 1000, Bounds(seconds=60, runs=20))
