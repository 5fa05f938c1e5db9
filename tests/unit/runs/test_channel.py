"""The output channel: caps, pacing, order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snakepen.executor import Output, Queued, Shown, Started, Stream
from snakepen.runs.channel import HIGH_WATER_BYTES, LOW_WATER_BYTES, EventChannel, OutputCap

OUT, ERR = Stream.STDOUT, Stream.STDERR


class Pipes:
    """Counts what the channel asks of them."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.channel = EventChannel(
            pause=lambda: self.calls.append("pause"), resume=lambda: self.calls.append("resume")
        )


@given(st.integers(0, 50), st.lists(st.binary(max_size=20)))
def test_a_cap_keeps_a_prefix_and_counts_the_rest(limit: int, chunks: list[bytes]) -> None:
    cap = OutputCap(limit)
    kept = b"".join(cap.take(chunk) for chunk in chunks)
    whole = b"".join(chunks)
    assert kept == whole[:limit]
    assert cap.dropped == len(whole) - len(kept)
    assert cap.exceeded == (len(whole) > limit)


async def test_small_pieces_of_one_stream_become_one_event() -> None:
    channel = Pipes().channel
    for data in (b"a", b"b", b"c"):
        channel.put_output(OUT, data)
    channel.put_output(ERR, b"d")
    channel.put_output(OUT, b"e")
    channel.end()
    assert [await channel.get() for _ in range(4)] == [Output(OUT, b"abc"), Output(ERR, b"d"), Output(OUT, b"e"), None]


async def test_pieces_do_not_grow_without_bound() -> None:
    channel = Pipes().channel
    for _ in range(3):
        channel.put_output(OUT, b"x" * LOW_WATER_BYTES)
    channel.end()
    for _ in range(3):
        event = await channel.get()
        assert isinstance(event, Output)
        assert len(event.data) == LOW_WATER_BYTES


async def test_a_full_channel_pauses_once_and_resumes_once_when_it_has_drained() -> None:
    pipes = Pipes()
    chunk = b"x" * LOW_WATER_BYTES
    for _ in range(HIGH_WATER_BYTES // len(chunk)):
        pipes.channel.put(Output(OUT, chunk))
    assert pipes.calls == []
    for _ in range(3):
        pipes.channel.put(Output(OUT, chunk))
    assert pipes.calls == ["pause"]
    while "resume" not in pipes.calls:
        await pipes.channel.get()
    assert pipes.calls == ["pause", "resume"]


async def test_events_that_are_no_output_weigh_nothing() -> None:
    pipes = Pipes()
    for position in range(10_000):
        pipes.channel.put(Queued(position))
    assert pipes.calls == []


async def test_unpaced_nothing_is_held_back() -> None:
    pipes = Pipes()
    pipes.channel.put(Output(OUT, b"x" * (HIGH_WATER_BYTES + 1)))
    pipes.channel.unpace()
    pipes.channel.put(Output(OUT, b"x" * (HIGH_WATER_BYTES + 1)))
    assert pipes.calls == ["pause", "resume"]


async def test_an_abandoned_channel_forgets_everything_and_holds_nothing_back() -> None:
    pipes = Pipes()
    pipes.channel.put(Output(OUT, b"x" * (HIGH_WATER_BYTES + 1)))
    pipes.channel.abandon()
    pipes.channel.put(Output(OUT, b"x" * (HIGH_WATER_BYTES + 1)))
    assert pipes.calls == ["pause", "resume"]
    assert await pipes.channel.get() is None


async def test_an_error_comes_after_what_came_before() -> None:
    channel = Pipes().channel
    channel.put(Started("run_1", "standard"))
    channel.end(ValueError("late"))
    assert await channel.get() == Started("run_1", "standard")
    with pytest.raises(ValueError, match="late"):
        await channel.get()


async def test_what_is_shown_weighs_like_output() -> None:
    pipes = Pipes()
    shown = Shown({"text/plain": "x", "text/html": "x" * HIGH_WATER_BYTES})
    pipes.channel.put(shown)
    assert pipes.calls == ["pause"]
    assert await pipes.channel.get() == shown
    assert pipes.calls == ["pause", "resume"]
