"""From the program's pipes to whoever iterates the run: bounded, capped, in order."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final

from snakepen.executor import InputRequested, Output, RunEvent, Shown, Stream
from snakepen.limits import KIB

# Above the first, the program's pipes are no longer read; below the second they are again.
HIGH_WATER_BYTES: Final = 256 * KIB
LOW_WATER_BYTES: Final = 64 * KIB


class OutputCap:
    """Counts what one stream said: keeps the first `limit` bytes, drops and counts what was read beyond."""

    def __init__(self, limit: int) -> None:
        self._left = limit
        self.dropped = 0

    def take(self, data: bytes) -> bytes:
        """The part of `data` to keep, which may be empty."""
        kept = data[: self._left]
        self._left -= len(kept)
        self.dropped += len(data) - len(kept)
        return kept

    @property
    def exceeded(self) -> bool:
        """Whether the stream said more than its limit."""
        return self.dropped > 0


class EventChannel:
    """A run's events on their way to one consumer.

    Only output and what is shown can be much, so these are weighed: above the high-water mark `pause` is called, and
    `resume` when the consumer has taken enough. Once `unpaced`, nothing is held back any more: the program has
    ended, and what is left is no more than its pipes held. Of hints only the last is kept, until it is asked for when
    everything else has been: a program may give any number.
    """

    def __init__(self, *, pause: Callable[[], None], resume: Callable[[], None]) -> None:
        self._pause = pause
        self._resume = resume
        self._events: deque[RunEvent] = deque()
        self._pending_bytes = 0
        self._paused = False
        self._paced = True
        self._closed = False
        self._error: BaseException | None = None
        self._hint: InputRequested | None = None
        self._wake = asyncio.Event()

    def put(self, event: RunEvent) -> None:
        """Add an event; never waits. After `abandon` it is forgotten at once."""
        if self._closed:
            return
        self._events.append(event)
        if isinstance(event, Output | Shown):
            self._pending_bytes += _weight(event)
            if self._paced and not self._paused and self._pending_bytes > HIGH_WATER_BYTES:
                self._paused = True
                self._pause()
        self._wake.set()

    def put_output(self, stream: Stream, data: bytes) -> None:
        """Add what the program wrote, as part of the chunk before it when that is small and of the same stream."""
        last = self._events[-1] if self._events else None
        if isinstance(last, Output) and last.stream is stream and len(last.data) + len(data) <= LOW_WATER_BYTES:
            self._events.pop()
            self._pending_bytes -= len(last.data)
            data = last.data + data
        self.put(Output(stream, data))

    def put_hint(self, hint: InputRequested) -> None:
        """That the program waits for input."""
        if not self._closed:
            self._hint = hint
            self._wake.set()

    def unpace(self) -> None:
        """Stop holding the program back."""
        self._paced = False
        if self._paused:
            self._paused = False
            self._resume()

    def end(self, error: BaseException | None = None) -> None:
        """No event follows; the consumer gets `error` after those that came before."""
        self._error = error
        self._closed = True
        self._wake.set()

    def abandon(self) -> None:
        """Nobody iterates any more: forget everything, hold nothing back."""
        self._closed = True
        self._events.clear()
        self._pending_bytes = 0
        self.unpace()
        self._wake.set()

    async def get(self) -> RunEvent | None:
        """The next event, or None after the last."""
        while not self._events:
            if self._hint is not None and not self._closed:
                hint, self._hint = self._hint, None
                return hint
            if self._error is not None:
                raise self._error
            if self._closed:
                return None
            self._wake.clear()
            await self._wake.wait()
        event = self._events.popleft()
        if isinstance(event, Output | Shown):
            self._pending_bytes -= _weight(event)
            if self._paused and self._pending_bytes < LOW_WATER_BYTES:
                self._paused = False
                self._resume()
        return event


def _weight(event: Output | Shown) -> int:
    return len(event.data) if isinstance(event, Output) else sum(map(len, event.bundle.values()))
