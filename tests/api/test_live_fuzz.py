"""Whatever a client says over a WebSocket: no fault, no undescribed event, no silence, nothing left."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.client import Api
from tests.support.fake_executor import FakeExecutor, Stage
from tests.support.live import LAST, Socket
from tests.support.servers import served_fake
from tests.support.waiting import wait_until
from websockets.exceptions import ConnectionClosed

from snakepen.executor import Stream

pytestmark = pytest.mark.slow

OURS = {1000, 1001, 1007, 1008, 1009}


async def quiet(stage: Stage) -> int:
    return 0


async def echoes(stage: Stage) -> int:
    while data := await stage.read():
        await stage.write(Stream.STDOUT, data)
    return 0


async def sleeps(stage: Stage) -> int:
    await stage.sleep_for_ever()
    return 0


@pytest.fixture(scope="module")
def fuzzed() -> Iterator[tuple[Api, FakeExecutor]]:
    with served_fake({"": quiet, "echoes": echoes, "sleeps": sleeps}) as served:
        yield served


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
SIZES = st.integers(-1, 1001)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "code": st.sampled_from(["", "echoes", "sleeps"]),
        "stdin": st.text(max_size=5),
        "text": st.text(max_size=5),
        "timeout": st.sampled_from([None, 5, 0, 1e9]),
        "terminal": st.none() | st.fixed_dictionaries({"columns": SIZES, "rows": SIZES}),
        "columns": SIZES,
        "rows": SIZES,
        "name": st.sampled_from(["SIGINT", "SIGTERM", "SIGKILL"]),
        "args": st.lists(st.text(max_size=3), max_size=2),
        "limits": JSON,
        "files": JSON,
    },
)
TYPES = st.sampled_from(["start", "start", "start", "stdin", "stdin_eof", "resize", "signal", "stop", "begin"])
RIGHT = st.sampled_from(
    [
        *({"type": "start", "code": code} for code in ("", "echoes", "sleeps")),
        {"type": "start", "code": "echoes", "terminal": {"columns": 80, "rows": 24}},
        *(
            {"type": "stdin", "text": "x"},
            {"type": "stdin_eof"},
            {"type": "stop"},
            {"type": "signal", "name": "SIGINT"},
        ),
        {"type": "resize", "columns": 80, "rows": 24},
    ]
)
MESSAGES = (
    RIGHT.map(json.dumps)
    | RIGHT.map(json.dumps)
    | st.builds(lambda kind, fields: json.dumps({"type": kind, **fields}), TYPES, FIELDS)
    | JSON.map(json.dumps)
    | st.text(max_size=10)
    | st.binary(max_size=10)
)


@given(st.lists(MESSAGES, max_size=12))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_no_conversation_ends_in_a_fault(fuzzed: tuple[Api, FakeExecutor], messages: list[str | bytes]) -> None:
    api, executor = fuzzed
    with Socket(api.url) as live:
        try:
            for message in messages:
                live.connection.send(message)
            # It still listens: a stop ends what runs, and what comes then is refused or run.
            live.say("stop")
            live.say("stop")
            answered(live)
        except ConnectionClosed:
            code, reason = live.closed()
            assert code in OURS, reason
    wait_until(lambda: not executor.lives)


def answered(live: Socket) -> None:
    """Until a run that it surely would take has finished."""
    while True:
        live.start("")
        while (event := live.event())["type"] not in LAST:
            pass
        if event["type"] == "finished" and event["return_code"] == 0:
            return


def test_nothing_is_held_after_all_that(fuzzed: tuple[Api, FakeExecutor]) -> None:
    api, _ = fuzzed
    body: dict[str, Any] = {"code": "", "stdin": "x" * (9 << 20)}
    assert api.post(body).status_code == 200
