"""Ratios, goals and tables, from figures that are known."""

import re
from collections.abc import Sequence
from math import inf
from operator import attrgetter

import pytest
from bench.__main__ import judged
from bench.goals import GOALS, Goal
from bench.load import Cell
from bench.measures import MEASURES, Measure
from bench.report import missed, report
from bench.results import Key, Results
from tests.support.client import ROOT

SPECIFIED = {
    "computing, inside / bare": "compute-bound program inside, against bare `python`",
    "first streamed byte after it was written": "first streamed byte after the program wrote it",
    "stop until nothing is left": "stop until nothing of the run is left",
    "timeout until nothing is left": "timeout until nothing of the run is left",
    "hanging up until nothing is left": "hanging up until nothing of the run is left",
    "private memory of a blank runner, bare": "private memory of a waiting blank runner, `bare`",
    "private memory of a blank runner, library": "private memory of a waiting blank runner, `library`",
    "private memory of a blank runner, data": "private memory of a waiting blank runner, `data`",
    "start to first run served": "start to first run served (set up before)",
    "pandas, p99 / p50 at half load": "pandas, 99th percentile / median at half of the load of four clients",
    "hello, p99 / p50 at half load": "hello, 99th percentile / median at half of the load of four clients",
    "hello, 1 client, p50": "hello, one client, median latency, to the plain way",
    "frame, p99 / p50 at half load": "smallest pandas program, 99th percentile / median at half of the load of "
    "four clients",
    "frame, 1 client, p50": "smallest pandas program, one client, median latency, to the plain way",
    "frame, 4 clients, runs/s": "smallest pandas program, four clients, runs per second, to the plain way",
    "pandas, 1 client, p50": "pandas program, one client, median latency, to the plain way",
    "hello, 4 clients, runs/s": "hello, four clients, runs per second, to the plain way",
    "pandas, 4 clients, runs/s": "pandas program, four clients, runs per second, to the plain way",
}
"""The rows of SPECIFICATION.md, by what the benchmark calls them."""


ALL: Sequence[Goal | Measure] = (*GOALS, *MEASURES)
PROMISED = attrgetter("promised")
MUST = attrgetter("must")


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
        (0.5, 600, ["reached", "reached", "reached"]),
        (1.5, 300, ["reached", "reached", "not reached"]),
        (2.5, 200, ["reached", "not reached", "not reached"]),
        (4.5, 140, ["not reached", "not reached", "not reached"]),
    ],
)
def test_goals_are_reached_or_not(p50: float, per_second: float, verdicts: list[str]) -> None:
    results = results_of(
        ("hello", 1, "plain", 10, 100),
        ("hello", 1, "snakepen", p50, 100),
        ("hello", 4, "plain", 10, 100),
        ("hello", 4, "snakepen", 10, per_second),
    )
    lines = list(report(results))
    for what in ("hello, 1 client, p50", "hello, 4 clients, runs/s"):
        [row] = [line for line in lines if line.startswith(f"  {what} ")]
        assert re.findall(r"(?:not )?reached|not measured", row) == verdicts
    assert [bool(missed(results, number, is_whole=False)) for number in (PROMISED, MUST)] == [
        verdict == "not reached" for verdict in verdicts[:2]
    ]


def test_what_was_not_measured_is_said_and_missed_where_nothing_was_left_out() -> None:
    results = results_of(("hello", 16, "plain", 10, 100))
    lines = list(report(results))
    numbers = [number for what in ALL for number in what.numbers if number < inf]
    assert sum(line.count("not measured") for line in lines) == len(numbers)
    for number in (PROMISED, MUST):
        assert missed(results, number, is_whole=False) == []
        wanted = [f"{what.title} (not measured)" for what in ALL if number(what.numbers) < inf]
        assert missed(results, number, is_whole=True) == wanted
    assert "  bubblewrap  not installed" in lines


@pytest.mark.parametrize(
    ("figures", "verdicts"),
    [
        ([3, 1.5, 4], ["reached", "reached", "not reached"]),
        ([3, 1.5, 1], ["reached", "reached", "reached"]),
        ([9, 11, 3], ["reached", "not reached", "not reached"]),
        ([20, 17, 3], ["not reached", "not reached", "not reached"]),
    ],
)
def test_the_median_of_a_measure_reaches_its_numbers_or_not(figures: list[float], verdicts: list[str]) -> None:
    title = "private memory of a blank runner, data"
    results = Results(figures={title: figures})
    [row] = [line for line in report(results) if line.startswith(f"  {title} ")]
    assert re.findall(r"(?:not )?reached", row) == verdicts
    assert f"{sorted(figures)[1]} MB" in row
    assert missed(results, PROMISED, is_whole=False) == ([title] if verdicts[0] == "not reached" else [])
    assert missed(results, MUST, is_whole=False) == ([title] if verdicts[1] == "not reached" else [])


@pytest.mark.parametrize(
    ("megabytes", "must", "is_as_served", "code"),
    [(5, True, True, 0), (11, False, True, 0), (11, True, True, 1), (17, False, True, 1), (17, False, False, 0)],
)
def test_a_promise_that_is_not_kept_is_told_and_fails(
    megabytes: float, must: bool, is_as_served: bool, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    title = "private memory of a blank runner, data"
    results = Results(figures={title: [megabytes]})
    assert judged(results, must=must, is_as_served=is_as_served, is_whole=False) == code
    assert (title in capsys.readouterr().err) == (code == 1)


@pytest.mark.parametrize(("is_as_served", "is_whole", "code"), [(True, True, 1), (True, False, 0), (False, True, 0)])
def test_a_promise_that_was_not_measured_fails_where_nothing_was_left_out(
    is_as_served: bool, is_whole: bool, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert judged(Results(), must=False, is_as_served=is_as_served, is_whole=is_whole) == code
    assert ("stop until nothing is left (not measured)" in capsys.readouterr().err) == (code == 1)


def test_what_has_no_number_is_never_missed() -> None:
    results = Results(figures={"a streamed megabyte": [1e9], "hello, p99 / p50 at half load": [1e9]})
    assert missed(results, PROMISED, is_whole=False) == []
    assert missed(results, MUST, is_whole=False) == ["hello, p99 / p50 at half load"]


def test_what_is_promised_stands_in_the_specification() -> None:
    """Each number of ours as its table has it, in the order of the table's rows."""
    text = (ROOT / "SPECIFICATION.md").read_text("utf-8").partition("\n## Speed\n")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| ")]
    told = {
        cells[0].partition(" ([")[0]: float(cells[1].split()[0]) for cells in rows[1:] if cells[1] != "not promised"
    }
    assert {what.title for what in ALL} - {*SPECIFIED} == {"a streamed megabyte"}
    ours = {SPECIFIED[what.title]: what.numbers.promised for what in ALL if what.title in SPECIFIED}
    assert ours == {title: told.get(title, inf) for title in ours}
    assert {*told} - {*ours} == {"left after 10,000 mixed runs, good, bad and hostile (`make soak`)"}


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
