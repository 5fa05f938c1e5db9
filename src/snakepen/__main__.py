"""`snakepen`, and `python -m snakepen`: quick to begin, because what a command imports takes longer than most of what
it does, and quick to end.
"""

import atexit
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

from snakepen.importing import importing


def main() -> None:
    """Run the command line, and end the process."""
    command = _imported()
    try:
        command()
    except SystemExit as ending:
        _end(ending.code)
        raise
    _end(0)


def _imported() -> Callable[[], None]:
    """Ctrl-C ends it as it ends any program: Python's own way shows a traceback of whatever is being imported."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform != "win32":
        # What whoever started us holds back, as `perf record` does a terminal's new size, we would never hear of.
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
    with importing():
        # structlog imports rich where it finds it, for tracebacks that we do not show (cli/logs.py): a seventh of all.
        sys.modules["rich"] = None  # type: ignore[assignment]  # as "it is not there" is said (the import system, 5.3.1)
        import structlog  # noqa: F401  -- every module of ours does, without importing rich any more

        del sys.modules["rich"]
        from snakepen.cli.main import main as command

        gc.freeze()  # it stays: no collection need look through it again
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, before)
    return command


def _end(code: object) -> None:
    """At once where nothing is left to be done: to take apart what was imported takes as long as half of the imports.

    Comes back where Python's own end does more: says something, waits for a thread, or tells of a stream that fails.
    """
    if not isinstance(code, int | None) or any(
        not one.daemon for one in threading.enumerate() if one is not threading.main_thread()
    ):
        return
    atexit._run_exitfuncs()
    with suppress(OSError, ValueError, OverflowError):  # the last: of Windows, an exit code that no C int holds
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code or 0)


if __name__ == "__main__":
    main()
