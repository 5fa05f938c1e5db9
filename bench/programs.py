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


# The least that uses pandas at all.
_FRAME_CODE: Final = """\
import pandas as pd

print(pd.DataFrame({"a": [1, 2, 3]}).sum().to_dict())
"""

# A report as people write it: made of a table, grouped, sorted, printed.
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

# It says how long it took, which is no answer that could be compared.
_COMPUTE_CODE: Final = """\
import time

start = time.perf_counter()
total = 0
for number in range(1_500_000):
    total += number * number % 7
words = sorted(str(number) for number in range(100_000))
print(time.perf_counter() - start)
"""

# Four processes beside its own, none of which ends by itself.
_LINGERING_CODE: Final = """\
import os, time

for _ in range(4):
    if os.fork() == 0:
        break
time.sleep(600)
"""

PROGRAMS: Final = (
    Program("hello", 'print("hello")\n', Answer("hello\n", "", 0)),
    Program("frame", _FRAME_CODE, Answer("{'a': 6}\n", "", 0)),
    Program("pandas", _PANDAS_CODE, Answer(_PANDAS_OUTPUT, "", 0)),
)
COMPUTE: Final = Program("compute", _COMPUTE_CODE, Answer("", "", 0))
LINGERING: Final = Program("lingering", _LINGERING_CODE, Answer("", "", None))
