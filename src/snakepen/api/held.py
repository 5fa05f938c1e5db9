"""What callers make the server hold in memory, all of them together, and its bounds: requests, and large answers."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from snakepen.errors import Busy
from snakepen.limits import MAX_BODIES_BYTES, MAX_LEAVING_BYTES, Patience


class Held:
    """Bytes of bodies and messages that are in memory now, of all connections."""

    def __init__(self) -> None:
        self.count = 0


class Share:
    """One request's or one connection's part of what is held."""

    def __init__(self, held: Held) -> None:
        self._held = held
        self._taken = 0

    def take(self, count: int) -> None:
        """Raises Busy when all together would be more than we keep."""
        self.hold(self._taken + count)

    def hold(self, count: int) -> None:
        """So much from now on, instead of what it was. Raises Busy, and then it is as it was."""
        more = count - self._taken
        if more > 0 and self._held.count + more > MAX_BODIES_BYTES:
            raise Busy("The server holds as many requests as it can: try again in a moment.", retry_after_seconds=1)
        self._held.count += more
        self._taken = count

    def give_back(self) -> None:
        """All of it; when the request has been answered."""
        self.hold(0)


class Leaving:
    """Large answers that are being taken. Their runs have given back their places: nothing else bounds how many."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._all: dict[object, tuple[int, Callable[[], None]]] = {}

    @contextmanager
    def place(self, size: int, abort: Callable[[], None]) -> Iterator[None]:
        """For one that holds so much, or 0. It is dropped when it is not taken in time, or newer ones need room."""
        if not size:
            yield
            return
        # Who takes a little now and then never stalls; to close would wait until all is taken.
        seconds = self._patience.download_seconds + size / self._patience.download_bytes_per_second
        deadline = asyncio.get_running_loop().call_later(seconds, abort)
        me = object()
        self._all[me] = size, abort
        while len(self._all) > 1 and sum(held for held, _ in self._all.values()) > MAX_LEAVING_BYTES:
            _, drop_oldest = self._all.pop(next(iter(self._all)))
            drop_oldest()
        try:
            yield
        finally:
            deadline.cancel()
            self._all.pop(me, None)
