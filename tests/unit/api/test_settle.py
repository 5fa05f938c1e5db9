"""From request to spec: every limit a number, by the operator's bounds."""

from typing import Any

import pytest

from snakepen.api.app import limit_bounds
from snakepen.api.settle import Settler
from snakepen.errors import InvalidRequest
from snakepen.executor import RunSpec
from snakepen.settings import load_settings
from snakepen.wire.run import RunRequest


def settle(settings: dict[str, Any] | None = None, **fields: Any) -> RunSpec:
    settler = Settler(limit_bounds(load_settings(limits=settings)))
    return settler.spec(RunRequest.model_validate({"code": "", **fields}))


def test_a_request_that_names_nothing_gets_the_defaults() -> None:
    limits = settle().limits
    assert (limits.wall_seconds, limits.cpu_seconds) == (10, 10)
    assert (limits.memory_bytes, limits.processes) == (512 * 1024**2, 64)
    assert all(isinstance(number, int) for number in (limits.memory_bytes, limits.output_bytes, limits.open_files))


def test_a_run_may_compute_for_as_long_as_it_may_take() -> None:
    assert settle(timeout=25).limits.cpu_seconds == 25
    assert settle(timeout=25, limits={"cpu_seconds": 3}).limits.cpu_seconds == 3
    assert settle({"cpu_seconds": {"maximum": 5}}, timeout=25).limits.cpu_seconds == 5


@pytest.mark.parametrize("asked", [61, 60.001])
def test_nobody_gets_more_than_the_maximum(asked: float) -> None:
    with pytest.raises(InvalidRequest, match=r"from 0\.001 to 60"):
        settle(timeout=asked)


def test_the_maximum_itself_is_given() -> None:
    assert settle(timeout=60).limits.wall_seconds == 60
    assert settle({"timeout": {"maximum": 300}}, timeout=300).limits.wall_seconds == 300
