"""The end of connections that nobody reads from."""

import asyncio
from typing import cast

from tests.support.runs import wait_for

from snakepen.api.sockets import StallTimer


class Transport:
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


def timer_of(transport: Transport) -> StallTimer:
    return StallTimer(cast(asyncio.Transport, transport), 0.001)


async def test_a_peer_that_takes_nothing_is_dropped() -> None:
    transport = Transport(100)
    timer_of(transport).start()
    await wait_for(lambda: transport.aborted)


async def test_a_peer_that_takes_a_little_each_time_is_not() -> None:
    # Each start looks once, and each time that is up once.
    transport = Transport(*range(1000, 800, -1), 0)
    timer = timer_of(transport)
    timer.start()
    await wait_for(lambda: transport.looks > 150)
    assert not transport.aborted
    timer.stop()


async def test_a_peer_that_has_taken_all_is_not() -> None:
    transport = Transport(100)
    timer = timer_of(transport)
    timer.start()
    timer.stop()
    other = Transport(100)
    timer_of(other).start()
    await wait_for(lambda: other.aborted)
    assert not transport.aborted
