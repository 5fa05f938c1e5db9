"""The measures, of a real server with sandboxes: that each says something, and that nothing of its programs stays."""

import sys

import pytest

if sys.platform != "linux":
    pytest.skip("sandboxes are Linux's", allow_module_level=True)

from bench.load import Bounds, measure
from bench.measures import MEASURES, Field
from bench.processes import runners
from bench.programs import PROGRAMS
from bench.rounds import prepared
from bench.ways import open_snakepen, open_way
from tests.support.runs import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.thorough]

HELLO = PROGRAMS[0]


async def test_every_measure_is_taken() -> None:
    async with prepared(None, "") as setup, open_snakepen(setup) as ours, open_way("spawn", setup) as spawn:
        cell = await measure(ours, HELLO, 4, Bounds(seconds=5, runs=40))
        field = Field({"snakepen": ours, "spawn": spawn}, ours.server, setup, {"hello": cell})
        await wait_for(lambda: len(runners(ours.server.pid)) >= 12)
        figures = {measure.title: await measure.take(field) for measure in MEASURES}
        for name in ("frame", "pandas"):
            assert figures.pop(f"{name}, p99 / p50 at half load") is None, "its closed loop was not run"
        assert all(figure is not None and figure > 0 for figure in figures.values()), figures
        await wait_for(lambda: not any(runner.children for runner in runners(ours.server.pid)))


async def test_without_sandboxes_there_is_nothing_to_look_at() -> None:
    async with prepared(None, "--isolation none --i-trust-the-code") as setup, open_snakepen(setup) as ours:
        field = Field({"snakepen": ours}, ours.server, setup, {})
        taken = {measure.title: await measure.take(field) for measure in MEASURES if measure.unit in ("ms", "MB")}
        assert {title for title, figure in taken.items() if figure is None} == {
            "timeout until nothing is left",
            "hanging up until nothing is left",
            "stop until nothing is left",
            "private memory of a blank runner, bare",
            "private memory of a blank runner, library",
            "private memory of a blank runner, data",
        }
