"""The modules that show: what they import, how they write values down, and how a program is compiled."""

import ast
import functools
import io
import json
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import redirect_stderr
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snakepen.limits import MAX_ARGUMENT_BYTES, MAX_PARSED_BYTES
from snakepen.runner import display, texts
from snakepen.runner.bundles import bundle_of
from snakepen.runner.display import Displayer, compiled
from snakepen.runner.parts import program_text

Bundle = dict[str, str | bytes]
SOURCES = Path(display.__file__).parent


def test_they_import_next_to_nothing() -> None:
    code = f"""
import sys
before = set(sys.modules)
sys.path.append({str(SOURCES.parents[1])!r})
import snakepen.runner.display, snakepen.runner.showing
print(sorted(name for name in set(sys.modules) - before if not name.startswith('snakepen')))
"""
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True)
    brought = set(ast.literal_eval(done.stdout)) - {"os", "stat", "posixpath", "genericpath", "_stat", "os.path"}
    brought -= {"abc", "_abc", "_collections_abc", "nt", "ntpath", "__future__"}  # by `site`, which -S leaves out
    assert brought <= {*sys.builtin_module_names, "binascii"}


def test_a_new_interpreter_can_be_given_them() -> None:
    assert len(program_text().encode()) < MAX_ARGUMENT_BYTES * 3 // 4


IN_THE_BROWSER = """
import sys
from snakepen.runner.display import PARTS
names = {"__name__": "host"}
exec(open(sys.argv[1]).read(), names)
parts = {name: open(f"{sys.argv[2]}/{name}.py").read() for name in PARTS}
shown = []
found = names["_displayer"](lambda *given: shown.append(given), parts)
meter = display(0, display_id=True)
for number in range(3000): meter.update(number)
for number in range(210): display(number)
meter.update("last")
found.displayer.show_rest()
updates = [one for one in shown if one[2]]
assert {one[2] for one in updates} == {meter.display_id}
print(len(shown) - len(updates), len(updates) < 1500, updates[-1][0])
"""


def test_the_browser_counts_as_the_server_does() -> None:
    host = SOURCES.parents[2] / "web/src/browser/host.py"
    done = subprocess.run(
        [sys.executable, "-c", IN_THE_BROWSER, host, SOURCES],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(SOURCES.parents[1])},
    )
    assert done.stdout == "200 True {'text/plain': \"'last'\"}\n"
    assert done.stderr == "Not shown: the rest; a run may show 200 things, 16 MiB in all.\n"


def shown_by(code: str) -> list[Bundle]:
    """What a program shows to a displayer in this process."""
    sent: list[Bundle] = []

    def send(bundle: Bundle, display_id: str | None, update_of: str | None) -> None:
        sent.append(bundle)

    displayer = Displayer(send)
    made = compiled(code.encode(), "main.py")
    assert made is not None
    names: dict[str, object] = {"display": displayer._display}
    exec(made, names)
    displayer.show_last_value(names, made)
    return sent


@pytest.mark.parametrize("code", ["", "x = 1", "1;", "f(", "return 1", "\0", "x" * (MAX_PARSED_BYTES + 1), "(" * 5000])
def test_what_has_no_last_value_is_not_compiled(code: str) -> None:
    assert compiled(code.encode(), "main.py") is None


def test_a_last_value_is_left_and_taken() -> None:
    assert shown_by("x = 2\nx * 21") == [{"text/plain": "42"}]
    assert shown_by("None") == []


def test_warnings_are_given_once(capsys: pytest.CaptureFixture[str]) -> None:
    import warnings

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert compiled(b"x = 1\nx is 1\nx", "main.py") is not None
        assert len(caught) == 1
        assert compiled(b"x is 1\nf(", "main.py") is None
        assert compiled(b"x = 1\nx is 1\nx = 2", "main.py") is None
        assert len(caught) == 1
    assert capsys.readouterr().err == ""


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(VALUES)
def test_json_is_what_json_reads(value: object) -> None:
    assert json.loads(texts.json_text(value)) == value


def test_json_has_no_word_for_what_is_no_number() -> None:
    assert texts.json_text([float("nan"), float("inf"), (1,), {2: {3}}]) == '[null,null,[1],{"2":"{3}"}]'


@given(st.recursive(SCALARS, lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text(), inner)))
def test_text_is_python_however_it_is_laid_out(value: object) -> None:
    assert ast.literal_eval(texts.plain(value)) == value


def test_what_is_empty_is_so_at_the_end_of_a_long_line() -> None:
    assert texts.plain({"x" * 100: []}) == f"{{'{'x' * 100}': []}}"


def test_text_is_as_long_as_anybody_reads() -> None:
    assert texts.plain(list(range(10**6))).endswith("... 999,000 more]")
    assert texts.plain("x" * 10**6).endswith("characters more)")
    assert len(texts.plain([["x" * 1000] * 1000] * 1000)) < texts.MOST_CHARACTERS + 100
    assert texts.plain(list(range(30))) == (
        "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,\n"
        " 22, 23, 24, 25, 26, 27, 28, 29]"
    )


class Bad:
    """It cannot be written down."""

    def __repr__(self) -> str:
        raise ValueError("no")


def test_what_is_in_a_list_twice_or_is_the_list_is_laid_out_once_more_at_most() -> None:
    own: list[object] = [1]
    own += [own, own, {"x": own}]
    assert texts.plain(own) == repr(own)
    deep: list[object] = []
    for _ in range(1000):
        deep = [deep]
    assert texts.plain(deep).startswith("[" * 100)


