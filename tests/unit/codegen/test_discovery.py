"""Which models there are: named, found, and why one is not there."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import pytest
from pydantic import SecretStr
from tests.support.scripted_model import scripted_model

from snakepen.codegen import discovery
from snakepen.codegen.discovery import Catalogue
from snakepen.codegen.endpoints import Endpoint
from snakepen.wire.generate import ModelInfo

KEY = SecretStr("sk-canary")


@asynccontextmanager
async def catalogue(
    endpoints: Iterable[Endpoint] = (), local: Iterable[Endpoint] = (), default: str | None = None
) -> AsyncIterator[Catalogue]:
    """With everybody asked."""
    opened = Catalogue(endpoints, local, default)
    await opened.refresh(seconds=30)
    try:
        yield opened
    finally:
        await opened.close()


def at(url: str, name: str = "ollama", **fields: object) -> Endpoint:
    return Endpoint(name, name.title(), "compatible", url, **fields)  # type: ignore[arg-type]  # as the test gives them


async def test_a_server_on_this_machine_is_found_and_asked_without_a_key() -> None:
    with scripted_model() as model:
        model.models = ["small:1b", "nomic-embed-text", "big"]
        async with catalogue(local=[at(model.url)]) as found:
            info = await found.info()
        assert [one.id for one in info.models] == ["ollama:small:1b", "ollama:big"]
        assert all(one.available and one.local and one.problem is None for one in info.models)
        assert info.default == "ollama:small:1b"
        assert "authorization" not in model.asked[0].headers


async def test_no_proxy_is_asked_for_what_is_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with scripted_model() as model:
        async with catalogue(local=[at(model.url)]) as found:
            assert found.chosen("ollama:tiny") is not None


async def test_the_version_is_added_when_the_operator_left_it_out() -> None:
    with scripted_model() as model:
        async with catalogue([at(model.address, "mine", api_key=KEY)]) as found:
            chosen = found.chosen(None)
        assert chosen is not None
        assert chosen.endpoint.url == model.url
        assert model.asked[0].headers["authorization"] == "Bearer sk-canary"


async def test_an_address_without_a_version_is_tried_as_it_is() -> None:
    with scripted_model() as model:
        model.prefix = "/inference"
        async with catalogue([at(model.url, "mine")]) as found:
            chosen = found.chosen("mine:tiny")
        assert chosen is not None
        assert chosen.endpoint.url == model.url


async def test_models_that_the_operator_named_are_not_asked_for() -> None:
    with scripted_model() as model:
        async with catalogue([at(model.address, "mine", models=("this",))]) as found:
            assert (await found.info()).default == "mine:this"
        assert model.asked == []


async def test_who_does_not_answer_says_why() -> None:
    with scripted_model() as model:
        gone = model.url
    async with catalogue([at("https://127.0.0.1:1/v1", "mine")], [at(gone)]) as found:
        info = await found.info()
        assert info.default is None
        assert [one.available for one in info.models] == [False, False]
        assert info.models[1].id == "ollama"
        assert "does not answer on the server's machine" in (info.models[1].problem or "")
        assert found.problem_of("ollama:small") == info.models[1].problem
        assert found.problem_of("nobody:small") is None


async def test_one_that_is_started_later_is_found_when_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "_FRESH_SECONDS", 0)
    with scripted_model() as model:
        models, model.models = model.models, []
        async with catalogue(local=[at(model.url)]) as found:
            assert (await found.info()).default is None
            model.models = models

            async def is_found() -> bool:
                return (await found.info()).default == "ollama:tiny"

            async with asyncio.timeout(30):
                while not await is_found():
                    pass


@pytest.mark.parametrize(
    "said",
    [
        b"<html>",
        b"[]",
        b'{"data": 1}',
        b'{"data": [{"id": 1}, {"id": ""}, {"name": "x"}, 7, {"id": "a\\nb"}, {"id": "%s"}]}' % (b"x" * 300),
        b'{"data": [%s]}' % (b"[" * 100_000),
    ],
)
def test_a_list_that_is_none_has_no_models(said: bytes) -> None:
    assert discovery._names(said) == ()


def test_a_list_is_bounded() -> None:
    said = b'{"data": [%s]}' % b",".join(b'{"id": "m%d"}' % number for number in range(5000))
    assert len(discovery._names(said)) == 100


async def test_who_talks_without_end_is_not_listened_to(monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted_model() as model:
        model.models = ["x" * 100] * 20_000
        async with catalogue(local=[at(model.url)]) as found:
            assert found.chosen(None) is None


async def test_nobody_waits_for_one_that_does_not_answer() -> None:
    async def silent(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await held.wait()
        finally:
            writer.close()

    held = asyncio.Event()
    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    found = Catalogue([at("http://127.0.0.1:9/v1", "mine", models=("this",))], [at(f"http://127.0.0.1:{port}/v1")])
    found.start()
    info = await found.info()
    assert info.default == "mine:this"
    assert not info.models[1].available
    await found.close()
    held.set()
    server.close()
    await server.wait_closed()


def problem(endpoint: Endpoint) -> ModelInfo:
    (known,) = Catalogue([endpoint], ())._infos()
    return known


def test_a_provider_without_a_key_says_which() -> None:
    info = problem(Endpoint("openai", "OpenAI", "openai", models=("gpt",)))
    assert (info.id, info.available, info.local) == ("openai", False, False)
    assert "OPENAI_API_KEY" in (info.problem or "")


def test_a_provider_whose_extra_is_missing_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    endpoint = Endpoint("anthropic", "Anthropic", "anthropic", api_key=KEY, models=("claude",))
    assert problem(endpoint).available
    monkeypatch.setitem(discovery._EXTRAS, "anthropic", "not_there.at_all")
    info = problem(endpoint)
    assert not info.available
    assert "snakepen[anthropic]" in (info.problem or "")


async def test_the_operator_chooses_the_default() -> None:
    both = [at("http://127.0.0.1:9/v1", "mine", models=("a", "b"))]
    async with catalogue(both, default="mine:b") as found:
        assert (await found.info()).default == "mine:b"
    async with catalogue(both, default="mine:gone") as found:
        assert (await found.info()).default == "mine:a"


def test_one_that_the_operator_named_is_not_looked_for_again() -> None:
    named = at("http://127.0.0.1:11434", "mine", models=("a",))
    assert [info.id for info in Catalogue([named], [at("http://127.0.0.1:11434/v1")])._infos()] == ["mine:a"]
