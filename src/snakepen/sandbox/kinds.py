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
import matplotlib.pyplot as plt
numpy.linalg.inv(numpy.eye(3)); numpy.random.default_rng(1).normal(size=3)
frame = pandas.DataFrame({"a": [1, 2, 2], "b": [1.5, 2.5, 3.5], "c": ["x", "y", "y"]})
str(frame), frame.describe(), str(frame.groupby("c").sum(numeric_only=True)), frame.merge(frame, on="a")
pandas.read_csv(io.StringIO("a,b\\n1,2")).to_csv()
figure = plt.figure(); plt.plot([1, 2], label="x"); plt.title("t"); plt.legend()
figure.savefig(io.BytesIO()); plt.close(figure)
"""

BARE: Final = ZygoteConfig("bare", _STANDARD_LIBRARY, _WARM_UP)
DATA: Final = ZygoteConfig(
    "data",
    (*_STANDARD_LIBRARY, "numpy", "pandas", "matplotlib", "matplotlib.pyplot"),
    _WARM_UP + _DATA_WARM_UP,
)
KINDS: Final = (BARE, DATA)
