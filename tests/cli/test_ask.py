"""`snakepen ask`: with a person at a terminal, and without one."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.support.cases import the_rest_long
from tests.support.scripted_model import Asked, Refuse, Say, ScriptedModel, Stall, Step, WaitFor, scripted_model
from tests.support.servers import ISOLATION, SNAKEPEN, clean_env

if sys.platform == "win32":
    pytest.skip("terminals need POSIX", allow_module_level=True)
assert sys.platform != "win32"

from tests.support.terminals import Bare, Process, at_terminal
from tests.support.warm_command import WarmCommand, warm_command

pytestmark = [pytest.mark.slow]

CTRL_C, CTRL_D = b"\x03", b"\x04"
GREETS = 'Greets.\n```python\nname = input("Name? ")\nprint(f"Hello, {name}!")\n```\n'
BROKEN = '```python\nsize = int(input("Size? "))\nprint(100 / size)\n```'
MENDED = '```python\nsize = int(input("Size? ")) or 1\nprint(100 / size)\n```'


@pytest.fixture
def model() -> Iterator[ScriptedModel]:
    with scripted_model([Say(GREETS)]) as opened:
        yield opened


def env_of(model: ScriptedModel | None, **more: str) -> dict[str, str]:
    endpoints = [{"name": "mine", "url": model.url, "models": ["tiny"]}] if model else []
    return clean_env(SNAKEPEN_MODELS__ENDPOINTS=json.dumps(endpoints), TERM="xterm-color", NO_COLOR="1", **more)


@pytest.fixture(scope="module", autouse=True)
def _warm() -> Iterator[None]:
    """One process that has imported what all of these tests would import anew."""
    global warm
    with warm_command() as warm:
        yield


warm: WarmCommand


@asynccontextmanager
async def asking(folder: Path, model: ScriptedModel | None, *words: str, **env: str) -> AsyncIterator[Bare]:
    async def start(theirs: int) -> Process:
        everywhere = [theirs, theirs, theirs]
        command = ["ask", *ISOLATION, *words]
        return warm.start(command, streams=everywhere, folder=folder, env=env_of(model, **env), terminal=True)

    async with at_terminal(start) as terminal:
        yield terminal


def asked(
    model: ScriptedModel | None, *words: str, given: str = "", env: Mapping[str, str] | None = None
) -> tuple[int, str, str]:
    """Without a terminal: exit code, output, error."""
    return warm.run(["ask", *ISOLATION, *words], env_of(model, **(env or {})), given=given)


def mends(answer: Asked) -> list[Step]:
    """Only who is told of the error can mend it."""
    return [Say(MENDED if "ZeroDivisionError" in answer.text else BROKEN)]


async def test_it_shows_asks_and_runs(tmp_path: Path, model: ScriptedModel) -> None:
    async with asking(tmp_path, model, "greet me") as terminal:
        await terminal.screen.until("tiny (mine) writes:")
        await terminal.screen.until("Greets.")
        await terminal.screen.until('print(f"Hello, {name}!")')
        await terminal.screen.until("Run it? [R] run, [c] change, [e] edit, [s] save, [q] quit: ")
        await terminal.type(b"\n")
        await terminal.screen.until("Name? ")
        await terminal.type(b"Ada\r")
        await terminal.screen.until("Hello, Ada!")
        await terminal.screen.until("And now? [r] run again, [c] change, [e] edit, [s] save, [Q] quit: ")
        await terminal.type(b"r\n")
        await terminal.screen.until("Name? ")
        await terminal.type(b"Bo\r")
        await terminal.screen.until("Hello, Bo!")
        await terminal.screen.until("And now?")
        await terminal.type(CTRL_D)
        assert await terminal.return_code() == 0
    assert len(model.asked) == 1


@pytest.mark.long
async def test_a_recipe_says_that_it_is_one(tmp_path: Path) -> None:
    async with asking(tmp_path, None, "a times table") as terminal:
        await terminal.screen.until("(built-in recipe, not AI; matched: ")
        await terminal.screen.until("Run it?")
        await terminal.type(b"q\n")
        assert await terminal.return_code() == 0


@pytest.mark.long
async def test_it_is_mended_when_the_person_wants_that(tmp_path: Path, model: ScriptedModel) -> None:
    model.script = mends
    async with asking(tmp_path, model, "divide") as terminal:
        await terminal.screen.until("Run it?")
        await terminal.type(b"\n")
        await terminal.screen.until("Size? ")
        await terminal.type(b"0\r")
        await terminal.screen.until("ZeroDivisionError")
        await terminal.screen.until("It ended with 1.")
        await terminal.screen.until("It failed. [F] fix (try 1), [r] run again")
        await terminal.type(b"\n")
        await terminal.screen.until("Try 1:")
        await terminal.screen.until("or 1")
        await terminal.screen.until(
            "Run it? [R] run, [c] change, [e] edit, [s] save, [b] back to version 1, [q] quit: "
        )
        await terminal.type(b"r\n")
        await terminal.screen.until("Size? ")
        await terminal.type(b"0\r")
        await terminal.screen.until("100.0")
        await terminal.screen.until("And now?")
        await terminal.type(b"\n")
        assert await terminal.return_code() == 0
    told = model.asked[-1].text
    assert "int(input(" in told
    assert "What was typed:\n\n```\n0\n```" in told
    assert "main.py" in told


@pytest.mark.long
async def test_the_same_error_twice_ends_it_and_the_way_back_is_open(tmp_path: Path, model: ScriptedModel) -> None:
    numbers = iter(range(9))
    model.script = lambda _: [Say(f"```python\n# {next(numbers)}\nprint(1 / 0)\n```")]
    async with asking(tmp_path, model, "divide", "--fix") as terminal:
        await terminal.screen.until("Run it?")
        await terminal.type(b"\n")
        await terminal.screen.until("Try 1:")
        await terminal.screen.until("The same error came twice, so I stopped.")
        await terminal.screen.until(
            "And now? [r] run again, [c] change, [e] edit, [s] save, [b] back to version 1, [Q] quit: "
        )
        await terminal.type(b"b\n")
        await terminal.screen.until("Back to version 1")
        await terminal.screen.until("Run it?")
        await terminal.type(b"r\n")
        await terminal.screen.until("Try 1:")  # who goes back begins anew
        await terminal.screen.until("The same error came twice, so I stopped.")
        await terminal.screen.until("And now?")
        await terminal.type(b"q\n")
        assert await terminal.return_code() == 1
    assert len(model.asked) == 3


async def test_a_program_is_changed_by_a_prompt_and_the_change_is_shown(tmp_path: Path, model: ScriptedModel) -> None:
    async with asking(tmp_path, model, "greet me") as terminal:
        for typed, said in (
            (b"", "Run it?"), (b"what\n", "Answer with one of the letters r, c, e, s, q."),
            (b"c\n", "What is to change? "), (b"nothing\n", "It is the program as it was: nothing is changed."),
        ):  # fmt: skip
            await terminal.type(typed)
            await terminal.screen.until(said)
        model.script = [Say(GREETS.replace("Hello", "Good day"))]
        for typed, said in (
            (b"c\n", "What is to change? "), (b"more polite\n", "Version 2, lines added: 1, removed: 1."),
            (b"", '-print(f"Hello, {name}!")'), (b"", '+print(f"Good day, {name}!")'), (b"", "[b] back to version 1"),
            (b"y\n", "Name? "), (b"Ada\r", "Good day, Ada!"), (b"", "And now?"), (b"y\n", "one of the letters"),
        ):  # fmt: skip
            await terminal.type(typed)
            await terminal.screen.until(said)
        await terminal.type(b"no\n")
        assert await terminal.return_code() == 0
    assert "This is the program as it is now:" in model.asked[-1].text
    assert "more polite" in model.asked[-1].text


@pytest.mark.long
async def test_the_program_as_it_was_is_no_version_and_what_is_not_taken_counts(
    tmp_path: Path, model: ScriptedModel
) -> None:
    model.script = [Say("```python\n1 / 0\n```")]
    async with asking(tmp_path, model, "divide") as terminal:
        await terminal.screen.until("Run it?")
        await terminal.type(b"yes\n")
        for attempt in (1, 2):
            await terminal.screen.until(f"It failed. [F] fix (try {attempt})")
            model.script = [
                Say("```python\n# ... rest of the code\n```" if attempt == 1 else "```python\n1 / 0\n\n```")
            ]
            await terminal.type(b"f\n")
            await terminal.screen.until(
                "The program is as it was." if attempt == 1 else "would fail in the same way, so I st"
            )
        await terminal.screen.until("And now? [r] run again, [c] change, [e] edit, [s] save, [Q] quit: ")
        await terminal.type(b"r\n")
        await terminal.screen.until("would fail in the same way, so I stopped.")
        await terminal.screen.until("And now?")
        await terminal.type(b"q\n")
        assert await terminal.return_code() == 1


def test_the_recipes_are_listed() -> None:
    code, output, error = asked(None, "--recipes")
    assert (code, error) == (0, "")
    assert "snakepen ask 'a times table" in output


@pytest.mark.long
async def test_tries_are_counted_anew_after_a_good_run_and_a_change(tmp_path: Path, model: ScriptedModel) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\necho "raise ValueError(input())" > "$1"\n', "utf-8")
    editor.chmod(0o755)
    numbers = iter(range(9))
    model.script = lambda _: [Say(f"```python\n{next(numbers)} / int(input('? '))\n```")]
    steps = [
        (b"r\n", "? "), (b"0\r", "fix (try 1)"), (b"f\n", "Run it?"),
        (b"r\n", "? "), (b"1\r", "And now?"),
        (b"r\n", "? "), (b"0\r", "fix (try 1)"), (b"f\n", "Run it?"),
        (b"e\n", "Run it?"), (b"r\n", ""), (b"1\r", "fix (try 1)"),
    ]  # fmt: skip
    async with asking(tmp_path, model, "divide", EDITOR=str(editor)) as terminal:
        await terminal.screen.until("Run it?")
        for typed, said in steps:
            await terminal.type(typed)
            await terminal.screen.until(said)
        await terminal.type(b"q\n")
        assert await terminal.return_code() == 1


@pytest.mark.long
async def test_it_can_be_changed_by_hand_and_saved(tmp_path: Path, model: ScriptedModel) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\necho \'print("by hand")\' > "$2"\n', "utf-8")
    editor.chmod(0o755)
    async with asking(tmp_path, model, "greet me", EDITOR=f"{editor} --wait") as terminal:
        await terminal.screen.until("Run it?")
        await terminal.type(b"e\n")
        await terminal.screen.until("Run it?")
        await terminal.type(b"\n")
        await terminal.screen.until("by hand")
        await terminal.screen.until("And now?")
        await terminal.type(b"s\n")
        await terminal.screen.until("File [greet_me.py]: ")
        await terminal.type(b"\n")
        await terminal.screen.until("Saved as greet_me.py.")
        await terminal.type(b"s\n")
        await terminal.screen.until("File [greet_me.py]: ")
        await terminal.type(b"\n")
        await terminal.screen.until("greet_me.py cannot be written: File exists.")
        await terminal.type(b"q\n")
        assert await terminal.return_code() == 0
    assert (tmp_path / "greet_me.py").read_text("utf-8") == 'print("by hand")\n'


async def test_ctrl_c_closes_the_connection_to_the_model(tmp_path: Path, model: ScriptedModel) -> None:
    model.script = [Say("```python\nx = 1\n"), Stall()]
    async with asking(tmp_path, model, "anything") as terminal:
        await terminal.screen.until("x = 1")
        await terminal.type(CTRL_C)
        assert await terminal.return_code() == 130
    model.wait_for_hang_up()


async def test_nothing_that_a_model_says_steers_the_terminal(tmp_path: Path, model: ScriptedModel) -> None:
    prose, title, code = "\x1b]52;c;ZXZpbA==\x07prose\x9b2J", "# a \x1b[2J title", "x = '\x1b[2J\u202e'"
    numbers = iter(range(9))
    model.script = lambda _: [Say(f"{prose}\n```python\n{title}\n{code}\ny = {next(numbers)}\n```")]
    async with asking(tmp_path, model, "anything") as terminal:
        for typed, said in [(b"c\n", "to change?"), (b"it\n", "Version 2"), (b"b\n", "Back to version 1")]:
            await terminal.type(typed)
            await terminal.screen.until(said)
        await terminal.screen.until("Run it?")
        await terminal.type(b"q\n")
        assert await terminal.return_code() == 0
    assert not set(terminal.screen.said.decode()) & {"\x1b", "\x07", "\x9b", "\u202e"}


@pytest.mark.long
def test_without_a_terminal_it_is_printed_and_not_run(model: ScriptedModel) -> None:
    code, output, error = asked(model, "greet me")
    assert (code, output) == (0, 'name = input("Name? ")\nprint(f"Hello, {name}!")\n')
    assert "Greets." in error


@pytest.mark.long
def test_what_cannot_be_printed_is_one_sentence(model: ScriptedModel) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "wb", buffering=0) as nobody_reads:
        code, _, error = warm.run(["ask", *ISOLATION, "greet me"], env_of(model), into=nobody_reads.fileno())
    assert code == 125
    assert error.endswith("snakepen: The program cannot be printed: Broken pipe.\n")


def test_yes_runs_it_and_its_streams_are_its_own(model: ScriptedModel, tmp_path: Path) -> None:
    code, output, error = asked(model, "greet me", "--yes", "--save", str(tmp_path / "kept.py"), given="Eve\n")
    assert (code, output) == (0, "Name? Hello, Eve!\n")
    assert "tiny (mine) writes:" in error
    assert "Hello" in (tmp_path / "kept.py").read_text("utf-8")


@pytest.mark.long
def test_fix_mends_it_without_asking(model: ScriptedModel) -> None:
    model.script = lambda answer: [
        Say("```python\nprint('mended')\n```" if "ZeroDivisionError" in answer.text else "```python\n1 / 0\n```")
    ]
    code, output, _ = asked(model, "divide", "--yes", "--fix")
    assert (code, output) == (0, "mended\n")
    code, output, _ = asked(model, "divide", "--yes")
    assert (code, output) == (1, "")


@pytest.mark.long
def test_three_tries_are_the_most(model: ScriptedModel) -> None:
    numbers = iter(range(100))
    model.script = lambda _: [Say(f"```python\nraise ValueError({next(numbers)})\n```")]
    code, _, error = asked(model, "fail", "--yes", "--fix")
    assert code == 1
    assert "3 tries did not repair it, so I stopped." in error
    assert len(model.asked) == 4


@pytest.mark.parametrize(
    ("steps", "words", "sentence"),
    the_rest_long(
        [([Refuse(401)], (), "mine needs a key (401)")],
        [
            ([Say("I cannot.")], (), "The answer holds no program"),
            ([Say("```python\n(\n```")], (), "Nothing was run"),
            (
                [Say(GREETS)],
                ("--model", "mine:gone"),
                "There is no model mine:gone: choose one of mine:tiny, or recipes.",
            ),
            ([Say(GREETS)], ("--model", "m" * 10_000), "--model is too long for a name"),
            ([Say(GREETS)], ("--save", os.devnull), "/dev/null exists"),
            (
                [Say(GREETS)],
                ("--save", "/nowhere/at/all.py"),
                "there is no folder /nowhere/at; make it, or name another",
            ),
            ([Say(GREETS)], ("--artifacts", os.devnull), "--artifacts /dev/null: the folder cannot be made or opened"),
        ],
    ),
)
def test_what_goes_wrong_is_one_sentence(
    model: ScriptedModel, steps: list[Step], words: tuple[str, ...], sentence: str
) -> None:
    model.script = steps
    code, output, error = asked(model, "greet me", "--yes", *words)
    assert (code, output) == (125, "")
    assert sentence in error
    assert "Traceback" not in error
    is_known_before = words and words[0] != "--model"
    assert not (is_known_before and model.asked), "nobody is asked for what could not be kept"


@pytest.mark.parametrize("words", [(), pytest.param(("--save",), marks=pytest.mark.long)], ids=["printed", "saved"])
@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("```python\nx = (\n```", "This program cannot be used as it is. It is not valid Python on line 1"),
        ("```python\nx = 1\n# ... rest of the code\n```", "cannot be used as it is. Line 2 stands for a part"),
    ],
)
def test_what_is_no_whole_program_is_handed_out_with_a_warning(
    model: ScriptedModel, tmp_path: Path, words: tuple[str, ...], answer: str, sentence: str
) -> None:
    model.script = [Say(answer)]
    file = tmp_path / "kept.py"
    code, output, error = asked(model, "x", *words, *([str(file)] if words else []))
    assert code == 125
    assert sentence in error
    assert (file.read_text("utf-8") if words else output).startswith("x = ")


def refuses_to_mend(answer: Asked) -> list[Step]:
    return [Refuse(429)] if "ZeroDivisionError" in answer.text else [Say("```python\n1 / 0\n```")]


@pytest.mark.long
def test_a_model_that_fails_while_it_mends_takes_nothing_away(model: ScriptedModel, tmp_path: Path) -> None:
    model.script = refuses_to_mend
    code, _, error = asked(model, "divide", "--yes", "--fix", "--save", str(tmp_path / "kept.py"))
    assert code == 1, "as the program ended"
    assert "429" in error
    assert "Traceback" not in error.partition("Try 1:")[2]
    assert (tmp_path / "kept.py").read_text("utf-8") == "1 / 0\n"


@pytest.mark.long
async def test_whoever_sits_there_is_asked_how_to_go_on_when_the_model_fails(
    tmp_path: Path, model: ScriptedModel
) -> None:
    model.script = refuses_to_mend
    async with asking(tmp_path, model, "divide", "--fix", "--save", "kept.py") as terminal:
        await terminal.screen.until("Run it?")
        await terminal.type(b"\n")
        await terminal.screen.until("Try 1:")
        await terminal.screen.until("429")
        await terminal.screen.until(
            "It failed. [F] fix (try 1), [r] run again, [c] change, [e] edit, [s] save, [q] quit: "
        )
        model.script = [Say("```python\nx = 1\n"), Stall()]
        await terminal.type(b"f\n")
        await terminal.screen.until("x = 1")
        await terminal.type(CTRL_C)
        await terminal.screen.until("Stopped: the program is as it was.")
        await terminal.screen.until("It failed. [F] fix (try 1)")
        await terminal.type(b"q\n")
        assert await terminal.return_code() == 1
    assert (tmp_path / "kept.py").read_text("utf-8") == "1 / 0\n"


@pytest.mark.long
def test_a_recipe_that_outlasts_its_run_says_so_before() -> None:
    code, output, error = asked(None, "countdown of 5 minutes")
    assert code == 0
    assert "SECONDS = 300\n" in output
    assert "It takes 300 seconds. A run at a terminal may take 3600; one without is ended after 60.\n" in error


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("translate this poem into Klingon",),
            "connect a model, or list the recipes by 'snakepen ask --recipes'",
        ),
        (
            ("a times table", "--model", "gone"),
            "There is no model gone, and no other: connect one, or use the built-in",
        ),
        (("\udcff",), "Say what the program is to do"),
        ((" ",), "Say what the program is to do"),
        (("a maze of 2 by 3000",), "3,000 is not what the recipe Maze takes there"),
    ],
)
def test_no_model_and_no_recipe_says_what_to_do(words: tuple[str, ...], sentence: str) -> None:
    code, _, error = asked(None, *words)
    assert code == 125
    assert sentence in error


@pytest.mark.long
def test_code_is_shown_while_the_model_writes(model: ScriptedModel) -> None:
    gate = threading.Event()
    model.script = [Say("```python\nfirst = 1\n"), WaitFor(gate), Say("second = 2\n```")]
    with subprocess.Popen(
        [str(SNAKEPEN), "ask", *ISOLATION, "numbers"],
        env=env_of(model),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "tiny (mine) writes:\n"
        assert process.stderr.readline() == "first = 1\n"
        gate.set()
        output, _ = process.communicate(timeout=60)
    assert output == "first = 1\nsecond = 2\n"
