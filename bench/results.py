"""What was measured, and the ratios made of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from bench.goals import FIGURES, Figure, Goal
from bench.load import Cell
from bench.ways import PLAIN


@dataclass(frozen=True, slots=True)
class Key:
    """A row of a table."""

    program: str
    clients: int
    way: str


@dataclass(frozen=True, slots=True)
class Ratio:
    """To the plain way: the median of the ratios of each round, and the smallest and largest of them."""

    middle: float
    lowest: float
    highest: float


@dataclass(slots=True)
class Results:
    """The cells of all rounds, a list for each row: one cell a round."""

    absent: dict[str, str] = field(default_factory=dict)
    """Ways that this machine does not have, with the reason."""
    cells: dict[Key, list[Cell]] = field(default_factory=dict)
    figures: dict[str, list[float]] = field(default_factory=dict)
    """Of each measure by its title, one a round."""

    def add(self, key: Key, cell: Cell) -> None:
        self.cells.setdefault(key, []).append(cell)

    def ratio(self, key: Key, figure: Figure) -> Ratio | None:
        """None when the row, or the plain way's, was not measured.

        The ratio is made within each round, where the two stood next to each other, and the median over the rounds.
        """
        ours: Sequence[Cell] = self.cells.get(key, ())
        plain: Sequence[Cell] = self.cells.get(Key(key.program, key.clients, PLAIN), ())
        ratios = [FIGURES[figure](cell) / FIGURES[figure](base) for cell, base in zip(ours, plain, strict=False)]
        return Ratio(median(ratios), min(ratios), max(ratios)) if ratios else None

    def goal(self, goal: Goal) -> Ratio | None:
        """What Snakepen reached of it, or None when that was not measured."""
        return self.ratio(Key(goal.program, goal.clients, "snakepen"), goal.figure)

    def to_json(self) -> list[dict[str, Any]]:
        """Every figure of every round."""
        return [
            {
                "program": key.program,
                "clients": key.clients,
                "way": key.way,
                "round": number,
                "runs": cell.runs,
                "seconds": cell.seconds,
                "runs_per_second": cell.runs_per_second,
                "p50_ms": cell.percentile_ms(50),
                "p95_ms": cell.percentile_ms(95),
                "p99_ms": cell.percentile_ms(99),
                "client_cpu_ms_per_run": cell.client_cpu_ms_per_run,
            }
            for key, cells in self.cells.items()
            for number, cell in enumerate(cells, start=1)
        ]
