"""Running a file as `python FILE` does: the same parser, the same `__main__`, the same words about an error.

CPython's own function reads and runs the file, so that whatever it says about a file (an encoding, a NUL, a syntax
error) is what it always says. What it does around that in C, because it is not to be had from Python, is done again
here, function by function, with the name of the original beside it.
"""

import builtins
import ctypes
import functools
import os
import sys
from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from types import CodeType, ModuleType, TracebackType
from typing import Any, Final

assert sys.platform == "linux"

from snakepen.runner.below import Depth, call_hidden, leave_untraced
from snakepen.runner.display import Displayer, compiled
from snakepen.runner.ending import ABOVE, flush_quietly
from snakepen.runner.interrupts import hold_back, let_through
from snakepen.runner.own_builtins import keep_own_builtins
from snakepen.runner.reports import without_ours

keep_own_builtins(globals())

_FILE_INPUT: Final = 257  # Python.h: Py_file_input
_LONG_BITS: Final = 63

_libc = ctypes.CDLL(None)
_libc.fopen.restype = ctypes.c_void_p
_run_file = ctypes.pythonapi.PyRun_FileExFlags
_run_file.restype = ctypes.py_object
_run_file.argtypes = (
    ctypes.c_void_p,
    ctypes.c_char_p,
    ctypes.c_int,
    ctypes.py_object,
    ctypes.py_object,
    ctypes.c_int,
    ctypes.c_void_p,
)
_evaluate = ctypes.pythonapi.PyEval_EvalCode
_evaluate.restype = ctypes.py_object
_evaluate.argtypes = (ctypes.py_object, ctypes.py_object, ctypes.py_object)
_write_object = ctypes.pythonapi.PyFile_WriteObject
_write_object.argtypes = (ctypes.py_object, ctypes.py_object, ctypes.c_int)
_PRINT_RAW: Final = 1  # object.h
_write_to = os.write
_STDERR: Final = 2


def new_main(path: str) -> None:
    """Put an empty `__main__`, as the interpreter makes it for this file, into sys.modules: nobody else holds it."""
    main = ModuleType("__main__")
    loader = SourceFileLoader("__main__", path)
    vars(main).update(__loader__=loader, __annotations__={}, __builtins__=builtins, __file__=path, __cached__=None)
    sys.modules["__main__"] = main


def run_main(path: str, depth: Depth, displayer: Displayer | None = None) -> tuple[int, bool]:
    """Run the file; the exit code so far, and whether a Ctrl-C that nobody caught ended it.

    With a displayer, the value of a last expression is shown.
    """
    leave_untraced()
    ctypes.set_errno(0)
    errors = _error_of(path, depth, displayer)
    flush_quietly()
    return _told(errors)


def show_what_is_open(displayer: Displayer) -> tuple[int, bool] | None:
    """Of a program that has ended, with all its threads; as above when that ended otherwise than it should."""
    errors = _error_of_figures(displayer)
    return _told(errors) if errors else None


def _told(errors: list[BaseException]) -> tuple[int, bool]:
    """Of the one error that there may be, which is let go of."""
    if not errors:
        return 0, False
    told = (_exit_code(errors[0]), False) if isinstance(errors[0], SystemExit) else _report(errors[0])
    _let_go(errors)
    return told


def _let_go(errors: list[BaseException]) -> None:
    """What only the frames of its traceback held may run the program's code when it goes."""
    call_hidden(errors.clear, level=ABOVE)


def _error_of(path: str, depth: Depth, displayer: Displayer | None) -> list[BaseException]:
    """Handled by the caller outside of any `except`, so that no exception counts as being handled meanwhile.

    In a list, which alone holds it.
    """
    code = None if displayer is None else _compiled(path)
    depth.set()
    error: BaseException | None = None
    try:
        try:
            let_through()
            if code is None or displayer is None:
                run_file(path, vars(sys.modules["__main__"]))
            else:
                _run_and_show(code, vars(sys.modules["__main__"]), displayer)
        except BaseException as raised:  # whatever the program raises is what we came for
            error = raised
        finally:
            hold_back()
    except BaseException as late:  # what a signal raises that came at the very end
        error = error or late
    if error is None:
        return []
    trace = _without_ours(error.__traceback__, frames=3)
    return [error.with_traceback(trace if displayer is None else without_ours(trace))]


