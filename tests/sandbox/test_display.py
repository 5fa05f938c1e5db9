"""What programs show with the libraries that people plot with, by a warm interpreter and by a new one."""

import base64
import json
import struct
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from tests.support.cases import the_rest_long
from tests.support.processes import adopt_orphans
from tests.support.runs import Seen
from tests.support.sandboxes import Sandboxes, sandboxes

from snakepen.executor import Output, Shown, Stream, WorkspaceFile
from snakepen.wire.run import RunStatus

if sys.platform != "linux":
    pytest.skip("sandboxes are Linux's", allow_module_level=True)

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

WARM: dict[str, Any] = {}
# A variable that is read when an interpreter starts.
NEW: dict[str, Any] = {"env": {"TZ": "UTC"}}
BOTH = pytest.mark.parametrize("given", [WARM, NEW], ids=["warm", "new"])
# What is drawn is the same by both, and a new one imports for a second what draws it.
WARM_FIRST = pytest.mark.parametrize("given", the_rest_long([WARM], [NEW]), ids=["warm", "new"])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pen() -> AsyncIterator[Sandboxes]:
    adopt_orphans()
    async with sandboxes(ready=2, kinds=("bare", "library", "data")) as opened:
        await opened.serves()
        await opened.settled()
        yield opened


async def look_at(pen: Sandboxes, code: str, *, return_code: int = 0, **given: Any) -> Seen:
    seen = await pen.run(code, display=True, **given)
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, return_code), seen.stderr.decode()
    return seen


def shown(seen: Seen) -> list[dict[str, str]]:
    return [dict(event.bundle) for event in seen.events if isinstance(event, Shown)]


def texts(seen: Seen) -> list[str]:
    return [bundle["text/plain"] for bundle in shown(seen)]


def told(seen: Seen) -> list[str]:
    """What was said and shown, in its order."""
    found = []
    for event in seen.events:
        if isinstance(event, Output):
            found += event.data.decode().split("\n")[:-1]
        elif isinstance(event, Shown):
            found.append(event.bundle["text/plain"])
    return found


# Figures ------------------------------------------------------------------------------------------------------------

PLOTS = """
import matplotlib.pyplot as plt
import pandas as pd
for number in range(3):
    plt.figure()
    plt.plot([1, 2, number], label="north")
    plt.plot([2, 3, number], label="south")
    plt.title(f"Sales of {number}")
    plt.xlabel("month")
    plt.ylabel("euros")
    plt.legend()
    plt.show()
    print("after", number)
display(pd.DataFrame({"a": [1, 2]}))
print("end")
"""


@BOTH
async def test_every_figure_and_table_comes_where_it_was_shown(pen: Sandboxes, given: dict[str, Any]) -> None:
    seen = await look_at(pen, PLOTS, **given)
    figures = [f"Figure 1: Sales of {n}. x: month, y: euros. Lines: north, south." for n in range(3)]
    assert told(seen) == [
        *(figures[0], "after 0", figures[1], "after 1", figures[2], "after 2", "   a\n0  1\n1  2", "end"),
    ]
    assert seen.stderr == b""


async def test_a_figure_is_the_same_bytes_each_time(pen: Sandboxes) -> None:
    code = "import matplotlib.pyplot as plt\nplt.figure(figsize=(4, 3))\nplt.plot([1, 3, 2])\nplt.show()"
    one, two = [shown(await look_at(pen, code))[0]["image/png"] for _ in range(2)]
    assert one == two
    data = base64.b64decode(one)
    width, height = struct.unpack(">II", data[16:24])
    assert 4 * 144 * 0.8 < width < 4 * 144 * 1.2
    assert 3 * 144 * 0.8 < height < 3 * 144 * 1.2
    assert data[data.index(b"pHYs") + 4 :][:9] == struct.pack(">IIB", 5669, 5669, 1)  # 144 dots an inch
    assert b"Software" not in data


async def test_a_figure_as_large_as_a_wall_is_drawn_as_large_as_fits(pen: Sandboxes) -> None:
    code = "import matplotlib.pyplot as plt\nplt.figure(figsize=(200, 100))\nplt.plot([1, 3, 2])"
    data = base64.b64decode(shown(await look_at(pen, code))[0]["image/png"])
    width, height = struct.unpack(">II", data[16:24])
    assert 8 << 20 < width * height < 20 << 20


