"""The modules that show: what they import, how they write values down, and how a program is compiled."""

import ast
import io
import json
import subprocess
import sys
import threading
from contextlib import redirect_stderr
from pathlib import Path

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
    assert len(program_text().encode()) < MAX_ARGUMENT_BYTES // 2


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
    displayer.show_last_value(names)
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


def test_a_bundle_has_a_text_whatever_a_value_does() -> None:
    class Bad:
        def __repr__(self) -> str:
            raise ValueError("no")

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
