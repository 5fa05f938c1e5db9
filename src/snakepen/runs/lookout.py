"""Looks at a run now and then, while it goes on: has it gone over a limit?"""

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import Executor
from time import thread_time
from typing import Final

assert sys.platform == "linux"

from snakepen.runs.meter import Meter
from snakepen.wire.run import RunLimit

_LOOK_SECONDS: Final = 0.05
# A program can make a look at it long, so it is left alone for so many times as long as the last one took.
_RESTS: Final = 3


class Lookout:
    """Tells once, on the event loop that it was made on."""

    def __init__(self, meter: Meter, threads: Executor, tell: Callable[[RunLimit], None]) -> None:
        self._meter = meter
        self._threads = threads
        self._tell = tell
        self._loop = asyncio.get_running_loop()
        self._has_ended = False
        self._timer = self._loop.call_later(_LOOK_SECONDS, self._look)

    def end(self) -> None:
        """Look and tell no more. A look that goes on is not waited for: what it still reads nobody asks for."""
        self._has_ended = True
        self._timer.cancel()

    def _look(self) -> None:
        if self._meter.is_quick:
            self._saw(self._meter.limit_reached(), 0.0)
            return
        try:
            looking = self._loop.run_in_executor(self._threads, _timed, self._meter)
        except RuntimeError:  # no new thread can be had now
            self._saw(None, 0.0)
        else:
            looking.add_done_callback(self._looked)

    def _looked(self, looking: asyncio.Future[tuple[RunLimit | None, float]]) -> None:
        if looking.cancelled():
            return
        error = looking.exception()
        if not self._has_ended:
            self._saw(*((None, 0.0) if error else looking.result()))
            if error:
                raise error

    def _saw(self, limit: RunLimit | None, seconds: float) -> None:
        if limit is None:
            self._timer = self._loop.call_later(pause_after(seconds), self._look)
        else:
            self._tell(limit)


def pause_after(seconds: float) -> float:
    """How long to look away after a look that took so many seconds of a processor."""
    return max(_LOOK_SECONDS, _RESTS * seconds)


def _timed(meter: Meter) -> tuple[RunLimit | None, float]:
    begun = thread_time()
    return meter.limit_reached(), thread_time() - begun