BESIDE = {
    "a mile away": "plt.text(400, 0.5, 'note')",
    "nowhere": "plt.text(float('nan'), 0.5, 'note')",
    "where its box cannot be had": "plt.gcf().get_tightbbox = None",
    "where it is saved so by itself": "plt.rcParams['savefig.bbox'] = 'tight'\nplt.text(400, 0.5, 'note')",
}


@pytest.mark.parametrize("name", BESIDE)
async def test_what_lies_far_beside_a_figure_does_not_make_it_larger(pen: Sandboxes, name: str) -> None:
    code = f"import matplotlib.pyplot as plt\nplt.figure(figsize=(4, 3))\nplt.plot([0, 1])\n{BESIDE[name]}\nplt.show()"
    seen = await look_at(pen, code)
    width, height = struct.unpack(">II", base64.b64decode(shown(seen)[0]["image/png"])[16:24])
    assert 4 * 144 * 0.8 < width < 4 * 144 * 1.2
    assert 3 * 144 * 0.8 < height < 3 * 144 * 1.2
    assert seen.stderr == b""


async def test_what_is_warned_of_a_figure_is_said_once(pen: Sandboxes) -> None:
    seen = await look_at(pen, "import matplotlib.pyplot as plt\nplt.title('\u65e5')\nplt.show()")
    assert seen.stderr.count(b"UserWarning: Glyph 26085") == 1


async def test_a_legend_beside_a_figure_and_a_title_that_is_wider_are_parts_of_it(pen: Sandboxes) -> None:
    code = """
import matplotlib.pyplot as plt
plt.plot([1], label="a long name of it"); plt.legend(bbox_to_anchor=(1, 1), loc="upper left"); plt.show()
plt.figure(figsize=(1, 1)); plt.title("wider than it"); plt.show()
"""
    pictures = [base64.b64decode(bundle["image/png"]) for bundle in shown(await look_at(pen, code))]
    widths = [struct.unpack(">I", data[16:20])[0] for data in pictures]
    assert widths[0] > 6.4 * 144
    assert widths[1] > 144


@pytest.mark.long
async def test_a_figure_of_more_bytes_than_can_be_sent_is_drawn_with_fewer_dots(pen: Sandboxes) -> None:
    code = """
import matplotlib.pyplot as plt, numpy as np
figure = plt.figure(figsize=(12, 10))
figure.figimage(np.random.default_rng(1).random((1500, 1800, 3)), resize=False)
"""
    seen = await look_at(pen, code)
    (bundle,) = shown(seen)
    assert struct.unpack(">I", base64.b64decode(bundle["image/png"])[16:20])[0] < 1700
    assert seen.stderr == b""


async def test_after_ion_show_waits_for_nobody_and_closes_nothing(pen: Sandboxes) -> None:
    code = """
import matplotlib.pyplot as plt
plt.ion()
plt.plot([1]); plt.title("shown"); plt.show()
for number in range(3):
    plt.title(number)
    plt.pause(0.0001)
plt.title("last")
plt.show()
plt.ioff()
plt.figure(); plt.title("other")
plt.show(block=True)
print(plt.get_fignums())
"""
    seen = await look_at(pen, code)
    events = [event for event in seen.events if isinstance(event, Shown)]
    assert [event.bundle["text/plain"] for event in (events[0], *events[-2:])] == [
        *("Figure 1: shown.", "Figure 1: last.", "Figure 2: other."),
    ]
    assert {event.update_of for event in events[1:-1]} == {events[0].display_id}
    assert told(seen)[-1] == "[]"


async def test_the_titles_of_all_parts_of_a_figure_stand_for_it(pen: Sandboxes) -> None:
    code = """
import matplotlib.pyplot as plt
whole = plt.figure(); whole.suptitle("whole")
left, right = whole.subfigures(1, 2)
left.suptitle("left"); right.suptitle("right"); left.subplots().set_title("axes")
"""
    assert texts(await look_at(pen, code)) == ["Figure 1: whole. left. right. axes."]


LEFT_OPEN = "import sys, matplotlib.pyplot as plt\nplt.plot([1])\nplt.figure(); plt.title('two')\n"


