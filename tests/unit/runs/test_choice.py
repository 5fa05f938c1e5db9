"""Which warm interpreter a program gets; a wrong choice may only ever be slower."""

import sys
from collections.abc import Mapping

import pytest

if sys.platform != "linux":
    pytest.skip("warm interpreters are Linux's", allow_module_level=True)
assert sys.platform == "linux"

from tests.support.runs import limits_of

from snakepen.executor import RunSpec, WorkspaceFile
from snakepen.runs.choice import BARE, DATA, FRESH, LIBRARY, Choice, choose

MODULES = sys.stdlib_module_names | {"numpy", "pandas", "matplotlib", "PIL"}


def chosen(code: str, *, env: Mapping[str, str] | None = None, files: tuple[str, ...] = ()) -> Choice:
    given = tuple(WorkspaceFile(path, b"") for path in files)
    return choose(RunSpec(code.encode(), limits_of(), env=env or {}, files=given), MODULES)


@pytest.mark.parametrize(
    "code",
    [
        "import numpy",
        "import pandas as pd",
        "import os, numpy as np",
        "from matplotlib import pyplot as plt",
        "from matplotlib.pyplot import plot",
        "def f():\n    import scipy.stats",
        "x = 1\n\timport numpy",
        "import seaborn",
    ],
)
def test_a_program_that_imports_a_data_library_gets_it_ready(code: str) -> None:
    assert chosen(code) == DATA


@pytest.mark.parametrize("code", ["import numpyro", "import my.numpy_tools", "from my import numpy_tools"])
def test_others_do_not(code: str) -> None:
    assert chosen(code) == LIBRARY


@pytest.mark.parametrize(
    "code",
    [
        *("", "print('import numpy')", "# import numpy", "x = 'pandas'", "# import asyncio"),
        *(
            "import math, random as r",
            "from collections import Counter",
            "import os.path",
            "import sys, itertools, time",
        ),
        *(
            "from __future__ import annotations",
            "from dataclasses import (",
            "import re  # asyncio",
            "import time; time.sleep(1)",
        ),
    ],
)
def test_a_program_that_imports_little_gets_the_smallest(code: str) -> None:
    assert chosen(code) == BARE


@pytest.mark.parametrize(
    "code",
    [
        "import asyncio",
        "import math, csv",
        "from logging.handlers import X",
        "def f():\n    import subprocess",
        "import helper",
    ],
)
def test_a_program_that_imports_more_of_the_standard_library_gets_that_ready(code: str) -> None:
    assert chosen(code) == LIBRARY


def test_what_stands_far_down_is_not_looked_for() -> None:
    assert chosen("#" * 300_000 + "\nimport numpy") == BARE


@pytest.mark.parametrize(
    "code",
    [
        "import os\nos.environ['MPLBACKEND'] = 'svg'\nimport matplotlib",
        "import os\nos.environ['OMP_NUM_THREADS'] = '2'\nimport numpy",
        "import os, time\nos.environ['TZ'] = 'UTC'\nimport pandas",
        "import locale, numpy\nlocale.setlocale(locale.LC_ALL, '')",
    ],
)
def test_code_that_names_what_a_library_reads_at_import_gets_it_unimported(code: str) -> None:
    assert chosen(code) == LIBRARY


@pytest.mark.parametrize("name", ["MPLBACKEND", "OPENBLAS_NUM_THREADS", "HOME"])
def test_so_does_a_program_that_is_given_it(name: str) -> None:
    assert chosen("import numpy", env={name: "x"}) == LIBRARY
    assert chosen("import numpy", env={"COLOUR": "x"}) == DATA


@pytest.mark.parametrize("name", ["TZ", "LANG", "LC_ALL", "LC_NUMERIC", "LANGUAGE"])
def test_what_an_interpreter_reads_when_it_starts_demands_a_new_one(name: str) -> None:
    assert chosen("print(1)", env={name: "x"}) == FRESH


@pytest.mark.parametrize("path", ["random.py", "numpy.py", "numpy/__init__.py", "json.cpython-311.so", "types/x.txt"])
def test_a_file_that_is_named_like_a_module_demands_a_new_one(path: str) -> None:
    assert chosen("print(1)", files=(path,)) == FRESH


def test_files_of_other_names_change_nothing() -> None:
    assert chosen("import numpy", files=("helper.py", "data/random.py", "data.csv")) == DATA


@pytest.mark.parametrize("path", ["matplotlibrc", ".config/matplotlib/matplotlibrc"])
def test_settings_of_a_library_are_read_by_an_interpreter_without_it(path: str) -> None:
    assert chosen("import matplotlib", files=(path,)) == LIBRARY
