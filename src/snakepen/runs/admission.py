"""Who may run now, who waits, who is told to come back: a bounded queue, first come first served."""

import math
from collections import Counter, deque
from collections.abc import Callable
from time import monotonic
from typing import Final

from snakepen.errors import Busy

MAX_RETRY_AFTER_SECONDS: Final = 60
# How fast the estimate of a run's length follows what is seen; one run in ten.
_SMOOTHING: Final = 0.1


class Place:
    """One caller's place, in the queue or among the running. Whoever got it must `leave` it, once, on every way out."""

    def __init__(self, admission: "Admission", caller: str, on_move: Callable[[int], None]) -> None:
        self._admission = admission
        self._on_move = on_move
        self.caller = caller
        self.position = 0
        """0: running. 1: next."""
        self.since = monotonic()

    def move(self, position: int) -> None:
        """Called by the admission only."""
        if position != self.position:
            self.position = position
            self.since = monotonic()
            self._on_move(position)

    def leave(self) -> None:
        """Give the place to whoever is next."""
        self._admission.leave(self)


class Admission:
    """Bounds on what runs and what waits; belongs to one event loop."""

    def __init__(self, *, running: int, queue: int, per_caller: int) -> None:
        self._slots = running
        self._queue_length = queue
        self._per_caller = per_caller
        self._running: set[Place] = set()
        self._queue: deque[Place] = deque()
        self._of_caller: Counter[str] = Counter()
        self._run_seconds = 1.0

    @property
    def running(self) -> int:
        return len(self._running)

    @property
    def queued(self) -> int:
        return len(self._queue)

    @property
    def free(self) -> int:
        return self._slots - len(self._running)

    def ask(self, caller: str, on_move: Callable[[int], None]) -> Place:
        """A place for `caller`, running at once when one is free. Raises Busy, and then keeps nothing.

        `on_move` is called with each later position of the place: a call, and no task to wake, because a departure
        moves everybody who waits.
        """
        if self._of_caller.get(caller, 0) >= self._per_caller:
            raise Busy(
                f"You already have {self._per_caller} programs running or waiting here, which is the most one client "
                "may have: wait for one to end, then try again.",
                retry_after_seconds=self._estimate(self._per_caller),
            )
        if self.free <= 0 and len(self._queue) >= self._queue_length:
            raise Busy(
                "The server is full: it runs and queues as many programs as it may. Try again in a moment.",
                retry_after_seconds=self._estimate(len(self._queue) + 1),
            )
        place = Place(self, caller, on_move)
        self._of_caller[caller] += 1
        if self.free > 0:
            self._running.add(place)
        else:
            self._queue.append(place)
            place.position = len(self._queue)
        return place

    def leave(self, place: Place) -> None:
        """See Place.leave."""
        if place in self._running:
            self._running.remove(place)
            self._run_seconds += _SMOOTHING * (monotonic() - place.since - self._run_seconds)
        elif place in self._queue:
            self._queue.remove(place)
        else:
            return
        self._of_caller[place.caller] -= 1
        if not self._of_caller[place.caller]:
            del self._of_caller[place.caller]
        while self._queue and self.free > 0:
            following = self._queue.popleft()
            self._running.add(following)
            following.move(0)
        for position, waiting in enumerate(self._queue, start=1):
            waiting.move(position)

    def _estimate(self, runs_ahead: int) -> int:
        seconds = math.ceil(self._run_seconds * runs_ahead / self._slots)
        return max(1, min(MAX_RETRY_AFTER_SECONDS, seconds))
