"""What is shown, on its way out of a program's process: messages over one socket, and an answer to each.

Each thing is one body, and travels in frames: the kernel refuses long messages. All numbers are little-endian.

    frame    "show", number (4 bytes), length of the whole body (4), length of this piece of it (4), the piece
    body     display_id, update_of (2 bytes of length, then UTF-8; empty: none), then for each media type
             its index in MEDIA_TYPES (1), length (4), data: of pictures their bytes, else UTF-8
    answer   "seen", number (4), verdict (1)

A frame whose body is empty says that something was not shown; that has no answer. `runs/shown.py` is the other end.
Loaded where `display.py` is, but for the browser.
"""

from __future__ import annotations

import os

from snakepen.runner.bundles import MEDIA_TYPES
from snakepen.runner.own_builtins import keep_own_builtins
from snakepen.runner.room import RULE

keep_own_builtins(globals())

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from snakepen.runner.bundles import Bundle

SHOW: Final = b"show"
SEEN: Final = b"seen"
HEAD_BYTES: Final = 16
PIECE_BYTES: Final = 60 * 1024
ANSWER_BYTES: Final = 9
KEPT: Final = 0
REFUSED: Final = 1
FULL: Final = 2
"""Nothing new of this run is shown any more; updates are."""
PARTLY: Final = 3
"""Without a medium that is not what it says."""
LARGE: Final = 4
"""There is no room for this; there may be for what is smaller."""

_NOT_WHAT_IT_SAYS: Final = "what is not what its media type says, or is too much JSON"
_SAID_OF: Final = {
    REFUSED: _NOT_WHAT_IT_SAYS,
    PARTLY: _NOT_WHAT_IT_SAYS,
    FULL: f"the rest; {RULE}",
    LARGE: f"what there is no room for; {RULE}",
}

# Ours, whatever a program puts in their place.
_read = os.read
_write = os.write


def body_of(bundle: Bundle, display_id: str | None, update_of: str | None) -> bytes:
    """Encoded."""
    parts = []
    for name in (display_id, update_of):
        text = (name or "").encode("utf-8", "replace")
        parts += [len(text).to_bytes(2, "little"), text]
    for kind, data in bundle.items():
        raw = data if isinstance(data, bytes) else data.encode("utf-8", "replace")
        parts += [bytes([MEDIA_TYPES.index(kind)]), len(raw).to_bytes(4, "little"), raw]
    return b"".join(parts)


def frame(number: int, length: int, piece: bytes) -> bytes:
    """One of those that a body travels in."""
    return SHOW + b"".join(size.to_bytes(4, "little") for size in (number, length, len(piece))) + piece


def answer(number: int, verdict: int) -> bytes:
    """What the other end says."""
    return SEEN + number.to_bytes(4, "little") + bytes([verdict])


class Way:
    """The end of the socket that is the program's. By its number: no object of ours is there to find and close."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._number = 0
        self._full = False

    def send(self, bundle: Bundle, display_id: str | None, update_of: str | None) -> str | None:
        """See Send in `display.py`."""
        self._number += 1
        if not bundle or (self._full and update_of is None):
            self._send(frame(self._number, 0, b""))
            return None
        body = body_of(bundle, display_id, update_of)
        for start in range(0, len(body), PIECE_BYTES):
            self._send(frame(self._number, len(body), body[start : start + PIECE_BYTES]))
        verdict = self._verdict()
        self._full |= verdict == FULL
        return _SAID_OF.get(verdict)

    def _send(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            left = left[_write(self._descriptor, left) :]

    def _verdict(self) -> int:
        """Waits for it. What answers an earlier one, which a signal's handler left amid it, is passed over."""
        wanted = SEEN + self._number.to_bytes(4, "little")
        while True:
            said = _read(self._descriptor, ANSWER_BYTES)
            if not said:
                raise ConnectionResetError
            if said.startswith(wanted):
                return said[-1]
