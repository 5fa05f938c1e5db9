"""What one connection can have the server hold and do, byte by byte."""

import asyncio

import pytest
from starlette.types import Receive, Scope, Send
from tests.support.connections import Transport, connected, turns
from tests.support.runs import wait_for

from snakepen.api.server import BoundedProtocol
from snakepen.limits import MAX_HEAD_BYTES, MAX_PIPELINED, Patience

CHUNKED = b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"


class App:
    """Answers at once, or never; keeps what it was asked."""

    def __init__(self, *, answers: bool) -> None:
        self.answers = answers
        self.scopes: list[Scope] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scopes.append(scope)
        if not self.answers:
            await asyncio.get_running_loop().create_future()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})


def taken(protocol: BoundedProtocol, transport: Transport, data: bytes) -> int:
    """How many bytes, a kilobyte at a time, until the connection is closed or all have been taken."""
    for start in range(0, len(data), 1024):
        if transport.is_closed:
            return start
        protocol.data_received(data[start : start + 1024])
    return len(data)


MUCH = 4 * MAX_HEAD_BYTES
WITHOUT_END = {
    "trailers": b"0\r\n" + b"a:b\r\n" * (MUCH // 5),
    "a trailer": b"0\r\na: " + b"b" * MUCH,
    "an extension of a chunk": b"1;" + b"a" * MUCH,
}


@pytest.mark.parametrize("answers", [False, True], ids=["before the answer", "after it"])
@pytest.mark.parametrize("rest", WITHOUT_END.values(), ids=WITHOUT_END.keys())
async def test_what_is_neither_head_nor_body_has_a_bound(rest: bytes, answers: bool) -> None:
    app = App(answers=answers)
    async with connected(BoundedProtocol, app) as (protocol, transport):
        protocol.data_received(CHUNKED + b"2\r\n{}\r\n")
        await turns()
        assert taken(protocol, transport, rest) <= MAX_HEAD_BYTES + 2048
        assert transport.written.count(b"HTTP/1.1 ") == 1
        assert transport.written.startswith(b"HTTP/1.1 200" if answers else b"HTTP/1.1 431")
        assert len(app.scopes[0]["headers"]) == 2


async def test_blank_lines_between_requests_have_a_bound() -> None:
    async with connected(BoundedProtocol, App(answers=True)) as (protocol, transport):
        protocol.data_received(CHUNKED + b"2\r\n{}\r\n0\r\n\r\n")
        await turns()
        assert taken(protocol, transport, b"\r\n" * MUCH) <= MAX_HEAD_BYTES + 1024
        assert transport.written.count(b"HTTP/1.1 431") == 1


async def test_trailers_are_no_headers_and_the_next_request_is_served() -> None:
    app = App(answers=True)
    async with connected(BoundedProtocol, app) as (protocol, transport):
        for _ in range(2):
            protocol.data_received(CHUNKED + b"2\r\n{}\r\n0\r\nHost: evil.example\r\n\r\n")
            await turns()
        assert transport.written.count(b"HTTP/1.1 200") == 2
        assert not transport.is_closed
    assert all([name for name, _ in scope["headers"]] == [b"host", b"transfer-encoding"] for scope in app.scopes)


GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def test_so_many_requests_wait_for_the_answer_to_another_and_are_answered() -> None:
    async with connected(BoundedProtocol, App(answers=True)) as (protocol, transport):
        protocol.data_received(GET * (1 + MAX_PIPELINED))
        for _ in range(MAX_PIPELINED):
            await turns()
        assert transport.written.count(b"HTTP/1.1 200") == 1 + MAX_PIPELINED
        assert not transport.is_closed


async def test_one_more_closes_and_nothing_after_it_is_looked_at() -> None:
    app = App(answers=False)
    async with connected(BoundedProtocol, app) as (protocol, transport):
        protocol.data_received(GET * 10_000)
        assert transport.is_closed
        assert len(protocol.pipeline) == MAX_PIPELINED
        await turns()
        assert len(app.scopes) == 1


async def test_of_much_the_rest_waits_until_others_had_their_turn() -> None:
    """Of a body that is thrown away, which nothing else holds back."""
    async with connected(BoundedProtocol, App(answers=True)) as (protocol, transport):
        protocol.data_received(CHUNKED)
        await turns()
        for data in (b"1\r\n \r\n", b"1\r\n \r\n" * 20_000):
            protocol.data_received(data)
            assert transport.is_paused == (len(data) > 65536)
            await turns()
            assert not transport.is_paused


async def test_what_is_left_of_an_answer_has_to_be_taken_in_time() -> None:
    patience = Patience(stalled_seconds=0.001, download_bytes_per_second=1e9)
    async with connected(BoundedProtocol, App(answers=True), patience=patience) as (protocol, transport):
        transport.left = 1_000_000
        protocol.data_received(GET)
        await wait_for(lambda: transport.is_aborted)
