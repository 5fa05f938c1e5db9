"""The end of a run, as far as a program can see one: threads joined, atexit, everything flushed, its objects gone.

The real end (pylifecycle.c, Py_FinalizeEx) frees every module one by one: 60 ms with the data libraries, where
this takes one. The name of what is done again here stands beside it.

A program may have put anything in the place of what we call here, so all of that is taken hold of beforehand.
"""

import _signal  # type: ignore[import-not-found]  # `signal` without its enumerations, which take time
import atexit
import builtins
import ctypes
import functools
import gc
import operator
import os
import sys
import weakref
from collections import deque
from collections.abc import Callable, Container, Iterable
from contextlib import suppress
from importlib.machinery import SourceFileLoader
from itertools import repeat
from types import FunctionType, ModuleType, TracebackType
from typing import Any, Final, NoReturn, TextIO

assert sys.platform == "linux"

from snakepen.runner.below import Version, call_hidden
from snakepen.runner.interrupts import hold_back, let_through
from snakepen.runner.open_files import CONTAINERS, MOST_LOOKED_AT, files_of, flush_kept, is_plain
from snakepen.runner.own_builtins import keep_own_builtins

keep_own_builtins(globals())

_FLUSH_FAILED: Final = 120  # main.c, Py_RunMain
# pylifecycle.c: what nobody hears of is told with what was done meanwhile, before 3.13 with what it was done to.
_TELLS_WHEN: Final = sys.version_info >= (3, 13)
# How many calls more than elsewhere the program's code may be deep that is called at the end.
ABOVE: Final = 0 if sys.version_info >= (3, 12) else 1
_WORKSPACE: Final = "/workspace/"
_INERT: Final = frozenset({type(None), bool, int, float, complex, str, bytes, ModuleType, SourceFileLoader})
# What finalize_modules_delete_special sets to None, and what it puts back, before anything is freed.
_GONE: Final = (
    *("path", "argv", "ps1", "ps2", "last_exc", "last_type", "last_value", "last_traceback"),
    *("path_hooks", "path_importer_cache", "meta_path", "__interactivehook__"),
)
_STREAMS: Final = ("stdin", "stdout", "stderr")

_fflush = ctypes.CDLL(None).fflush
_run_exit_functions = atexit._run_exitfuncs
_audit = sys.audit
_collect = gc.collect
_is_collecting = gc.isenabled
_callbacks = gc.callbacks
_yes = True.__bool__
_flush_method = operator.methodcaller("flush")
_consume = deque[object](maxlen=0).extend
_interpreter = ctypes.pythonapi.PyInterpreterState_Get
_interpreter.restype = ctypes.c_void_p
_first_thread = ctypes.pythonapi.PyInterpreterState_ThreadHead
_first_thread.restype = ctypes.c_void_p
_first_thread.argtypes = (ctypes.c_void_p,)
_next_thread = ctypes.pythonapi.PyThreadState_Next
_next_thread.restype = ctypes.c_void_p
_next_thread.argtypes = (ctypes.c_void_p,)
_exit = os._exit
_getpid = os.getpid
_kill = os.kill
_handler = _signal.getsignal
_set_handler = _signal.signal
_sys_names = vars(sys)
_modules = sys.modules
_builtin_names = vars(builtins)
# What there is before `io` and `site` add theirs: finalize_restore_builtins_dict.
_ADDED: Final = frozenset({"open", "exit", "quit", "copyright", "credits", "license", "help", "_"})
_SHOWS: Final = "display"  # ours, and to be had until the end
_first_builtins: dict[str, object] = {}
_builtins_version = Version(_builtin_names)
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


_hold_at = ctypes.PYFUNCTYPE(None, ctypes.c_void_p)(("Py_IncRef", ctypes.pythonapi))
_DEFAULTS: Final = tuple(
    tuple(
        ctypes.PYFUNCTYPE(result, ctypes.py_object)((name, ctypes.pythonapi))
        for result in (ctypes.c_void_p, ctypes.py_object)
    )
    for name in ("PyFunction_GetDefaults", "PyFunction_GetKwDefaults")
)


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
    global _last_module, _shelf, _builtins_version
    _first_builtins.update((name, value) for name, value in _builtin_names.items() if name not in _ADDED)
    _builtins_version = Version(_builtin_names)
    _last_module = next(reversed(_modules))
    _shelf = shelf


