"""The end of a run, as far as a program can see one: threads joined, atexit, everything flushed, its objects gone.

The real end (pylifecycle.c, Py_FinalizeEx) frees every module one by one: 60 ms with the data libraries, where
this takes one. The name of what is done again here stands beside it.

A program may have put anything in the place of what we call here, so all of that is taken hold of beforehand.
"""

import _signal  # type: ignore[import-not-found]  # `signal` without its enumerations, which take time
import atexit
import builtins
import ctypes
import gc
import os
import sys
import weakref
from collections.abc import Callable, Container
from importlib.machinery import SourceFileLoader
from types import FunctionType, ModuleType, TracebackType
from typing import Any, Final, NoReturn, TextIO

assert sys.platform == "linux"

from snakepen.runner.below import call_hidden
from snakepen.runner.interrupts import hold_back, let_through

_FLUSH_FAILED: Final = 120  # main.c, Py_RunMain
_WORKSPACE: Final = "/workspace/"
_INERT: Final = frozenset({type(None), bool, int, float, complex, str, bytes, ModuleType, SourceFileLoader})
_CONTAINERS: Final = frozenset({list, tuple, set, frozenset, dict})
_MOST_LOOKED_AT: Final = 1000
# What finalize_modules_delete_special sets to None, and what it puts back, before anything is freed.
_GONE: Final = (
    *("path", "argv", "ps1", "ps2", "last_exc", "last_type", "last_value", "last_traceback"),
    *("path_hooks", "path_importer_cache", "meta_path", "__interactivehook__"),
)
_STREAMS: Final = ("stdin", "stdout", "stderr")

_fflush = ctypes.CDLL(None).fflush
_run_exit_functions = atexit._run_exitfuncs
_collect = gc.collect
_threads = sys._current_frames
_exit = os._exit
_getpid = os.getpid
_kill = os.kill
_handler = _signal.getsignal
_set_handler = _signal.signal
_sys_names = vars(sys)
_modules = sys.modules
_last_module = ""
_shelf: Container[str] = ()
_kept: list[object] = []
_new_arguments = ctypes.pythonapi.PyStructSequence_New
_new_arguments.restype = ctypes.py_object
_new_arguments.argtypes = (ctypes.py_object,)
_set_argument = ctypes.pythonapi.PyStructSequence_SetItem
_set_argument.restype = None
_set_argument.argtypes = (ctypes.py_object, ctypes.c_ssize_t, ctypes.py_object)
_hold = ctypes.pythonapi.Py_IncRef
_hold.restype = None
_hold.argtypes = (ctypes.py_object,)


def _type_of_arguments() -> type:
    """Of what sys.unraisablehook is called with: it has no name in any module, so one has to be caught."""
    caught: list[type] = []

    class Fails:
        def __del__(self) -> None:
            raise ValueError

    before, sys.unraisablehook = sys.unraisablehook, lambda arguments: caught.append(type(arguments))
    try:
        Fails()
    finally:
        sys.unraisablehook = before
    return caught[0]


_arguments_type = _type_of_arguments()


def flush_c_streams() -> None:
    """exit(3): what extensions said by way of C."""
    _fflush(None)


def remember_modules(shelf: Container[str]) -> None:
    """To be called when all are there that a program finds, beside those that it can import from the shelf."""
    global _last_module, _shelf
    _last_module = next(reversed(_modules))
    _shelf = shelf


def end(exit_code: int) -> int:
    """Py_FinalizeEx, as a program sees it; the exit code after it."""
    _join_threads()
    _call_interruptible(_run_exit_functions)  # it says itself what went wrong
    flushed = _flush_all()
    _forget_handlers()
    # The original stops daemon threads here. Ours still run, and would find everything gone.
    if len(_threads()) == 1:
        own = _own_modules()
        if own or not _is_inert(_main_names()):
            _forget_modules(own)
        call_hidden(_collect)
        # As the file objects do when sys itself is freed: without a word.
        for name in _STREAMS:
            _flush(_sys_names.get(name), complain=False)
    flush_c_streams()
    return exit_code if flushed else _FLUSH_FAILED


def leave(exit_code: int, *, interrupted: bool) -> NoReturn:
    """End this process. A Ctrl-C that nobody caught ends it by the signal, as a shell expects (exit_sigint)."""
    if interrupted:
        _set_handler(_signal.SIGINT, _signal.SIG_DFL)
        let_through()
        _kill(_getpid(), _signal.SIGINT)
    _exit(exit_code & 0xFF)


