"""What the longer programs of the recipes work out, beyond the one run of each in tests/recipes."""

import random
import runpy
from io import StringIO
from itertools import product
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
    ("guess", "word", "marks"),
    [
        ("apple", "apple", "+++++"),
        ("happy", "apple", "-?+?-"),
        ("eerie", "eagle", "+---+"),  # an e that was found is not shown again
        ("geese", "eagle", "??--+"),
        ("storm", "queen", "-----"),
    ],
)
def test_a_letter_is_shown_as_often_as_the_word_has_it(guess: str, word: str, marks: str) -> None:
    assert program("word-guessing")["marks"](guess, word) == marks


def test_every_word_to_guess_can_be_guessed() -> None:
    words = program("word-guessing")["WORDS"].split()
    assert len(words) == len(set(words)) >= 80
    assert {len(word) for word in words} == {5}
    assert all(word.isascii() and word.islower() for word in words)


@pytest.mark.parametrize(("size", "count"), [(1, 1), (2, 0), (3, 0), (4, 2), (5, 10), (6, 4), (7, 40), (8, 92)])
def test_all_ways_to_place_the_queens_are_found(size: int, count: int) -> None:
    assert len(set(program("queens-puzzle")["solutions"](size))) == count


def test_a_sudoku_is_solved_by_its_rules() -> None:
    solver = program("sudoku-solver")
    given = solver["read"](solver["PUZZLE"])
    cells = list(given)
    assert solver["solve"](cells)
    assert all(before in (".", after) for before, after in zip(given, cells, strict=True))
    for place in range(81):
        assert solver["possible"](cells, place) == {cells[place]}


@pytest.mark.parametrize("puzzle", ["1" * 81, "12", "x" * 81, "11" + "." * 79])
def test_what_is_no_sudoku_is_refused(puzzle: str) -> None:
    with pytest.raises(ValueError, match=r"81 cells|twice"):
        program("sudoku-solver")["read"](puzzle)


def test_a_sudoku_without_a_solution_has_none() -> None:
    # The last cell of the first row can be neither 9 nor anything else.
    cells = list("12345678." + "........9" + "." * 63)
    assert not program("sudoku-solver")["solve"](cells)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("mine", [False, True], ids=["the other's", "its own"])
def test_the_computer_sees_three_in_a_row(mine: bool, turned: bool) -> None:
    game = program("connect-four")
    three, rest = ("O", "X") if mine else ("X", "O")
    board = {(0, row): three for row in range(3)} if turned else {(column, 0): three for column in (0, 1, 2)}
    board |= {(6, row): rest for row in range(2)}
    assert game["best_column"](board, "O") == (0 if turned else 3)


def test_four_in_a_row_win_in_every_direction() -> None:
    game = program("connect-four")
    for (dx, dy), last in product([(1, 0), (0, 1), (1, 1), (1, -1)], range(4)):
        places = [(i * dx, 3 + i * dy) for i in range(4)]
        board = dict.fromkeys(places, "X")
        assert game["wins"](board, places[last])
        del board[places[last]]
        assert not any(game["wins"](board, place) for place in board)


def test_a_game_against_the_computer_comes_to_an_end(said: Any) -> None:
    output = said("connect-four", "1\n" + "1\n2\n3\n4\n5\n6\n7\n" * 6)
    assert output.rstrip().endswith(("X wins!", "O wins!", "A draw."))


def test_all_pairs_can_be_found(said: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(random, "shuffle", lambda cards: None)  # so card n and card n + 8 are a pair
    output = said("memory-game", "".join(f"{card}\n{card + 8}\n" for card in range(1, 9)))
    assert output.endswith("You found 8 of 8 pairs. Turns: 8.\n")


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
        ("ada..l@example.com", "a dot where none may be"),
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
        ("inventory", "add 1,5 pen 2", "Type for example"),
        ("inventory", "add 5 pen 1e5", "Type for example"),
        ("inventory", "add 5 pen -1", "Type for example"),
        ("inventory", "add 5 0.80", "Type for example"),
        ("inventory", "add " + "9" * 5000 + " pen 1", "Type for example"),
        ("inventory", "take", "Type for example"),
        ("vending-machine", "coin", "a number from the list"),
        ("vending-machine", "coin 1e0", "it takes no such coin"),
        ("vending-machine", "coin 2\ncoin 0.05", "Your change: 2.00 + 0.05"),
        ("vowel-counter", "日本 42", "Vowels: 0, consonants: 0"),
        ("vowel-counter", "Àé", "Vowels: 2, consonants: 0"),
        ("reverse-text", "madam", "Backwards:            madam"),
        ("chatbot", "I need my car!", "Why do you need your car?"),
        ("chatbot", "{}", "Please go on."),
        ("mad-libs", "{verb}\n{verb}\n\n", "No story today."),
        ("word-guessing", "ärger", "Please type a word of 5 letters."),
    ],
)
def test_odd_input_is_answered(said: Any, name: str, typed: str, said_then: str) -> None:
    assert said_then in said(name, f"{typed}\n")


def test_the_inventory_is_kept(said: Any) -> None:
    said("inventory", "add 10 Pencil 0.80\nadd 2 pencil 1\ntake 4 pencil\n")
    assert "pencil                8 ×      1.00\n" in said("inventory", "list\n")