@pytest.mark.long
@pytest.mark.parametrize(
    ("ending", "return_code", "said"),
    [
        ("print('end')", 0, "end"),
        ("print('end')\nsys.exit(3)", 3, "end"),
        ("sys.exit('sorry')", 1, "sorry"),
        ("1 / 0", 1, "ZeroDivisionError: division by zero"),
        ("import atexit, threading\natexit.register(print, 'later')\nprint('end')", 0, "end"),
    ],
)
@WARM_FIRST
async def test_what_a_program_leaves_open_is_shown_at_its_end(
    pen: Sandboxes, given: dict[str, Any], ending: str, return_code: int, said: str
) -> None:
    seen = await look_at(pen, LEFT_OPEN + ending, return_code=return_code, **given)
    assert texts(seen) == ["Figure 1.", "Figure 2: two."]
    if "sorry" not in said:  # a new interpreter says that after all else
        assert told(seen)[-3 if "atexit" not in ending else -4] == said


ONCE = {
    "the last value": "fig",
    "display()": "display(fig)",
    "display() and show": "display(fig)\nplt.show()",
    "its own show": "fig.show()\nfig.savefig('x.png')",
    "show": "plt.show()\nplt.show()",
    "show, and display() before": "display(fig)\nfig.show()\nplt.show()",
    "its axes as the last value": "ax.set_title('t')",
    "what plot returns": "ax.plot([3])",
    "what hist returns": "plt.hist([1, 2, 3])",
    "what pie returns": "ax.pie([1, 2])",
    "what pandas returns of groups": "import pandas as pd\npd.Series([1, 2]).groupby([1, 1]).plot(ax=ax)",
    "what it returns of groups' histograms": "import pandas as pd\npd.Series([1, 2]).groupby([1, 1]).hist(ax=ax)",
    "an animation": "from matplotlib.animation import FuncAnimation\n"
    "last = FuncAnimation(fig, ax.set_title, range(3))\nplt.show()",
    "show, after ion": "plt.ion()\nax.plot([1])\nplt.show()\nplt.show()",
    "both": "fig, ax",
}


@pytest.mark.parametrize("name", the_rest_long([*ONCE][:5], [*ONCE][5:]))
async def test_a_figure_is_shown_once(pen: Sandboxes, name: str) -> None:
    seen = await look_at(pen, f"import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\n{ONCE[name]}")
    assert [set(bundle) for bundle in shown(seen)] == [{"text/plain", "image/png"}]
    assert seen.stderr == b""


async def test_a_figure_that_has_changed_is_shown_again(pen: Sandboxes) -> None:
    seen = await look_at(
        pen,
        "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\ndisplay(fig)\nax.set_title('later')\nplt.show()",
    )
    assert texts(seen) == ["Figure 1.", "Figure 1: later."]


PLOT = "import matplotlib.pyplot as plt\nplt.plot([1])\n"
AS_EVER = {
    "use, and left open": f"import matplotlib\nmatplotlib.use('Agg')\n{PLOT}",
    "use, and shown": f"import matplotlib\nmatplotlib.use('Agg')\n{PLOT}plt.show()",
    "switched": f"{PLOT}plt.switch_backend('Agg')\nplt.plot([1])\nplt.show()",
    "for files": f"import matplotlib\nmatplotlib.use('svg')\n{PLOT}plt.savefig('a.svg')",
    "a variable": "import os\nos.environ['MPLBACKEND'] = 'agg'\nimport pylab\npylab.plot([1])\npylab.show()",
    "goes on, and is closed": f"{PLOT}plt.show(block=False)\nplt.close()",
    "goes on, and is emptied": f"{PLOT}plt.show(block=False)\nplt.clf()",
    "waits, and is closed": f"{PLOT}plt.pause(0.01)\nplt.close('all')",
    "saved when it was shown": f"{PLOT}plt.show()\nplt.savefig('a.png')",
    "shown by many at once": f"import threading\n{PLOT}many = [threading.Thread(target=plt.show) for _ in range(4)]\n"
    "for one in many: one.start()\nfor one in many: one.join()",
    "drawn by a thread": f"import threading, time\ndef draw():\n    time.sleep(0.2)\n    exec({PLOT!r})\n"
    "threading.Thread(target=draw).start()",
}


@pytest.mark.parametrize("name", the_rest_long([*AS_EVER][:3], [*AS_EVER][3:]))
async def test_a_figure_is_shown_whatever_a_program_does_with_it(pen: Sandboxes, name: str) -> None:
    seen = await look_at(pen, AS_EVER[name])
    assert texts(seen) == ["Figure 1."]
    assert seen.stderr == b""


@pytest.mark.long
async def test_a_thread_of_a_new_interpreter_draws_to_its_end_too(pen: Sandboxes) -> None:
    assert texts(await look_at(pen, AS_EVER["drawn by a thread"], **NEW)) == ["Figure 1."]


