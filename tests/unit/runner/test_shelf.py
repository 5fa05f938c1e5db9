"""A program finds with the shelf what it finds without: each is run both ways, by real interpreters."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.warm import RUNNER, Seen, run_both, write_files

from snakepen.environments.environment import find_environment
from snakepen.settings import load_settings

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="zygotes fork")]


def files(text: str) -> dict[str, str]:
    """A line `## name` begins a file; what comes before the first is main.py."""
    main, *others = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    return ({"main.py": main} if main.strip() else {}) | dict(zip(others[::2], others[1::2], strict=True))


# Beside the real packages, for both interpreters. MADE_IN tells in which process a module was executed.
SITE = files("""\
## plain.py
import os
MADE_IN = os.getpid()
class Thing: pass
## quiet.py
WHO = "site"
## over.py
import quiet
from plain import Thing
## late.py
def who():
    import quiet
    return quiet.WHO
## calls.py
import late
late.who()
## deep/__init__.py
from . import one
## deep/one.py
from .two import three
import deep as itself
## deep/two/__init__.py
## deep/two/three.py
import deep.two
WHO = "three"
## deep/two/four.py
from ..two import three
## loop_a.py
import loop_b
A = 1
## loop_b.py
import loop_a
B = hasattr(loop_a, "A")
## space/one.py
WHO = "one"
## replaced.py
import sys
class Other:
    value = 42
sys.modules[__name__] = Other()
## replaces.py
import replaced
value = replaced.value
## handmade/__init__.py
import sys, types
moves = sys.modules["handmade.moves"] = types.ModuleType("handmade.moves")
moves.WHO = "moved"
sys.modules["handmade.itself"] = sys.modules["second_name"] = sys.modules[__name__]
## lazy/__init__.py
def __getattr__(name):
    import importlib
    if name == "sub":
        return importlib.import_module("lazy.sub")
    raise AttributeError(name)
## lazy/sub.py
WHO = "sub"
## covered/__init__.py
def sub():
    return "a function"
