"""The providers' own protocols, each against a server that speaks it."""

import sys
from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from tests.support.scripted_model import (
    Cut,
    End,
    EndEarly,
    Raw,
    Refuse,
    Say,
    Script,
    ScriptedModel,
    Stall,
    scripted_model,
)
from tests.support.waiting import MORE_AND_MORE_SECONDS

from snakepen.codegen.discovery import Chosen
from snakepen.codegen.endpoints import Endpoint, Kind
from snakepen.codegen.model import Ended, Piece, Question, Turn
from snakepen.codegen.pydantic_ai_model import PydanticAiModel
from snakepen.errors import ModelFailed
from snakepen.limits import MAX_ANSWER_BYTES, ModelPatience
from snakepen.wire.generate import TokenUsage

KEY = "sk-canary"
QUESTION = Question("be exact", (Turn("user", "one"), Turn("assistant", "two"), Turn("user", "three")))
KINDS: list[Kind] = ["openai", "compatible", "anthropic", "google"]


@pytest.fixture
def server() -> Iterator[ScriptedModel]:
    with scripted_model() as opened:
        yield opened


async def answer(
    server: ScriptedModel, kind: Kind, script: Script, patience: ModelPatience | None = None, take: int | None = None
) -> list[Piece]:
    server.script = script
    url = server.address if kind in ("anthropic", "google") else server.url
    endpoint = Endpoint(kind, kind.title(), kind, url, SecretStr(KEY))
    model = PydanticAiModel(Chosen(endpoint, "tiny"), patience or ModelPatience())
    pieces: list[Piece] = []
    try:
        events = model.answer(QUESTION)
        async for piece in events:
            pieces.append(piece)
            if len(pieces) == take:
                break
        await events.aclose()
    finally:
        await model.close()
    return pieces


@pytest.mark.parametrize("kind", KINDS)
async def test_it_says_what_it_is_told_and_tells_what_it_hears(server: ScriptedModel, kind: Kind) -> None:
    *pieces, end = await answer(server, kind, [Say("Hel"), Say("lo")])
    assert "".join(str(piece) for piece in pieces) == "Hello"
    assert end == Ended(TokenUsage(input_tokens=11, output_tokens=7), is_cut=False)
    (asked,) = server.asked
    for said in ("be exact", "one", "two", "three"):
        assert said in asked.text
    sent = [name for name, value in asked.headers.items() if KEY in value]
    assert sent == ["x-goog-api-key" if kind == "google" else "authorization"]
    assert KEY not in asked.path
    # The one would fetch its vocabularies, the other tell somebody what was asked.
    assert not {"tiktoken", "logfire", "opentelemetry.sdk"} & sys.modules.keys()


@pytest.mark.parametrize("kind", KINDS)
async def test_an_answer_that_had_to_stop_says_so(server: ScriptedModel, kind: Kind) -> None:
    end = (await answer(server, kind, [Say("a"), End("length")]))[-1]
    assert isinstance(end, Ended)
    assert end.is_cut


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("script", "words", "seconds"),
    [
        ([Refuse(401, body=f'{{"error": {{"message": "{KEY}"}}}}')], "rejects the key (401)", None),
        ([Refuse(404)], "has no model named tiny (404)", None),
        ([Refuse(429, {"Retry-After": "9"})], "has had too many requests (429): try again in 9 s.", 9),
        ([Refuse(429, {"Retry-After": "999999"})], "try again in 3600 s.", 3600),
        ([Refuse(503)], "failed (503)", None),
        ([Cut()], "cannot be reached", None),
        ([Say("a"), Cut()], "broke off before the program was whole", None),
        ([Say("a"), EndEarly()], "broke off before the program was whole", None),
    ],
)
async def test_a_failure_is_one_sentence_of_ours(
    server: ScriptedModel, kind: Kind, script: Script, words: str, seconds: int | None
) -> None:
    with pytest.raises(ModelFailed) as failure:
        await answer(server, kind, script)
    assert words in str(failure.value)
    assert KEY not in str(failure.value)
    assert failure.value.retry_after_seconds == seconds
    assert failure.value.__cause__ is None
    assert len(server.asked) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("which", "script", "words"),
    [
        ("first_seconds", [Stall()], "did not answer in time"),
        ("between_seconds", [Say("a"), Stall()], "stopped in the middle"),
        ("whole_seconds", [Say("a"), Stall()], "stopped in the middle"),
    ],
)
async def test_nobody_waits_for_ever(server: ScriptedModel, kind: Kind, which: str, script: Script, words: str) -> None:
    for seconds in MORE_AND_MORE_SECONDS:  # on a slow machine the time may be up before anything is said
        with pytest.raises(ModelFailed) as failure:
            await answer(server, kind, script, ModelPatience(**{which: seconds}))
        if server.asked and words in str(failure.value):
            break
    assert words in str(failure.value)
    server.wait_for_hang_up()


@pytest.mark.parametrize("kind", KINDS)
async def test_who_stops_listening_hangs_up(server: ScriptedModel, kind: Kind) -> None:
    assert (await answer(server, kind, [Say("a"), Stall()], take=1))[0] == "a"
    server.wait_for_hang_up()


async def test_a_server_that_is_not_there_is_named() -> None:
    with scripted_model() as server:
        pass
    with pytest.raises(ModelFailed, match="Compatible cannot be reached"):
        await answer(server, "compatible", [])


@pytest.mark.slow
async def test_an_answer_that_is_no_answer_has_a_bound(server: ScriptedModel) -> None:
    """A comment without end, which no event would tell of."""
    endless = [Raw(b":" + b"x" * (1 << 20) + b"\n") for _ in range((MAX_ANSWER_BYTES >> 20) + 1)]
    with pytest.raises(ModelFailed, match="broke off"):
        await answer(server, "compatible", [Say("a"), *endless, Stall()])
    server.wait_for_hang_up()


async def test_nothing_that_is_compressed_is_taken(server: ScriptedModel) -> None:
    with pytest.raises(ModelFailed):
        await answer(server, "compatible", [Refuse(200, {"Content-Encoding": "gzip"}, body="x")])
    assert server.asked[0].headers["accept-encoding"] == "identity"