def end(exit_code: int) -> int:
    """Py_FinalizeEx, as a program sees it; the exit code after it."""
    join_threads()
    _call_interruptible(_run_exit_functions, level=ABOVE)  # it says itself what went wrong
    flushed = _flush_all()
    # The original stops daemon threads here. Ours still run, and would find everything gone.
    is_alone = _next_thread(_first_thread(_interpreter())) is None
    if is_alone:
        _sys_names["is_finalizing"] = _yes
    _forget_handlers()
    files = files_of(_main_names())
    if is_alone:
        let_through()  # a Ctrl-C ends it from here on
        own = _own_modules()
        if _is_collecting():
            call_hidden(_collect, level=ABOVE)
        # A traceback that is kept for a debugger holds whatever its frames did.
        if own or "last_value" in _sys_names or not _is_inert(_main_names()):
            _forget_modules(own)
            call_hidden(_collect, level=ABOVE)
    flush_kept(files)
    if is_alone:
        # As the file objects do when sys itself is freed: without a word.
        for name in _STREAMS:
            _flush(_sys_names.get(name), complain=False)
        with suppress(BaseException):
            call_hidden(functools.partial(_audit, "cpython.PyInterpreterState_Clear"))
    flush_c_streams()
    return exit_code if flushed else _FLUSH_FAILED


def leave(exit_code: int, *, interrupted: bool) -> NoReturn:
    """End this process. A Ctrl-C that nobody caught ends it by the signal, as a shell expects (exit_sigint)."""
    if interrupted:
        _set_handler(_signal.SIGINT, _signal.SIG_DFL)
        let_through()
        _kill(_getpid(), _signal.SIGINT)
    _exit(exit_code & 0xFF)


def join_threads() -> None:
    """wait_for_thread_shutdown; done again, it does nothing."""
    threading = _modules.get("threading")
    if threading is None:
        return
    error = _call_interruptible(threading._shutdown)
    if error is not None:  # CPython goes on with its end whatever this was
        _complain(error, "threading shutdown", threading, frames_of_ours=2)


def _call_interruptible(
    function: Callable[[], object], *, stream: TextIO | None = None, level: int = 0
) -> BaseException | None:
    """Call what may run the program's code, unless it is about a stream that has none, and take its time; what it
    raises.
    """
    try:
        try:
            let_through()
            if stream is not None and is_plain(stream):
                function()
            else:
                call_hidden(function, level=level)
        finally:
            hold_back()
    except BaseException as error:
        return error
    return None


def flush_quietly() -> None:
    """flush_io: when the code of a program has ended, before anything else is said or waited for."""
    for name in ("stderr", "stdout"):
        stream = _sys_names.get(name)
        if stream is not None:
            _call_interruptible(functools.partial(_flush_method, stream), stream=stream, level=1)


def _flush_all() -> bool:
    """flush_std_files."""
    return _flush(_sys_names.get("stdout"), complain=True) & _flush(_sys_names.get("stderr"), complain=False)


def _flush(stream: TextIO | None, *, complain: bool) -> bool:
    if stream is None:
        return True
    plain = is_plain(stream)
    if stream.closed if plain else _is_closed(stream):
        return True
    try:
        if plain:
            _flush_plain(stream)
        else:
            call_hidden(functools.partial(_flush_method, stream), level=1)
    except BaseException as error:
        if complain:
            _complain(error, "flushing sys.stdout", stream, frames_of_ours=2)
        return False
    return True


def _flush_plain(stream: TextIO) -> None:
    """In a frame of its own, as `call_hidden` has one."""
    stream.flush()


def _is_closed(stream: TextIO) -> bool:
    """file_is_closed."""
    try:
        closed: bool = call_hidden(functools.partial(bool, call_hidden(functools.partial(getattr, stream, "closed"))))
    except BaseException:  # that of a stream without a buffer raises
        return False
    return closed


