"""What the longer programs of the recipes work out, beyond the one run of each in tests/recipes."""

import runpy
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from tests.support.client import ROOT

PROGRAMS = ROOT / "src" / "snakepen" / "codegen" / "recipes" / "programs"


def program(name: str) -> dict[str, Any]:
    """The names of a program that is not run."""
    return runpy.run_path(str(PROGRAMS / f"{name}.py"))


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    """Runs a program with what is typed, and returns what it prints."""
    monkeypatch.chdir(tmp_path)

    def run(name: str, typed: str) -> str:
        monkeypatch.setattr("sys.stdin", StringIO(typed))
        runpy.run_path(str(PROGRAMS / f"{name}.py"), run_name="__main__")
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (40, "forty"),
        (99, "ninety-nine"),
        (100, "one hundred"),
        (-115, "minus one hundred and fifteen"),
        (1_000, "one thousand"),
        (1_001, "one thousand and one"),
        (1_100, "one thousand, one hundred"),
        (20_015, "twenty thousand and fifteen"),
        (2_000_300, "two million, three hundred"),
        (1_002_003, "one million, two thousand and three"),
        (10**12, "one trillion"),
    ],
)
def test_a_number_is_said_as_people_say_it(number: int, words: str) -> None:
    assert program("number-to-words")["to_words"](number) == words


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("ada@example.com", None),
        ("first.last+tag@mail.example.co.uk", None),
        ("o'neill@example.museum", None),
        ("a@xn--mnchen-3ya.de", None),
        ("a" * 65 + "@example.com", "too long"),
        ("ada@" + "a" * 64 + ".com", "cannot be a part"),
        (".ada@example.com", "a dot where none may be"),
        ("ada@example..com", "a dot where none may be"),
        ("ada@example.com.", "a dot where none may be"),
        ("ada@10.0.0.1", "no domain ends in .1"),
        ("ada@", "missing"),
        ("ada", "no @"),
        ("ada@example.com\n", "a space"),
        ('"ada"@example.com', "may not be there"),
    ],
)
def test_what_is_wrong_with_an_address_is_said(address: str, wrong: str | None) -> None:
    problem = program("email-validator")["problem"](address)
    assert problem is None if wrong is None else wrong in problem


@pytest.mark.parametrize(
    ("shape", "lines"),
    [
        ("triangle", ["*", "**", "***"]),
        ("inverted triangle", ["***", "**", "*"]),
        ("pyramid", ["  *", " ***", "*****"]),
        ("inverted pyramid", ["*****", " ***", "  *"]),
        ("diamond", [" *", "***", " *"]),
        ("square", ["***", "***", "***"]),
        ("tree", ["  *", " ***", "*****", "  *"]),
    ],
)
def test_a_shape_is_what_its_name_says(shape: str, lines: list[str]) -> None:
    assert program("star-shapes")["SHAPES"][shape](3) == lines


@pytest.mark.parametrize(
    ("rows", "lines"),
    [(1, ["*"]), (2, ["*", "*"]), (4, [" *", "***", "***", " *"]), (5, ["  *", " ***", "*****", " ***", "  *"])],
)
def test_a_diamond_has_as_many_rows_as_are_asked_for(rows: int, lines: list[str]) -> None:
    assert program("star-shapes")["SHAPES"]["diamond"](rows) == lines


@pytest.mark.parametrize(
    ("name", "typed", "said_then"),
    [
        ("number-to-words", "1,5", "please type a whole number"),
        ("number-to-words", "1_000", "please type a whole number"),
        ("number-to-words", "9" * 5000, "please type a whole number"),
        ("number-to-words", "-0", "> zero"),
        ("vowel-counter", "日本 42", "Vowels: 0, consonants: 0"),
        ("vowel-counter", "Àé", "Vowels: 2, consonants: 0"),
        ("reverse-text", "madam", "Backwards:            madam"),
        ("chatbot", "I need my car!", "Why do you need your car?"),
        ("chatbot", "{}", "Please go on."),
        ("mad-libs", "{verb}\n{verb}\n\n", "No story today."),
    ],
)
def test_odd_input_is_answered(said: Any, name: str, typed: str, said_then: str) -> None:
    assert said_then in said(name, f"{typed}\n")
