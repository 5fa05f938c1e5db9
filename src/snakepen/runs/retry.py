"""One thing that failed and is tried again: at once the first time, and later each time after that."""

import asyncio
from collections.abc import Callable
from typing import Final

import structlog

log = structlog.get_logger()

_SECOND_TRY_SECONDS: Final = 0.05
_LONGEST_SECONDS: Final = 5.0
_FAILURES_TO_TELL: Final = 3
# What cannot be watched because its user watches as much as it may (epoll_ctl(2), ENOSPC) is tried again so often.
WATCH_AGAIN_SECONDS: Final = 0.1


class Retry:
    """Counts what failed since it last worked."""

    def __init__(self, again: Callable[[], None]) -> None:
        """`again` is called on the event loop of whoever said that it failed."""
        self._again = again
        self._failures = 0
        self._timer: asyncio.TimerHandle | None = None
        self.problem = ""
        """Of the last failure, while it has not worked since."""

    @property
    def is_waiting(self) -> bool:
        """Whether the next try is still to come."""
        return self._timer is not None

    @property
    def is_stuck(self) -> bool:
        """Whether it has failed so often that those who wait for it should be told."""
        return self._failures >= _FAILURES_TO_TELL

    def failed(self, problem: str) -> None:
        """Try again after a while. While that is awaited it is the same failure, seen from another side."""
        log.warning("sandbox_failure", problem=problem, failures=self._failures + 1)
        if self._timer is not None:
            return
        self.problem = problem
        delay = 0.0
        if self._failures:
            delay = min(_LONGEST_SECONDS, _SECOND_TRY_SECONDS * 2 ** min(self._failures - 1, 10))
        self._failures += 1
        self._timer = asyncio.get_running_loop().call_later(delay, self._try)

    def _try(self) -> None:
        self._timer = None
        self._again()

    def start_anew(self) -> None:
        """Forget what failed, because it worked or is not there any more; a try that is due is still made."""
        self._failures = 0
        self.problem = ""

    def cancel(self) -> None:
        """Try no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
