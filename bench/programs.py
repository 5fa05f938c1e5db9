"""The programs that are run, and the answers that are right."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program wrote to its two streams, and its exit code."""

    stdout: str
    stderr: str
    exit_code: int | None


@dataclass(frozen=True, slots=True)
class Program:
    """A program, and the one answer that counts."""

    name: str
    code: str
    right: Answer


_PANDAS_CODE: Final = """\
import pandas as pd

orders = pd.DataFrame(
    {
        "city": ["Oslo", "Lima", "Oslo", "Cairo", "Lima", "Cairo", "Oslo", "Lima"],
        "count": [3, 1, 4, 1, 5, 9, 2, 6],
        "price": [2.5, 2.25, 1.5, 1.75, 2.0, 2.5, 2.75, 1.25],
    }
)
orders["total"] = orders["count"] * orders["price"]
print(orders.groupby("city", as_index=False)[["count", "total"]].sum().sort_values("total", ascending=False))
"""

_PANDAS_OUTPUT: Final = """\
    city  count  total
0  Cairo     10  24.25
1   Lima     12  19.75
2   Oslo      9  19.00
"""

PROGRAMS: Final = (
    Program("hello", 'print("hello")\n', Answer("hello\n", "", 0)),
    Program("pandas", _PANDAS_CODE, Answer(_PANDAS_OUTPUT, "", 0)),
)
