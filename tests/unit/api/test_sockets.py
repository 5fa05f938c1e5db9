"""The end of connections that nobody reads from, and others' turn beside those that say much."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest
from starlette.types import Receive, Scope, Send
from tests.support.connections import Transport, connected, turns
from tests.support.live import HANDSHAKE, handshake, masked
from tests.support.runs import wait_for

from snakepen.api.sockets import LiveProtocol, StallTimer
from snakepen.limits import MAX_CONTROL_FRAMES, Patience


class Buffer:
    """What is left to be sent, a look at a time."""

    def __init__(self, *left: int) -> None:
        self._left = list(left)
        self.looks = 0
        self.aborted = False

    def get_write_buffer_size(self) -> int:
        self.looks += 1
        return self._left.pop(0) if len(self._left) > 1 else self._left[0]

    def abort(self) -> None:
        self.aborted = True


def timer_of(transport: Buffer) -> StallTimer:
    return StallTimer(cast(asyncio.Transport, transport), Patience(stalled_seconds=0.001))


async def test_a_peer_that_takes_nothing_is_dropped() -> None:
    transport = Buffer(100)
    timer_of(transport).start()
    await wait_for(lambda: transport.aborted)


async def test_a_peer_that_takes_a_little_each_time_is_not() -> None:
    # Each start looks once, and each time that is up once.
    transport = Buffer(*range(1000, 800, -1), 0)
    timer = timer_of(transport)
    timer.start()
    await wait_for(lambda: transport.looks > 150)
    assert not transport.aborted
    timer.stop()


async def test_a_peer_that_has_taken_all_is_not() -> None:
    transport = Buffer(100)
    timer = timer_of(transport)
    timer.start()
    timer.stop()
    other = Buffer(100)
    timer_of(other).start()
    await wait_for(lambda: other.aborted)
    assert not transport.aborted


async def test_one_who_takes_a_little_of_the_last_each_time_has_a_deadline() -> None:
    transport = Buffer(*range(1_000_000, 0, -1))
    patience = Patience(stalled_seconds=0.001, download_bytes_per_second=1e9)
    StallTimer(cast(asyncio.Transport, transport), patience).start(is_all=True)
    await wait_for(lambda: transport.aborted)


async def test_before_that_the_last_is_waited_for_as_long_as_it_is_large() -> None:
    transport = Buffer(*range(1000, 0, -1), 0)
    patience = Patience(stalled_seconds=0.001, download_bytes_per_second=0.1)
    StallTimer(cast(asyncio.Transport, transport), patience).start(is_all=True)
    await wait_for(lambda: transport.looks > 1000)
    assert not transport.aborted


# Flooded ----------------------------------------------------------------------------------------------------------

PING, PONG = masked(9, b""), masked(10, b"")
PONG_OF_OURS = b"\x8a\x00"
# The whole beginning of the frame: what our own pings carry is chance.
CLOSES_1008 = re.compile(rb"\x88[\x02-\x7d]\x03\xf0", re.DOTALL)
PIECE_BYTES = 4096


class Hearer:
    """Takes all messages; in which turn of the loop it heard how many."""

    def __init__(self) -> None:
        self.turn = 0
        self.heard: Counter[int] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        while (await receive())["type"] != "websocket.disconnect":
            self.heard[self.turn] += 1


@asynccontextmanager
async def talking(hearer: Hearer) -> AsyncIterator[tuple[LiveProtocol, Transport]]:
    async with connected(LiveProtocol, hearer) as (protocol, transport):
        protocol.data_received(handshake(**HANDSHAKE))
        await turns()
        assert transport.written.startswith(b"HTTP/1.1 101")
        transport.written = b""
        yield protocol, transport


async def test_of_many_pings_some_are_answered_before_others_have_a_turn() -> None:
    async with talking(Hearer()) as (protocol, transport):
        protocol.data_received(PING * MAX_CONTROL_FRAMES)
        answered = [transport.written.count(PONG_OF_OURS)]
        while transport.is_paused:
            await turns(1)
            answered.append(transport.written.count(PONG_OF_OURS))
        assert answered[-1] == MAX_CONTROL_FRAMES
        assert answered[0] <= PIECE_BYTES // len(PING)
        assert not transport.is_closed


@pytest.mark.parametrize("frame", [PING, PONG], ids=["pings", "pongs"])
async def test_more_pings_and_pongs_than_anybody_needs_close(frame: bytes) -> None:
    async with talking(Hearer()) as (protocol, transport):
        for _ in range(3):
            protocol.data_received(frame * MAX_CONTROL_FRAMES)
            await turns()
            protocol.send_keepalive_ping()  # from here on they are counted anew
        assert not CLOSES_1008.search(transport.written)
        protocol.data_received(frame * (MAX_CONTROL_FRAMES + 1))
        await turns()
        assert CLOSES_1008.search(transport.written)


async def test_of_many_messages_some_are_taken_before_others_have_a_turn() -> None:
    hearer = Hearer()
    async with talking(hearer) as (protocol, _):
        protocol.data_received(masked(1, b"{}") * 20_000)
        while hearer.heard.total() < 20_000:
            hearer.turn += 1
            await turns(1)
    assert max(hearer.heard.values()) <= PIECE_BYTES // len(masked(1, b"{}")) + 1


async def test_a_close_behind_much_that_nobody_takes_is_heard() -> None:
    async def closes(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        await receive()
        await send({"type": "websocket.close", "code": 1000})

    async with connected(LiveProtocol, closes) as (protocol, transport):
        protocol.data_received(handshake(**HANDSHAKE))
        await turns()
        protocol.data_received(masked(1, b"{}") * 5000 + masked(8, (1000).to_bytes(2, "big")))
        while not transport.is_closed:
            await turns(1)
