"""How a layer is tried: an attempt says how it went in one line, and takes nothing with it when it fails.

One that needs what did not work is not made, and says so. A line has the layer, the outcome, the errno and what
happened, apart by tabs.
"""

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

assert sys.platform == "linux"

from snakepen.sandbox import syscalls
from snakepen.sandbox.layers import FAILED, UNTRIED, WORKS, Layer


class NotHeld(OSError):
    """Nothing failed, and yet what the layer is for does not happen."""


class Trials:
    """Says how attempts went, and remembers what worked."""

    def __init__(self, out: int) -> None:
        self._out = out
        self._works: set[Layer] = set()

    def attempt(self, layer: Layer, act: Callable[[], str | None], *needs: Layer) -> None:
        """Whatever goes wrong is said, and is no reason to stop."""
        missing = [need for need in needs if need not in self._works]
        if missing:
            self._say(layer, UNTRIED, 0, missing[0])
            return
        try:
            detail = act()
        except (OSError, ValueError) as error:  # ValueError is how resource says EPERM
            self._say(layer, FAILED, getattr(error, "errno", None) or 0, _told(error))
        else:
            self._works.add(layer)
            self._say(layer, WORKS, 0, detail or "")

    def apart(self, layers: Sequence[Layer], act: Callable[[], None], *needs: Layer) -> None:
        """Attempts for these layers in a process of its own, which dies with us."""
        missing = [need for need in needs if need not in self._works]
        if missing:
            for layer in layers:
                self._say(layer, UNTRIED, 0, missing[0])
        else:
            self.start(layers, act)()

    def start(self, layers: Sequence[Layer], act: Callable[[], None]) -> Callable[[], None]:
        """The same, beside us; what comes back waits for its end."""
        try:
            pid = syscalls.fork()
        except OSError as error:
            number, problem = error.errno or 0, _told(error)
            return lambda: self._lost(layers, number, problem)
        if pid == 0:
            syscalls.die_with_parent()
            act()
            os._exit(0)

        def wait() -> None:
            status = os.waitpid(pid, 0)[1]
            if os.WIFSIGNALED(status):
                signum = os.WTERMSIG(status)
                number = errno.EPERM if signum == signal.SIGSYS else 0  # a filter of system calls did that, seccomp(2)
                self._lost(layers, number, f"the process that tried it was ended by {signal.strsignal(signum)}")

        return wait

    def _lost(self, layers: Sequence[Layer], number: int, problem: str) -> None:
        """Said of all, because nobody knows any more what has been said already; that counts, since it came first."""
        for layer in layers:
            self._say(layer, FAILED, number, problem)

    def _say(self, layer: Layer, outcome: str, number: int, detail: str) -> None:
        text = " ".join(detail.split())
        os.write(self._out, f"{layer}\t{outcome}\t{number}\t{text}\n".encode())


def _told(error: OSError | ValueError) -> str:
    if not isinstance(error, OSError) or error.errno is None:
        return str(error)
    what = f"{error.filename}: " if error.filename else ""
    return f"{what}{error.strerror} ({errno.errorcode.get(error.errno, error.errno)})"


@contextmanager
def named(call: str) -> Iterator[None]:
    """Put the name of the call into its error."""
    try:
        yield
    except NotHeld:
        raise
    except OSError as error:
        number = error.errno or 0
        raise OSError(number, f"{call}: {os.strerror(number)}") from error


def refused(what: str, act: Callable[[], object], *errors: int) -> None:
    """It has to fail, with one of these errors."""
    try:
        act()
    except OSError as error:
        if error.errno in errors:
            return
        raise
    raise NotHeld(f"{what} was not refused")


def idle_process() -> int:
    """One that does nothing until it is killed. Raises OSError."""
    pid = syscalls.fork()
    if pid == 0:
        syscalls.die_with_parent()
        signal.pause()
        os._exit(0)
    return pid
