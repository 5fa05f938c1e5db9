"""The table of what is measured of the page; no test looks at a time."""

import re

import pytest

pytest.importorskip("playwright")

from bench.page import FALLBACK, PAINT, ROWS, missed, rows


def test_the_middle_of_the_rounds_is_judged() -> None:
    figures = {row: [row.must] for row in ROWS} | {PAINT: [100.0, 900.0, 2000.0], FALLBACK: [400.0, 500.4, 501.0]}
    assert missed(figures) == [FALLBACK.title]
    head, *table = rows(figures)
    assert head[1] == "measured"
    told = {row[0]: row[1:] for row in table}
    assert told[PAINT.title] == ("900 ms", "100 to 2000", "≤ 1000", "reached")
    assert told[FALLBACK.title] == ("500 ms", "400 to 501", "≤ 500", "not reached")
    assert all(re.fullmatch(r"≤ \d+", row[2]) for row in told.values())
