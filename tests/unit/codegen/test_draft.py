"""What may replace a program, and what must not."""

import pytest

from snakepen.codegen.draft import judge, placeholder_line, reads_as_program, title_of
from snakepen.limits import MAX_PARSED_BYTES
from snakepen.wire.explain import Preview, SyntaxProblem


@pytest.mark.parametrize(
    "line",
    [
        "# ...",
        "# …",
        "# ... rest of the code",
        "# Rest of your code here",
        "# rest of the original program stays the same",
        "# (rest of code unchanged)",
        "# the remaining code remains the same",
        "# The rest of the functions",
        "# ... existing code ...",
        "# existing code here",
        "    # Existing functions remain unchanged",
        "# keep the existing code",
        "# Keep existing imports",
        "# same as before",
        "# ... same as above ...",
        "# (same as before)",
        "# your code here",
        "# Add your existing code here",
        "# ... previous methods ...",
        "# ... (unchanged)",
        "# code omitted for brevity",
        "# [... omitted ...]",
        "... rest of the code ...",
        "[rest of the program]",
        "// rest of the code",
        "# Everything else stays the same",
        "# all the other code is unchanged",
    ],
)
def test_a_line_that_stands_for_code_is_found(line: str) -> None:
    assert placeholder_line(f"a = 1\n{line}\nb = 2\n") == 2
    assert placeholder_line(f"a = 1\n{line}\nb = 2\n", before=f"{line}\n") is None, "it was the program's own"


@pytest.mark.parametrize(
    "line",
    [
        "...",
        "    ...",
        "def draw(self): ...",
        "# the rest of the deck goes to the dealer",
        "# print the rest of the list",
        "# same as above, but for columns",
        "# keep the best score",
        "# the code is at most four letters",
        "# remaining lives",
        "# existing files are overwritten",
        "print('# rest of the code')",
        "# dots ... and more",
        "# previous value of the counter",
        "# The total is the same for all players, whichever way round they sit at the table and whoever begins; "
        "so everything stays the same",
        "x = 1  # ... rest",
    ],
)
def test_what_programs_say_by_themselves_is_none(line: str) -> None:
    assert placeholder_line(f"a = 1\n{line}\nb = 2\n") is None


def seen(*, valid: bool | None = True, problem: SyntaxProblem | None = None) -> Preview:
    return Preview(
        valid=valid, syntax_error=problem, summary=[], imports=[], functions=[], classes=[], reads_input=False,
        writes_files=False, opens_network=False, starts_server=False, draws_plots=False, runs_long=False,
    )  # fmt: skip


async def judged(code: str | None, look: Preview, *, is_cut: bool = False) -> str | None:
    async def looks(_: str) -> Preview:
        return look

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
