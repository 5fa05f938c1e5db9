"""The two ways to an outline: they agree where they can, and neither fails nor grows on any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snakepen.runner.outline import MAX_NAME_CHARACTERS, MAX_NAMES, parse, pieces, scan
from snakepen.runs.explain import _Outline

SOURCES = [
    "import os, sys\nfrom a.b import c\nimport x.y as z",
    "class A:\n    def f(self): ...\nasync def g(): ...",
    "while True:\n    pass",
    "name = input('x')",
    "open('a', 'w')",
]


@pytest.mark.parametrize("source", SOURCES)
def test_scan_finds_what_parse_finds(source: str) -> None:
    parsed, scanned = parse(source.encode()), scan(source)
    for key in set(parsed) - {"valid", "stubs", "bodies"}:  # lines do not show what is in a body
        assert sorted(parsed[key] or []) == sorted(scanned[key] or []) if isinstance(parsed[key], list) else (
            parsed[key] == scanned[key]
        )  # fmt: skip


@pytest.mark.parametrize("line", ["x = 1\n", "import a\n", "y" * 20_000, "y" * 20_000 + "\n", "\n"])
def test_a_scan_lets_others_in_between_pieces_of_whole_lines(line: str) -> None:
    source = line * 2000
    cut = list(pieces(source))
    assert "".join(source[start:end] for start, end in cut) == source
    assert max(end - start for start, end in cut) <= 8192
    assert len(line) > 8192 or all(source[end - 1] == "\n" for _, end in cut)


def test_a_scan_of_pieces_finds_what_is_at_their_edges() -> None:
    found = scan("".join(f"{'#' * (number * 997 % 9000)}\nimport m{number}\n" for number in range(150)))
    assert found["imports"] == [f"m{number}" for number in range(150)]


@given(st.text())
def test_scan_takes_any_text_and_stays_within_the_closed_set(source: str) -> None:
    _Outline.model_validate(scan(source))


@given(st.text(alphabet="import from def class while True:()\n \t'\"=,.x#[]{}+-*/0123456789"))
def test_parse_takes_any_text_and_stays_within_the_closed_set(source: str) -> None:
    _Outline.model_validate(parse(source.encode()))


def test_names_are_cut_in_number_and_in_length() -> None:
    source = "\n".join(f"import {'m' * 500}{number}" for number in range(1000))
    for outline in (parse(source.encode()), scan(source)):
        assert len(outline["imports"]) <= MAX_NAMES
        assert all(len(name) <= MAX_NAME_CHARACTERS for name in outline["imports"])