UNWRITTEN = {
    "[1, <int of about 5,001 digits>]": [1, 10**5000],
    "[1, <Bad>, {2: (<Bad>,)}]": [1, Bad(), {2: (Bad(),)}],
    "{<Bad>: <Bad>}": {Bad(): Bad()},
}


@pytest.mark.parametrize("expected", UNWRITTEN)
def test_what_cannot_be_written_down_takes_nothing_else_along(expected: str) -> None:
    told = io.StringIO()
    with redirect_stderr(told):
        text = " ".join(texts.plain(UNWRITTEN[expected]).split())
    assert re.sub(r"<[a-z_.]*\.Bad object at 0x\w+>", "<Bad>", text) == expected
    assert told.getvalue().count("ValueError: no") == ("Bad" in expected)


NO_BUNDLES: list[object] = [[("text/html", "<b>")], "x", 5, type("Lies", (dict,), {"items": lambda self: 1 / 0})(a=1)]


@pytest.mark.parametrize("given", NO_BUNDLES)
def test_a_bundle_that_is_none_takes_nothing_else_along(given: object) -> None:
    class Shows:
        def _repr_mimebundle_(self, include: object, exclude: object) -> object:
            return given

        def _repr_html_(self) -> str:
            return "<i>"

        def __repr__(self) -> str:
            return "x"

    told = io.StringIO()
    with redirect_stderr(told):
        assert bundle_of(Shows(), lambda value: None) == {"text/html": "<i>", "text/plain": "x"}
    assert "Error: " in told.getvalue()


class AlarmError(Exception):
    """Of a program's own."""


class Handles:
    """Ways to have a signal end what it comes amid."""

    def handle(self, number: int, frame: object) -> None:
        raise AlarmError

    __call__ = handle


def handle(number: int, frame: object, error: type[Exception] = AlarmError) -> None:
    raise error


HANDLERS: dict[str, Callable[[int, FrameType | None], object]] = {
    "a function": handle,
    "a method": Handles().handle,
    "an object": Handles(),
    "a partial one": functools.partial(handle, error=TimeoutError),
}


class Rings:
    """The signal comes amid what it is asked."""

    def __init__(self, method: str) -> None:
        setattr(self, method, lambda *arguments, **names: signal.raise_signal(signal.SIGTERM))

    def __repr__(self) -> str:
        vars(self).get("__repr__", str)()
        return "rings"


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such signals")
@pytest.mark.parametrize("amid", ["__repr__", "_repr_html_", "_repr_mimebundle_", "flush", "send"])
@pytest.mark.parametrize("name", HANDLERS)
def test_what_the_handler_of_a_signal_raises_reaches_the_program(
    name: str, amid: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = Rings(amid).send if amid == "send" else lambda *arguments: None  # type: ignore[attr-defined]  # it is set
    displayer = Displayer(send)
    if amid == "flush":
        monkeypatch.setattr(sys, "stdout", Rings(amid))
    before = signal.signal(signal.SIGTERM, HANDLERS[name])
    try:
        with pytest.raises((AlarmError, TimeoutError)):
            displayer._display(([Rings(amid)] if amid == "__repr__" else Rings(amid),), None, **OPTIONS)
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_bundle_has_a_text_whatever_a_value_does() -> None:
    told = io.StringIO()
    with redirect_stderr(told):
        bundle = bundle_of(Bad(), lambda value: None)
    assert str(bundle["text/plain"]).startswith("<")
    assert told.getvalue().endswith("ValueError: no\n")


def test_what_comes_amid_another_comes_after_it() -> None:
    """Out of a signal's handler or a destructor, in the same thread; another thread waits."""
    sent: list[str] = []
    others: list[threading.Thread] = []

    def send(bundle: Bundle, display_id: str | None, update_of: str | None) -> None:
        sent.append(f"begin {bundle['text/plain']!s}")
        if bundle["text/plain"] == "1":
            displayer._display((2,), None, update=False, raw=False)
            others.append(threading.Thread(target=displayer._display, args=((3,), None), kwargs=OPTIONS))
            others[0].start()
        sent.append(f"end {bundle['text/plain']!s}")

    displayer = Displayer(send)
    displayer._display((1,), None, update=False, raw=False)
    others[0].join()
    assert sent == ["begin 1", "end 1", "begin 2", "end 2", "begin 3", "end 3"]


OPTIONS = {"update": False, "raw": False}


def test_what_cannot_be_sent_is_told_once() -> None:
    def send(bundle: Bundle, display_id: str | None, update_of: str | None) -> None:
        raise BrokenPipeError

    displayer = Displayer(send)
    told = io.StringIO()
    with redirect_stderr(told):
        for _ in range(3):
            displayer._display((1,), None, update=False, raw=False)
    assert told.getvalue() == "Not shown: what the program closed the way for.\n"


def test_an_update_needs_to_say_of_what() -> None:
    with pytest.raises(TypeError, match="needs the display_id"):
        Displayer(lambda *a: None)._display((1,), None, update=True, raw=False)
    with pytest.raises(TypeError, match="raw=True needs bundles"):
        Displayer(lambda *a: None)._display((1,), None, update=False, raw=True)
    with pytest.raises(ValueError, match="may have 100 characters, not 101"):
        Displayer(lambda *a: None)._display((1,), "x" * 101, update=False, raw=False)