BACKEND = b"""
from matplotlib.backend_bases import FigureManagerBase, FigureCanvasBase
class FigureCanvas(FigureCanvasBase): pass
def show(**options): print("mine")
"""
ALONE = {
    "a backend of its own": "import matplotlib\nmatplotlib.use('module://mine')\n" + PLOT + "plt.show()",
    "saved and closed": PLOT + "plt.savefig('a.png')\nplt.close()",
    "no figure": "import matplotlib.pyplot as plt\nplt.show()",
    "an empty one": "import matplotlib.pyplot as plt\nplt.gcf()\nNone",
}


@pytest.mark.parametrize("name", ALONE)
async def test_who_has_other_plans_for_figures_is_left_alone(pen: Sandboxes, name: str) -> None:
    seen = await look_at(pen, ALONE[name], files=(WorkspaceFile("mine.py", BACKEND),))
    assert shown(seen) == []
    assert seen.stderr == b""


@pytest.mark.long
async def test_what_goes_on_is_updated_and_shows_how_it_ends(pen: Sandboxes) -> None:
    code = """
import matplotlib.pyplot as plt
for number in range(40):
    plt.clf()
    plt.title(f"step {number}")
    plt.pause(0.0001)
"""
    events = [event for event in (await look_at(pen, code)).events if isinstance(event, Shown)]
    steps = [event.bundle["text/plain"] for event in events]
    assert (steps[0], steps[-1]) == ("Figure 1: step 0.", "Figure 1: step 39.")
    assert 1 < len(steps) < 30  # to draw each would take the time of the program
    assert len(set(steps)) == len(steps)
    assert events[0].display_id is not None
    assert {event.update_of for event in events[1:]} == {events[0].display_id}


async def test_each_picture_of_a_window_that_is_emptied_is_shown(pen: Sandboxes) -> None:
    code = """
import matplotlib.pyplot as plt
for number in range(4):
    plt.title(number)
    plt.show(block=False)
    print(number)
    plt.clf()
"""
    seen = await look_at(pen, code)
    assert told(seen) == [word for n in range(4) for word in (f"Figure 1: {n}.", str(n))]
    assert not [event for event in seen.events if isinstance(event, Shown) and event.update_of]


async def test_a_figure_that_cannot_be_drawn_takes_nothing_else_along(pen: Sandboxes) -> None:
    code = """
import matplotlib.pyplot as plt
plt.title("$\\\\frac{$")
plt.figure(); plt.title("two")
plt.show()
print("went on")
"""
    seen = await look_at(pen, code)
    assert b"ValueError" in seen.stderr
    assert b"<display>" not in seen.stderr
    assert told(seen)[-2:] == ["Figure 2: two.", "went on"]


# Values -------------------------------------------------------------------------------------------------------------

VALUES = {
    "a number": ("6 * 7", "42"),
    "a docstring": ("'it'", "'it'"),
    "of many lines": ("[\n  1,\n  2,\n]", "[1, 2]"),
    "in brackets": ("(1 + 1)", "2"),
    "a comment after it": ("1 + 1  # ; not\n# so", "2"),
    "after a semicolon": ("x = 1; x", "1"),
    "a string with one": ("';'", "';'"),
    "in latin-1": ("# coding: latin-1\nx = 'é'\nx", "'Ã©'"),
    "after a mark": ("\ufeff1", "1"),
    "with a feature of the future": (
        "from __future__ import annotations\ndef f(x: y): pass\nf.__annotations__",
        "{'x': 'y'}",
    ),
    "an assignment in it": ("(x := 3)", "3"),
    "a class": ("int", "<class 'int'>"),
}
NO_VALUES = [
    "",
    "None",
    "1;",
    "1 ;  # not",
    "'x';",
    "x = 1",
    "print()",
    "if 1: 5",
    "# 5",
    "def f(): 5",
    "while 0: 1",
    "f = [1]; f.append(1)",
]


@pytest.mark.parametrize("name", VALUES)
@WARM_FIRST
async def test_a_last_expression_has_a_value(pen: Sandboxes, given: dict[str, Any], name: str) -> None:
    code, expected = VALUES[name]
    assert texts(await look_at(pen, code, **given)) == [expected]


@pytest.mark.parametrize("code", NO_VALUES)
async def test_nothing_else_has(pen: Sandboxes, code: str) -> None:
    assert shown(await look_at(pen, code)) == []


