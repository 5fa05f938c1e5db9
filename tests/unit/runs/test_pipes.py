"""The ends of pipes that are ours, against real pipes."""

import asyncio
import os
import sys
from collections.abc import Iterator

import pytest
from tests.support.runs import wait_for

if sys.platform == "win32":
    pytest.skip("pipes of POSIX", allow_module_level=True)
assert sys.platform != "win32"

from snakepen.runs.pipes import PipeReader


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """The reading end, which its reader closes, and the writing one."""
    reading, writing = os.pipe()
    yield reading, writing
    os.close(writing)


async def test_many_small_writes_become_few_reads(pipe: tuple[int, int]) -> None:
    reads: list[bytes] = []
    reader = PipeReader(pipe[0], reads.append)
    for _ in range(20_000):
        os.write(pipe[1], b"x")
        await asyncio.sleep(0)
    await wait_for(lambda: sum(map(len, reads)) == 20_000)
    assert len(reads) < 5_000
    reader.close()


async def test_what_comes_after_silence_is_read_at_once(pipe: tuple[int, int]) -> None:
    reads: list[bytes] = []
    reader = PipeReader(pipe[0], reads.append)
    os.write(pipe[1], b"x")
    # No timer: the loop looks twice at the most, however long that takes.
    for _ in range(2):
        await asyncio.sleep(0)
    assert reads == [b"x"]
    reader.close()


async def test_a_reader_that_rests_can_be_paused_resumed_and_closed(pipe: tuple[int, int]) -> None:
    reads: list[bytes] = []
    reader = PipeReader(pipe[0], reads.append)
    for _ in range(3):  # the second in a row makes it rest
        os.write(pipe[1], b"x")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    reader.pause()
    os.write(pipe[1], b"y")
    reader.resume()
    await wait_for(lambda: b"".join(reads) == b"xxxy")
    reader.close()
    assert reader.ended.done()


async def test_a_paused_reader_reads_nothing_even_when_it_has_rested(pipe: tuple[int, int]) -> None:
    reads: list[bytes] = []
    reader = PipeReader(pipe[0], reads.append)
    for _ in range(3):
        os.write(pipe[1], b"x")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    reader.pause()
    before = len(reads)
    os.write(pipe[1], b"y")
    rested = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(0.02, rested.set_result, None)  # longer than any rest
    await rested
    assert len(reads) == before
    reader.drain()
    assert b"".join(reads) == b"xxxy"
