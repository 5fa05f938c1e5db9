"""The ratios to the plain way that Snakepen has to reach, and those that it aims at."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from bench.load import Cell

Figure = Literal["p50", "runs/s"]

FIGURES: Final[dict[Figure, Callable[[Cell], float]]] = {
    "p50": lambda cell: cell.percentile_ms(50),
    "runs/s": lambda cell: cell.runs_per_second,
}


@dataclass(frozen=True, slots=True)
class Goal:
    """A ratio: of latencies, to stay at or below; of throughput, to be at or above."""

    program: str
    clients: int
    figure: Figure
    must: float
    aim: float

    @property
    def title(self) -> str:
        return f"{self.program}, {self.clients} client{'s' if self.clients > 1 else ''}, {self.figure}"

    def reached(self, ratio: float, bound: float) -> bool:
        return ratio <= bound if self.figure == "p50" else ratio >= bound


GOALS: Final = (
    Goal("hello", 1, "p50", must=0.20, aim=0.08),
    Goal("pandas", 1, "p50", must=0.03, aim=0.01),
    Goal("hello", 4, "runs/s", must=2.5, aim=5),
    Goal("pandas", 4, "runs/s", must=25, aim=50),
)
