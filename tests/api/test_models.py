"""GET /api/models and /api/recipes, and what a prompt comes to where no model is."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from tests.support.client import Api
from tests.support.drafts import drafted, joined
from tests.support.scripted_model import Say, ScriptedModel, scripted_model
from tests.support.servers import WITHOUT_ISOLATION, clean_env, served, served_fake
from tests.support.waiting import wait_until

from snakepen.codegen.endpoints import Endpoint

UNRELATED = "translate this poem into Klingon"


@pytest.fixture(scope="module")
def bare() -> Iterator[Api]:
    """A server without any model."""
    with served_fake({}, local=[Endpoint("ollama", "Ollama", "compatible", "http://127.0.0.1:9/v1")]) as (api, _):
        yield api


@pytest.fixture(scope="module")
def with_model() -> Iterator[tuple[Api, ScriptedModel]]:
    with scripted_model([Say("```python\nprint(1)\n```")]) as model:
        endpoint = Endpoint("mine", "Mine", "compatible", model.url, SecretStr("sk-canary"), ("tiny",))
        with served_fake({}, endpoints=[endpoint]) as (api, _):
            yield api, model


def test_every_recipe_is_listed_and_its_prompt_finds_it(bare: Api) -> None:
    recipes = bare.send("GET", "/api/recipes").json()["recipes"]
    assert recipes
    for recipe in recipes:
        source = drafted(bare, recipe["prompt"])[0]
        assert (source["kind"], source["name"], source["title"]) == ("recipe", recipe["name"], recipe["title"])
        assert source["words"]


@pytest.mark.parametrize(
    "fields",
    [{}, {"code": ""}, {"code": " \n"}, {"model": "recipes", "code": "print(1)\n"}],
    ids=["alone", "with an empty editor", "with a blank one", "with a program that it does not change"],
)
def test_a_recipe_comes_at_once_and_whole(bare: Api, fields: dict[str, object]) -> None:
    source, code, done = drafted(bare, "a times table up to 20", **fields)
    assert [source["type"], code["type"], done["type"]] == ["source", "code", "done"]
    assert done["code"] == code["delta"]
    assert done["problem"] is None
    assert done["usage"] is None
    assert "LAST = 20\n" in done["code"]


def test_a_recipe_that_waits_says_when_a_run_may_end_before_it(bare: Api) -> None:
    events = drafted(bare, "countdown of 5 minutes")
    assert [event["type"] for event in events] == ["source", "text", "code", "done"]
    assert joined(events, "text") == (
        "It takes 300 seconds. A run at a terminal may take 3600; one without is ended after 10, 60 where more is asked"
        " for."
    )
    assert not joined(drafted(bare, "countdown of 9 seconds"), "text")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "No built-in recipe fits this, and no model is connected"),
        (
            {"code": "print(1)\n", "problem": {"error": "E"}, "model": "recipes"},
            "A recipe cannot repair a program: choose",
        ),
        (
            {"prompt": "a maze of 2 by 3000"},
            "3,000 is not what the recipe Maze takes there, which is whole numbers from 2 to 100: ask for",
        ),
        (
            {"prompt": "a maze of 2 by 3000", "model": "recipes"},
            "which is whole numbers from 2 to 100: ask for one of those, or choose",
        ),
        ({"code": "print(1)\n"}, "a recipe cannot change a program"),
        ({"code": "print(1)\n", "model": "recipes"}, "No built-in recipe fits this. Recipes are found by"),
        ({"code": "print(1)\n", "problem": {"error": "NameError"}}, "a recipe cannot repair a program"),
        ({"model": "ollama:small"}, "Ollama does not answer on the server's machine"),
        ({"model": "recipes"}, "No built-in recipe fits this. Recipes are found by English words: choose a model"),
        ({"prompt": "countdown of 90 minutes"}, "90 is not what the recipe Countdown timer takes there, which is"),
        (
            {"prompt": "calcualtor"},
            'that could write it. With "calculator" for "calcualtor" it is Calculator: write it so',
        ),
        ({"prompt": "timer that counts up"}, 'The nearest is Countdown timer, but not with "up": leave that out, conn'),
        (
            {"prompt": "timer that counts up", "code": "print(1)\n"},
            'No built-in recipe fits this. The nearest is Countdown timer, but not with "up". A change of the program '
            "needs a model: connect one, or for a new program leave that out.",
        ),
        (
            {"prompt": "calcualtor", "code": "print(1)\n"},
            'With "calculator" for "calcualtor" it is Calculator. A change of the program needs a model: connect one',
        ),
    ],
)
def test_what_nothing_can_write_says_what_to_do(bare: Api, fields: dict[str, object], words: str) -> None:
    response = bare.post({"prompt": UNRELATED, **fields}, "/api/generate")
    assert response.status_code == 409
    assert response.json()["code"] == "no_model"
    assert words in response.json()["error"]


def test_a_model_comes_before_recipes_unless_they_are_asked_for(with_model: tuple[Api, ScriptedModel]) -> None:
    api, model = with_model
    prompt = api.send("GET", "/api/recipes").json()["recipes"][0]["prompt"]
    assert drafted(api, prompt)[0]["kind"] == "model"
    assert len(model.asked) == 1
    events = drafted(api, prompt, model="recipes")
    assert events[0]["kind"] == "recipe"
    assert joined(events, "code") == events[-1]["code"]
    assert len(model.asked) == 1


def test_the_list_says_what_there_is_and_no_key(with_model: tuple[Api, ScriptedModel]) -> None:
    response = with_model[0].send("GET", "/api/models")
    assert response.json() == {
        "models": [
            {"id": "mine:tiny", "name": "tiny", "provider": "Mine", "local": True, "available": True, "problem": None}
        ],
        "default": "mine:tiny",
    }
    assert "canary" not in response.text


@pytest.mark.long
@pytest.mark.slow
def test_a_server_offers_what_its_settings_name() -> None:
    with scripted_model([Say("```python\nprint(1)\n```")]) as model:
        endpoints = [{"name": "mine", "url": model.address, "api_key": "sk-canary-1"}]
        env = {
            "SNAKEPEN_MODELS__ENDPOINTS": json.dumps(endpoints),
            "OPENAI_API_KEY": "sk-canary-2",
            "OPENAI_BASE_URL": model.url,
            "SNAKEPEN_MODELS__OPENAI_MODELS": '["other"]',
            "SNAKEPEN_MODELS__DEFAULT": "openai:other",
        }
        with served(*WITHOUT_ISOLATION, env=env) as url, Api(url) as api:
            wait_until(lambda: any(one["id"] == "mine:tiny" for one in api.send("GET", "/api/models").json()["models"]))
            info = api.send("GET", "/api/models").json()
            offered = {one["id"]: one["available"] for one in info["models"]}
            assert offered == {"mine:tiny": True, "openai:other": True, "anthropic": False, "google": False}
            assert info["default"] == "openai:other"
            assert drafted(api, "something")[-1]["code"] == "print(1)\n"
            assert model.asked[-1].headers["authorization"] == "Bearer sk-canary-2"
            assert model.asked[-1].body["model"] == "other"
            assert drafted(api, "something", model="mine:tiny")[-1]["code"] == "print(1)\n"
            assert model.asked[-1].headers["authorization"] == "Bearer sk-canary-1"


_STARTS = """
import asyncio, sys
from snakepen.api.app import create_app
from snakepen.settings import load_settings
def loaded():
    return [name for name in ("pydantic_ai", "openai", "anthropic", "google.genai", "tiktoken") if name in sys.modules]
