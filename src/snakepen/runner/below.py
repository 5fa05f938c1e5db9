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
from typing import Final

assert sys.platform == "linux"

_WORD: Final = ctypes.sizeof(ctypes.c_void_p)
_LOOKED_AT: Final = 64
# Frames between a module and `calls_left`, when a function of that module asks.
_FRAMES: Final = 2
# cpython/pystate.h: which word of the thread state points to the current frame; before 3.13 it points to a record
# that does, in the second word of it or the first.
_FRAME_WORDS: Final = {(3, 11): (7, 1), (3, 12): (7, 0), (3, 13): (9, None)}
# pycore_frame.h: a frame object's third word beyond its head is what the interpreter calls a frame.
_FRAME_OF_OBJECT: Final = 3 * _WORD

_thread_state = ctypes.pythonapi.PyThreadState_Get
_thread_state.restype = ctypes.c_void_p
_call = ctypes.pythonapi.PyObject_CallNoArgs
_call.restype = ctypes.py_object
_call.argtypes = (ctypes.py_object,)


def _counter() -> ctypes.c_int | None:
    start = _thread_state()
    numbers = (ctypes.c_int * _LOOKED_AT).from_address(start)
    limit = sys.getrecursionlimit()
    places = [index for index in range(1, _LOOKED_AT) if numbers[index] == limit]
    if len(places) != 1 or not 0 < numbers[places[0] - 1] < limit:
        return None
    return ctypes.c_int.from_address(start + (places[0] - 1) * ctypes.sizeof(ctypes.c_int))


def calls_left() -> int | None:
    """As this function sees it; its caller has one more. None when the count is not where it should be."""
    counter = _counter()
    return None if counter is None else counter.value


def current_frame() -> ctypes.c_void_p | None:
    """The place of the pointer. Who sets it must put it back, and must not call a Python function in between."""
    words = _FRAME_WORDS.get(sys.version_info[:2])
    if words is None:
        return None
    place = _thread_state() + words[0] * _WORD
    if words[1] is not None:
        record = ctypes.c_void_p.from_address(place).value
        if record is None:
            return None
        place = record + words[1] * _WORD
    pointer = ctypes.c_void_p.from_address(place)
    ours = ctypes.c_void_p.from_address(id(sys._getframe()) + _FRAME_OF_OBJECT).value
    return pointer if pointer.value == ours else None


def call_hidden(function: Callable[[], object]) -> None:
    """Call it with nothing below its own frame. By way of C, because a frame takes the Python code that calls it for
    its caller. Raises what it raises.
    """
    pointer = current_frame()
    if pointer is None:
        function()
        return
    ours = pointer.value
    try:
        pointer.value = None
        _call(function)
    finally:
        pointer.value = ours


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

    def set(self) -> None:
        """By whoever runs the file then."""
        counter = _counter()
        if self._wanted is not None and counter is not None:
            counter.value = self._wanted
