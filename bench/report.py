"""The tables that are printed."""

from collections.abc import Callable, Iterator, Sequence
from math import inf
from statistics import median
from typing import Final

from bench.goals import GOALS, Goal, Numbers
from bench.measures import MEASURES, Measure
from bench.results import Key, Ratio, Results
from bench.ways import WAY_NAMES

Row = Sequence[str]

_HEAD: Final = ("what", "measured", "over the rounds", "promised", "", "must", "", "aim", "")


def report(results: Results) -> Iterator[str]:
    """Every table, line by line: one for each program and number of clients, then the goals."""
    groups = dict.fromkeys((key.program, key.clients) for key in results.cells)
    for program, clients in sorted(groups):
        yield f"{program}, {clients} client{'s' if clients > 1 else ''}"
        yield from aligned(_way_rows(results, program, clients))
        yield ""
    yield "Ratios of snakepen to plain"
    yield from aligned(_goal_rows(results))
    yield ""
    yield "Snakepen by itself"
    yield from aligned(_measure_rows(results))


def _way_rows(results: Results, program: str, clients: int) -> Iterator[Row]:
    yield ("way", "runs", "p50 ms", "p95 ms", "p99 ms", "runs/s", "p50 ratio", "runs/s ratio")
    for way in WAY_NAMES:
        key = Key(program, clients, way)
        if way in results.absent:
            yield (way, results.absent[way])
        elif key in results.cells:
            cells = results.cells[key]
            latencies = [median(cell.percentile_ms(percent) for cell in cells) for percent in (50, 95, 99)]
            yield (
                way,
                str(sum(cell.runs for cell in cells)),
                *(f"{latency:.2f}" for latency in latencies),
                f"{median(cell.runs_per_second for cell in cells):.1f}",
                _number(results.ratio(key, "p50")),
                _number(results.ratio(key, "runs/s")),
            )


def _goal_rows(results: Results) -> Iterator[Row]:
    yield _HEAD
    for goal in GOALS:
        ratio = results.goal(goal)
        yield (
            goal.title,
            _number(ratio),
            f"{ratio.lowest:.3g} to {ratio.highest:.3g}" if ratio else "",
            *_verdicts(goal, ratio.middle if ratio else None, "≤" if goal.figure == "p50" else "≥"),
        )


def _measure_rows(results: Results) -> Iterator[Row]:
    yield _HEAD
    for measure in MEASURES:
        figures = results.figures.get(measure.title)
        yield (
            measure.title,
            f"{median(figures):.3g} {measure.unit}".rstrip() if figures else "",
            f"{min(figures):.3g} to {max(figures):.3g}" if figures else "",
            *_verdicts(measure, median(figures) if figures else None, "≤"),
        )


def _verdicts(what: Goal | Measure, figure: float | None, sign: str) -> Iterator[str]:
    for bound in what.numbers:
        if bound == inf:
            yield from ("", "")
        else:
            yield f"{sign} {bound:g}"
            yield "not measured" if figure is None else "reached" if what.reached(figure, bound) else "not reached"


def missed(results: Results, number: Callable[[Numbers], float], *, is_whole: bool) -> list[str]:
    """What does not reach that one of its numbers; in a whole benchmark what was not measured does not."""
    measured: list[tuple[Goal | Measure, float | None]] = []
    for goal in GOALS:
        ratio = results.goal(goal)
        measured.append((goal, ratio.middle if ratio else None))
    for measure in MEASURES:
        figures = results.figures.get(measure.title)
        measured.append((measure, median(figures) if figures else None))
    found = []
    for what, figure in measured:
        bound = number(what.numbers)
        if figure is not None and not what.reached(figure, bound):
            found.append(what.title)
        elif figure is None and is_whole and bound < inf:
            found.append(f"{what.title} (not measured)")
    return found


def _number(ratio: Ratio | None) -> str:
    return f"{ratio.middle:.3f}" if ratio else ""


def aligned(rows: Iterator[Row]) -> Iterator[str]:
    """Columns as wide as they need to be, numbers to the right; the last cell of a short row is a remark."""
    table = list(rows)
    full = [row for row in table if len(row) == len(table[0])]
    widths = [max(len(row[column]) for row in full) for column in range(len(table[0]))]
    widths[0] = max(len(row[0]) for row in table)
    for row in table:
        first, *rest = row
        if len(row) == len(widths):
            rest = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        yield "  ".join(["", first.ljust(widths[0]), *rest]).rstrip()
