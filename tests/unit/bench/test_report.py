"""Ratios, goals and tables, from figures that are known."""

import re
from math import inf

import pytest
from bench.goals import GOALS
from bench.load import Cell
from bench.measures import MEASURES
from bench.report import missed, report
from bench.results import Key, Results


def cell(p50: float, per_second: float) -> Cell:
    return Cell([p50] * 10, seconds=10 / per_second, client_cpu_seconds=0.001)


def results_of(*rounds: tuple[str, int, str, float, float]) -> Results:
    """From program, clients, way, p50 and runs/s of each cell."""
    results = Results(absent={"bubblewrap": "not installed"})
    for program, clients, way, p50, per_second in rounds:
        results.add(Key(program, clients, way), cell(p50, per_second))
    return results


def test_a_ratio_is_made_within_each_round_and_its_median_is_told() -> None:
    results = results_of(
        ("hello", 1, "plain", 10, 100),
        ("hello", 1, "snakepen", 1, 500),
        ("hello", 1, "plain", 20, 50),  # a round in which the machine had other work
        ("hello", 1, "snakepen", 4, 200),
        ("hello", 1, "plain", 10, 100),
        ("hello", 1, "snakepen", 3, 400),
    )
    ratio = results.ratio(Key("hello", 1, "snakepen"), "p50")
    assert ratio is not None
    assert (ratio.lowest, ratio.middle, ratio.highest) == pytest.approx((0.1, 0.2, 0.3))
    ratio = results.ratio(Key("hello", 1, "snakepen"), "runs/s")
    assert ratio is not None
    assert (ratio.lowest, ratio.middle, ratio.highest) == pytest.approx((4, 4, 5))


@pytest.mark.parametrize(
    ("p50", "per_second", "verdicts"),
    [
        (0.5, 600, ("reached", "reached")),
        (1.5, 300, ("reached", "not reached")),
        (2.5, 200, ("not reached", "not reached")),
    ],
)
def test_goals_are_reached_or_not(p50: float, per_second: float, verdicts: tuple[str, str]) -> None:
    results = results_of(
        ("hello", 1, "plain", 10, 100),
        ("hello", 1, "snakepen", p50, 100),
        ("hello", 4, "plain", 10, 100),
        ("hello", 4, "snakepen", 10, per_second),
    )
    lines = list(report(results))
    for what in ("hello, 1 client, p50", "hello, 4 clients, runs/s"):
        [row] = [line for line in lines if line.startswith(f"  {what} ")]
        assert tuple(re.findall(r"(?:not )?reached|not measured", row)) == verdicts
    assert bool(missed(results)) == (verdicts[0] == "not reached")


def test_what_was_not_measured_is_said_and_not_missed() -> None:
    results = results_of(("hello", 16, "plain", 10, 100))
    lines = list(report(results))
    promised = len(GOALS) + sum(measure.must < inf for measure in MEASURES)
    assert sum(line.count("not measured") for line in lines) == 2 * promised
    assert missed(results) == []
    assert "  bubblewrap  not installed" in lines


@pytest.mark.parametrize(
    ("figures", "verdicts"),
    [
        ([3, 900, 4], ("reached", "reached")),
        ([50, 2, 60], ("reached", "not reached")),
        ([200, 120, 3], ("not reached", "not reached")),
    ],
)
def test_the_median_of_a_measure_reaches_its_bounds_or_not(figures: list[float], verdicts: tuple[str, str]) -> None:
    results = Results(figures={"timeout until nothing is left": figures})
    [row] = [line for line in report(results) if line.startswith("  timeout until nothing is left ")]
    assert tuple(re.findall(r"(?:not )?reached", row)) == verdicts
    assert f"{sorted(figures)[1]} ms" in row
    assert missed(results) == (["timeout until nothing is left"] if verdicts[0] == "not reached" else [])


def test_a_table_shows_medians_and_the_ratios_to_the_plain_way() -> None:
    results = results_of(
        *[("pandas", 4, "plain", p50, 5) for p50 in (300, 500, 400)],
        *[("pandas", 4, "snakepen", p50, 100) for p50 in (20, 40, 30)],
    )
    lines = list(report(results))
    assert lines[0] == "pandas, 4 clients"
    rows = {line.split()[0]: line.split()[1:] for line in lines[2:5]}
    assert rows["plain"] == ["30", "400.00", "400.00", "400.00", "5.0", "1.000", "1.000"]
    assert rows["snakepen"] == ["30", "30.00", "30.00", "30.00", "100.0", "0.075", "20.000"]
    assert len({len(line) for line in (lines[1], lines[2], lines[4])}) == 1