async def test_the_docstring_is_still_one_and_no_name_is_left(pen: Sandboxes) -> None:
    code = "'about'\nimport atexit\natexit.register(lambda: print(__doc__, [n for n in globals() if n[:1] != '_']))\n5"
    seen = await look_at(pen, code)
    assert seen.stdout == b"about ['atexit']\n"
    assert texts(await look_at(pen, "'only'\n")) == ["'only'"]


REPRS = """
class Shows:
    def _repr_html_(self): return "<b>x</b>", {"isolated": True}
    def _repr_markdown_(self): return "**x**"
    def _repr_latex_(self): return "$x$"
    def _repr_svg_(self): return "<svg/>"
    def _repr_png_(self): return b"\\x89PNG\\r\\n\\x1a\\nrest"
    def _repr_jpeg_(self): return b"\\xff\\xd8\\xff"
    def _repr_json_(self): return {"a": [1, 2.5, float("nan"), None, True, "é\\n"]}
    def __repr__(self): return "x"
Shows()
"""


@WARM_FIRST
async def test_a_value_is_asked_for_all_that_it_has(pen: Sandboxes, given: dict[str, Any]) -> None:
    (bundle,) = shown(await look_at(pen, REPRS, **given))
    assert json.loads(bundle.pop("application/json")) == {"a": [1, 2.5, None, None, True, "é\n"]}
    assert base64.b64decode(bundle.pop("image/png")) == b"\x89PNG\r\n\x1a\nrest"
    assert bundle == {
        "text/html": "<b>x</b>",
        "text/markdown": "**x**",
        "text/latex": "$x$",
        "image/svg+xml": "<svg/>",
        "text/plain": "x",
    }


async def test_a_bundle_of_its_own_comes_first_and_metadata_are_left(pen: Sandboxes) -> None:
    code = """
class Shows:
    def _repr_mimebundle_(self, include, exclude):
        return {"text/html": "<i>", "application/x-unknown": "x", "image/png": "iVBORw0KGgo="}, {"a": 1}
    def _repr_html_(self): return "<b>"
    def _repr_latex_(self): return None
    def __repr__(self): return "x"
Shows()
"""
    (bundle,) = shown(await look_at(pen, code))
    assert bundle == {"text/html": "<i>", "image/png": "iVBORw0KGgo=", "text/plain": "x"}


async def test_what_a_repr_raises_is_told_and_the_rest_is_shown(pen: Sandboxes) -> None:
    code = "class Bad:\n    def _repr_html_(self): return 1 / 0\n    def __repr__(self): return 'bad'\nBad()"
    seen = await look_at(pen, code)
    assert texts(seen) == ["bad"]
    lines = seen.stderr.decode().splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[1] == '  File "/workspace/main.py", line 2, in _repr_html_'
    assert lines[-1] == "ZeroDivisionError: division by zero"
    assert "display" not in seen.stderr.decode()


@WARM_FIRST
async def test_libraries_show_what_they_have(pen: Sandboxes, given: dict[str, Any]) -> None:
    code = """
from PIL import Image
import sympy
image = Image.new("RGB", (3, 2))
display(image)
image.show()
x = sympy.symbols("x")
sympy.Integral(x ** 2, x)
"""
    first, second, third = shown(await look_at(pen, code, **given))
    assert first == second
    assert set(first) == {"text/plain", "image/png"}
    assert third["text/latex"] == r"$\displaystyle \int x^{2}\, dx$"
    assert third["text/plain"] == "Integral(x**2, x)"


# As much of plotly as is asked for: it is not a part of the standard environment.
PLOTLY = b"""
class Named:
    def __init__(self, **names): vars(self).update(names)
class BaseFigure:
    def __init__(self, title): self.layout = Named(title=Named(text=title))
    def to_html(self): return "<div>plot</div>"
    def to_json(self): return '{"data": [], "layout": {}}'
    def show(self): print("opens a browser")
"""
PLOTS_BY_PLOTLY = """
from plotly.basedatatypes import BaseFigure
BaseFigure("Sales").show()
class Other:  # as its figures say it themselves
    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"application/vnd.plotly.v1+json": {"data": [{"y": [1, 2]}]}, "text/html": "<div>plot</div>"}
    def __repr__(self): return "Figure({})"
display(Other())
BaseFigure(None)
"""


