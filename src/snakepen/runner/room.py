"""How much one run may show. Each end of the way counts by itself: nobody is believed.

An update takes the place of what is there, so it takes no thing's room: it has room of its own. Who shows keeps to that
by holding back what comes faster than anybody looks; the last of it always comes. Portable, see `display.py`.
"""

from __future__ import annotations

import time

from snakepen.runner.own_builtins import keep_own_builtins

keep_own_builtins(globals())

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    Bundle = dict[str, str | bytes]
    # With its display_id, and the one of what it takes the place of.
    Passed = tuple[Bundle, str | None, str | None]

# The server and the page count by the same numbers; of one thing it is snakepen.limits.MAX_SHOWN_BYTES as well.
MOST_BYTES: Final = 8 << 20
MOST_ALL_BYTES: Final = 16 << 20
MOST: Final = 200
MOST_UPDATES: Final = 2000
MOST_UPDATE_BYTES: Final = 16 << 20
RULE: Final = f"a run may show {MOST} things, {MOST_ALL_BYTES >> 20} MiB in all"

# Of the room for updates this part goes to those that are sent as they come. After that one is sent if none was for so
# many times as much of the time since the program began as it takes of the room, which lasts for an hour so.
_AT_ONCE: Final = 0.25
_PATIENCE: Final = 14
# Around the data of one thing, to say what it is.
_MOST_AROUND: Final = 1024

_now = time.monotonic


class Room:
    """What is left of it."""

    def __init__(self) -> None:
        self._things = MOST
        self._bytes = MOST_ALL_BYTES
        self._updates = MOST_UPDATES
        self._update_bytes = MOST_UPDATE_BYTES
        self._names: set[str] = set()

    def is_update(self, update_of: str | None) -> bool:
        """Whether it names what is there; else it is a new thing."""
        return update_of in self._names

    @property
    def is_full(self) -> bool:
        """Nothing new is shown any more."""
        return not self._things

    def takes(self, size: int, update_of: str | None) -> bool:
        """Whether there is room for so many bytes. Then they count, whatever becomes of them: to look takes time."""
        if self.is_update(update_of):
            if not self._updates or size > self._update_bytes:
                return False
            self._updates -= 1
            self._update_bytes -= size
            return True
        if not self._things or size > self._bytes:
            return False
        self._bytes -= size
        return True

    def keep(self, display_id: str | None, update_of: str | None) -> None:
        """What it took is shown."""
        if not self.is_update(update_of):
            self._things -= 1
            name = display_id or update_of
            if name:
                self._names.add(name)


class Updates:
    """Of a program's updates: which are sent as they come, and which wait, of each thing the last."""

    def __init__(self) -> None:
        self._began = self._last = _now()
        self._names: set[str] = set()
        self._waiting: dict[str, Bundle] = {}
        self._taken = 0.0
        """Of the room, but for what is kept for the end."""
        self._has_ended = False

    def passed(self, bundle: Bundle, display_id: str | None, update_of: str | None) -> list[Passed]:
        """What is to be sent now: that, but for an update that waits; before what is new, the updates that waited."""
        if not bundle or self._has_ended:
            return [(bundle, display_id, update_of)]
        if update_of is None or update_of not in self._names:
            waited = self.waited()
            name = display_id or update_of
            if name:
                self._names.add(name)
            return [*waited, (bundle, display_id, update_of)]
        now = _now()
        rest = (now - self._began) * _PATIENCE * _part_of_room(bundle)
        if (self._taken >= _AT_ONCE and now - self._last < rest) or not self._goes(bundle):
            self._waiting[update_of] = bundle
            return []
        self._waiting.pop(update_of, None)
        self._last = now
        return [(bundle, None, update_of)]

    def waited(self) -> list[Passed]:
        """Those that wait and for which there is room."""
        return self._sent([name for name, one in self._waiting.items() if self._goes(one)])

    def rest(self) -> list[Passed]:
        """At the end: all that wait. What comes after that does not."""
        self._has_ended = True
        return self._sent(list(self._waiting))

    def _sent(self, names: list[str]) -> list[Passed]:
        return [(self._waiting.pop(name), None, name) for name in names]

    def _goes(self, bundle: Bundle) -> bool:
        part = _part_of_room(bundle)
        if self._taken + part > 1:
            return False
        self._taken += part
        return True


def _part_of_room(bundle: Bundle) -> float:
    """Of that which is not kept for the last update of each thing."""
    size = _MOST_AROUND + sum(map(_bytes_of, bundle.values()))
    return max(1 / (MOST_UPDATES - MOST), size / (MOST_UPDATE_BYTES - MOST_BYTES - _MOST_AROUND))


def _bytes_of(data: str | bytes) -> int:
    return len(data if isinstance(data, bytes) else data.encode("utf-8", "replace"))
