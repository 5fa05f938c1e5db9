"""What a model is told."""

from typing import Any

from tests.support.servers import FACTS

from snakepen.codegen.prompting import MAX_SHOWN_CHARACTERS, instructions, question
from snakepen.wire.generate import GenerateRequest


def wish(**fields: Any) -> str:
    return question(GenerateRequest.model_validate({"prompt": "do it", **fields}), FACTS).turns[-1].text


def test_a_first_prompt_is_said_as_it_is() -> None:
    assert wish() == "do it"


def test_a_program_with_fences_is_put_into_a_longer_one() -> None:
    assert "````python\nx = '```'\n````" in wish(code="x = '```'\n")


def test_of_what_came_before_the_newest_is_shown_that_fits() -> None:
    long = {"prompt": "long", "code": "x" * MAX_SHOWN_CHARACTERS}
    new = {"prompt": "new", "code": "y"}
    request = GenerateRequest.model_validate({"prompt": "do it", "history": [long, new]})
    turns = question(request, FACTS).turns
    assert [turn.text for turn in turns] == ["new", "```python\ny\n```", "do it"]
    assert [turn.role for turn in turns] == ["user", "assistant", "user"]


def test_a_repair_says_nothing_of_what_there_was_not() -> None:
    told = wish(code="1/0\n", problem={"error": "ZeroDivisionError", "output": " \n"})
    assert "last lines of its output" not in told
    assert "typed" not in told


def test_no_sandbox_is_claimed_where_there_is_none() -> None:
    from dataclasses import replace

    told = instructions(replace(FACTS, is_isolated=False, packages={}))
    assert "sandbox" not in told
    assert "There is no network" not in told
    assert "no other packages" in told