def _error_of_figures(displayer: Displayer) -> list[BaseException]:
    """What ended the showing of those that the program left open: a Ctrl-C, or what stands in one to end it."""
    try:
        try:
            let_through()
            call_hidden(displayer.show_rest)
        finally:
            hold_back()
    except BaseException as error:
        return [error.with_traceback(without_ours(_without_ours(error.__traceback__, frames=2)))]
    return []


def _compiled(path: str) -> CodeType | None:
    with open(path, "rb") as file:
        return compiled(file.read(), path)


def _run_and_show(code: CodeType, names: dict[str, Any], displayer: Displayer) -> None:
    """As `run_file`, and show the last value."""
    call_hidden(functools.partial(_evaluate, code, names, names), level=None)
    call_hidden(functools.partial(displayer.show_last_value, names, code))


def run_file(path: str, names: dict[str, Any]) -> None:
    """PyRun_FileExFlags, with nothing below the file's own frame. Raises what the file raises."""
    name = path.encode()
    file = _libc.fopen(name, b"rbe")
    call_hidden(functools.partial(_run_file, file, name, _FILE_INPUT, names, names, True, None), level=None)


def _without_ours(trace: TracebackType | None, *, frames: int) -> TracebackType | None:
    for _ in range(frames):
        trace = trace.tb_next if trace else None
    return trace


def _exit_code(error: SystemExit) -> int:
    """pythonrun.c, handle_system_exit."""
    value = error.code
    if value is None:
        return 0
    if isinstance(value, int):
        return value & 0xFF if -(1 << _LONG_BITS) <= value < 1 << _LONG_BITS else 0xFF
    _tell(value)
    _tell("\n")
    return 1


def _report(error: BaseException) -> tuple[int, bool]:
    """pythonrun.c, _PyErr_PrintEx: by way of sys.excepthook, whatever the program made of it.

    The exit code, and whether it is a Ctrl-C that ends the process: no hook that exits otherwise, and no class of the
    program's own (run_eval_code_obj).
    """
    interrupted = type(error) is KeyboardInterrupt
    kind, trace = type(error), error.__traceback__
    sys.last_type, sys.last_value, sys.last_traceback = kind, error, trace
    if sys.version_info >= (3, 12):
        sys.last_exc = error
    hook = getattr(sys, "excepthook", None)
    if hook is None:
        _tell("sys.excepthook is missing\n")
        sys.__excepthook__(kind, error, trace)
        return 1, interrupted
    failures = _call_hook(hook, error)
    if not failures:
        return 1, interrupted
    failure = failures[0]
    told = 1, interrupted
    if isinstance(failure, SystemExit):
        told = _exit_code(failure), False
    else:
        _tell("Error in sys.excepthook:\n")
        sys.__excepthook__(type(failure), failure, failure.__traceback__)
        _tell("\nOriginal exception was:\n")
        sys.__excepthook__(kind, error, trace)
    del failure
    _let_go(failures)
    return told


def _call_hook(hook: Callable[..., object], error: BaseException) -> list[BaseException]:
    kind, trace = type(error), error.__traceback__
    try:
        try:
            let_through()
            call_hidden(functools.partial(sys.audit, "sys.excepthook", hook, kind, error, trace))
            call_hidden(functools.partial(hook, kind, error, trace))  # the program may have put anything there
        finally:
            hold_back()
    except BaseException as failure:
        return [failure.with_traceback(_without_ours(failure.__traceback__, frames=2))]
    return []


def _tell(said: object) -> None:
    """PyFile_WriteObject, PySys_WriteStderr: nothing that goes wrong here is worth another word."""
    try:
        if sys.stderr is not None:
            call_hidden(functools.partial(_write_object, said, sys.stderr, _PRINT_RAW))
        else:
            _write_to(_STDERR, call_hidden(functools.partial(str, said)).encode("utf-8", "backslashreplace"))
    except Exception:  # noqa: S110  -- as CPython does
        pass