def _join_threads() -> None:
    """wait_for_thread_shutdown."""
    threading = _modules.get("threading")
    if threading is None:
        return
    error = _call_interruptible(threading._shutdown)
    if error is not None:  # CPython goes on with its end whatever this was
        _complain(error, threading, frames_of_ours=2)


def _call_interruptible(function: Callable[[], object]) -> BaseException | None:
    """Call what may run the program's code and take its time; what it raises."""
    try:
        try:
            let_through()
            call_hidden(function)
        finally:
            hold_back()
    except BaseException as error:
        return error
    return None


def _flush_all() -> bool:
    """flush_std_files."""
    return _flush(_sys_names.get("stdout"), complain=True) & _flush(_sys_names.get("stderr"), complain=False)


def _flush(stream: TextIO | None, *, complain: bool) -> bool:
    if stream is None or getattr(stream, "closed", False):
        return True
    try:
        stream.flush()
    except BaseException as error:
        if complain:
            _complain(error, stream, frames_of_ours=1)
        return False
    return True


def _complain(error: BaseException, about: object, *, frames_of_ours: int) -> None:
    """PyErr_WriteUnraisable, without the frames of ours that lie between."""
    trace: TracebackType | None = error.__traceback__
    for _ in range(frames_of_ours):
        trace = trace.tb_next if trace else None
    arguments = _new_arguments(_arguments_type)
    for index, item in enumerate((type(error), error, trace, None, about)):
        _hold(item)  # the next line takes it over
        _set_argument(arguments, index, item)
    hook = _sys_names.get("unraisablehook", sys.__unraisablehook__)
    try:
        hook(arguments)
    except BaseException as failure:
        if hook is not sys.__unraisablehook__:
            _complain(failure, hook, frames_of_ours=1)


def _forget_handlers() -> None:
    """_PySignal_Fini."""
    for number in range(1, _signal.NSIG):
        if callable(_handler(number)):
            _set_handler(number, _signal.SIG_DFL)


def _main_names() -> dict[str, object] | None:
    main = _modules.get("__main__")
    return vars(main) if type(main) is ModuleType else None


def _is_inert(names: dict[str, object] | None) -> bool:
    """Whether to free all this can run no code. Looked at first, because to forget modules touches, and so copies,
    many pages; false when in doubt.
    """
    if names is None:
        return False
    todo: list[object] = list(names.values())
    looked_at = 0
    while todo:
        value: Any = todo.pop()
        kind = type(value)
        if kind in _INERT:
            continue
        looked_at += 1
        if looked_at > _MOST_LOOKED_AT:
            return False
        if kind is FunctionType:
            if value.__closure__ is not None:
                return False
            todo += [value.__defaults__, value.__kwdefaults__, value.__dict__]
        elif kind not in _CONTAINERS or len(value) > _MOST_LOOKED_AT:
            return False
        else:
            todo += value.items() if kind is dict else value
    return True


def _own_modules() -> set[str]:
    """Those that the program has brought; they come last, so the others are not looked at."""
    own = set()
    for name in reversed(_modules):
        if name == _last_module:
            break
        if name in _shelf:  # it may have taken such a name for a file of its own; then that stays, as libraries do
            continue
        module = _modules[name]
        file: Any = vars(module).get("__file__") if type(module) is ModuleType else None
        if type(file) is str and file.startswith(_WORKSPACE):
            own.add(name)
    return own


def _forget_modules(own: Container[str]) -> None:
    """finalize_modules: nothing can be imported any more; the program's own modules go, and what only they held."""
    for name in _GONE:
        if name in _sys_names:
            _sys_names[name] = None
    for name in _STREAMS:
        _sys_names[name] = _sys_names.get(f"__{name}__")
    vars(builtins).pop("_", None)
    main = weakref.ref(_modules["__main__"]) if type(_modules.get("__main__")) is ModuleType else None
    # Libraries stay: to free them is what takes the time. Their names go, as all do.
    _kept.extend(module for name, module in _modules.items() if name != "__main__" and name not in own)
    _modules.clear()
    call_hidden(_collect)
    left = main() if main else None
    if left is not None:
        _clear(left)


def _clear(main: ModuleType) -> None:
    """_PyModule_Clear: names with one underscore first, then the others, in the order that they were bound in."""
    names = vars(main)
    for private in (True, False):
        for name in list(names):
            underscored = name.startswith("_") and not name.startswith("__")
            if name != "__builtins__" and underscored is private:
                names[name] = None
