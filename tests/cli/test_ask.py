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
from tests.support.scripted_model import Asked, Refuse, Say, ScriptedModel, Stall, Step, WaitFor, scripted_model
from tests.support.servers import ISOLATION, SNAKEPEN, clean_env

if sys.platform == "win32":
    pytest.skip("terminals need POSIX", allow_module_level=True)
assert sys.platform != "win32"

from tests.support.terminals import Bare, in_terminal

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


@asynccontextmanager
async def asking(folder: Path, model: ScriptedModel | None, *words: str, **env: str) -> AsyncIterator[Bare]:
    async with in_terminal([str(SNAKEPEN), "ask", *ISOLATION, *words], folder, env_of(model, **env)) as terminal:
        yield terminal


def asked(
    model: ScriptedModel | None, *words: str, given: str = "", env: Mapping[str, str] | None = None
) -> tuple[int, str, str]:
    """Without a terminal: exit code, output, error."""
    command = [str(SNAKEPEN), "ask", *ISOLATION, *words]
    done = subprocess.run(
        command, env=env_of(model, **(env or {})), input=given, capture_output=True, text=True, timeout=120, check=False
    )
    return done.returncode, done.stdout, done.stderr


def mends(answer: Asked) -> list[Step]:
    """Only who is told of the error can mend it."""
    return [Say(MENDED if "ZeroDivisionError" in answer.text else BROKEN)]


async def test_it_shows_asks_and_runs(tmp_path: Path, model: ScriptedModel) -> None:
    async with asking(tmp_path, model, "greet me") as terminal:
        await terminal.screen.until("tiny (mine) writes:")
        await terminal.screen.until("Greets.")
        await terminal.screen.until('print(f"Hello, {name}!")')
        await terminal.screen.until("Run it? [R] run, [e] edit, [s] save, [q] quit: ")
        await terminal.type(b"\n")
        await terminal.screen.until("Name? ")
        await terminal.type(b"Ada\r")
        await terminal.screen.until("Hello, Ada!")
        await terminal.screen.until("And now? [r] run again, [e] edit, [s] save, [Q] quit: ")
        await terminal.type(b"r\n")
        await terminal.screen.until("Name? ")
        await terminal.type(b"Bo\r")
        await terminal.screen.until("Hello, Bo!")
        await terminal.screen.until("And now?")
        await terminal.type(CTRL_D)
        assert await terminal.return_code() == 0
    assert len(model.asked) == 1


async def test_a_recipe_says_that_it_is_one(tmp_path: Path) -> None:
    async with asking(tmp_path, None, "a times table") as terminal:
        await terminal.screen.until("(built-in recipe, not AI; matched: ")
        await terminal.screen.until("Run it?")
        await terminal.type(b"q\n")
        assert await terminal.return_code() == 0


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
        await terminal.screen.until("Run it? [R] run, [e] edit, [s] save, [b] back to version 1, [q] quit: ")
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


async def test_the_same_error_twice_ends_it_and_the_way_back_is_open(tmp_path: Path, model: ScriptedModel) -> None:
    model.script = [Say("```python\nprint(1 / 0)\n```")]
    async with asking(tmp_path, model, "divide", "--fix") as terminal:
        await terminal.screen.until("Run it?")
        await terminal.type(b"\n")
        await terminal.screen.until("Try 1:")
        await terminal.screen.until("The same error came twice, so I stopped.")
        await terminal.screen.until("[b] back to version 1")
        await terminal.type(b"b\n")
        await terminal.screen.until("Back to version 1")
        await terminal.screen.until("Run it?")
        await terminal.type(b"q\n")
        assert await terminal.return_code() == 1
    assert len(model.asked) == 2


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
    model.script = [Say("\x1b]52;c;ZXZpbA==\x07prose\x9b2J\n```python\nx = '\x1b[2J\u202e'\n```")]
    async with asking(tmp_path, model, "anything") as terminal:
        await terminal.screen.until("Run it?")
        await terminal.type(b"q\n")
        assert await terminal.return_code() == 0
    said = terminal.screen.said.decode()
    assert not set(said) & {"\x1b", "\x07", "\x9b", "\u202e"}


def test_without_a_terminal_it_is_printed_and_not_run(model: ScriptedModel) -> None:
    code, output, error = asked(model, "greet me")
    assert (code, output) == (0, 'name = input("Name? ")\nprint(f"Hello, {name}!")\n')
    assert "Greets." in error


def test_yes_runs_it_and_its_streams_are_its_own(model: ScriptedModel, tmp_path: Path) -> None:
    code, output, error = asked(model, "greet me", "--yes", "--save", str(tmp_path / "kept.py"), given="Eve\n")
    assert (code, output) == (0, "Name? Hello, Eve!\n")
    assert "tiny (mine) writes:" in error
    assert "Hello" in (tmp_path / "kept.py").read_text("utf-8")


def test_fix_mends_it_without_asking(model: ScriptedModel) -> None:
    model.script = lambda answer: [
        Say("```python\nprint('mended')\n```" if "ZeroDivisionError" in answer.text else "```python\n1 / 0\n```")
    ]
    code, output, _ = asked(model, "divide", "--yes", "--fix")
    assert (code, output) == (0, "mended\n")
    code, output, _ = asked(model, "divide", "--yes")
    assert (code, output) == (1, "")


def test_three_tries_are_the_most(model: ScriptedModel) -> None:
    numbers = iter(range(100))
    model.script = lambda _: [Say(f"```python\nraise ValueError({next(numbers)})\n```")]
    code, _, error = asked(model, "fail", "--yes", "--fix")
    assert code == 1
    assert "3 tries did not mend it, so I stopped." in error
    assert len(model.asked) == 4


@pytest.mark.parametrize(
    ("steps", "words", "sentence"),
    [
        ([Refuse(401)], (), "mine wants a key (401)"),
        ([Say("I cannot.")], (), "The answer holds no program"),
        ([Say("```python\n(\n```")], (), "Nothing was run"),
        ([Say(GREETS)], ("--model", "mine:gone"), "There is no model mine:gone. There are: mine:tiny."),
        ([Say(GREETS)], ("--save", os.devnull), "/dev/null exists"),
    ],
)
def test_what_goes_wrong_is_one_sentence(
    model: ScriptedModel, steps: list[Step], words: tuple[str, ...], sentence: str
) -> None:
    model.script = steps
    code, output, error = asked(model, "greet me", "--yes", *words)
    assert (code, output) == (125, "")
    assert sentence in error
    assert "Traceback" not in error


def test_no_model_and_no_recipe_says_what_to_do() -> None:
    code, _, error = asked(None, "translate this poem into Klingon")
    assert code == 125
    assert "connect a model" in error


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
