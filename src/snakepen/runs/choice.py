"""Which warm interpreter a program gets: by a bounded look at its lines, never by parsing it.

A wrong choice is only slower. What must not happen is that a program notices: so whatever could change how a library
behaves when it is imported, a variable or a file of the library's name, sends it to an interpreter without it.
"""

import re
import sys
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Final

assert sys.platform == "linux"

from snakepen.executor import RunSpec
from snakepen.limits import KIB
from snakepen.sandbox.kinds import BARE_MODULES

_SCANNED_BYTES: Final = 256 * KIB
# What stands on numpy, pandas or matplotlib, or is one of them: with `data` these imports are there already.
_DATA: Final = (
    "numpy",
    "pandas",
    "matplotlib",
    "scipy",
    "seaborn",
    "sklearn",
    "statsmodels",
    "pylab",
    "sympy.plotting",
)
_BARE_NAMES: Final = frozenset(
    name.encode()
    for name in {module.split(".")[0] for module in BARE_MODULES} | {*sys.builtin_module_names, "__future__"}
)
_IMPORTS: Final = re.compile(rb"^[ \t]*(import|from)[ \t]+([^#\n]+)", re.MULTILINE)
_TOP_NAME: Final = re.compile(rb"[^\s.;]+")
_DATA_NAME: Final = re.compile(rb"\b(?:" + "|".join(re.escape(name) for name in _DATA).encode() + rb")\b")
# Read when a library is imported: matplotlib's own, the threads of linear algebra, time zone, language, home.
_READ_AT_IMPORT: Final = re.compile(rb"\b(?:MPL\w*|\w+_NUM_THREADS|TZ|LC_\w+|LANG|LANGUAGE|NPY_\w+|NUMPY_\w+)\b")
_HOME: Final = "HOME"
# Read when an interpreter starts (setlocale(3), tzset(3)).
_READ_AT_START: Final = re.compile(r"TZ|TZDIR|LC_\w+|LANG|LANGUAGE")
_LIBRARY_FILES: Final = frozenset({"matplotlibrc", ".matplotlib", ".config"})


@dataclass(frozen=True, slots=True)
class Choice:
    """How a program is run."""

    kind: str
    """Of which zygote: a name of `sandbox/kinds.py`."""
    fresh: bool = False
    """By a new interpreter, started inside the sandbox: slower, and right whatever the program was given."""


BARE: Final = Choice("bare")
LIBRARY: Final = Choice("library")
DATA: Final = Choice("data")
FRESH: Final = Choice("bare", fresh=True)


def choose(spec: RunSpec, modules: Container[str]) -> Choice:
    """`modules` are the names that can be imported; a file of such a name would win over what is imported already."""
    if any(_READ_AT_START.fullmatch(name) for name in spec.env):
        return FRESH
    tops = {file.path.split("/")[0] for file in spec.files}
    if any(top.split(".")[0] in modules for top in tops):
        return FRESH
    scanned = spec.code[:_SCANNED_BYTES]
    if not any(_DATA_NAME.search(found.group(2)) for found in _IMPORTS.finditer(scanned)):
        return BARE if _BARE_NAMES.issuperset(_imported(scanned)) else LIBRARY
    if _HOME in spec.env or any(_READ_AT_IMPORT.fullmatch(name.encode()) for name in spec.env):
        return LIBRARY
    if _READ_AT_IMPORT.search(scanned) or tops & _LIBRARY_FILES:
        return LIBRARY
    return DATA


def _imported(code: bytes) -> Iterator[bytes]:
    """The first part of each name that is imported, as far as lines tell."""
    for found in _IMPORTS.finditer(code):
        what = found.group(2)
        for part in what.split(b",") if found.group(1) == b"import" else [what]:
            yield from _TOP_NAME.findall(part)[:1]
