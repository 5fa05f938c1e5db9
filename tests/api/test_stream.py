"""Server-sent events: a run told while it goes on."""

import asyncio
import gc
import json
import socket
import threading
from collections.abc import Iterator

import pytest
from tests.support.client import Api
from tests.support.fake_executor import FakeExecutor, Stage
from tests.support.live import EVENT_STREAM, HANDSHAKE, handshake, kinds, masked, run_streamed, streamed, text_of
from tests.support.plays import floods, much, sleeps
from tests.support.servers import connect, post_bytes, served_fake
from tests.support.waiting import wait_until

from snakepen.api.answer import is_large
from snakepen.executor import Stream
from snakepen.limits import Patience
from snakepen.wire.run import RunResult, RunStatus

OUT, ERR = Stream.STDOUT, Stream.STDERR
DEADLINE_SECONDS = 20


class Gate:
    """Where a play waits for the test."""

    def __init__(self) -> None:
        self._open = threading.Event()

    def open(self) -> None:
        self._open.set()

    async def passed(self) -> None:
        assert await asyncio.to_thread(self._open.wait, DEADLINE_SECONDS)


async def speaks(stage: Stage) -> int:
    for part in ("né".encode()[:2], "né".encode()[2:], b"\n", b"\xe2\x82"):
        await stage.write(OUT, part)
    await stage.write(ERR, b'a "quoted"\r\nline')
    return 3


async def silent(stage: Stage) -> int:
    await stage.sleep_for_ever()
    return 0


PLAYS = {"speaks": speaks, "sleeps": sleeps, "silent": silent, "floods": floods, "much": much}
FLOOD = {"limits": {"output_bytes": 64 << 20}, "timeout": 60}


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Api, FakeExecutor]]:
    with served_fake(PLAYS, running=1, queue=1) as opened:
        yield opened


@pytest.fixture
def fake(served: tuple[Api, FakeExecutor]) -> tuple[Api, FakeExecutor]:
    executor = served[1]
    wait_until(lambda: not executor.lives)
    executor.down = None
    return served


@pytest.fixture
def api(fake: tuple[Api, FakeExecutor]) -> Api:
    return fake[0]


def test_the_events_are_those_of_the_run_and_the_last_is_the_whole_answer(api: Api) -> None:
    events = run_streamed(api, "speaks")
    assert kinds(events) == ["started", "stdout", "stderr", "stdout", "finished"]  # a character that never ends
    whole = api.run("speaks")
    last = {name: value for name, value in events[-1].items() if name != "type"}
    assert (text_of(events, "stdout"), text_of(events, "stderr")) == (whole["output"], whole["error"])
    assert whole["output"] == "né\n�"
    differing = ("id", "duration_ms")
    assert {**last, **dict.fromkeys(differing)} == {**whole, **dict.fromkeys(differing)}
    assert last["id"] == events[0]["id"]


def test_what_it_says_is_told_while_it_goes_on() -> None:
    gate = Gate()

    async def waits(stage: Stage) -> int:
        await stage.write(OUT, b"before")
        await gate.passed()
        await stage.write(OUT, b"after")
        return 0

    with served_fake({"waits": waits}) as (api, _), streamed(api, "waits") as events:
        assert [next(events)["type"], next(events)["text"]] == ["started", "before"]
        gate.open()
        assert [next(events)["text"], next(events)["type"]] == ["after", "finished"]
        assert list(events) == []


def test_a_silent_program_has_a_heartbeat() -> None:
    with (
        served_fake(PLAYS, patience=Patience(heartbeat_seconds=0.01)) as (api, _),
        streamed(api, "silent") as events,
    ):
        assert [next(events)["type"] for _ in range(4)] == ["started", ":", ":", ":"]


def test_waiting_is_told(fake: tuple[Api, FakeExecutor]) -> None:
    api, _ = fake
    with streamed(api, "sleeps") as first:
        assert next(first)["type"] == "started"
        with streamed(api, "sleeps") as second:
            assert next(second) == {"type": "queued", "position": 1}
            refused = api.http.post("/api/execute", json={"code": "sleeps"}, headers=EVENT_STREAM)
            assert (refused.status_code, refused.json()["code"]) == (429, "busy")
            assert refused.headers["content-type"] == "application/json"
            assert refused.headers["retry-after"]


def test_hanging_up_stops_the_run_that_runs_and_the_one_that_waits(fake: tuple[Api, FakeExecutor]) -> None:
    api, executor = fake
    with streamed(api, "sleeps") as first:
        next(first)
        with streamed(api, "sleeps") as second:
            next(second)
            assert (executor.capacity().running, executor.capacity().queued) == (1, 1)
        wait_until(lambda: executor.capacity().queued == 0)
    wait_until(lambda: executor.capacity().running == 0 and not executor.lives)


