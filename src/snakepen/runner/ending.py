"""The end of a run, as far as a program can see one: threads joined, atexit, everything flushed, its objects gone.

The real end (pylifecycle.c, Py_FinalizeEx) frees every module one by one: 60 ms with the data libraries, where
this takes one. The name of what is done again here stands beside it.
"""

import atexit
import ctypes
import gc
import os
import signal
import sys
from types import ModuleType, TracebackType
from typing import Any, Final, NoReturn, TextIO

_FLUSH_FAILED: Final = 120  # main.c, Py_RunMain

_libc = ctypes.CDLL(None)


def end(main: ModuleType, exit_code: int) -> int:
    """Py_FinalizeEx, as a program sees it; the exit code after it."""
    _join_threads()
    atexit._run_exitfuncs()
    flushed = _flush_all()
    # The original stops daemon threads here. Ours still run, and would find their names gone.
    if len(sys._current_frames()) == 1:
        _clear(main)
        gc.collect()
        flushed = _flush_all() and flushed
    _libc.fflush(None)  # exit(3): what extensions said by way of C
    return exit_code if flushed else _FLUSH_FAILED


def leave(exit_code: int, *, interrupted: bool) -> NoReturn:
    """End this process. A Ctrl-C that nobody caught ends it by the signal, as a shell expects (exit_sigint)."""
    if interrupted:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    os._exit(exit_code & 0xFF)


def _join_threads() -> None:
    """wait_for_thread_shutdown."""
    threading: Any = sys.modules.get("threading")
    if threading is None:
        return
    try:
        threading._shutdown()
    except BaseException as error:  # CPython goes on with its end whatever this was
        _complain(error, threading)


def _flush_all() -> bool:
    """flush_std_files."""
    return _flush(sys.stdout, complain=True) & _flush(sys.stderr, complain=False)


def _flush(stream: TextIO | None, *, complain: bool) -> bool:
    if stream is None or getattr(stream, "closed", False):
        return True
    try:
        stream.flush()
    except BaseException as error:
        if complain:
            _complain(error, stream)
        return False
    return True


def _complain(error: BaseException, about: object) -> None:
    """PyErr_WriteUnraisable, without the frame of ours that caught it."""
    trace: TracebackType | None = error.__traceback__.tb_next if error.__traceback__ else None
    arguments: Any = sys.UnraisableHookArgs
    hook = getattr(sys, "unraisablehook", sys.__unraisablehook__)
    hook(arguments((type(error), error, trace, None, about)))


def _clear(main: ModuleType) -> None:
    """_PyModule_Clear: names with one underscore first, then the others, in the order that they were bound in."""
    names = vars(main)
    for private in (True, False):
        for name in list(names):
            underscored = name.startswith("_") and not name.startswith("__")
            if name != "__builtins__" and underscored is private:
                names[name] = None
