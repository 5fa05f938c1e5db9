"""The kinds of warm interpreter: what each has imported before its programs come.

`bare` has what small programs import, from the standard library; `data` has that and the data libraries. Which one
serves a program is decided by its imports, in `runs/choice.py`; a wrong choice is slower, never wrong.
"""

import sys
from typing import Final

assert sys.platform == "linux"

from snakepen.sandbox.protocol import ZygoteConfig

_STANDARD_LIBRARY: Final = (
    *("re", "json", "math", "random", "time", "datetime", "calendar", "decimal", "fractions", "statistics"),
    *("collections", "collections.abc", "itertools", "functools", "operator", "heapq", "bisect", "array", "copy"),
    *("string", "textwrap", "typing", "types", "enum", "dataclasses", "abc", "contextlib", "inspect", "traceback"),
    *("os.path", "pathlib", "shutil", "tempfile", "glob", "io", "csv", "struct", "base64", "hashlib", "uuid"),
    *("threading", "queue", "subprocess", "signal", "logging", "argparse", "warnings", "weakref", "linecache"),
    *("asyncio", "concurrent.futures", "urllib.parse", "html", "platform", "getpass", "pprint", "secrets", "locale"),
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

BARE: Final = ZygoteConfig("bare", _STANDARD_LIBRARY, _WARM_UP, _REHEARSAL, foreseen_bytes=2 * _MIB)
DATA: Final = ZygoteConfig(
    "data",
    (*_STANDARD_LIBRARY, "numpy", "pandas", "matplotlib", "matplotlib.pyplot"),
    _WARM_UP + _DATA_WARM_UP,
    _DATA_REHEARSAL,
    foreseen_bytes=16 * _MIB,
)
KINDS: Final = (BARE, DATA)