async def start():
    app = create_app(load_settings(isolation="none", i_trust_the_code=True))
    async with app.router.lifespan_context(app):
        await asyncio.sleep(0)
        print(*loaded())
        writer = app.state.services.writer
        await writer.offer()
    print(*loaded())
asyncio.run(start())
"""


@pytest.mark.long
@pytest.mark.slow
def test_a_server_imports_what_talks_to_models_when_somebody_may_want_one() -> None:
    def started(**env: str) -> list[str]:
        command = [sys.executable, "-c", _STARTS]
        done = subprocess.run(command, env=clean_env(**env), capture_output=True, text=True, timeout=60, check=True)
        return done.stdout.splitlines()

    assert started() == ["", ""]
    # And of what the extras bring nothing, until one of their models is asked.
    assert started(OPENAI_API_KEY="sk-canary", ANTHROPIC_API_KEY="sk-canary") == ["", "pydantic_ai openai"]


def test_one_module_alone_knows_the_library() -> None:
    from tests.support.client import ROOT

    sources = ROOT / "src" / "snakepen"
    knowing = [
        path.name
        for path in sources.rglob("*.py")
        if "pydantic_ai"
        in path.read_text("utf-8")
        .replace("snakepen.codegen.pydantic_ai_model", "")
        .replace("`pydantic_ai_model.py`", "")
    ]
    assert knowing == ["pydantic_ai_model.py"]
