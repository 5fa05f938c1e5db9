"""From events to the answer."""

import asyncio
import itertools
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snakepen.api import answer as answer_module
from snakepen.api.answer import PIECE_CHARACTERS, WHOLE_CHARACTERS, Answer, in_pieces, is_large
from snakepen.executor import MEDIA_TYPES, Finished, Output, Resources, Shown, Started, Stream
from snakepen.wire.run import RunStatus

FINISHED = Finished(
    RunStatus.COMPLETED, 0, 0.0123456, Resources(0.5, 1024, whole=True), dict.fromkeys(Stream, 0), executed=True
)


def answer_to(finished: Finished, *outputs: Output) -> Answer:
    answer = Answer()
    answer.started(Started("run_1", "standard"))
    for output in outputs:
        answer.output(output)
    return answer


@given(st.binary(), st.lists(st.integers(0, 300)))
def test_text_is_the_same_however_the_bytes_were_cut(data: bytes, cuts: list[int]) -> None:
    edges = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    pieces = [data[start:end] for start, end in itertools.pairwise(edges)]
    answer = answer_to(FINISHED, *(Output(Stream.STDOUT, piece) for piece in pieces if piece))
    assert answer.finished(FINISHED, "run_1").output == data.decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("status", "code", "success"),
    [
        (RunStatus.COMPLETED, 0, True),
        (RunStatus.COMPLETED, 1, False),
        (RunStatus.COMPLETED, -9, False),
        (RunStatus.STOPPED, 0, False),
        (RunStatus.OUTPUT_LIMIT, -9, False),
        (RunStatus.LOST, None, False),
    ],
)
def test_success_is_an_end_of_its_own_with_0(status: RunStatus, code: int | None, success: bool) -> None:
    finished = replace(FINISHED, status=status, return_code=code)
    assert answer_to(finished).finished(finished, "run_1").success is success


def test_when_we_failed_the_error_is_our_sentence_and_never_among_the_programs_lines() -> None:
    finished = replace(FINISHED, status=RunStatus.LOST, return_code=None, fault="We lost it: send it again.")
    outputs = [Output(Stream.STDOUT, b"said"), Output(Stream.STDERR, b"its own error")]
    result = answer_to(finished, *outputs).finished(finished, "run_1")
    assert (result.output, result.error) == ("said", "We lost it: send it again.")


@pytest.mark.parametrize(("code", "name"), [(0, None), (3, None), (-9, "SIGKILL"), (-11, "SIGSEGV"), (-40, "SIG40")])
def test_signals_have_names(code: int, name: str | None) -> None:
    finished = replace(FINISHED, return_code=code)
    assert answer_to(finished).finished(finished, "run_1").signal == name


def test_a_run_that_never_started_was_not_executed() -> None:
    finished = replace(FINISHED, status=RunStatus.STOPPED, return_code=None, executed=False)
    result = Answer().finished(finished, "run_1")
    assert (result.executed, result.environment) == (False, "")


def test_a_run_that_started_and_ended_before_its_program_began_was_not_executed() -> None:
    finished = replace(FINISHED, status=RunStatus.TIMEOUT, return_code=-9, executed=False)
    result = answer_to(finished).finished(finished, "run_1")
    assert (result.executed, result.environment) == (False, "standard")


TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)


BUNDLES = st.lists(st.dictionaries(st.sampled_from(MEDIA_TYPES), TEXTS, min_size=1), max_size=3)


@given(TEXTS, TEXTS, BUNDLES, st.integers(1, 5))
async def test_pieces_are_the_same_json_as_the_whole(
    output: str, error: str, bundles: list[dict[str, str]], size: int
) -> None:
    answer = answer_to(FINISHED, *([Output(Stream.STDOUT, output.encode())] if output else []))
    for bundle in bundles:
        answer.shown(Shown(bundle))
    result = answer.finished(FINISHED, "run_1").model_copy(update={"error": error})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer_module, "PIECE_CHARACTERS", size)
        pieces = b"".join([piece async for piece in in_pieces(result)])
    assert json.loads(pieces) == json.loads(result.model_dump_json())
    assert list(json.loads(pieces)) == list(json.loads(result.model_dump_json()))


async def test_others_get_their_turn_between_the_pieces() -> None:
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    result = answer_to(FINISHED, Output(Stream.STDOUT, b"x" * PIECE_CHARACTERS * 20)).finished(FINISHED, "run_1")
    other = asyncio.create_task(others())
    pieces = [len(piece) async for piece in in_pieces(result)]
    other.cancel()
    assert turns >= 20
    assert max(pieces) <= PIECE_CHARACTERS


def test_units_are_milliseconds_and_bytes() -> None:
    result = answer_to(FINISHED).finished(FINISHED, "run_1")
    assert (result.duration_ms, result.usage.cpu_ms, result.usage.peak_memory_bytes) == (12.346, 500.0, 1024)


def test_what_is_shown_says_how_much_text_came_before() -> None:
    answer = answer_to(FINISHED, Output(Stream.STDERR, b"not counted"), Output(Stream.STDOUT, "é".encode()[:1]))
    answer.shown(Shown({"text/plain": "0"}))
    answer.output(Output(Stream.STDOUT, "é".encode()[1:] + b"ab"))
    answer.shown(Shown({"text/plain": "3"}))
    result = answer.finished(replace(FINISHED, shown_dropped=2), "run_1")
    assert (result.output, result.display_after) == ("éab", [0, 3])
    assert (result.display, result.truncated.display_dropped) == ([{"text/plain": "0"}, {"text/plain": "3"}], 2)
    assert not is_large(result)
    assert is_large(result.model_copy(update={"display": [{"text/html": "x" * WHOLE_CHARACTERS}, {"text/plain": "x"}]}))
