"""Signals that whoever started us wants ignored: nohup, and shells for what they start with `&`."""

import signal
import sys
from types import FrameType

# CPython's own (signalmodule.c, signal_install_handlers): every interpreter ignores these, that of a program as well.
_PYTHONS_OWN = ("SIGPIPE", "SIGXFSZ", "SIGXFZ")


def ignore_alone() -> None:
    """Go on to ignore them, and let no program inherit that: execve(2) keeps what is ignored, not what is handled."""
    if sys.platform == "win32":
        return
    for number in signal.valid_signals() - {getattr(signal, name, None) for name in _PYTHONS_OWN}:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, _ignore)


def is_ignored(number: signal.Signals) -> bool:
    return signal.getsignal(number) in (signal.SIG_IGN, _ignore)


def _ignore(_: int, __: FrameType | None) -> None: ...
