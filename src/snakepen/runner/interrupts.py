"""SIGINT reaches the code of a program, and never ours around it: there it waits until the program's is called again.

Both are calls into C, without a frame of Python: on entering one the interpreter would look for signals, outside of the
`try` in which the call stands. Either may raise what the handler of a signal raises that has just come.
"""

import _signal  # type: ignore[import-not-found]  # `signal` without its enumerations, which take time
import functools
import sys
from typing import Final

assert sys.platform == "linux"

_SIGINT: Final = (_signal.SIGINT,)

hold_back = functools.partial(_signal.pthread_sigmask, _signal.SIG_BLOCK, _SIGINT)
let_through = functools.partial(_signal.pthread_sigmask, _signal.SIG_UNBLOCK, _SIGINT)
