"""System calls that are made in a fork of a warm interpreter, ready before it: only their making is left.

Whatever Python code does in a fork, it copies the pages of: functions, their constants, the text of an error that does
not come. A call with its arguments is one object here, all of them lie together, and one loop makes them.

By the names of the C library, as `sandbox/syscalls.py` has the others.
"""

import ctypes
import functools
import os
import sys
from collections.abc import Callable

assert sys.platform == "linux"

from snakepen.sandbox.syscalls import as_argument

# With the interpreter's lock held: for processes with one thread.
_libc = ctypes.PyDLL(None, use_errno=True)

Number = ctypes.c_int
"""An argument that is settled later, by its `value`: a descriptor."""


# One object for each number: zero is what most arguments are.
_register = functools.cache(as_argument)


def _prepare(name: str, arguments: tuple[object, ...]) -> Callable[[], int]:
    given = (_register(one) if isinstance(one, int) else one for one in arguments)
    return functools.partial(getattr(_libc, name), *given)


def _failure(name: str) -> OSError:
    number = ctypes.get_errno()
    return OSError(number, f"{name}: {os.strerror(number)}")


class Calls:
    """One after the other, until one fails."""

    def __init__(self) -> None:
        self._steps: list[tuple[str, Callable[[], int]]] = []

    def add(self, name: str, *arguments: object) -> None:
        """As `syscalls.Call` has it; an argument may be a Number."""
        self._steps.append((name, _prepare(name, arguments)))

    def make(self) -> None:
        """Raises OSError at the first that fails."""
        for name, call in self._steps:
            if call() < 0:
                raise _failure(name)


class _Usage(ctypes.Structure):
    """getrusage(2), as far as it is looked at."""

    _fields_ = (
        ("user_seconds", ctypes.c_long),
        ("user_microseconds", ctypes.c_long),
        ("system_seconds", ctypes.c_long),
        ("system_microseconds", ctypes.c_long),
        ("maxrss", ctypes.c_long),
        ("rest", ctypes.c_long * 13),
    )


class Wait:
    """wait4(2). Not `os.wait4`: that imports `resource`, and each program that came after would find it in
    `sys.modules`.
    """

    def __init__(self) -> None:
        self._pid, self._status, self._usage = Number(), ctypes.c_int(), _Usage()
        status, usage = ctypes.byref(self._status), ctypes.byref(self._usage)
        self._call = functools.partial(_libc.wait4, self._pid, status, Number(0), usage)

    def for_child(self, pid: int) -> tuple[int, int, int]:
        """Of one that has ended: wait status, processor time in microseconds, ru_maxrss in KiB. Raises OSError."""
        self._pid.value = pid
        if self._call() < 0:
            raise _failure("wait4")
        usage = self._usage
        seconds = usage.user_seconds + usage.system_seconds
        return (
            self._status.value,
            seconds * 1_000_000 + usage.user_microseconds + usage.system_microseconds,
            usage.maxrss,
        )
