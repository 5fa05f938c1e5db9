"""From the seam's events to those of the wire."""

import itertools
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from snakepen.api.events import Narrator, in_json, refused
from snakepen.errors import Busy
from snakepen.executor import Finished, InputRequested, Output, Queued, Resources, RunEvent, Shown, Started, Stream
from snakepen.wire.events import DisplayEvent, Event, FinishedEvent
from snakepen.wire.run import RunStatus

FINISHED = Finished(
    RunStatus.COMPLETED, 0, 0.01, Resources(0.5, 1024, whole=True), dict.fromkeys(Stream, 0), executed=True
)


def told(*events: RunEvent) -> list[Event]:
    narrator = Narrator("run_1")
    return [told for event in events for told in narrator.tell(event)]


def text_of(events: Iterable[Event], kind: str) -> str:
    return "".join(getattr(event, "text", "") for event in events if event.type == kind)


def test_each_event_has_its_own() -> None:
    events = told(Queued(2), Started("run_1", "standard"), InputRequested("Name? "), FINISHED)
    assert [event.model_dump() for event in events[:3]] == [
        {"type": "queued", "position": 2},
        {"type": "started", "id": "run_1", "environment": "standard", "where": "sandbox"},
        {"type": "input_requested", "prompt": "Name? "},
    ]
    assert isinstance(events[3], FinishedEvent)
    assert next(iter(events[3].model_dump())) == "type"


CHUNKS = st.lists(st.tuples(st.sampled_from(Stream), st.binary(min_size=1, max_size=6)))


@given(CHUNKS, st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.lists(st.integers(0, 60)))
def test_text_is_whole_however_its_bytes_were_cut_and_never_empty(
    noise: list[tuple[Stream, bytes]], text: str, cuts: list[int]
) -> None:
    data = text.encode() + "€".encode()[:2]
    edges = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    pieces = [Output(Stream.TERMINAL, data[start:end]) for start, end in itertools.pairwise(edges)]
    others = [Output(stream, chunk) for stream, chunk in noise if stream is not Stream.TERMINAL]
    events = told(*_mixed(pieces, others), FINISHED)
    assert text_of(events, "terminal") == data.decode("utf-8", "replace")
    assert all(getattr(event, "text", "some") for event in events)
    last = events[-1]
    assert isinstance(last, FinishedEvent)
    stdout = b"".join(output.data for output in others if output.stream is Stream.STDOUT)
    assert last.output == stdout.decode("utf-8", "replace") + text_of(events, "terminal")
    assert last.error == text_of(events, "stderr")


def _mixed(one: list[Output], other: list[Output]) -> list[Output]:
    return [item for pair in itertools.zip_longest(one, other) for item in pair if item is not None]


def test_what_a_terminal_dropped_counts_as_output() -> None:
    dropped = {Stream.STDOUT: 0, Stream.STDERR: 0, Stream.TERMINAL: 7}
    finished = Finished(RunStatus.OUTPUT_LIMIT, -9, 0.01, FINISHED.resources, dropped, executed=True)
    (last,) = told(finished)
    assert isinstance(last, FinishedEvent)
    assert last.truncated.output_bytes_dropped == 7


async def test_a_huge_answer_is_json_in_pieces() -> None:
    events = told(*(Output(Stream.STDOUT, b"\x00x" * 30_000) for _ in range(20)), FINISHED)
    pieces = [piece async for piece in in_json(events[-1])]
    assert len(pieces) > 5
    assert FinishedEvent.model_validate_json(b"".join(pieces)) == events[-1]


async def test_what_is_shown_is_json_in_pieces_when_it_is_much() -> None:
    for characters, most in ((10, 1), (2_000_000, 1000)):
        (event,) = told(Shown({"text/html": "é" * characters, "text/plain": "x"}, "a", "b"))
        pieces = [piece async for piece in in_json(event)]
        assert (len(pieces) > 5) is (most > 1)
        assert DisplayEvent.model_validate_json(b"".join(pieces)) == event


def test_a_refusal_is_whole() -> None:
    body = refused(Busy("Try again.", retry_after_seconds=1), None).model_dump(mode="json")
    assert body == {
        **{"type": "refused", "success": False, "output": "", "error": "Try again.", "status": "error"},
        **{"return_code": None, "executed": False, "code": "busy", "details": [], "preview": None},
    }
