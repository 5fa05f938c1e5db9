"""The ends of pipes that are ours, against real pipes."""

import asyncio
import os
import sys
from collections.abc import Iterator

import pytest
from tests.support.runs import wait_for
from tests.support.watching import nothing_more_watched

if sys.platform == "win32":
    pytest.skip("pipes of POSIX", allow_module_level=True)
assert sys.platform != "win32"

import fcntl

from snakepen.limits import KIB, MIB
from snakepen.runs import pipes
from snakepen.runs.pipes import PipeReader, PipeWriter

F_SETPIPE_SZ = 1031  # linux/fcntl.h; Python has no such name elsewhere


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


@pytest.mark.skipif(sys.platform != "linux", reason="only there a program can make a pipe hold more")
async def test_all_that_a_pipe_holds_is_passed_on_however_much_that_is(
    pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where `fs.pipe-max-size` was raised: it holds more than we take for the most."""
    monkeypatch.setattr(pipes, "_MOST_IN_A_PIPE", 64 * KIB)
    fcntl.fcntl(pipe[1], F_SETPIPE_SZ, 8 * 64 * KIB)
    os.set_blocking(pipe[1], False)
    written = os.write(pipe[1], b"x" * MIB)
    assert written == 8 * 64 * KIB
    reads: list[bytes] = []
    PipeReader(pipe[0], reads.append).drain()
    assert sum(map(len, reads)) == written


async def test_whoever_writes_on_and_on_does_not_keep_a_reader_that_catches_up(
    pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipes, "_MOST_IN_A_PIPE", 4 * KIB)
    taken = 0

    def and_write(data: bytes) -> None:
        nonlocal taken
        taken += len(data)
        if taken <= MIB:
            os.write(pipe[1], data)

    os.write(pipe[1], b"x" * 4 * KIB)
    reader = PipeReader(pipe[0], and_write)
    reader.catch_up()
    assert 0 < taken <= MIB
    reader.close()


async def test_a_reader_that_is_closed_is_watched_no_more(pipe: tuple[int, int]) -> None:
    """Its number may be that of another a moment later."""
    PipeReader(pipe[0], lambda _: None).close()
    assert not asyncio.get_running_loop().remove_reader(pipe[0])


async def test_a_reader_that_cannot_be_watched_for_a_while_reads_later(pipe: tuple[int, int]) -> None:
    reads: list[bytes] = []
    with nothing_more_watched(), pytest.raises(OSError, match="No space"):
        PipeReader(os.dup(pipe[0]), reads.append)
    reader = PipeReader(pipe[0], reads.append)
    reader.pause()
    os.write(pipe[1], b"x")
    with nothing_more_watched():
        reader.resume()
    await wait_for(lambda: reads == [b"x"])
    reader.close()


async def test_a_writer_that_cannot_be_watched_for_a_while_writes_later() -> None:
    reading, writing = os.pipe()
    writer = PipeWriter(writing)
    with nothing_more_watched():
        writer.write(b"x" * 100 * KIB)
    writer.write_eof()
    reads: list[bytes] = []
    reader = PipeReader(reading, reads.append)
    try:
        await wait_for(reader.ended.done)
    finally:
        reader.close()
        writer.close()
    assert sum(map(len, reads)) == 100 * KIB
