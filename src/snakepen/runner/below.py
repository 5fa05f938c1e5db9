"""What lies below a program's first line: calls of ours, which it shall neither count nor see.

Under `python FILE` the file's own frame is the first: `warnings` with a stack level, `logging` with a stack, `inspect`
and `sys._getframe` all end there, and RecursionError comes after so many calls and no fewer. No function of CPython
says "nothing below here", so two numbers in its thread state are set, where they lie:

- the count of calls that are left, which stands right before the recursion limit;
- the pointer to the frame that runs now, which a new frame takes for its caller.

Where they lie is looked up and then checked, against what CPython itself says, each time. Where the check fails, in
another version, nothing is touched: then a program sees a few frames of ours, and may recurse a few calls less deep.
"""

import ctypes
import os
import sys
from collections.abc import Callable
from typing import Any, Final

assert sys.platform == "linux"

from snakepen.runner.own_builtins import keep_own_builtins

keep_own_builtins(globals())

_WORD: Final = ctypes.sizeof(ctypes.c_void_p)
_LOOKED_AT: Final = 64
_TRIAL: Final = 500
_ROOM: Final = 500
# Frames between a module and `calls_left`, when a function of that module asks.
_FRAMES: Final = 2
# cpython/pystate.h: which word of the thread state points to the current frame; before 3.13 it points to a record
# that does, in the second word of it or the first.
_FRAME_WORDS: Final = {(3, 11): (7, 1), (3, 12): (7, 0), (3, 13): (9, None)}
# pycore_frame.h: a frame object's third word beyond its head is what the interpreter calls a frame.
_FRAME_OF_OBJECT: Final = 3 * _WORD

_words: Final = _FRAME_WORDS.get(sys.version_info[:2])

# dictobject.h: beyond its head and the number of its items.
_VERSION_OF_DICT: Final = object.__basicsize__ + ctypes.sizeof(ctypes.c_ssize_t)

_COUNT_BYTES: Final = ctypes.sizeof(ctypes.c_int)
_COUNTS_BYTES: Final = 2 * _COUNT_BYTES
_Counts: Final = ctypes.c_int * 2
# Made once, and kept: a type that is dropped is garbage, and the program's first collection would count it.
_Numbers: Final = ctypes.c_int * _LOOKED_AT

# Nothing here may raise an audit event (sys.addaudithook): a program would hear of it, and may refuse it. So memory is
# read and written by memmove(3), and not by way of `from_address`.
_move = ctypes.memmove
_word = ctypes.c_void_p
_at = ctypes.byref
_nothing = _word()
_thread_state = ctypes.pythonapi.PyThreadState_Get
_thread_state.restype = ctypes.c_void_p
_frame_object = ctypes.pythonapi.PyEval_GetFrame
_frame_object.restype = ctypes.c_void_p
_call = ctypes.pythonapi.PyObject_CallNoArgs
_call.restype = ctypes.py_object
_call.argtypes = (ctypes.py_object,)
# What the program has by sys.settrace() and sys.setprofile() is for its own calls.
_untrace = ctypes.pythonapi.PyThreadState_EnterTracing
_untrace.restype = None
_untrace.argtypes = (ctypes.c_void_p,)
_trace = ctypes.pythonapi.PyThreadState_LeaveTracing
_trace.restype = None
_trace.argtypes = (ctypes.c_void_p,)


def _place_of_count() -> int | None:
    start = _thread_state()
    numbers = _Numbers()
    _move(numbers, start, ctypes.sizeof(numbers))
    limit = sys.getrecursionlimit()
    places = [index for index in range(1, _LOOKED_AT) if numbers[index] == limit]
    if len(places) != 1 or not 0 < numbers[places[0] - 1] < limit:
        return None
    place: int = start + (places[0] - 1) * _COUNT_BYTES
    return place


def calls_left() -> int | None:
    """As this function sees it; its caller has one more. None when the count is not where it should be."""
    place = _place_of_count()
    if place is None:
        return None
    count = ctypes.c_int()
    _move(_at(count), place, _COUNT_BYTES)
    return count.value


