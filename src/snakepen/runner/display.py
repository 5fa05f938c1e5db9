"""What a program shows besides what it prints: the value of a last expression, figures, what it gives `display()`.

    displayer = Displayer(send, flush=...)      # `send(bundle, display_id, update_of)`: see Send
    displayer.install()                         # the builtin `display`, and what libraries' own `show()` do
    code = compiled(source, path)               # None: nothing to show at its end; then run the file as ever
    exec(code, names)                           # or whatever else evaluates code
    displayer.show_last_value(names, code)
    ...                                         # report the exception, if it raised one; wait for its threads
    displayer.show_rest()                       # figures that it left open, and what waits, whatever ended it

Three interpreters run this: warm ones, new ones (`bootstrap.py`) and the browser's. So this module and those that it
imports (`PARTS`, in the order to load them in) know nothing of ours but each other. They import next to nothing, and
that when they are loaded, before the program's folder is looked in: a file in it may have any name. They are to be
loaded under the file name `reports.FILE_NAME`; `reports.without_ours` takes their frames from a traceback by it.
"""

from __future__ import annotations

import _ast
import _frozen_importlib
import _thread
import _warnings
import builtins
import os
import sys

from snakepen.runner.bundles import bundle_of, raw_bundle
from snakepen.runner.figures import Figures, is_drawing
from snakepen.runner.own_builtins import keep_own_builtins
from snakepen.runner.reports import pass_on, report
from snakepen.runner.room import MOST_BYTES, Updates

keep_own_builtins(globals())

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any, Final

    from snakepen.runner.bundles import Bundle

    # Sends one thing, and waits until it is where it goes. What is not shown, in words to follow "Not shown:", else
    # None. An empty bundle says that something was not shown. Raises OSError when nobody can be reached any more.
    Send = Callable[[Bundle, str | None, str | None], str | None]

PARTS: Final = ("own_builtins", "reports", "texts", "tables", "pictures", "bundles", "figures", "room", "display")

_MOST_ID_CHARACTERS: Final = 100

# One source is parsed up to here (snakepen.limits.MAX_PARSED_BYTES): as objects of Python's a tree is large.
_MOST_PARSED_BYTES: Final = 65536
_ONLY_AST: Final = 0x400  # compile(), PyCF_ONLY_AST
# No program can spell it, so none has such a name.
_LAST: Final = "<last value>"
_DELETES: Final = compile("del _", "<display>", "exec")
_UTF8_MARK: Final = b"\xef\xbb\xbf"

_getpid = os.getpid
_evaluate = exec
_importlib: Any = _frozen_importlib


def compiled(source: bytes, path: str) -> CodeType | None:
    """The program, changed to leave its last value where `Displayer.show_last_value` finds it.

    None when it does not end in an expression, or that in a semicolon; when it is long; and when it is no Python, which
    whoever runs it as a file will say. What Python warns of is printed once, if it is not None.
    """
    if len(source) > _MOST_PARSED_BYTES:
        return None
    filters: Any = _warnings.filters
    try:
        for action in ("error", "ignore"):
            filters.insert(0, (action, None, Warning, None, 0))
            try:
                code = _compiled(source, path)
            except Exception:
                if action == "ignore":
                    return None
            else:
                if code is None or action == "error":
                    return code
            finally:
                del filters[0]
        return _compiled(source, path)  # with its warnings, of which there are some
    except Exception:  # a warning, where these are to be errors
        return None


def _compiled(source: bytes, path: str) -> CodeType | None:
    tree: Any = compile(source, path, "exec", _ONLY_AST, dont_inherit=True)
    if not tree.body or not isinstance(tree.body[-1], _ast.Expr):
        return None
    last: Any = tree.body[-1]
    line = source.removeprefix(_UTF8_MARK).splitlines()[last.end_lineno - 1]
    if line[last.end_col_offset :].lstrip(b" \t").startswith(b";"):  # columns count UTF-8; else it may be cut elsewhere
        return None
    if len(tree.body) > 1 or not isinstance(getattr(last.value, "value", None), str):  # else it is the docstring, too
        tree.body.pop()
    of_value, of_statement = (
        {name: getattr(node, name) for name in ("lineno", "col_offset", "end_lineno", "end_col_offset")}
        for node in (last.value, last)
    )
    target = _ast.Name(id=_LAST, ctx=_ast.Store(), **of_value)
    tree.body.append(_ast.Assign(targets=[target], value=last.value, **of_statement))
    return compile(tree, path, "exec", dont_inherit=True)


