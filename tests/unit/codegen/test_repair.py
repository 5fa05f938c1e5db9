"""What a model sees of a failure, and when nobody asks it again."""

import json
import sys
import traceback
from pathlib import Path

import pytest

from snakepen.codegen.repair import (
    MAX_TRIES,
    Error,
    Repair,
    error_of,
    is_same_program,
    last_lines,
    next_try,
    plain,
    stop_reason,
    traceback_in,
    users_frames,
)

HERE = Path(__file__).parent
OURS = '  File "/workspace/main.py", line 3, in work\n    return 1 / 0\n           ~~^~~\n'
LIBRARY = '  File "/env/lib/python3.13/site-packages/pandas/core.py", line 9, in deep\n    inner()\n    ^^^^^^^\n'
STANDARD = '  File "/usr/lib/python3.13/json/decoder.py", line 5, in decode\n    scan()\n'
FROZEN = '  File "<frozen importlib._bootstrap>", line 1, in _find\n'
HEAD = "Traceback (most recent call last):\n"
END = "ZeroDivisionError: division by zero\n"


@pytest.mark.parametrize("case", json.loads((HERE / "errors.json").read_text("utf-8")), ids=lambda case: case["name"])
def test_an_error_is_understood_as_on_the_page(case: dict[str, str]) -> None:
    """The same table is that of web/src/core/repair.test.ts."""
    said = case["before"] + case["error"]
    assert traceback_in(said) == case["error"].strip("\n")
    assert error_of(said) == Error(case["type"], case["line"])


@pytest.mark.parametrize("case", json.loads((HERE / "escapes.json").read_text("utf-8")), ids=lambda case: case["name"])
def test_what_steers_a_terminal_is_taken_out_as_on_the_page(case: dict[str, str]) -> None:
    """The same table is that of web/src/core/escapes.test.ts."""
    assert plain(case["text"]) == case["plain"]


def test_only_frames_of_the_user_are_kept() -> None:
    assert users_frames(HEAD + OURS + LIBRARY + STANDARD + FROZEN + END) == (HEAD + OURS + END).rstrip()


def test_what_came_before_the_traceback_is_left_out() -> None:
    assert users_frames("warning: x\nhello\n" + HEAD + OURS + END) == (HEAD + OURS + END).rstrip()


def test_the_frames_of_a_package_are_left_out_of_a_group_too() -> None:
    rows = [f"  | {row}" for row in (OURS + LIBRARY).splitlines()]
    group = ["  + Exception Group " + HEAD.strip(), *rows, "  | ExceptionGroup: both (1 sub-exception)"]
    assert "pandas" not in users_frames("\n".join(group))
    assert "inner()" not in users_frames("\n".join(group))
    assert "return 1 / 0" in users_frames("\n".join(group))


def test_chained_errors_stay_together() -> None:
    chain = HEAD + OURS + END + "\nDuring handling of the above exception, another exception occurred:\n\n"
    whole = chain + HEAD + LIBRARY + OURS + "KeyError: 'a'\n"
    assert users_frames("noise\n" + whole) == (chain + HEAD + OURS + "KeyError: 'a'").rstrip()
    assert error_of(whole) == Error("KeyError", "return 1 / 0")


def test_an_older_traceback_of_a_terminal_is_left_out() -> None:
    text = HEAD + OURS + "KeyError: 'old'\nretrying\n" + HEAD + OURS + END
    assert "old" not in users_frames(text)


def test_colours_and_line_ends_of_a_terminal_do_not_matter() -> None:
    plain = HEAD + OURS + END
    coloured = plain.replace("line 3", "line \x1b[35m3\x1b[0m").replace("Zero", "\x1b[1;35mZero").replace("\n", "\r\n")
    assert users_frames("\x1b]0;title\x07Name? \r\n" + coloured) == plain.rstrip()


def test_a_syntax_error_has_no_traceback() -> None:
    text = "  File \"/workspace/main.py\", line 1\n    print(\n         ^\nSyntaxError: '(' was never closed\n"
    assert traceback_in("noise\n" + text) == text.rstrip("\n")
    assert error_of(text) == Error("SyntaxError", "print(")


def test_what_is_no_traceback_is_kept_as_it_is() -> None:
    assert users_frames("error: no such file\n") == "error: no such file"
    assert error_of("usage: main.py\nerror: no file\n") == Error("error: no file", "")
    assert users_frames("") == ""


def test_what_is_long_is_cut() -> None:
    deep = HEAD + OURS * 1000 + END
    assert len(users_frames(deep).split("\n")) <= 82
    assert users_frames(deep).endswith("division by zero")
    assert len(users_frames("x" * 100_000)) <= 500
    assert last_lines("".join(f"{n}\n" for n in range(1000))) == "\n".join(str(n) for n in range(960, 1000))


def test_the_errors_of_this_python_are_understood() -> None:
    class OfAPackage(Exception): ...

    def fails() -> None:
        try:
            dict[str, str]()["a"]
        except KeyError as error:
            raise OfAPackage("with\nseveral lines") from error

    try:
        fails()
    except OfAPackage:
        text = traceback.format_exc()
    found = error_of(text.replace(__file__, "/workspace/main.py"))
    assert found == Error("OfAPackage", 'raise OfAPackage("with\\nseveral lines") from error')
    assert sys.version_info >= (3, 11)


ZERO = Error("ZeroDivisionError", "return 1 / 0")


def test_the_same_error_twice_ends_the_tries() -> None:
    failure = HEAD + OURS + END
    assert stop_reason(None, error_of(failure)) is None
    first = next_try(None, error_of(failure))
    assert first == Repair(1, ZERO)
    moved = error_of(failure.replace("line 3", "line 8"))
    assert stop_reason(first, moved) == "The same error came twice, so I stopped."
    assert stop_reason(first, error_of(failure.replace("1 / 0", "2 / 0"))) is None


def test_there_are_three_tries() -> None:
    last = None
    for number in range(MAX_TRIES):
        error = Error("ZeroDivisionError", f"{number} / 0")
        assert stop_reason(last, error) is None
        last = next_try(last, error)
    assert stop_reason(last, ZERO) == "3 tries did not repair it, so I stopped."


def test_tries_that_come_to_nothing_count_and_the_program_as_it_was_ends_them() -> None:
    rejected = Repair(1, ZERO, left="another")
    assert stop_reason(rejected, ZERO) is None
    assert next_try(rejected, ZERO) == Repair(2, ZERO)
    assert stop_reason(Repair(3, ZERO, left="another"), ZERO) == "3 tries did not repair it, so I stopped."
    same = Repair(1, ZERO, left="same")
    assert stop_reason(same, ZERO) == "The program came back unchanged and would fail in the same way, so I stopped."
    assert stop_reason(same, Error("ValueError", "")) is None
    assert is_same_program("\nprint(1)", "print(1)\n")
    assert not is_same_program("print(1)", " print(1)")


@pytest.mark.parametrize("text", ["\x1b" * 5000, "\x1b[" * 5000, "\x1b]" + "x" * 60_000, HEAD * 2000, "(" * 60_000])
def test_no_text_takes_long(text: str) -> None:
    users_frames(text)
    error_of(text)
