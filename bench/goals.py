"""The ratios to the plain way: those that are promised, those that must be reached, and those that are aimed at."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from bench.load import Cell

Figure = Literal["p50", "runs/s"]

FIGURES: Final[dict[Figure, Callable[[Cell], float]]] = {
    "p50": lambda cell: cell.percentile_ms(50),
    "runs/s": lambda cell: cell.runs_per_second,
}


class Numbers(NamedTuple):
    """What one figure is held against. The first are those of SPECIFICATION.md, where decision 13 tells why they differ
    from the second.
    """

    promised: float
    must: float
    aim: float


@dataclass(frozen=True, slots=True)
class Goal:
    """A ratio: of latencies, to stay at or below; of throughput, to be at or above."""

    program: str
    clients: int
    figure: Figure
    numbers: Numbers

    @property
    def title(self) -> str:
        return f"{self.program}, {self.clients} client{'s' if self.clients > 1 else ''}, {self.figure}"

    def reached(self, ratio: float, bound: float) -> bool:
        return ratio <= bound if self.figure == "p50" else ratio >= bound


GOALS: Final = (
    Goal("hello", 1, "p50", Numbers(promised=0.40, must=0.20, aim=0.08)),
    Goal("frame", 1, "p50", Numbers(promised=0.04, must=0.03, aim=0.01)),
    Goal("pandas", 1, "p50", Numbers(promised=0.06, must=0.03, aim=0.01)),
    Goal("hello", 4, "runs/s", Numbers(promised=1.5, must=2.5, aim=5)),
    Goal("frame", 4, "runs/s", Numbers(promised=15, must=25, aim=50)),
    Goal("pandas", 4, "runs/s", Numbers(promised=10, must=25, aim=50)),
)
