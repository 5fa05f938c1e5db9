"""POST /api/generate over a scripted model: what is told, what is asked, and what happens when the model misbehaves."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pydantic import SecretStr
from tests.support.client import Api
from tests.support.drafts import DraftEvent, drafted, drafting, joined
from tests.support.scripted_model import (
    Asked,
    Cut,
    End,
    EndEarly,
    Raw,
    Refuse,
    Say,
    Script,
    ScriptedModel,
    Stall,
    Step,
    Think,
    WaitFor,
    scripted_model,
)
from tests.support.servers import served_fake
from tests.support.waiting import wait_until

from snakepen import limits
from snakepen.codegen.endpoints import Endpoint
from snakepen.limits import ModelPatience, Patience

KEY = "sk-canary-8f1b2c"
FENCED = "Here it is.\n\n```python\nprint('hé')\n```\n"
ZERO = 'Traceback (most recent call last):\n  File "/workspace/main.py", line 1, in <module>\n    1 / 0\n'


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Api, ScriptedModel]]:
    with scripted_model() as model:
        endpoint = Endpoint("scripted", "Scripted", "compatible", model.address, SecretStr(KEY), ("tiny", "other"))
        patience = ModelPatience(first_seconds=20, between_seconds=2, whole_seconds=60)
        with served_fake({}, endpoints=[endpoint], model_patience=patience) as (api, _):
            yield api, model


@pytest.fixture
def api(served: tuple[Api, ScriptedModel]) -> Api:
    return served[0]


@pytest.fixture
def model(served: tuple[Api, ScriptedModel]) -> ScriptedModel:
    model = served[1]
    wait_until(lambda: model.under_way == 0)
    model.asked.clear()
    model.hang_ups = 0
    model.script = says(FENCED)
    return model


def says(text: str, size: int = 5) -> list[Step]:
    """In pieces of so many characters."""
    return [Say(text[at : at + size]) for at in range(0, len(text), size)]


def test_prose_and_code_come_apart_and_the_end_has_the_whole(api: Api, model: ScriptedModel) -> None:
    events = drafted(api, "say hé")
    source, done = events[0], events[-1]
    assert source == {
        "type": "source",
        "kind": "model",
        "name": "scripted:tiny",
        "title": "tiny (Scripted)",
        "words": [],
    }
    assert joined(events, "text").strip() == "Here it is."
    assert joined(events, "code") == "print('hé')\n"
    assert done["code"] == "print('hé')\n"
    assert done["title"] == "say hé"
    assert done["problem"] is None
    assert done["usage"] == {"input_tokens": 11, "output_tokens": 7}


def test_it_is_told_while_the_model_writes(api: Api, model: ScriptedModel) -> None:
    gate = threading.Event()
    model.script = [Say("Look:\n```python\nx = 1\n"), WaitFor(gate), Say("y = 2\n```\n")]
    with drafting(api, "two numbers") as events:
        seen: list[DraftEvent] = []
        while joined(seen, "code") != "x = 1\n":
            seen.append(next(events))
        gate.set()
        seen += events
    assert joined(seen, "code") == "x = 1\ny = 2\n"


def test_the_model_is_told_where_its_program_will_run(api: Api, model: ScriptedModel) -> None:
    drafted(api, "a calculator")
    (asked,) = model.asked
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert asked.body["model"] == "tiny"
    system, wish = asked.messages
    assert wish == {"role": "user", "content": "a calculator"}
    told = system["content"]
    for fact in ("CPython 3.11.0", "numpy 2.9.9", "512 MiB of memory", "60 seconds of computing", "64 processes"):
        assert fact in told
    for fact in ("a sandbox of its own", "There is no network", "input()", "one fenced block", "rest of the code"):
        assert fact in told


def test_another_model_can_be_named(api: Api, model: ScriptedModel) -> None:
    events = drafted(api, "anything", model="scripted:other")
    assert events[0]["name"] == "scripted:other"
    assert model.asked[0].body["model"] == "other"


def test_a_change_sends_the_program_and_what_was_asked_before(api: Api, model: ScriptedModel) -> None:
    history = [{"prompt": "count", "code": "print(1)\n"}, {"prompt": "to two", "code": "print(1, 2)\n"}]
    drafted(api, "to three", code="print(1, 2)  # mine\n", history=history)
    said = [(turn["role"], turn["content"]) for turn in model.asked[0].messages[1:]]
    assert said[:4] == [
        ("user", "count"),
        ("assistant", "```python\nprint(1)\n```"),
        ("user", "to two"),
        ("assistant", "```python\nprint(1, 2)\n```"),
    ]
    assert said[4][0] == "user"
    assert "```python\nprint(1, 2)  # mine\n```" in said[4][1]
    assert said[4][1].endswith("to three")


def test_a_blank_program_is_none(api: Api, model: ScriptedModel) -> None:
    drafted(api, "a clock", code="\n")
    assert model.asked[0].messages[-1]["content"] == "a clock"


def test_a_repair_sends_what_the_user_can_do_something_about(api: Api, model: ScriptedModel) -> None:
    def mends(asked: Asked) -> list[Step]:
        return says("```python\nprint(0)\n```" if "ZeroDivisionError" in asked.text else "```python\n1 / 0\n```")

    model.script = mends
    packages = '  File "/env/lib/python3.11/site-packages/deep.py", line 7, in call\n    secret_of_a_package()\n'
    problem = {
        "error": ZERO + packages + "ZeroDivisionError: division by zero\n",
        "output": "".join(f"line {number}\n" for number in range(100)),
        "input": "forty-two\n",
    }
    events = drafted(api, "divide", code="1 / 0\n", problem=problem)
    assert events[-1]["code"] == "print(0)\n"
    told = model.asked[0].messages[-1]["content"]
    assert 'File "/workspace/main.py", line 1' in told
    assert "secret_of_a_package" not in told
    assert "line 60\n" in told
    assert "line 59\n" not in told
    assert "forty-two" in told


@pytest.mark.parametrize(
    ("answer", "code", "prose"),
    [
        ("```python\na = 1\n```\nThen:\n```python\nb = 2\n```", "a = 1\n", "b = 2"),
        ("First:\n```bash\npip install x\n```\n```py\na = 1\n```", "a = 1\n", "pip install x"),
        ("One.\r\n```python\r\na = 1\r\n```\r\nTwo.", "a = 1\n", "Two."),
        ("~~~~python\na = '''\n~~~\n'''\n~~~~", "a = '''\n~~~\n'''\n", ""),
        ("````python\na = '''\n```\n'''\n````", "a = '''\n```\n'''\n", ""),
        ("1. Here:\n   ```python\n   if a:\n       b\n   ```", "if a:\n    b\n", "Here"),
        ("<think>```python\nno\n```</think>```python\na = 1\n```", "a = 1\n", ""),
        ("```python\na = 1", "a = 1\n", ""),
        ("import os\nprint(os.sep)\n", "import os\nprint(os.sep)\n", "import os"),
    ],
)
@pytest.mark.parametrize("size", [1, 1000])
def test_the_program_is_found_in_what_models_write(
    api: Api, model: ScriptedModel, answer: str, code: str, prose: str, size: int
) -> None:
    model.script = says(answer, size)
    events = drafted(api, "something")
    assert events[-1]["code"] == code
    assert events[-1]["problem"] is None
    assert prose in joined(events, "text")


def test_characters_that_the_server_cuts_come_whole(api: Api, model: ScriptedModel) -> None:
    line = Raw('data: {"choices": [{"index": 0, "delta": {"content": "é'.encode()[:-1])
    rest = Raw('é"}, "finish_reason": null}]}\n\n'.encode()[1:])
    model.script = [Say("```python\nprint('"), line, rest, Say("\ud83d"), Say("\ude00')\n```")]
    events = drafted(api, "a face")
    assert events[-1]["code"] == "print('é😀')\n"
    assert joined(events, "code") == "print('é😀')\n"


def test_thoughts_are_not_told(api: Api, model: ScriptedModel) -> None:
    model.script = [Think("```python\nwrong()\n```"), *says(FENCED)]
    events = drafted(api, "something")
    assert "wrong" not in str(events)
    assert events[-1]["code"] == "print('hé')\n"


@pytest.mark.parametrize(
    ("steps", "kind", "line"),
    [
        (says("I cannot help with that."), "no_code", None),
        (says("```python\n```"), "no_code", None),
        (says("```python\nprint(\n```"), "syntax", 1),
        (says("```python\na = 1\n# ... rest of the code\n```"), "placeholder", 2),
        ([*says("```python\na = 1\n"), End("length")], "cut", None),
    ],
)
def test_what_must_not_replace_a_program_says_so(
    api: Api, model: ScriptedModel, steps: Script, kind: str, line: int | None
) -> None:
    model.script = steps
    done = drafted(api, "change it", code="a = 0\n")[-1]
    assert done["type"] == "done"
    assert (done["problem"]["kind"], done["problem"]["line"]) == (kind, line)


FAILURES: list[tuple[str, list[Step], str]] = [
    ("401", [Refuse(401, body=f'{{"error": {{"message": "wrong key {KEY}"}}}}')], "rejects the key (401)"),
    ("404", [Refuse(404)], "has no model named tiny (404)"),
    ("400", [Refuse(400)], "rejected the request (400)"),
    ("429", [Refuse(429)], "has had too many requests (429)"),
    ("500", [Refuse(500)], "failed (500)"),
    ("503", [Refuse(503)], "failed (503)"),
    ("302", [Refuse(302, {"Location": "http://127.0.0.1:9/"})], "not a model's answer"),
    ("no events", [Refuse(200, body="<html>")], "not a model's answer"),
    ("nonsense", [Say("a"), Raw(b"data: {nonsense\n\n")], "broke off"),
    ("an error", [Raw(b'data: {"error": {"message": "%s"}}\n\n' % KEY.encode())], "not a model's answer"),
    ("cut at once", [Cut()], "cannot be reached"),
    ("cut", [*says(FENCED)[:4], Cut()], "broke off"),
    ("ended early", [*says(FENCED)[:4], EndEarly()], "broke off"),
    ("stalled", [*says(FENCED)[:4], Stall()], "stopped in the middle"),
    ("unwilling", [End("content_filter")], "will not write this"),
]


@pytest.mark.parametrize(("steps", "words"), [row[1:] for row in FAILURES], ids=[row[0] for row in FAILURES])
def test_a_model_that_fails_is_told_of_in_one_sentence(
    api: Api, model: ScriptedModel, steps: list[Step], words: str
) -> None:
    model.script = steps
    events = drafted(api, "something")
    refused = events[-1]
    assert refused["type"] == "refused"
    assert refused["code"] == "model_failed"
    assert words in refused["error"]
    assert refused["retry_after_seconds"] is None
    assert KEY not in str(events)
    assert len(model.asked) == 1, "asked again by itself"


def test_a_wait_that_the_model_asks_for_is_passed_on(api: Api, model: ScriptedModel) -> None:
    model.script = [Refuse(429, {"Retry-After": "17"})]
    refused = drafted(api, "something")[-1]
    assert refused["retry_after_seconds"] == 17
    assert refused["error"].endswith("try again in 17 s.")


@pytest.mark.parametrize("said", [[], says("```python\nx = 1\n")], ids=["before it says anything", "in the middle"])
def test_hanging_up_closes_the_connection_to_the_model(said: list[Step]) -> None:
    with scripted_model([*said, Stall()]) as model:
        endpoint = Endpoint("scripted", "Scripted", "compatible", model.url, None, ("tiny",))
        # Nothing else would close it before the test is over.
        with served_fake({}, endpoints=[endpoint], model_patience=ModelPatience(600, 600, 600)) as (api, _):
            with drafting(api, "something") as events:
                assert next(events)["type"] == "source"
                wait_until(lambda: model.under_way == 1)
                if said:
                    while next(events)["type"] != "code":
                        pass
            model.wait_for_hang_up()


def test_a_long_wait_is_filled_with_comments() -> None:
    with scripted_model([Stall()]) as model:
        endpoint = Endpoint("scripted", "Scripted", "compatible", model.url, None, ("tiny",))
        with (
            served_fake({}, endpoints=[endpoint], patience=Patience(heartbeat_seconds=0.05)) as (api, _),
            drafting(api, "something") as events,
        ):
            assert [next(events)["type"] for _ in range(4)] == ["source", ":", ":", ":"]


@pytest.mark.parametrize("answer", ["prose " * 50_000, "```python\n" + "x = 1\n" * 12_000])
def test_an_answer_without_end_is_ended(api: Api, model: ScriptedModel, answer: str) -> None:
    model.script = [*says(answer, 1000), Stall()]
    refused = drafted(api, "something")[-1]
    assert refused["type"] == "refused"
    assert "more than a program may have" in refused["error"]
    model.wait_for_hang_up()


def test_a_few_are_written_at_once_and_no_more(api: Api, model: ScriptedModel) -> None:
    gate = threading.Event()
    model.script = [WaitFor(gate), *says(FENCED)]
    with ThreadPoolExecutor(limits.MAX_DRAFTS) as threads:
        all_of_them = [threads.submit(drafted, api, "something") for _ in range(limits.MAX_DRAFTS)]
        try:
            wait_until(lambda: model.under_way == limits.MAX_DRAFTS)
            response = api.post({"prompt": "one more"}, "/api/generate")
            assert response.status_code == 429
            assert response.json()["code"] == "busy"
            assert int(response.headers["retry-after"]) > 0
        finally:
            gate.set()
        assert all(one.result()[-1]["type"] == "done" for one in all_of_them)
    assert drafted(api, "and now")[-1]["type"] == "done"


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"prompt": ""}, "prompt: must not be empty"),
        ({"prompt": " \n"}, "prompt: must not be empty"),
        ({"prompt": "x" * (limits.MAX_PROMPT_CHARACTERS + 1)}, "prompt: must have at most 16384 characters"),
        ({"prompt": 1}, "prompt: must be a string"),
        ({"prompt": "\ud800"}, "prompt: must not hold a lone surrogate"),
        ({"code": "x" * (limits.MAX_DRAFT_CHARACTERS + 1)}, "code: must have at most 65536 characters"),
        ({"history": [{"prompt": "a", "code": "b"}] * 51}, "history: must have at most 50 items"),
        ({"code": "", "problem": {"error": "x" * 65537}}, "problem.error: must have at most 65536 characters"),
        ({"problem": {"error": ""}}, "problem: needs the code that failed"),
        ({"code": " ", "problem": {"error": ""}}, "problem: needs the code that failed"),
        ({"prompts": "a"}, "prompts: is not a field of this request"),
        ({"model": "nobody:knows"}, "model: is none of GET /api/models"),
        ({"model": "x" * 201}, "model: must have at most 200 characters"),
    ],
)
def test_a_field_that_is_wrong_is_named(api: Api, model: ScriptedModel, fields: dict[str, Any], where: str) -> None:
    body = json.dumps({"prompt": "something", **fields})
    response = api.send("POST", "/api/generate", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert response.json()["error"].startswith(where)
    assert not model.asked


def test_the_body_is_guarded_as_others_are(api: Api) -> None:
    assert api.send("POST", "/api/generate", content=b"{}", headers={"Content-Type": "text/plain"}).status_code == 415
    big = b'{"prompt": "' + b"x" * limits.MAX_BODY_BYTES + b'"}'
    headers = {"Content-Type": "application/json"}
    assert api.send("POST", "/api/generate", content=big, headers=headers).status_code == 413
    assert api.send("GET", "/api/generate").status_code == 405
    foreign = {**headers, "Origin": "https://elsewhere.example"}
    assert api.send("POST", "/api/generate", content=b"{}", headers=foreign).status_code == 403