async def test_a_figure_of_plotlys_is_shown_and_opens_no_browser(pen: Sandboxes) -> None:
    files = (WorkspaceFile("plotly/basedatatypes.py", PLOTLY),)
    seen = await look_at(pen, PLOTS_BY_PLOTLY, files=files)
    kind, html = "application/vnd.plotly.v1+json", "<div>plot</div>"
    assert shown(seen) == [
        {kind: '{"data": [], "layout": {}}', "text/html": html, "text/plain": "Interactive figure: Sales."},
        {kind: '{"data":[{"y":[1,2]}]}', "text/html": html, "text/plain": "Figure({})"},
        {kind: '{"data": [], "layout": {}}', "text/html": html, "text/plain": "Interactive figure."},
    ]
    assert seen.stdout == b""


TABLE = """
import pandas as pd
frame = pd.DataFrame({
    "whole": [1, 2 ** 60, 3], "part": [1.5, float("nan"), float("-inf")], "yes": [True, False, True],
    "when": pd.to_datetime(["2020-01-01", None, "2021-02-03 04:05"], format="ISO8601"), "text": ["a", None, "<b>"],
})
display(frame)
"""


@WARM_FIRST
async def test_a_frame_is_a_table(pen: Sandboxes, given: dict[str, Any]) -> None:
    (bundle,) = shown(await look_at(pen, TABLE, **given))
    table = json.loads(bundle["application/vnd.dataresource+json"])
    assert [field["type"] for field in table["schema"]["fields"]] == [
        *("integer", "integer", "number", "boolean", "datetime", "string"),
    ]
    assert table["data"] == [
        {"index": 0, "whole": 1, "part": 1.5, "yes": True, "when": "2020-01-01T00:00:00", "text": "a"},
        {"index": 1, "whole": str(2**60), "part": None, "yes": False, "when": None, "text": None},
        {"index": 2, "whole": 3, "part": "-INF", "yes": True, "when": "2021-02-03T04:05:00", "text": "<b>"},
    ]
    assert (table["total_rows"], table["total_columns"], table["schema"]["primaryKey"]) == (3, 5, ["index"])
    assert "<table" in bundle["text/html"]
    assert "&lt;b&gt;" in bundle["text/html"]
    assert "whole" in bundle["text/plain"]


async def test_tables_of_every_shape_are_bounded_and_keep_their_names(pen: Sandboxes) -> None:
    code = """
import numpy as np, pandas as pd
display(pd.DataFrame(np.ones((5000, 300))))
display(pd.DataFrame([[1, 2]], columns=["a", "a"]).set_index([[7]]).rename_axis("a"))
rows, columns = pd.MultiIndex.from_tuples([("x", 1)]), pd.MultiIndex.from_tuples([("u", "v")])
display(pd.DataFrame([[1]], index=rows, columns=columns))
display(pd.Series([1, None], name="s", dtype="Int64"))
display(pd.DataFrame())
days, kinds = pd.period_range("2020", periods=1), pd.Categorical(["b"])
display(pd.DataFrame({"c": kinds, "p": days, "o": [[1, 2]], "t": pd.to_timedelta([1], "D")}))
display(pd.DataFrame({"x": ["y" * 5000] * 1000}))
from decimal import Decimal
less, long = pd.to_timedelta([-2], "h"), np.array([1.5], dtype="longdouble")
display(pd.DataFrame({"d": [Decimal("NaN")], "t": less, "l": long}))
pd.set_option("display.max_colwidth", None)
display(pd.Series(["y" * 100_000]))
"""
    bundles = shown(await look_at(pen, code))
    large, same, multi, series, empty, odd, long, odder, _ = [
        json.loads(b["application/vnd.dataresource+json"]) for b in bundles
    ]
    assert (large["total_rows"], large["total_columns"]) == (5000, 300)
    assert (len(large["data"]), len(large["data"][0])) == (1000, 101)
    assert same["data"] == [{"a": 7, "a.1": 1, "a.2": 2}]
    assert [field.get("title", field["name"]) for field in same["schema"]["fields"]] == ["a"] * 3
    assert multi["data"] == [{"level_0": "x", "level_1": 1, "u, v": 1}]
    assert series["data"] == [{"index": 0, "s": 1}, {"index": 1, "s": None}]
    assert (empty["data"], empty["total_rows"]) == ([], 0)
    assert odd["data"] == [{"index": 0, "c": "b", "p": "2020-01-01", "o": "[1, 2]", "t": "1 days 00:00:00"}]
    assert len(long["data"][0]["x"]) == 1001
    assert odder["data"] == [{"index": 0, "d": None, "t": "-1 days +22:00:00", "l": 1.5}]
    assert bundles[-1]["text/plain"].endswith(" characters more)")
    assert long["total_rows"] == 1000