## covered/sub.py
WHO = "a module"
## postponed.py
print("executed")
WHO = "postponed"
## postpones.py
import importlib.util, sys
spec = importlib.util.find_spec("postponed")
spec.loader = importlib.util.LazyLoader(spec.loader)
module = sys.modules["postponed"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
## broken.py
import plain
raise ImportError("broken on purpose")
## half.py
try:
    import broken
except ImportError:
    broken = None
## optional.py
try:
    from accelerated import WHO
except ImportError:
    WHO = "slow"
## hooks.py
import sys
class Finder:
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None
sys.meta_path.append(Finder)
## compiled.py
import _decimal, quiet
WHO = quiet.WHO
Decimal = _decimal.Decimal
## tolerant.py
try:
    import quiet
except ImportError:
    quiet = None
## quarter.py
try:
    import broken
except ImportError:
    broken = plain = None
## grown/__init__.py
__path__.append(__path__[0] + "/more")
from . import two
## grown/more/two.py
WHO = "two"
## far/__init__.py
## far/away.py
WHO = "away"
## goes.py
from far.away import WHO
## renames.py
import _decimal, quiet, sys
WHO = quiet.WHO
sys.modules["renames.fast"] = _decimal
## dynamic.py
import importlib
importlib.import_module("plain")
## star.py
from stars import *
## stars/__init__.py
__all__ = ["one"]
## stars/one.py
""")
# Whatever brings something along comes after that, because what is there already is what is easily missed.
OURS = (
    *(
        "quiet",
        "plain",
        "late",
        "calls",
        "over",
        "deep.two.four",
        "deep",
        "loop_a",
        "space.one",
        "replaced",
        "replaces",
    ),
    *("handmade", "lazy.sub", "covered.sub", "postpones", "half", "optional", "hooks", "compiled", "dynamic"),
    *("stars.one", "star", "tolerant", "quarter", "grown", "far.away", "goes", "renames"),
)
STANDARD = (
    *("json", "random", "decimal", "xml.etree.ElementTree", "concurrent.futures.process", "asyncio", "pickle"),
    *(
        "multiprocessing.pool",
        "unittest.mock",
        "dataclasses",
        "fractions",
        "inspect",
        "pkgutil",
        "threading",
        "sqlite3",
    ),
    *("importlib.metadata", "importlib.resources", "importlib.util", "logging.handlers", "urllib.request", "tempfile"),
    *("statistics", "csv", "pathlib", "subprocess", "zipfile", "argparse", "typing", "enum", "datetime", "string"),
)
PACKAGES = (
    *("numpy", "pandas", "matplotlib.pyplot", "mpl_toolkits.mplot3d", "PIL.ImageDraw", "scipy.stats", "sympy"),
    *("requests", "flask", "networkx", "openpyxl", "rich.console"),
)

# By what is shown: the program, which says ok or ends with the error it has to end with.
PROGRAMS = {
    "the shelf is not seen": """
import sys
assert not {"json", "enum", "importlib", "plain", "deep", "shelf"} & set(sys.modules)
print("ok")
""",
    "the program's file wins": """
import quiet
print(quiet.WHO)
## quiet.py
WHO = "ok"
""",
    "the program's package wins": """
import deep.two
print(deep.two.WHO)
## deep/__init__.py
## deep/two.py
WHO = "ok"
""",
    "what imports the program's file is loaded with it": """
import over
print(over.quiet.WHO)
## quiet.py
WHO = "ok"
""",
    "what a function imports is the program's": """
import late
print(late.who())
## quiet.py
WHO = "ok"
""",
    "a file that appears in time wins": """
with open("quiet.py", "w") as file:
    file.write("WHO = 'ok'")
import over
print(over.quiet.WHO)
""",
    "a file in a path of the program's wins": """
import sys
sys.path.insert(0, "other")
import over
print(over.quiet.WHO)
## other/quiet.py
WHO = "ok"
""",
    "a file with a standard name breaks what it would break": """
import tempfile  # ImportError: cannot import name 'Random'
## random.py
print("ok")
""",
    "an optional module that is there is used": """
import optional
print(optional.WHO)
## accelerated.py
WHO = "ok"
""",
    "an optional module that is barred is not": """
import sys
sys.modules["accelerated"] = None
import optional
assert optional.WHO == "slow"
print("ok")
""",
    "a module that was replaced is used": """
import sys, types
fake = sys.modules["quiet"] = types.ModuleType("quiet")
fake.WHO = "ok"
import over
print(over.quiet.WHO)
""",
    "a module that was barred is missed": """
import sys
sys.modules["random"] = None
try:
    import tempfile
except ImportError:
    print("ok")
""",
    "a finder of the program's may refuse": """
import sys
class Finder:
    def find_spec(self, name, path, target=None):
        if name == "quiet":
            raise ImportError(name)
sys.meta_path.insert(0, Finder())
import tolerant
assert tolerant.quiet is None
try:
    import over
except ImportError:
    print("ok")
""",
    "what was deleted is loaded afresh": """
import sys, json, plain
old = json, plain
del sys.modules["json"], sys.modules["plain"]
import json, plain
assert json is not old[0] and plain is not old[1] and plain.Thing is not old[1].Thing
from json import decoder
assert decoder is old[0].decoder
print("ok")
""",
    "what imports something deleted is loaded afresh": """
import sys, plain
old = plain
del sys.modules["plain"]
import over, plain
assert over.Thing is plain.Thing is not old.Thing
print("ok")
""",
    "a compiled module over the program's file": """
import compiled, decimal
assert compiled.Decimal is decimal.Decimal
print(compiled.WHO)
## quiet.py
WHO = "ok"
""",
    "a compiled module that was deleted": """
import sys, decimal
del sys.modules["decimal"], sys.modules["_decimal"]
import decimal
assert decimal.Decimal("0.1") * 3 == decimal.Decimal("0.3")
print("ok")
""",
    "a compiled module has a second name": """
import renames
print(renames.WHO)
## quiet.py
WHO = "ok"
""",
    "a loader of the program's": """
import importlib.machinery, sys
class Loader(importlib.machinery.SourceFileLoader):
    def exec_module(self, module):
        super().exec_module(module)
        module.loaded_by = "program"
class Finder:
    def find_spec(self, name, path, target=None):
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if name == "plain":
            spec.loader = Loader(name, spec.origin)
        return spec
sys.meta_path.insert(0, Finder())
import plain, over
assert plain.loaded_by == "program" and over.Thing is plain.Thing
print("ok")
""",
    "reload": """
import importlib, plain
old, thing = plain, plain.Thing
assert importlib.reload(plain) is old is plain and plain.Thing is not thing
print("ok", plain.__spec__.loader.__class__, plain.__loader__ is plain.__spec__.loader)
""",
    "specs before the import": """
import importlib.util, sys
spec = importlib.util.find_spec("plain")
assert "plain" not in sys.modules
print("ok", type(spec.loader), vars(spec.loader).keys(), spec.loader.get_source("plain"), spec.cached)
print(type(importlib.util.find_spec("json.tool").loader), sys.modules["json"])
""",
    "a module made from its spec": """
import importlib.util, os
spec = importlib.util.find_spec("plain")
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
assert module.MADE_IN == os.getpid()
import plain
assert plain is not module
print("ok")
""",
    "the import system looks as ever": """
import importlib.machinery, importlib.util, sys
print("ok", sys.meta_path, sys.path_hooks[0], __import__, importlib.machinery.PathFinder.find_spec)
assert importlib._bootstrap.module_from_spec is importlib.util.module_from_spec
print(vars(importlib._bootstrap).keys(), importlib._bootstrap._load_unlocked.__code__, importlib.util.find_spec)
""",
    "specs of what was imported": """
import plain, deep.two.three, json, space.one
for module in plain, deep, deep.two.three, json, space, space.one:
    spec = module.__spec__
    print("ok", spec.name, spec.origin, spec._initializing, spec.loader is module.__loader__, type(spec.loader))
""",
    "packages, sources and resources": """
import importlib.resources, inspect, pkgutil
import deep, json, plain
print("ok", [module.name for module in pkgutil.walk_packages(deep.__path__, "deep.")])
print(pkgutil.get_data("deep", "__init__.py"), importlib.resources.files(deep).joinpath("one.py").read_text())
print(inspect.getsource(plain.Thing), inspect.getsource(json.loads), inspect.getmodule(plain.Thing))
""",
    "pickle": """
import fractions, pickle, plain
assert type(pickle.loads(pickle.dumps(plain.Thing()))) is plain.Thing
assert pickle.loads(pickle.dumps(fractions.Fraction(1, 3))) * 3 == 1
assert pickle.loads(b"cdeep.two.three\\nWHO\\n.") == "three"
print("ok")
""",
    "classes are the same from everywhere": """
import collections.abc, decimal, fractions, json.decoder, numbers, over, plain
assert over.Thing is plain.Thing
assert isinstance(fractions.Fraction(1), numbers.Rational) and isinstance(decimal.Decimal(1), numbers.Number)
assert issubclass(json.JSONDecodeError, ValueError) and isinstance([], collections.abc.Sequence)
print("ok")
""",
    "a chain of packages": """
import deep.two.three, importlib
from deep.two import four
assert deep.two.three.WHO == "three" and four.three is deep.two.three and deep.one.itself is deep
assert importlib.import_module("..two.four", "deep.one") is four
print("ok")
""",
    "attributes come with the import": """
import deep, xml.etree
assert not hasattr(xml.etree, "ElementTree") and hasattr(deep.two, "three") and not hasattr(deep.two, "four")
import xml.etree.ElementTree
assert xml.etree.ElementTree.XML("<ok/>").tag == "ok"
from deep.two import four
assert deep.two.four is four
print("ok")
""",
    "circular imports": """
import loop_a
assert loop_a.loop_b.B is False
print("ok")
""",
    "circular imports through the program's file": """
import loop_b  # ImportError: cannot import name 'B' from partially initialized module 'loop_b'
## loop_a.py
print("ok")
from loop_b import B
""",
    "a namespace package": """
import space
assert not hasattr(space, "one") and space.__file__ is None
import space.one
print("ok", space.one.WHO, list(space.__path__), type(space.__loader__))
""",
    "a namespace package with a part of the program's": """
import space.one, space.two
print(space.two.WHO, space.one.WHO, list(space.__path__))
## space/two.py
WHO = "ok"
""",
    "a module that replaced itself": """
import replaces, replaced
assert replaced.value == replaces.value == 42 and replaces.replaced is replaced
print("ok")
""",
    "modules made by hand": """
import handmade.moves, handmade.itself, sys
from handmade.moves import WHO
assert WHO == "moved" and sys.modules["handmade.itself"] is handmade
print("ok")
""",
    "a lazy package": """
import lazy, sys
assert "lazy.sub" not in sys.modules and lazy.sub.WHO == "sub"
from lazy import sub
assert sub is lazy.sub is sys.modules["lazy.sub"]
print("ok")
""",
    "a function that a submodule covers": """
import covered
assert covered.sub() == "a function"
import covered.sub
assert covered.sub.WHO == "a module"
print("ok")
""",
    "a module whose execution is postponed": """
import postpones, postponed
print("ok")
assert postponed.WHO == "postponed"
""",
    "a module with a broken part": """
import half, sys
assert half.broken is None and "plain" in sys.modules and "broken" not in sys.modules
print("ok")
import broken  # ImportError: broken on purpose
""",
    "a module that adds a finder": """
import sys
before = list(sys.meta_path)
import hooks
assert sys.meta_path == [*before, hooks.Finder]
print("ok")
""",
    "from stars import *": """
import star, sys
assert star.one is sys.modules["stars.one"]
print("ok")
""",
    "an error in the program's module": """
print("ok")
import middle
## middle.py
import json
json.loads("{")
""",
    "an error below what is on the shelf": """
print("ok")
import over
## quiet.py
1 / 0
""",
    "two modules with one broken part": """
import half, quarter
assert half.broken is None is quarter.broken
print("ok")
""",
    "a loader of the program's that cannot": """
import importlib.machinery, sys
class Finder:
    def find_spec(self, name, path, target=None):
        return importlib.machinery.ModuleSpec(name, self) if name == "anything" else None
    def create_module(self, spec):
        raise ImportError("on purpose")
    def exec_module(self, module): ...
sys.meta_path.insert(0, Finder())
print("ok")
import anything  # ImportError: on purpose
""",
    "a thread that found a module before another brought it": """
import importlib.machinery, sys, threading
found, brought = threading.Event(), threading.Event()
class Spec(importlib.machinery.ModuleSpec):
    @property
    def loader(self):
        if threading.current_thread() is not threading.main_thread():
            found.set()
            brought.wait(0.5)  # without the shelf the other waits for this one
        return vars(self)["loader"]
    @loader.setter
    def loader(self, loader):
        vars(self)["loader"] = loader
class Finder:
    def find_spec(self, name, path, target=None):
        global spec
        if name == "plain" and threading.current_thread() is not threading.main_thread():
            spec = importlib.machinery.PathFinder.find_spec(name, path)
            spec.__class__ = Spec
            return spec
sys.meta_path.insert(0, Finder())
def work():
    global plain
    import plain
thread = threading.Thread(target=work)
thread.start()
found.wait()
import over
brought.set()
thread.join()
assert plain is sys.modules["plain"] and plain.Thing is over.Thing
print("ok", type(spec.loader), type(plain.__spec__.loader), plain.__spec__._initializing)
""",
    "a module that another thread is about to put there": """
import importlib, sys, threading
import plain
taken = threading.Event()
def work():
    with importlib._bootstrap._ModuleLockManager("plain"):
        module = sys.modules.pop("plain")
        taken.set()
        threading.Event().wait(0.2)  # the other one waits for the lock
        sys.modules["plain"] = module
thread = threading.Thread(target=work)
thread.start()
taken.wait()
import over
thread.join()
assert over.Thing is plain.Thing and sys.modules["plain"] is plain
print("ok")
""",
    "modules that are not there": """
import deep.two
for name in "nothing_of_the_kind", "deep.three", "deep.two.five", "plain.part":
    try:
        __import__(name)
    except ImportError as error:
        print("ok", repr(error), error.name, error.path)
""",
    "the stack of an import": """
print("ok", flush=True)
import middle
## middle.py
import sys, traceback, warnings
traceback.print_stack()
warnings.warn("mine", stacklevel=2)
""",
    "the main module, as multiprocessing names it": """
import multiprocessing, sys
assert sys.modules["__mp_main__"] is sys.modules["__main__"]
print("ok")
""",
    "threads that import at once": """
import sys, threading
names = ["over", "deep.two.four", "asyncio", "unittest.mock", "multiprocessing.pool", "calls", "sqlite3", "replaces"]
seen, together = [], threading.Barrier(8)
def work(names):
    together.wait()
    seen.extend((name, id(__import__(name, fromlist=["x"]))) for name in names)
sys.setswitchinterval(1e-6)
threads = [threading.Thread(target=work, args=[names[turn:] + names[:turn]]) for turn in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert len(seen) == 64 and len(set(seen)) == 8
print("ok")
""",
    "work": """
import asyncio, concurrent.futures, dataclasses, typing, unittest.mock
@dataclasses.dataclass
class Point:
    x: "typing.Optional[int]" = 3
assert typing.get_type_hints(Point) and Point().x == 3
async def square(number):
    await asyncio.sleep(0)
    return number * number
async def squares():
    return await asyncio.gather(*map(square, range(3)))
with concurrent.futures.ThreadPoolExecutor() as pool:
    assert pool.submit(asyncio.run, squares()).result() == [0, 1, 4]
with unittest.mock.patch.dict("sys.modules", {"plain": unittest.mock.Mock(Thing="mock")}):
    import over
    assert over.Thing == "mock"
import over
assert over.Thing != "mock"
print("ok")
""",
}

PACKAGE_PROGRAMS = {
    "compiled parts that are met late": """
import numpy
assert numpy.random.default_rng(1).integers(9, size=2).sum() >= 0 and abs(numpy.fft.fft([1, 2])).sum() > 0
print("ok")
""",
    "threads that import packages": """
import threading
totals = []
def work():
    import numpy, pandas
    totals.append(int(pandas.Series(numpy.arange(3)).sum()))
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert totals == [3] * 4
print("ok")
""",
    "the program's package instead of a compiled one": """
import numpy
print(numpy.WHO)
## numpy.py
WHO = "ok"
""",
    "a file that breaks packages": """
import numpy, pandas
assert pandas.Series(numpy.arange(3)).sum() == 3
try:
    numpy.zeros(1).sum(axis=3)
except numpy.exceptions.AxisError:
    print("ok")
## datetime.py
## pyarrow.py
""",
    "a plot": """
import io
import matplotlib
matplotlib.use("Agg")
from matplotlib import pyplot
from mpl_toolkits.mplot3d import Axes3D
import PIL.Image
figure = pyplot.figure()
figure.add_subplot(projection="3d").plot([1, 2], [3, 4], [5, 6])
figure.savefig(picture := io.BytesIO())
assert PIL.Image.open(picture).format == "PNG"
print("ok")
""",
    "classes of packages": """
import pickle, numpy, pandas, scipy.stats
frame = pandas.DataFrame({"a": numpy.arange(3)})
assert pickle.loads(pickle.dumps(frame)).equals(frame) and isinstance(frame.a.values, numpy.ndarray)
assert issubclass(numpy.exceptions.AxisError, IndexError) and scipy.stats.norm.cdf(0) == 0.5
try:
    numpy.zeros(1).sum(axis=3)
except numpy.exceptions.AxisError:
    print("ok")
""",
}

STATEMENTS = [
    *(f"import {name}" for name in (*STANDARD, *OURS) if name != "postpones"),
    *("from collections import abc", "import os.path", "import concurrent.futures", "import xml", "import unittest"),
    *("import itertools", "import multiprocessing", "import importlib", "import collections.abc", "import sys"),
    *("import decimal, json, asyncio", "import deep.two", "import loop_b", "import half, quarter", "import lazy"),
    *("import space", "import covered"),
]
PACKAGE_STATEMENTS = [
    *(f"import {name}" for name in PACKAGES),
    *("import matplotlib", "import PIL.Image", "import numpy.random", "import pandas.core.frame", "import scipy"),
    *("from matplotlib import pyplot, ticker", "from scipy import optimize", "import json, numpy, scipy.linalg"),
    "import dateutil.parser, certifi",
]
# Made once in a process, by whoever comes first: see the docstring of the module.
MADE_ONCE = re.compile(r"encodings\.\w+|_sysconfigdata_.*|_?cython_\w+|_cyutility")
CACHED = {
    "concurrent.futures": {"ThreadPoolExecutor", "ProcessPoolExecutor"},
    "typing": {"Match", "Pattern"},
}

Pairs = dict[str, tuple[Seen, Seen]]


def python() -> Path:
    return find_environment(load_settings().data_dir).python


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_files(folder, SITE)
    return folder


@pytest.fixture(scope="module")
def pairs(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Pairs:
    programs = {name: files(text.lstrip("\n")) for name, text in PROGRAMS.items()}
    programs |= {statement: {"main.py": statement} for statement in STATEMENTS}
    return run_both(python(), tmp_path_factory.mktemp("ours"), programs, ahead=(*OURS, *STANDARD), site=site)


@pytest.fixture(scope="module")
def package_pairs(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Pairs:
    programs = {name: files(text.lstrip("\n")) for name, text in PACKAGE_PROGRAMS.items()}
    programs |= {statement: {"main.py": statement} for statement in PACKAGE_STATEMENTS}
    ahead = (*STANDARD, *PACKAGES)
    return run_both(python(), tmp_path_factory.mktemp("packages"), programs, ahead=ahead, site=site)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_does_what_it_does_without_the_shelf(pairs: Pairs, name: str) -> None:
    cold, warm = pairs[name]
    assert "ok" in cold.output, cold.output
    error = re.search(r"# (\w+Error.*)", PROGRAMS[name])
    assert (error.group(1) if error else "") in cold.output
    assert error or "error" in name or "Traceback" not in cold.output, cold.output
    assert warm.output == cold.output
    assert warm.modules.keys() == cold.modules.keys()


@pytest.mark.parametrize("name", [name for name in PROGRAMS if "thread" in name])
def test_threads_are_handed_over_what_they_ask_for(pairs: Pairs, name: str) -> None:
    _, warm = pairs[name]
    assert all(module["ahead"] for module in warm.modules.values())


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in PACKAGE_PROGRAMS if "breaks" not in name])
def test_a_program_does_with_packages_what_it_does_without_the_shelf(package_pairs: Pairs, name: str) -> None:
    cold, warm = package_pairs[name]
    assert cold.output.endswith("ok\n"), cold.output
    assert warm.output == cold.output


@pytest.mark.parametrize("statement", STATEMENTS)
def test_an_import_brings_what_it_brings_without_the_shelf(pairs: Pairs, statement: str) -> None:
    assert_same_modules(*pairs[statement])


@pytest.mark.long
@pytest.mark.parametrize("statement", PACKAGE_STATEMENTS)
def test_an_import_of_a_package_brings_what_it_brings_without_the_shelf(package_pairs: Pairs, statement: str) -> None:
    assert_same_modules(*package_pairs[statement])


@pytest.mark.long
def test_a_compiled_package_is_handed_over_whatever_lies_beside_it(package_pairs: Pairs) -> None:
    cold, warm = package_pairs["a file that breaks packages"]
    assert "has no attribute" in cold.output
    assert warm.output == "ok\n"
    assert warm.modules["numpy"]["ahead"]
    assert warm.modules["pandas"]["ahead"]


def test_the_names_that_decide_are_known(site: Path) -> None:
    program = f"""
import sys
keep = set(sys.modules)
sys.path[:0] = {[str(RUNNER), str(site)]}
from shelf import Shelf
shelf = Shelf()
with shelf.recording():
    import optional, deep.two.four
shelf.put_away(keep)
print(*sorted(shelf.tops() - {{"shelf", "__future__"}}))
"""
    done = subprocess.run([python(), "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["accelerated", "deep", "optional"]


# Of concurrent.futures, which SciPy calls from 1.18 on while it is imported, and Python 3.11 gets an earlier one: the
# page tells of what is imported so.
BY_ITS_FUNCTION = {"concurrent.futures.thread", "queue", "_queue", "heapq", "_heapq"}


def assert_same_modules(cold: Seen, warm: Seen) -> None:
    assert warm.output == cold.output == ""
    names = {name for name in cold.modules.keys() | warm.modules.keys() if not MADE_ONCE.fullmatch(name)}
    cached = CACHED
    if sys.version_info >= (3, 12) and "concurrent.futures" in names:
        names -= BY_ITS_FUNCTION - warm.modules.keys()
        cached = CACHED | {"concurrent.futures": CACHED["concurrent.futures"] | {"thread"}}
    assert names & warm.modules.keys() == names & cold.modules.keys()
    for name in names:
        before, after = cold.modules[name], warm.modules[name]
        assert set(after["dir"]) - cached.get(name, set()) == set(before["dir"]) - cached.get(name, set()), name
        assert after["repr"] == before["repr"]
        assert after["ahead"], name
