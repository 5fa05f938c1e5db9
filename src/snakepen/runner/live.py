"""What a program has that somebody sits at: a terminal of its own, and a word when it waits for input.

In the blank runner, locked down already: the terminal is one of the sandbox's own devpts, and reaches nobody else's.
"""

import ctypes
import fcntl
import os
import struct
import sys
from typing import Final

assert sys.platform == "linux"

from snakepen.runner.frames import hint

# asm-generic/ioctls.h and termbits.h, of x86-64 and aarch64 alike: `termios` is left to the program to import.
_TCGETS: Final = 0x5401
_TCSETS: Final = 0x5402
_TIOCSCTTY: Final = 0x540E
_TIOCSWINSZ: Final = 0x5414
_IUTF8: Final = 0o40000
_ATTRIBUTES: Final = struct.Struct("=4I20s")  # struct ktermios' first fields, which is what TCGETS copies

_MSG_NOSIGNAL: Final = 0x4000  # send(2)

# By number: no socket object of ours is there for the program to find and close.
_send = ctypes.CDLL(None).send


def take_terminal(columns: int, rows: int) -> tuple[int, int]:
    """Become the session of a new terminal, with it as all three streams. Raises OSError.

    The other side of it, and its own once more: whoever holds both keeps it from hanging up when the program closes
    it, and has no need to open what the program may have locked by then (ioctl_tty(2), TIOCEXCL).
    """
    other, own = os.openpty()
    try:
        fcntl.ioctl(own, _TIOCSWINSZ, struct.pack("=4H", rows, columns, 0, 0))
        # termios(3): so that erasing takes away characters, not bytes.
        input_modes, *rest = _ATTRIBUTES.unpack(fcntl.ioctl(own, _TCGETS, bytes(_ATTRIBUTES.size)))
        fcntl.ioctl(own, _TCSETS, _ATTRIBUTES.pack(input_modes | _IUTF8, *rest))
        fcntl.ioctl(own, _TIOCSCTTY, 0)  # ioctl_tty(2): we lead a session that has none
        for stream in range(3):
            os.dup2(own, stream)
    except BaseException:
        os.close(other)
        os.close(own)
        raise
    # pylifecycle.c, create_stdio: what it does when the stream is a terminal.
    for file in (sys.stdin, sys.stdout):
        file.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # typeshed: may be anything
    return other, own


def give_hints(control_descriptor: int) -> None:
    """Say on the control socket whenever the program calls input(): an audit event of that name is raised then."""

    def listen(event: str, arguments: tuple[object, ...]) -> None:
        if event == "builtins.input":
            prompt = arguments[0]
            # Nothing of the program's is called here: another object would have a __str__ of its own.
            message = hint(prompt if type(prompt) is str else "")
            # It waits when the server has not read the last few hundred: else the last, which counts, would be lost.
            _send(control_descriptor, message, len(message), _MSG_NOSIGNAL)

    sys.addaudithook(listen)