def _complain(error: BaseException, when: str, about: object, *, frames_of_ours: int) -> None:
    """PyErr_FormatUnraisable, PyErr_WriteUnraisable, without the frames of ours that lie between."""
    trace: TracebackType | None = error.__traceback__
    for _ in range(frames_of_ours):
        trace = trace.tb_next if trace else None
    arguments = _new_arguments(_arguments_type)
    told = (f"Exception ignored on {when}", None) if _TELLS_WHEN and when else (None, about)
    for index, item in enumerate((type(error), error, trace, *told)):
        _hold(item)  # the next line takes it over
        _set_argument(arguments, index, item)
    hook = _sys_names.get("unraisablehook", sys.__unraisablehook__)
    try:
        call_hidden(functools.partial(hook, arguments))
    except BaseException as failure:
        if hook is not sys.__unraisablehook__:
            _complain(failure, "", hook, frames_of_ours=2)


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
        if looked_at > MOST_LOOKED_AT:
            return False
        if kind is FunctionType:
            if value.__closure__ is not None:
                return False
            todo += [*_defaults_of(value), value.__dict__]
        elif kind not in CONTAINERS or len(value) > MOST_LOOKED_AT:
            return False
        else:
            todo += value.items() if kind is dict else value
    return True


def _defaults_of(function: FunctionType) -> list[object]:
    """By way of C, because to read `__defaults__` is an audit event."""
    found: list[object] = []
    for pointer_to, defaults_of in _DEFAULTS:
        pointer = pointer_to(function)
        if pointer is not None:
            _hold_at(pointer)  # the next line takes it over
            found.append(defaults_of(function))
    return found


def _own_modules() -> set[str]:
    """Those that the program has brought; they come last, so the others are not looked at."""
    own = set()
    for name in reversed(_modules):
        if name == _last_module:
            break
        if name in _shelf:  # it may have taken such a name for a file of its own; then that stays, as libraries do
            continue
        module = _modules[name]
        if type(module) is not ModuleType:
            continue
        file: Any = vars(module).get("__file__")
        is_made_by_hand = file is None and vars(module).get("__spec__") is None
        if is_made_by_hand or (type(file) is str and file.startswith(_WORKSPACE)):
            own.add(name)
    return own


def _forget_modules(own: Container[str]) -> None:
    """finalize_modules: nothing can be imported any more; the program's own modules go, and what only they held.

    Whatever lets go of something may run the program's code: so all of that is done by way of C, with nothing below.
    """
    # To tell of what is freed, the original does without this where it has to be imported (get_warnings_attr).
    _modules.setdefault("warnings", None)  # type: ignore[arg-type]  # as "it is not there" is said
    gone = {name: None for name in _GONE if name in _sys_names}
    call_hidden(functools.partial(_sys_names.update, gone), level=2 * ABOVE)  # the partial is a call as well, till 3.12
    streams = {name: _sys_names.get(f"__{name}__") for name in _STREAMS}
    call_hidden(functools.partial(_sys_names.update, streams))
    is_first = _builtins_version.is_first()
    call_hidden(functools.partial(_builtin_names.update, _=None))
    main = weakref.ref(_modules["__main__"]) if type(_modules.get("__main__")) is ModuleType else None
    # Libraries stay: to free them is what takes the time. Their names go, as all do.
    _kept.extend(module for name, module in _modules.items() if name != "__main__" and name not in own)
    call_hidden(functools.partial(_modules.update, dict.fromkeys(_modules)))
    call_hidden(_modules.clear)
    call_hidden(_callbacks.clear)  # the original calls none from here on
    if is_first:  # to look at them all touches, and so copies, the pages of most built-in types and of their names
        added = [name for name in _ADDED if name in _builtin_names]
    else:
        call_hidden(functools.partial(_builtin_names.update, _first_builtins))
        added = [name for name in _builtin_names if name not in _first_builtins and name != _SHOWS]
    _call_with_each(_builtin_names.pop, added)
    call_hidden(_collect, level=ABOVE)
    left = main() if main else None
    if left is not None:
        _clear(left)


def _clear(main: ModuleType) -> None:
    """_PyModule_Clear: names with one underscore first, then the others, in the order that they were bound in."""
    names = vars(main)
    for private in (True, False):
        cleared = [
            name
            for name in names
            if name != "__builtins__" and (name.startswith("_") and not name.startswith("__")) is private
        ]
        _call_with_each(names.__setitem__, cleared, repeat(None))


def _call_with_each(function: Callable[..., object], *arguments: Iterable[object]) -> None:
    call_hidden(functools.partial(_consume, map(function, *arguments)), level=1 + ABOVE)
