"""A program of its own: runs another one in a new interpreter, as `python FILE` does, and shows what that one shows.

It is the text of `-c`, followed by a call of `main` with the sources that it loads (`parts.py`): where it runs there is
no file of ours. Its arguments: the number of a socket (`showing.py`), the path of the program, the program's own.
"""

from __future__ import annotations

import sys

if __name__ == "__main__":
    del sys.path[0]  # the folder it is in, before anything is imported: a file in it may have any name
sys.modules.pop("linecache", None)  # from 3.13 on the source of `-c`, ours, is in it
_MODULES = frozenset(sys.modules) - {"__future__"}
_IMPORTERS = {place: finder for place, finder in sys.path_importer_cache.items() if place}

import ctypes
import os
from _frozen_importlib_external import SourceFileLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType, TracebackType
    from typing import Any, Final

_FILE_INPUT: Final = 257  # Python.h: Py_file_input

globals()["__builtins__"] = dict(vars(sys.modules["builtins"]))  # as `own_builtins.py`, which is not loaded yet


def main(sources: dict[str, str]) -> None:
    """Ends by an exception when the program did."""
    control, path = int(sys.argv[1]), sys.argv[2]
    loaded = _load(sources)
    os.set_inheritable(control, False)
    names = _look_like_a_plain_start(path)
    flush = ctypes.CDLL(None).fflush
    display: Any = loaded["display"]
    displayer = display.Displayer(loaded["showing"].Way(control).send, flush=lambda: flush(None))
    displayer.install()
    without_ours = loaded["reports"].without_ours
    error = _told(_error_of(path, names, display, displayer), without_ours)
    _join_threads()  # they may draw
    error = _told(_error_of_figures(displayer), without_ours) or error
    if isinstance(error, KeyboardInterrupt):
        sys.excepthook = _say_nothing(sys.excepthook)  # it was reported; the interpreter then ends by the signal
        raise error
    if error is not None:
        raise error if isinstance(error, SystemExit) else SystemExit(1)


def _told(error: BaseException | None, without_ours: Any) -> BaseException | None:  # noqa: ANN401  -- loaded above
    """It, as it is to end the interpreter."""
    if error is not None:
        error = error.with_traceback(without_ours(_without_ours(error.__traceback__)))
        if not isinstance(error, SystemExit):
            _report(error)
    return error


def _load(sources: dict[str, str]) -> dict[str, ModuleType]:
    """Each under the name that the others import it by."""
    loaded = {}
    for name, source in sources.items():
        module = loaded[name] = type(sys)(f"snakepen.runner.{name}")
        sys.modules[module.__name__] = module
        exec(compile(source, "<display>", "exec", dont_inherit=True), vars(module))  # noqa: S102  -- our own text
    return loaded


def _look_like_a_plain_start(path: str) -> dict[str, Any]:
    """Nothing imported that `python FILE` does not import: the program's own may be others. And an empty `__main__`, as
    that makes it; its names."""
    for name in sys.modules.keys() - _MODULES:
        del sys.modules[name]
    sys.path_importer_cache.clear()
    sys.path_importer_cache.update(_IMPORTERS | {path: None})
    sys.argv[:] = sys.argv[2:]
    sys.orig_argv[:] = [sys.orig_argv[0], *sys.argv]
    sys.path.insert(0, os.path.dirname(path))
    program = sys.modules["__main__"] = type(sys)("__main__")
    names = vars(program)
    loader = SourceFileLoader("__main__", path)
    builtins = sys.modules["builtins"]
    names.update(__loader__=loader, __annotations__={}, __builtins__=builtins, __file__=path, __cached__=None)
    return names


def _error_of(path: str, names: dict[str, Any], display: Any, displayer: Any) -> BaseException | None:  # noqa: ANN401  -- loaded above
    try:
        with open(path, "rb") as file:
            code = display.compiled(file.read(), path)
        if code is None:
            _run_file(path, names)
        else:
            exec(code, names)  # noqa: S102  -- running what callers send is the point
            displayer.show_last_value(names, code)
    except BaseException as error:  # whatever the program raises is what we came for
        return error
    return None


def _error_of_figures(displayer: Any) -> BaseException | None:  # noqa: ANN401  -- as above
    try:
        displayer.show_rest()
    except BaseException as error:  # a Ctrl-C, or what stands in a figure to end the program
        return error
    return None


def _join_threads() -> None:
    """pylifecycle.c, wait_for_thread_shutdown, which then finds nothing to be done."""
    threading: Any = sys.modules.get("threading")
    if threading is None:
        return
    try:
        threading._shutdown()
    except BaseException as error:  # CPython goes on with its end whatever this was
        trace = _without_ours(error.__traceback__)
        print(f"Exception ignored in: {threading!r}", file=sys.stderr)  # noqa: T201  -- what CPython says
        sys.__excepthook__(type(error), error.with_traceback(trace), trace)


def _run_file(path: str, names: dict[str, Any]) -> None:
    """By CPython's own function, so that what it says about a file is what it always says."""
    fopen = ctypes.CDLL(None).fopen
    fopen.restype = ctypes.c_void_p
    run = ctypes.pythonapi.PyRun_FileExFlags
    run.restype = ctypes.py_object
    text, number, thing, pointer = ctypes.c_char_p, ctypes.c_int, ctypes.py_object, ctypes.c_void_p
    run.argtypes = (pointer, text, number, thing, thing, number, pointer)
    name = os.fsencode(path)
    run(fopen(name, b"rb"), name, _FILE_INPUT, names, names, True, None)


def _without_ours(trace: TracebackType | None) -> TracebackType | None:
    while trace is not None and trace.tb_frame.f_globals is globals():
        trace = trace.tb_next
    return trace


def _report(error: BaseException) -> None:
    """pythonrun.c, _PyErr_PrintEx."""
    kind, trace = type(error), error.__traceback__
    sys.last_type, sys.last_value, sys.last_traceback = kind, error, trace
    hook = getattr(sys, "excepthook", None)
    if hook is None:
        print("sys.excepthook is missing", file=sys.stderr)  # noqa: T201  -- what CPython says
        hook = sys.__excepthook__
    try:
        hook(kind, error, trace)
    except BaseException as failure:
        print("Error in sys.excepthook:", file=sys.stderr)  # noqa: T201  -- as above
        trace_of_failure = _without_ours(failure.__traceback__)
        sys.__excepthook__(type(failure), failure.with_traceback(trace_of_failure), trace_of_failure)
        print("\nOriginal exception was:", file=sys.stderr)  # noqa: T201  -- as above
        sys.__excepthook__(kind, error, trace)


def _say_nothing(hook: Any) -> Any:  # noqa: ANN401  -- whatever the program made of it
    def say_nothing(*error: object) -> None:
        sys.excepthook = hook

    return say_nothing
