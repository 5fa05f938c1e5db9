"""What callers make the server hold in memory, all of them together, and its bound."""

from snakepen.errors import Busy
from snakepen.limits import MAX_BODIES_BYTES


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