def test_a_refusal_before_the_first_event_is_a_status(fake: tuple[Api, FakeExecutor]) -> None:
    api, executor = fake
    wrong = api.http.post("/api/execute", json={"code": "speaks", "timeout": -1}, headers=EVENT_STREAM)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid_request")
    executor.down = "It is down."
    down = api.http.post("/api/execute", json={"code": "speaks"}, headers=EVENT_STREAM)
    assert (down.status_code, down.json()["code"], down.json()["executed"]) == (503, "unavailable", False)
    assert down.json()["preview"]["valid"] is True


def test_a_refusal_after_the_first_event_is_the_last_event() -> None:
    gate = Gate()

    async def ends_the_others(stage: Stage) -> int:
        await gate.passed()
        for run in executor.lives.values():
            if run.spec.code == b"speaks":
                run.end_as(RunStatus.LOST)
        await stage.sleep_for_ever()
        return 0

    with served_fake({**PLAYS, "ends": ends_the_others}, running=1) as (api, executor), streamed(api, "ends") as first:
        next(first)
        with streamed(api, "speaks") as second:
            assert next(second)["type"] == "queued"
            gate.open()
            (last,) = second
    assert (last["type"], last["code"], last["status"], last["executed"]) == ("refused", "unavailable", "error", False)
    assert last["preview"]["valid"] is True


def test_a_run_that_we_lost_is_told_with_all_that_is_known() -> None:
    gate = Gate()

    async def is_lost(stage: Stage) -> int:
        await stage.write(OUT, b"said\n")
        await gate.passed()
        next(iter(executor.lives.values())).end_as(RunStatus.LOST)
        await stage.sleep_for_ever()
        return 0

    with served_fake({"lost": is_lost}) as (api, executor), streamed(api, "lost") as events:
        next(events)
        gate.open()
        *_, last = events
    assert (last["type"], last["status"], last["output"], last["executed"]) == ("finished", "lost", "said\n", True)


def test_a_reader_that_takes_nothing_holds_the_program_back_and_is_dropped() -> None:
    with served_fake(PLAYS, running=1, patience=Patience(stalled_seconds=0.2)) as (api, executor):
        body = json.dumps({"code": "floods", **FLOOD}).encode()
        with connect(api.url) as connection:
            request = post_bytes(body).replace(b"Host:", b"Accept: text/event-stream\r\nHost:", 1)
            connection.sendall(request)
            wait_until(lambda: executor.capacity().running == 1)
            wait_until(lambda: executor.capacity().running == 0)
            assert executor.specs[0].limits.output_bytes == 64 << 20


def test_a_large_answer_comes_whole(api: Api) -> None:
    events = run_streamed(api, "much", limits={"output_bytes": 8 << 20})
    assert text_of(events, "stdout") == events[-1]["output"] == "é" * (64 * 32768)


def test_a_connection_serves_the_next_request_after_a_stream(api: Api) -> None:
    with api.http.stream("POST", "/api/execute", json={"code": "speaks"}, headers=EVENT_STREAM) as response:
        response.read()
    assert api.health()["status"] == "ok"
    assert api.run("speaks")["return_code"] == 3


WAYS = {"whole": b'"output":', "streamed": b"event: finished", "live": b'"type":"finished"'}
# Far less than the answer, and enough for its beginning to come quickly: through a few kilobytes it can take minutes.
BUFFER_BYTES = 65536


def ask_for_much(raw: socket.socket, way: str) -> int:
    """How much of the whole answer came with its beginning."""
    request = {"code": "much", **FLOOD}
    post = post_bytes(json.dumps(request).encode())
    if way == "live":
        raw.sendall(handshake(**HANDSHAKE))
        assert raw.recv(65536).startswith(b"HTTP/1.1 101")
        raw.sendall(masked(1, json.dumps({"type": "start", **request}).encode()))
    else:
        raw.sendall(post if way == "whole" else post.replace(b"\r\n", b"\r\nAccept: text/event-stream\r\n", 1))
    received = b""
    while WAYS[way] not in received:
        received = received[-100:] + raw.recv(65536)
    return len(received) - received.index(WAYS[way])


@pytest.mark.parametrize("way", WAYS)
def test_one_who_takes_little_of_a_large_answer_is_dropped(way: str) -> None:
    patience = Patience(download_seconds=0.2, download_bytes_per_second=1e9)
    with served_fake(PLAYS, patience=patience) as (api, _), connect(api.url, buffer_bytes=BUFFER_BYTES) as raw:
        taken = [ask_for_much(raw, way)]

        def is_over() -> bool:
            try:
                taken.append(len(raw.recv(4096)))
            except ConnectionError:
                return True
            return not taken[-1]

        wait_until(is_over)
        assert sum(taken) < len("é".encode()) * 64 * 32768


@pytest.mark.parametrize("way", WAYS)
def test_a_large_answer_that_nobody_takes_any_more_is_freed_at_once(served: tuple[Api, FakeExecutor], way: str) -> None:
    gc.collect()
    gc.disable()  # which may come late: there is little to collect, however large
    try:
        with connect(served[0].url, buffer_bytes=BUFFER_BYTES) as raw:
            ask_for_much(raw, way)
        wait_until(lambda: not any(isinstance(one, RunResult) and is_large(one) for one in gc.get_objects()))
    finally:
        gc.enable()
