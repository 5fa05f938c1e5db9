"""What a command ends with when a program's own exit code is not to be had."""

from typing import Final

TIMED_OUT: Final = 124
"""As timeout(1) says it of what it ended."""
OUR_FAULT: Final = 125
"""As docker run and env(1) do it: the fault is ours or the caller's, not the program's."""
BY_SIGNAL: Final = 128
"""As a shell does it: this and the number of the signal that ended the program."""
NOBODY_READS: Final = BY_SIGNAL + 13
"""Whoever read our output is gone, which is SIGPIPE."""
INTERRUPTED: Final = BY_SIGNAL + 2
"""By Ctrl-C, which is SIGINT."""
