"""What may replace a program, and what must not."""

from collections.abc import AsyncIterator

import pytest

from snakepen.codegen.draft import judge, reads_as_program, title_of
from snakepen.limits import MAX_PARSED_BYTES
from snakepen.runs.explain import Explainer, Looked
from snakepen.wire.explain import Preview, SyntaxProblem


def seen(*, valid: bool | None = True, problem: SyntaxProblem | None = None) -> Preview:
    return Preview(
        valid=valid, syntax_error=problem, summary=[], imports=[], functions=[], classes=[], reads_input=False,
        writes_files=False, opens_network=False, starts_server=False, draws_plots=False, runs_long=False,
    )  # fmt: skip


async def judged(code: str | None, look: Preview, *, is_cut: bool = False) -> str | None:
    async def looks(_: str) -> Looked:
        return Looked(look)

    problem = await judge(code, None, is_cut=is_cut, look=looks)
    return problem.kind if problem else None


async def test_each_reason_has_its_word() -> None:
    assert await judged("x = 1\n", seen()) is None
    assert await judged(None, seen()) == "no_code"
    assert await judged("x = 1\n", seen(), is_cut=True) == "cut"
    assert await judged("# ...\n", seen()) == "placeholder"
    assert await judged("x =\n", seen(valid=False, problem=SyntaxProblem(message="m", line=1, column=1))) == "syntax"
    assert await judged("x = 1\n", seen(valid=None)) == "unchecked"
    assert await judged("#" * (MAX_PARSED_BYTES + 1), seen()) == "unchecked"


BODY = "def total(xs):\n    return sum(xs)\n"
CLASS = "class Game:\n    def play(self):\n        print(1)\n"


@pytest.mark.parametrize(
    ("before", "after", "gutted"),
    [
        (BODY, "def total(xs):\n    ...\n", "total"),
        (BODY, "def total(xs):\n    pass\n", "total"),
        (BODY, 'async def total(xs):\n    """Unchanged."""\n', "total"),
        (CLASS, "class Game:\n    def play(self): ...\n", "Game.play"),
        (CLASS, "class Game:\n    pass\n", "Game"),
        ("if 1:\n    " + BODY.replace("    ", "        "), "def total(xs): ...\n", "total"),
        (BODY, BODY + "def other(): ...\n", None),
        (BODY, "from typing import overload\n@overload\ndef total(xs: int): ...\n" + BODY, None),
        (
            CLASS,
            CLASS.replace("Game", "Chess") + "class Game:\n    @abc.abstractmethod\n    def play(self): ...\n",
            None,
        ),
        ("def total(xs):\n    pass\n", "def total(xs): ...\n", None),
        (CLASS, CLASS + "class Lost(Exception):\n    pass\ndef play(): ...\n", None),
        ("def total(:\n", "def total(xs): ...\n", None),
        (None, "def total(xs): ...\n", None),
    ],
)
async def test_what_had_a_body_keeps_one(
    explainer: Explainer, before: str | None, after: str, gutted: str | None
) -> None:
    problem = await judge(after, before, is_cut=False, look=explainer.look)
    if gutted is None:
        assert problem is None
    else:
        assert problem is not None
        assert problem.kind == "placeholder"
        assert problem.message == f"{gutted} has lost its body: ask for the whole program."


@pytest.fixture
async def explainer() -> AsyncIterator[Explainer]:
    opened = Explainer(frozenset, parse_seconds=30)
    yield opened
    await opened.close()


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ('"""Guess a number."""\n', "Guess a number"),
        ("#!/usr/bin/env python3\n# A small quiz\nprint()\n", "A small quiz"),
        ("'''\nTic-tac-toe\n\nfor two\n'''\n", "Tic-tac-toe"),
        ("print(1)\n", "make me a thing"),
        (None, "make me a thing"),
        ("", "make me a thing"),
    ],
)
def test_a_title_is_what_the_program_says_of_itself_or_the_prompt(code: str | None, title: str) -> None:
    assert title_of(code, "make me a thing\nwith more") == title


def test_a_title_is_short() -> None:
    assert title_of(None, "word " * 50) == "word " * 10 + "word…"
    assert len(title_of(None, "x" * 500)) <= 60


def test_an_answer_without_a_block_may_be_a_program() -> None:
    assert reads_as_program("import os\nprint(os.sep)")
    assert reads_as_program("total = 0")
    assert not reads_as_program("I cannot help with that.")
    assert not reads_as_program("Sorry")
