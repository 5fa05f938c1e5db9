"""Recipes: what finds them, what finds none, and what of a prompt gets into a program. How they run: tests/api."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.support.client import ROOT

from snakepen.codegen.recipes import Recipe, find, recipes
from snakepen.codegen.recipes.accepts import formula, quadratic
from snakepen.codegen.recipes.recipe import Named, Number, Written
from snakepen.codegen.recipes.words import MAX_PROMPT_CHARACTERS, MAX_WORDS, Prompt, matches

HERE = Path(__file__).parent
PROGRAMS = ROOT / "src" / "snakepen" / "codegen" / "recipes" / "programs"
LEAST_SHARE = 0.9
PROMPTS = ["prompts.json", "prompts_later.json", "prompts_last.json"]
NAMES = [recipe.name for recipe in recipes()]


def prompts(name: str) -> tuple[dict[str, str], list[str]]:
    """Those that find a recipe, with its name, and those that find none.

    `prompts.json` was written before there was any matching, the others before their words were ever tried. The first
    time that they were, 58 of 60, 72 of 78 and 63 of 70 found their recipe. None of 32 and of 40 others found any; of
    the last 210, 12 did, until a recipe had to have 3 and not 2.
    """
    loaded = json.loads((HERE / name).read_text("utf-8"))
    return loaded["finds"], loaded["finds_nothing"]


@pytest.mark.parametrize("name", PROMPTS)
def test_plain_english_finds_its_recipe(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    finds, _ = prompts(name)
    assert len(finds) >= 60
    missed = {
        prompt: found and found.recipe.name
        for prompt, wanted in finds.items()
        if (found := find(prompt)) is None or found.recipe.name != wanted
    }
    with capsys.disabled():
        print(f"\n{name}: {len(finds) - len(missed)} of {len(finds)} prompts find their recipe", missed or "")
    assert set(finds.values()) <= set(NAMES)
    assert 1 - len(missed) / len(finds) >= LEAST_SHARE, missed


@pytest.mark.parametrize("prompt", [prompt for name in PROMPTS for prompt in prompts(name)[1]])
def test_what_no_recipe_does_finds_none(prompt: str) -> None:
    assert find(prompt) is None


@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.name)
def test_its_own_prompt_finds_it(recipe: Recipe) -> None:
    found = find(recipe.prompt)
    assert found is not None
    assert found.recipe is recipe
    assert found.words
    assert all(word in recipe.prompt for word in found.words)
    assert found.title == recipe.title
    assert find(f"  Hi! Please write me a {recipe.prompt.upper()}, in Python 3. Thanks!") is not None


# What is written like a recipe's own prompt, and asks for more or for something else.
@pytest.mark.parametrize(
    "more",
    [
        "in JavaScript",
        "for Android",
        "with tkinter",
        "without a loop",
        "and fix the bug",
        "with a neural network",
        "in Rust",
    ],
)
@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.name)
def test_another_language_or_place_finds_none(recipe: Recipe, more: str) -> None:
    assert find(f"{recipe.prompt} {more}") is None


@pytest.mark.parametrize(
    ("prompt", "values"),
    [
        ("a times table up to 20", {"LAST": 20}),
        ("12x12 multiplication table", {"LAST": 12}),
        ("the seven times table", {"NUMBER": 7}),
        ("multiplication table of 5 up to 15", {"NUMBER": 5, "LAST": 15}),
        ("primes up to 1,000", {"LAST": 1000}),
        ("primes up to 1e3", {"LAST": 1000}),
        ("primes up to ten thousand", {"LAST": 10_000}),
        ("times table up to Twenty-Five", {"LAST": 25}),
        ("is 97 a prime?", {"CHECK": 97}),
        ("guess a number from 10 to 20", {"LOWEST": 10, "HIGHEST": 20}),
        ("guess a number between 1-50", {"LOWEST": 1, "HIGHEST": 50}),
        ("roll 2d6 50 times", {"DICE": 2, "SIDES": 6, "ROLLS": 50}),
        ("roll a d20", {"DICE": 1, "SIDES": 20}),
        ("roll a 12-sided die", {"DICE": 1, "SIDES": 12}),
        ("3 passwords of 24 characters", {"COUNT": 3, "LENGTH": 24}),
        ("countdown of 2 minutes", {"SECONDS": 120}),
        ("caesar cipher, shift -5", {"SHIFT": -5}),
        ("calendar of May 2030", {"MONTH": 5, "YEAR": 2030}),
        ("a loan of $250,000 at 3.5% over 30 years", {"AMOUNT": 250_000, "RATE": 3.5, "YEARS": 30}),
        ("maze 30 x 12", {"WIDTH": 30, "HEIGHT": 12}),
        ("plot x² - 2x from -3 to 3", {"FUNCTION": "x^2 - 2x", "FROM": -3, "TO": 3}),
        ("plot y = SIN(x)/x", {"FUNCTION": "sin(x)/x"}),
        ("solve x^2 = 2.5", {"EQUATION": "x^2 = 2.5"}),
        ("summary of sales.csv with a plot", {"FILE": "sales.csv"}),
        ('ascii banner "Hi, you!"', {"TEXT": "Hi, you!"}),
        ("print HELLO in big letters", {"TEXT": "HELLO"}),
    ],
)
def test_values_are_read_from_the_prompt_and_shown(prompt: str, values: dict[str, object]) -> None:
    found = find(prompt)
    assert found is not None
    assert found.values == values
    assert assigned(found.code).items() >= values.items()
    assert not [word for word in found.words if word not in prompt]


# A number that is taken for another, or left out, would be a program that was not asked for.
@pytest.mark.parametrize(
    "prompt",
    [
        "times table up to 1e999",
        "times table up to -5",
        "times table up to 99999999999999999999",
        "times table up to 3.5",
        "times table up to 10k",
        "times table up to 1.2.3",
        "times table up to ٣٣",
        "primes up to 1000 million",
        "guess a number between 50 and 1",
        "hangman with 0 lives",
        "calculator 17",
        "quiz with 50 questions",
        "maze 1000 x 1000",
        "summary of ../secret.csv with a plot",
        "summary of /etc/passwd.csv with a plot",
        'banner "a\\"; import os"',
        'banner "a\x00b"',
        'banner "' + "long " * 10 + '"',
        "plot x^2^" + "9" * 50,
        "plot exec(x)",
        "plot x + 1,000",
        "plot x^2k",
        "plot ٣x",
        "plot x squared",
        "times table up to two hundred fifty",
        "solve x^3 = 8",
        "draw a picture of a dragon",
        "quiz about sharks",
        "",
        "\0",
        " \n\t",
        "calculator " * (MAX_WORDS + 1),
        "calculator" + " " * MAX_PROMPT_CHARACTERS,
        "calculator" * 2000,
    ],
    ids=lambda prompt: repr(prompt[:40]),
)
def test_what_a_recipe_cannot_take_finds_none(prompt: str) -> None:
    assert find(prompt) is None


words = st.sampled_from(
    sorted(
        {
            word
            for recipe in recipes()
            for phrase in (*recipe.names, recipe.prompt)
            for word in re.split(r"[\s|]+", phrase)
        }
    )
)
numbers = st.one_of(
    st.integers().map(str),
    st.floats().map(str),
    st.sampled_from(["1e999", "-0", "1,0", "0x1f", "１２", "²", "10k", "50%"]),
)
marks = st.sampled_from(
    ['"', "'", "\\", "\n", "\r", "\0", "{", "}", "#", '"""', "\u2028", "\ud800", "🐍", "x^2", "(", ")", "="]
)