CELLS = {
    "of many bytes": "'\u9f8d' * 1000",
    "of many commas": "[0] * 250",
    "of many lists": "[[]] * 60",
    "of many words in braces": "'{' * 60",
}


@pytest.mark.parametrize("name", CELLS)
async def test_a_table_has_fewer_rows_where_more_would_not_be_taken(pen: Sandboxes, name: str) -> None:
    code = f"import pandas as pd\npd.DataFrame({{'a': [{CELLS[name]}] * 1000, 'b': ['x'] * 1000}})"
    seen = await look_at(pen, code)
    table = json.loads(shown(seen)[0]["application/vnd.dataresource+json"])
    assert (len(table["data"]) < 1000, table["total_rows"]) == (True, 1000)
    assert seen.stderr == b""


async def test_a_cell_that_cannot_be_written_down_takes_nothing_else_along(pen: Sandboxes) -> None:
    code = """
import pandas as pd
class Bad:
    def __str__(self): raise ValueError("no")
    __repr__ = __str__
display(pd.DataFrame({"a": [Bad(), 10 ** 5000, 1], "b": [2, 3, 4]}))
display(pd.Series([Bad(), 7]))
"""
    seen = await look_at(pen, code)
    for bundle, other in zip(shown(seen), ("4", "7"), strict=True):
        assert set(bundle) == {"text/plain", "text/html", "application/vnd.dataresource+json"}
        assert all("Bad object at" in data and other in data for data in bundle.values())
    assert "of about 5,001 digits" in shown(seen)[0]["text/plain"]
    assert seen.stderr.decode().splitlines()[-1] == "ValueError: no"


PICTURES = {
    "Image.new('F', (2, 1))": (2, 1, " image mode=F size=2x1>, black is 0, white is 0"),
    "Image.linear_gradient('L').convert('F')": (256, 256, " image mode=F size=256x256>, black is 0, white is 255"),
    "Image.linear_gradient('L').convert('I').point(lambda x: x * 900)": (
        *(256, 256, " image mode=I size=256x256>, black is 0, white is 229500"),
    ),
    "Image.new('I;16L', (2, 1), 7)": (2, 1, " image mode=I;16L size=2x1>, black is 7, white is 7"),
    "Image.new('PA', (2, 1))": (2, 1, " image mode=PA size=2x1>"),
    "Image.new('LAB', (3, 2))": (3, 2, " image mode=LAB size=3x2>"),
    "Image.new('1', (12000, 12000))": (4096, 4096, " image mode=1 size=12000x12000>, drawn as 4096x4096"),
    "Image.effect_noise((4000, 4000), 90)": (1959, 1959, " image mode=L size=4000x4000>, drawn as 1959x1959"),
    "Image.new('CMYK', (30000, 1000))": (22434, 747, " image mode=CMYK size=30000x1000>, drawn as 22434x747"),
    "Image.new('RGB', (0, 0))": (0, 0, " image mode=RGB size=0x0>"),
}


@pytest.mark.long
@pytest.mark.parametrize("made", PICTURES)
async def test_an_image_is_drawn_whatever_it_is_made_of(pen: Sandboxes, made: str) -> None:
    (bundle,) = shown(await look_at(pen, f"from PIL import Image\n{made}"))
    width, height, text = PICTURES[made]
    assert bundle["text/plain"] == f"<PIL.Image.Image{text}"
    if width:
        assert struct.unpack(">II", base64.b64decode(bundle["image/png"])[16:24]) == (width, height)


# As ever ------------------------------------------------------------------------------------------------------------


async def test_what_the_program_writes_by_way_of_c_comes_first_too(pen: Sandboxes) -> None:
    for given in (WARM, NEW):
        code = "import ctypes\nctypes.CDLL(None).printf(b'from C\\n')\ndisplay(1)\nprint('end')"
        assert told(await look_at(pen, code, **given)) == ["from C", "1", "end"]


async def test_a_ctrl_c_amid_it_ends_the_program_and_not_what_it_showed(pen: Sandboxes) -> None:
    code = """
import os, signal
class Slow:
    def __repr__(self):
        os.kill(os.getpid(), signal.SIGINT)
        return "slow"
display(1)
try:
    display(Slow())
except KeyboardInterrupt:
    print("interrupted")
display(2)
display(Slow())
"""
    seen = await look_at(pen, code, return_code=-2)
    assert texts(seen) == ["1", "2"]
    assert seen.said[Stream.STDOUT] == b"interrupted\n"
    assert seen.stderr.decode().splitlines()[-1] == "KeyboardInterrupt"
    assert "<display>" not in seen.stderr.decode()