class DisplayHandle:
    """What `display(..., display_id=...)` returns: to put another thing in the place of what was shown."""

    def __init__(self, display_id: str, display: Callable[..., object]) -> None:
        self.display_id = display_id
        self._display = display

    def display(self, value: object, **options: object) -> None:
        """Show it, to be updated by this handle."""
        self._display(value, display_id=self.display_id, **options)

    def update(self, value: object, **options: object) -> None:
        """Show it in the place of what is there."""
        self._display(value, display_id=self.display_id, update=True, **options)

    def __repr__(self) -> str:
        return f"<DisplayHandle display_id={self.display_id}>"


def _nothing(kind: type) -> None:
    """Another thread was faster."""


class Displayer:
    """Shows what the program of this process shows. A child that it forks prints the text instead."""

    def __init__(self, send: Send, *, flush: Callable[[], object] = lambda: None) -> None:
        """`flush` is called after Python's own streams were flushed, so that what was written comes before what is
        shown."""
        self._send = send
        self._flush_rest = flush
        self._pid = _getpid()
        self._figures = Figures(self._show, self._is_child)
        self._lock = _thread.RLock()
        self._waiting: list[tuple[Bundle, str | None, str | None]] = []
        self._sending = False
        self._updates = Updates()
        self._said: set[str] = set()
        self._ids = 0
        self._public: Callable[..., object]
        self._changes = {
            ("matplotlib.backend_bases", "FigureManagerBase"): self._figures.change_managers,
            ("matplotlib.figure", "Figure"): self._figures.change_figures,
            ("plotly.basedatatypes", "BaseFigure"): self._change_show,
            ("PIL.Image", "Image"): self._change_show,
        }

    def install(self) -> None:
        """To be called once, before the program begins."""

        def display(
            *values: object,
            display_id: str | bool | None = None,
            update: bool = False,
            raw: bool = False,
            include: object = None,
            exclude: object = None,
            metadata: object = None,
            transient: object = None,
            clear: bool = False,
        ) -> DisplayHandle | None:
            """Show each value. With a `display_id` (True: a new one) it can be updated, by the handle that is returned
            or by `update=True` with the same id. `raw`: the values are bundles, {media type: data}, themselves. What
            else IPython's takes is taken, and changes nothing.
            """
            return self._display(values, display_id, update=update, raw=raw)

        display.__module__, display.__qualname__ = "builtins", "display"
        self._public = builtins.display = display  # type: ignore[attr-defined]  # that is what makes it one
        self._watch_imports()
        sys.addaudithook(self._hear)

    def _display(
        self, values: tuple[object, ...], display_id: object, *, update: bool, raw: bool
    ) -> DisplayHandle | None:
        if display_id is True:
            self._ids += 1
            name: str | None = f"display-{_getpid()}-{self._ids}"
        elif display_id is None or display_id is False:
            name = None
        else:
            name = str(display_id)
            if len(name) > _MOST_ID_CHARACTERS:
                raise ValueError(f"display: a display_id may have {_MOST_ID_CHARACTERS} characters, not {len(name):,}")
        if update and name is None:
            raise TypeError("display: update=True needs the display_id of what is to be updated")
        for value in values:
            bundle = raw_bundle(value) if raw else bundle_of(value, self._figures.bundle)
            self._show(bundle, None if update else name, name if update else None)
        return None if name is None or update else DisplayHandle(name, self._public)

    def show_last_value(self, names: dict[str, Any], code: CodeType) -> None:
        """Of a program that was compiled by `compiled` to this code, when it has come to its end; `names` are its
        module's."""
        try:
            self._show_value(names.get(_LAST))
        finally:
            # The value goes where its expression stands, as ever: Python may have to say something of it, and where.
            if _LAST in names:
                line = [line for _, _, line in code.co_lines() if line is not None][-1]
                _evaluate(_DELETES.replace(co_names=(_LAST,), co_filename=code.co_filename, co_firstlineno=line), names)

    def _show_value(self, value: object) -> None:
        if value is not None and not isinstance(value, DisplayHandle) and not is_drawing(value):
            self._show(bundle_of(value, self._figures.bundle))

    def show_rest(self) -> None:
        """At the end: all figures that are open and were not shown, and updates that wait. An exception amid it is
        printed."""
        try:
            self._figures.show_open()
        except Exception as error:
            report(error)
        if not self._is_child():
            with self._lock:
                self._waiting += self._updates.rest()
            self._send_waiting()

    def _hear(self, event: str, arguments: object) -> None:
        """Whoever is asked for input looks at what is there: what was too soon after the last has come by then."""
        if event != "builtins.input" or self._is_child():
            return
        try:
            self._figures.show_what_waits()
        except Exception as error:
            report(error)
        with self._lock:
            self._waiting += self._updates.waited()
            self._send_waiting()

    def _is_child(self) -> bool:
        return _getpid() != self._pid

    # From a bundle to whoever sees it ---------------------------------------------------------------------------------

    def _show(self, bundle: Bundle, display_id: str | None = None, update_of: str | None = None) -> None:
        """Also out of a signal handler or a destructor that comes amid another: then after that, by that."""
        if self._is_child():
            print(bundle.get("text/plain", ""))  # noqa: T201  -- a program's own words
            return
        bundle = self._fitting(bundle)
        if not bundle:
            self._say("what is nothing, or of no media type that can be shown")
        with self._lock:
            self._waiting += self._updates.passed(bundle, display_id, update_of)
            self._send_waiting()

    def _send_waiting(self) -> None:
        with self._lock:
            if self._sending:
                return
            self._sending = True
            try:
                while self._waiting:
                    self._flush()
                    left_out = self._send(*self._waiting.pop(0))
                    if left_out is not None:
                        self._say(left_out)
            except OSError as error:
                pass_on(error)  # a TimeoutError is one
                self._waiting.clear()
                self._say("what the program closed the way for")
            finally:
                self._sending = False

    def _fitting(self, bundle: Bundle) -> Bundle:
        """Without what is too large."""
        fitting: Bundle = {}
        left = MOST_BYTES
        for kind in sorted(bundle, key=lambda kind: (kind != "text/plain", len(bundle[kind]))):
            data = bundle[kind]
            size = len(data) if isinstance(data, bytes) else len(data.encode("utf-8", "replace"))
            left -= size
            if left < 0:
                self._say(f"{kind} of {size:,} bytes, which is more than {MOST_BYTES >> 20} MiB")
                break
            fitting[kind] = data
        return fitting

    def _flush(self) -> None:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception as error:
                pass_on(error)  # else it is closed, or none: then nothing waits there
        self._flush_rest()

    def _say(self, what: str) -> None:
        """To whoever reads standard error, once."""
        if what in self._said:
            return
        self._said.add(what)
        try:
            sys.stderr.write(f"Not shown: {what}.\n")
        except Exception as error:
            pass_on(error)

    # What libraries do themselves -------------------------------------------------------------------------------------

    def _watch_imports(self) -> None:
        """Change what libraries do to show something, as soon as each is there.

        `_load_unlocked` loads what an import has found, and nothing else calls it.
        """
        load = _importlib._load_unlocked
        modules, changes = sys.modules, self._changes

        def _load_unlocked(spec: object) -> object:
            module = load(spec)
            for place in list(changes):
                found = modules.get(place[0])
                kind = None if found is None else vars(found).get(place[1])
                if kind is not None:
                    changes.pop(place, _nothing)(kind)
            return module

        # Python leaves its own frames out of tracebacks, and knows them by this name.
        _load_unlocked.__code__ = _load_unlocked.__code__.replace(co_filename=load.__code__.co_filename)
        _importlib._load_unlocked = _load_unlocked

    def _change_show(self, kind: type) -> None:
        original: Callable[..., object] = vars(kind)["show"]

        def show(value: object, *arguments: object, **names: object) -> object:
            if self._is_child():
                return original(value, *arguments, **names)
            self._show(bundle_of(value, self._figures.bundle))
            return None

        kind.show = show  # type: ignore[attr-defined]  # by its name
