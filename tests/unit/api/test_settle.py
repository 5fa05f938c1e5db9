"""From request to spec: every limit a number, by the operator's bounds."""

from typing import Any

import pytest

from snakepen.api.app import limit_bounds
from snakepen.api.settle import FileNames, Settler
from snakepen.errors import InvalidRequest
from snakepen.executor import RunSpec, TerminalSize
from snakepen.limits import MAX_FILE_DEPTH, TerminalLimits
from snakepen.settings import load_settings
from snakepen.wire.live import StartMessage
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


SIZE = {"columns": 80, "rows": 24}


def settle_live(settings: dict[str, Any] | None = None, **fields: Any) -> tuple[RunSpec, bytes]:
    settler = Settler(limit_bounds(load_settings(limits=settings)), TerminalLimits(900, 3600, 60))
    return settler.live(StartMessage.model_validate({"type": "start", "code": "", **fields}))


def test_live_input_is_open_and_begins_with_what_was_given() -> None:
    spec, first_input = settle_live(stdin="one\n")
    assert (spec.stdin, first_input, spec.terminal) == (None, b"one\n", None)
    assert (spec.limits.wall_seconds, spec.limits.idle_seconds) == (10, None)
    assert dict(spec.env) == {}


def test_a_terminal_has_limits_of_its_own() -> None:
    spec, _ = settle_live(terminal=SIZE)
    assert spec.terminal == TerminalSize(80, 24)
    limits = spec.limits
    assert (limits.wall_seconds, limits.idle_seconds, limits.cpu_seconds) == (3600, 900, 60)
    assert settle_live(terminal=SIZE, limits={"cpu_seconds": 3})[0].limits.cpu_seconds == 3
    assert settle_live({"cpu_seconds": {"maximum": 5}}, terminal=SIZE)[0].limits.cpu_seconds == 5


def test_a_terminal_has_no_timeout() -> None:
    with pytest.raises(InvalidRequest, match="timeout: is not for a run with a terminal"):
        settle_live(terminal=SIZE, timeout=10)


def test_a_terminal_is_named_to_its_program_unless_the_caller_does() -> None:
    assert dict(settle_live(terminal=SIZE)[0].env) == {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    assert dict(settle_live(terminal=SIZE, env={"TERM": "dumb"})[0].env) == {"TERM": "dumb", "COLORTERM": "truecolor"}


def test_a_path_has_so_many_parts() -> None:
    names = FileNames()
    assert names.add("d/" * (MAX_FILE_DEPTH - 1) + "a") is None
    assert "too deep" in (names.add("e/" * MAX_FILE_DEPTH + "a") or "")


@pytest.mark.parametrize("path", ["\0" * 2000, "/" * 2000, "é" * 513])
def test_what_is_too_long_is_not_looked_through(path: str) -> None:
    assert "too long" in (FileNames().add(path) or "")


def test_a_variable_that_is_too_long_is_not_looked_through() -> None:
    with pytest.raises(InvalidRequest, match="is over 128 KiB"):
        settle(env={"=" * 200_000: ""})