@WARM_FIRST
async def test_built_in_names_are_not_missed(pen: Sandboxes, given: dict[str, Any]) -> None:
    code = "import builtins\nshow = display\nvars(builtins).clear()\nshow([1])\n[[2], {3: 'x'}]"
    seen = await look_at(pen, code, **given)
    assert (texts(seen), seen.stderr) == (["[1]", "[[2], {3: 'x'}]"], b"")
    seen = await look_at(pen, "import builtins\nvars(builtins).clear()\nlen", return_code=1, **given)
    assert seen.stderr.splitlines()[-1] == b"NameError: name 'len' is not defined"
    assert (b"<display>" in seen.stderr, b"<string>" in seen.stderr) == (False, False)


async def test_its_own_display_wins(pen: Sandboxes) -> None:
    seen = await look_at(pen, "def display(x): print('mine', x)\ndisplay(1)")
    assert (seen.stdout, shown(seen)) == (b"mine 1\n", [])


async def test_a_file_of_its_own_that_plots_is_none_of_the_others(pen: Sandboxes) -> None:
    files = (WorkspaceFile("matplotlib.py", b"print('mine')"),)
    assert (await look_at(pen, "import matplotlib", files=files)).stdout == b"mine\n"


AS_ELSEWHERE = "display(1, include=[], exclude=None, metadata={}, transient={}, clear=True)"


@WARM_FIRST
async def test_many_updates_take_no_room_and_the_last_of_them_comes(pen: Sandboxes, given: dict[str, Any]) -> None:
    code = f"""
meter = display("begun", display_id=True)
for number in range(3000): meter.update(number, metadata={{}})
{AS_ELSEWHERE}
for number in range(3000): meter.update(-number)
"""
    seen = await look_at(pen, code, **given)
    found = texts(seen)
    assert len(found) < 1500
    assert found[found.index("2999") + 1] == "1"
    assert found[-1] == "-2999"
    assert (seen.finished.shown_dropped, seen.stderr) == (0, b"")


@pytest.mark.long
@WARM_FIRST
async def test_the_last_updates_come_before_anybody_is_asked_for_input(pen: Sandboxes, given: dict[str, Any]) -> None:
    code = """
import matplotlib.pyplot as plt
meter = display("begun", display_id=True)
for number in range(3000): meter.update(number)
for number in range(9):
    plt.clf()
    plt.title(number)
    plt.pause(0.0001)
print(input("next?\\n"))
for number in range(3000): meter.update(-number)
"""
    found = told(await look_at(pen, code, stdin=b"yes\n", **given))
    before, after = found[: found.index("next?")], found[found.index("next?") + 1 :]
    assert ("2999" in before, before[-1], after[-1]) == (True, "Figure 1: 8.", "-2999")


async def test_a_handle_is_no_value(pen: Sandboxes) -> None:
    assert texts(await look_at(pen, "display(1, display_id=True)")) == ["1"]


LOOKS = "print(*{f.filename for f in traceback.extract_stack()} - {'<display>', '<string>'}, file=traceback.sys.stderr)"
LATE = {
    "a coroutine that nobody awaits": (
        "async def f(): pass\nf(\n)",
        "/workspace/main.py:2: RuntimeWarning: coroutine 'f' was never awaited\n  f(\n"
        "RuntimeWarning: Enable tracemalloc to get the object allocation traceback\n",
    ),
    "who looks at what is below": (
        f"import traceback\nclass Looks:\n    def __repr__(self):\n        {LOOKS}\n        return ''\nLooks()",
        "/workspace/main.py\n",
    ),
    "who looks from a figure": (
        f"import traceback, matplotlib.figure\n{PLOT}def look(*a, **k):\n    {LOOKS}\n    raise SystemExit\n"
        "matplotlib.figure.Figure.savefig = look",
        "/workspace/main.py\n",
    ),
}


@pytest.mark.parametrize("name", LATE)
@WARM_FIRST
async def test_what_is_said_late_names_the_program_and_nothing_of_ours(
    pen: Sandboxes, given: dict[str, Any], name: str
) -> None:
    code, expected = LATE[name]
    assert (await look_at(pen, code, **given)).stderr.decode() == expected