@given(st.lists(st.one_of(words, numbers, marks, st.text(max_size=5)), max_size=12).map(" ".join))
def test_whatever_is_asked_the_program_is_the_recipe_with_values_in_bounds(prompt: str) -> None:
    found = find(prompt)
    assert find(prompt) == found  # the same each time
    if found is None:
        return
    ast.parse(found.code)
    before, after = found.recipe.program.splitlines(), found.code.splitlines()
    changed = [line for line, old in zip(after, before, strict=True) if line != old]
    assert all(re.match(r"[A-Z]+ = ", line) for line in changed)
    assert {line.split(" = ")[0] for line in changed} <= set(found.values)
    for constant, value in found.values.items():
        assert assigned(found.code)[constant] == value
        assert any(p.constant == constant and p.allows(value) for p in found.recipe.parameters)


@given(st.text(alphabet="x0123456789+-*/^() sincoexplgtabqr.²=", max_size=30))
@example("01x")  # no number of Python's begins with a zero
def test_a_formula_that_is_accepted_has_a_value(text: str) -> None:
    """By Python's own parser, when what may be left out is put in."""
    for accepted, sides in ((formula(text), 1), (quadratic(text), 2)):
        if accepted is None:
            continue
        assert re.fullmatch(r"[a-z0-9+\-*/^(). =]{1,60}", accepted)
        parts = accepted.split("=")
        assert len(parts) == sides
        for part in parts:
            tokens = re.findall(r"[a-z]{2,}|[xe]|[\d.]+|\S", part)
            whole = " ".join(chain.from_iterable(with_products(tokens))).replace("^", "**")
            ast.parse(whole.strip(), mode="eval")