class Version:
    """Of a dictionary (PEP 509), to be made before the program is there: to ask for a place is an audit event."""

    def __init__(self, names: dict[str, Any]) -> None:
        self._place = id(names) + _VERSION_OF_DICT
        self._first = self._now()

    def is_first(self) -> bool:
        """Whether nothing was changed since then; false where that cannot be known any more."""
        return sys.version_info < (3, 13) and self._now() == self._first

    def _now(self) -> int:
        version = ctypes.c_uint64()
        _move(_at(version), self._place, ctypes.sizeof(version))
        return version.value


def leave_untraced() -> None:
    """Ours from here on; what is called by `call_hidden` is the program's."""
    _untrace(_thread_state())


def call_hidden(function: Callable[[], Any], *, level: int | None = 0) -> Any:  # noqa: ANN401  -- whatever it returns
    """Call it with nothing below its own frame, as deep as if C had called it `level` calls above the first, and traced
    if the program traces: our caller has left that off, as `leave_untraced` does. None: however deep it is.

    By way of C, because a frame takes the Python code that calls it for its caller; and all of it in this one function,
    because each that it called would be the current frame meanwhile. Raises what it raises.
    """
    thread = _thread_state()
    frame, frame_place = _word(), None
    if _words is not None:
        frame_place = thread + _words[0] * _WORD
        if _words[1] is not None:
            _move(_at(frame), frame_place, _WORD)
            frame_place = (frame.value or 0) + _words[1] * _WORD
        _move(_at(frame), frame_place, _WORD)
        wanted = _word()
        _move(_at(wanted), _frame_object() + _FRAME_OF_OBJECT, _WORD)
        if frame.value != wanted.value:
            frame_place = None
    counts, count_place = _Counts(), None
    if _top.offset is not None:
        _move(counts, thread + _top.offset, _COUNTS_BYTES)
        if counts[1] == sys.getrecursionlimit():
            count_place = thread + _top.offset
            left = ctypes.c_int(_top.left + (level or 0) + counts[1] - _top.limit)
    if level is None:
        counts[0] = _ROOM  # for us, however little the program leaves
    try:
        if count_place is not None and level is not None:
            _move(count_place, _at(left), _COUNT_BYTES)
        if frame_place is not None:
            _move(frame_place, _at(_nothing), _WORD)
        _trace(thread)
        return _call(function)
    finally:
        _untrace(thread)
        if frame_place is not None:
            _move(frame_place, _at(frame), _WORD)
        if count_place is not None:
            _move(count_place, counts, _COUNT_BYTES)


class _Top:
    """How many calls are left where nothing has been called, as far as that is known."""

    offset: int | None = None
    """Of the count, in a thread's state."""
    limit = 0
    """What the recursion limit was then."""
    left = 0


_top: Final = _Top()


class Depth:
    """Sets the count so that a file finds what it would find under `python FILE`."""

    def __init__(self, left_in_main: int | None, run_file: Callable[[str, dict[str, object]], object]) -> None:
        """`left_in_main`: what `calls_left` said in a function that a program's first level called."""
        seen: list[int | None] = []
        probe = os.memfd_create("probe", os.MFD_CLOEXEC)
        try:
            os.write(probe, b"seen.append(calls_left())")
            here = calls_left()
            run_file(f"/proc/self/fd/{probe}", {"seen": seen, "calls_left": calls_left})
        finally:
            os.close(probe)
        self._wanted: int | None = None
        if left_in_main is not None and here is not None and seen[0] is not None:
            cost_of_running = here - seen[0]
            self._wanted = left_in_main + _FRAMES - 1 + cost_of_running
            _settle_top(left_in_main)

    def set(self) -> None:
        """By whoever runs the file then."""
        place = _place_of_count()
        if self._wanted is not None and place is not None:
            _move(place, _at(ctypes.c_int(self._wanted)), _COUNT_BYTES)


def _settle_top(left_in_main: int) -> None:
    place = _place_of_count()
    if place is None:
        return
    seen: list[int | None] = []
    _top.offset, _top.limit, _top.left = place - _thread_state(), sys.getrecursionlimit(), _TRIAL
    call_hidden(lambda: seen.append(calls_left()))
    if seen[0] is None:
        _top.offset = None
    else:  # that was one call deep, as `calls_left` in a program's first level is
        _top.left = _TRIAL + left_in_main + 1 - seen[0]
