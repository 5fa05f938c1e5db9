"""The terminal that we were started in becomes a program's: raw while it runs, and as it was when that has ended."""

import asyncio
import contextlib
import os
import signal
import sys
import termios
import tty
from collections.abc import Iterator, Mapping
from typing import Final

from snakepen.executor import Run, TerminalSize

assert sys.platform != "win32"

_IN, _OUT = 0, 1
_DEFAULT: Final = TerminalSize(columns=80, rows=24)
# What a program is told of the terminal that its own stands for.
_VARIABLES: Final = ("TERM", "COLORTERM")


def sits_at_terminal() -> bool:
    """Whether all three streams are a terminal's; one that goes elsewhere would not, if the program got a terminal."""
    return all(os.isatty(stream) for stream in range(3))


def terminal_size() -> TerminalSize:
    """Of ours; of any when it does not know its own."""
    columns, rows = os.get_terminal_size(_OUT)
    return TerminalSize(columns, rows) if columns and rows else _DEFAULT


def terminal_variables() -> Mapping[str, str]:
    """What programs draw by."""
    return {name: os.environ[name] for name in _VARIABLES if name in os.environ}


@contextlib.contextmanager
def attached(run: Run) -> Iterator[None]:
    """Hand every key on as it is typed, Ctrl-C too, and every change of size; what the program says is still to be
    written by the caller. What was typed before is not lost."""
    loop = asyncio.get_running_loop()
    before = termios.tcgetattr(_IN)
    tty.setraw(_IN, termios.TCSADRAIN)
    loop.add_signal_handler(signal.SIGWINCH, lambda: run.resize(terminal_size()))
    try:
        run.resize(terminal_size())  # it may have changed since the run was asked for
        yield
    finally:
        loop.remove_signal_handler(signal.SIGWINCH)
        termios.tcsetattr(_IN, termios.TCSADRAIN, before)