def with_products(tokens: list[str]) -> Iterator[list[str]]:
    before = ""
    for token in tokens:
        ends = before == ")" or before in ("x", "e", "pi") or before[:1].isdigit()
        begins = token == "(" or token[0].isalnum()
        yield ["*", token] if ends and begins else [token]
        before = token


@pytest.mark.parametrize(
    ("phrase", "prompt", "found"),
    [
        ("times table", "Times Tables", True),
        ("times table", "time table", False),
        ("table", "tables", True),
        ("tables", "table", False),
        ("count ... word", "count all of the words", True),
        ("count ... word", "count the letters of each and every single word", False),
        ("up to #", "up to 20", True),
        ("# x #", "12x12", True),
        ("# x #", "12x13", False),
        ("# by @", "12 by 13", True),
        ("game of life", "Conway's game-of-life", True),
    ],
)
def test_phrases_are_found_as_they_are_written(phrase: str, prompt: str, found: bool) -> None:
    assert any(matches(phrase, Prompt.of(prompt))) is found


@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.name)
def test_the_catalogue_says_what_is_there(recipe: Recipe) -> None:
    tree = ast.parse(recipe.program)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", recipe.name)
    assert ast.get_docstring(tree)
    assert 4 <= len(recipe.program.splitlines()) <= 90
    assert recipe.summary.endswith(".")
    for parameter in recipe.parameters:
        default = recipe.default(parameter.constant)
        assert default is None or parameter.allows(default), parameter.constant
        assert len(re.findall(rf"^{parameter.constant} = ", recipe.program, re.MULTILINE)) == 1
        assert isinstance(parameter, Number | Named | Written)
    calls = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not calls & {"eval", "exec", "compile", "__import__"}
    if "plt.plot" in recipe.program or "plt.bar" in recipe.program or "ax." in recipe.program:
        assert "title(" in recipe.program
        assert "plt.show()" in recipe.program
    knows, never = ({word.strip() for word in words.split(",")} for words in (recipe.knows, recipe.never))
    assert not knows & never - {""}


def test_the_page_lists_what_is_there() -> None:
    check = [sys.executable, str(ROOT / "scripts" / "make_recipes_page.py"), "--check"]
    assert subprocess.run(check, capture_output=True, check=False, text=True).stderr == ""


def test_every_program_has_its_recipe() -> None:
    assert sorted(path.stem for path in PROGRAMS.glob("*.py")) == sorted(NAMES)
    assert len(NAMES) == len(set(NAMES)) >= 40
    assert [recipe.title.lower() for recipe in recipes()] == sorted(recipe.title.lower() for recipe in recipes())


def assigned(code: str) -> dict[str, object]:
    """The constants at the top of a program that are plain values."""
    values: dict[str, object] = {}
    for node in ast.parse(code).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            try:
                values[node.targets[0].id] = ast.literal_eval(node.value)
            except ValueError:
                continue
    return values
