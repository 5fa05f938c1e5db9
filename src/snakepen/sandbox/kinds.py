"""The kinds of warm interpreter: what each has imported before its programs come.

`bare` has what most small programs import, `library` most of the standard library, `data` that and the data libraries.
Which one serves a program is decided by its imports, in `runs/choice.py`; a wrong choice is slower, never wrong. To
fork an interpreter and to end it costs by what it has mapped: a run of `library` costs a fifth more than one of `bare`
(measured).
"""

import sys
from typing import Final

assert sys.platform == "linux"

from snakepen.sandbox.protocol import ZygoteConfig

# What we import ourselves, or what is small: no shared object but a few of the interpreter's own.
BARE_MODULES: Final = (
    *(
        "re",
        "json",
        "math",
        "random",
        "time",
        "datetime",
        "heapq",
        "bisect",
        "array",
        "copy",
        "struct",
        "io",
        "os.path",
    ),
    *("collections", "collections.abc", "itertools", "functools", "operator", "string", "textwrap", "types", "typing"),
    *("enum", "dataclasses", "abc", "contextlib", "inspect", "traceback", "warnings", "weakref", "linecache", "signal"),
    *("pathlib", "platform", "urllib.parse", "threading"),
)
_LIBRARY_MODULES: Final = (
    *BARE_MODULES,
    *(
        "calendar",
        "decimal",
        "fractions",
        "statistics",
        "shutil",
        "tempfile",
        "glob",
        "csv",
        "base64",
        "hashlib",
        "uuid",
    ),
    *("queue", "subprocess", "logging", "argparse", "asyncio", "concurrent.futures", "html", "getpass", "pprint"),
    *("secrets", "locale"),
)

_WARM_UP: Final = """
import io, traceback
class Point:
    def __init__(self, x): self.x = x
    def __repr__(self): return f"Point({self.x!r})"
out = io.StringIO()
print([Point(i) for i in range(3)], {"a": 1.5}, sorted({3, 1}), file=out)
print(f"{1.5:.2f} {'x':>5} {10:,}", file=out)
try:
    exec(compile("1 / 0", "<warm>", "exec"), {})
except ZeroDivisionError as error:
    "".join(traceback.format_exception(error))
"""

_DATA_WARM_UP: Final = """
import io, sys
import numpy, pandas
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
numpy.linalg.inv(numpy.eye(3)); numpy.random.default_rng(1).normal(size=3)
frame = pandas.DataFrame({"a": [1, 2, 2], "b": [1.5, 2.5, 3.5], "c": ["x", "y", "y"]})
str(frame), frame.describe(), str(frame.groupby("c").sum(numeric_only=True)), frame.merge(frame, on="a")
pandas.read_csv(io.StringIO("a,b\\n1,2")).to_csv()
# Not by pyplot: its first figure settles which backend there is, and that is the program's to say.
figure = Figure()
axes = figure.subplots(); axes.plot([1, 2], label="x"); axes.set_title("t"); axes.legend()
FigureCanvasAgg(figure).print_png(io.BytesIO())
"""

# As little as nearly every program does: to copy a page ahead that nobody writes to is work for nothing.
_REHEARSAL: Final = """
def double(number):
    return number * 2

print(f"{double(1.5):.2f}", [str(number) for number in range(3)])
"""

_DATA_REHEARSAL: Final = """
import numpy as np
import pandas as pd

samples = np.arange(12.0).reshape(3, 4)
print(samples.mean(axis=0), samples @ samples.T, np.sqrt(samples).sum())
people = pd.DataFrame({"name": ["Ann", "Bob", "Cho", "Dee"], "team": ["x", "y", "x", "y"], "points": [3, 5, 8, 1]})
people["share"] = people["points"] / people["points"].sum()
print(people)
print(people.describe())
print(people[people["points"] > 2].groupby("team")["points"].agg(["sum", "mean"]).sort_values("sum"))
"""

_MIB: Final = 1 << 20

BARE: Final = ZygoteConfig("bare", BARE_MODULES, _WARM_UP, _REHEARSAL, foreseen_bytes=3 * _MIB // 2)
LIBRARY: Final = ZygoteConfig("library", _LIBRARY_MODULES, _WARM_UP, _REHEARSAL, foreseen_bytes=3 * _MIB // 2)
DATA: Final = ZygoteConfig(
    "data",
    (*_LIBRARY_MODULES, "numpy", "pandas", "matplotlib", "matplotlib.pyplot"),
    _WARM_UP + _DATA_WARM_UP,
    _DATA_REHEARSAL,
    foreseen_bytes=16 * _MIB,
    side_by_side_bytes=32 * _MIB,
)
KINDS: Final = (BARE, LIBRARY, DATA)

# For a single program, which waits for it: what that needs it imports itself, and nothing is done ahead for others. A
# program with pandas takes 1.97 s so, and with DATA 4.19 s (medians of four in turn, on one machine).
ALONE: Final = ZygoteConfig("bare", BARE_MODULES, "", "", foreseen_bytes=0)
