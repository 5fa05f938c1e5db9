"""What goes wrong in a program's own code while its things are shown: told as Python tells it, without our frames.

One kind of exception is not ours to tell: what the handler of a signal raises, whatever that came amid. It is meant
for the program, as an alarm is that ends what takes too long. Portable, see `display.py`.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # a module of C, which nobody describes
import sys

from snakepen.runner.own_builtins import keep_own_builtins

keep_own_builtins(globals())

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Final

FILE_NAME: Final = "<display>"

_handler = _signal.getsignal


def without_ours(trace: TracebackType | None) -> TracebackType | None:
    """The traceback without the frames of what shows."""
    while trace is not None and trace.tb_frame.f_code.co_filename == FILE_NAME:
        trace = trace.tb_next
    place = trace
    while place is not None:
        while place.tb_next is not None and place.tb_next.tb_frame.f_code.co_filename == FILE_NAME:
            place.tb_next = place.tb_next.tb_next
        place = place.tb_next
    return trace


def report(error: BaseException) -> None:
    """As Python does of an exception that nobody caught. Raises it when it is for the program."""
    pass_on(error)
    trace = without_ours(error.__traceback__)
    try:
        sys.__excepthook__(type(error), error.with_traceback(trace), trace)
    except Exception as failure:
        pass_on(failure)  # nothing else that goes wrong here is worth another word


def pass_on(error: BaseException) -> None:
    """Raise it when the handler of a signal did."""
    trace = error.__traceback__
    if trace is None:
        return
    codes = _codes_of_handlers()
    while trace is not None:
        if trace.tb_frame.f_code in codes:
            raise error
        trace = trace.tb_next


def _codes_of_handlers() -> list[object]:
    """Of the functions of the program's that signals call: plain ones, methods, partial ones, objects to be called."""
    codes: list[object] = []
    for number in range(1, _signal.NSIG):
        handler = _handler(number)
        if callable(handler):
            call = getattr(type(handler), "__call__", None)  # noqa: B004  -- the method itself is wanted
            functions = (handler, getattr(handler, "__func__", None), getattr(handler, "func", None), call)
            codes += [getattr(function, "__code__", None) for function in functions]
    return codes
