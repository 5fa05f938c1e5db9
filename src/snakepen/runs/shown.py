"""What a program shows, from its socket to whoever iterates the run: put together, held to what a run may show.

Whatever comes is an enemy's: lengths are checked, kinds are an index into a closed set, text has to be UTF-8, and a
picture has to begin as one of its kind does. What says that it is JSON is parsed, within bounds, so that nobody else
meets what is none; nothing else is. `runner/showing.py` is the other end.
"""

import asyncio
import base64
import contextlib
import socket
from collections.abc import Callable
from typing import Final

import pydantic_core

from snakepen.executor import MEDIA_TYPES, Shown
from snakepen.limits import MAX_SHOWN_BYTES, MIB
from snakepen.runner.room import Room
from snakepen.runner.showing import FULL, HEAD_BYTES, KEPT, LARGE, PARTLY, PIECE_BYTES, REFUSED, SHOW, answer
from snakepen.runs.child import ChildListener

FRAME_BYTES: Final = HEAD_BYTES + PIECE_BYTES
# More than a socket holds of the smallest.
_DRAINED_FRAMES: Final = 1024
# For so long nobody listens who was told of more than a run may show.
REST_SECONDS: Final = 0.01
_SIGNATURES: Final = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
# Of one thing all of it is parsed at once in the event loop, where all others wait: of so much the worst, names and
# values that are all different, take 30 ms, and the largest frame that a program of ours shows, of 1,000 rows and 100
# columns, 6 ms (measured).
_MOST_JSON_BYTES: Final = 3 * MIB
_MOST_VALUES: Final = 110_000
_MOST_CONTAINERS: Final = 25_000
_MAX_ID_BYTES: Final = 400
# A body is what may be shown, and what says what it is.
_MAX_BODY_BYTES: Final = MAX_SHOWN_BYTES + 2 * _MAX_ID_BYTES + 1024


class Shows:
    """One run's. Who hears frames passes them on; the program waits for an answer to each whole thing."""

    def __init__(self, listener: ChildListener, catch_up: Callable[[], None], send: Callable[[bytes], object]) -> None:
        """`catch_up` reads what the program has written so far; `send` brings an answer to the program."""
        self._listener = listener
        self._catch_up = catch_up
        self._send = send
        self._number = 0
        self._length = 0
        self._body = bytearray()
        self._room = Room()
        self._unanswered: bytes | None = None
        self.paused = False
        self.given_up = False
        """It said what nobody says who means to show something: it is not listened to any more."""

    def pause(self) -> None:
        """Answer no more, so that the program has to wait."""
        self.paused = True

    def resume(self) -> None:
        """Answer."""
        self.paused = False
        if self._unanswered is not None:
            self._answer(self._unanswered)
            self._unanswered = None

    def hear(self, frame: bytes) -> bool:
        """Whether all that it said is, or can still be, shown."""
        try:
            return self._hear(frame)
        except ValueError:
            self.given_up = True
            self._body = bytearray()  # which may be a little longer than it was said to be
            self._listener.child_showed(None)
            return False

    def drain(self, receive: Callable[[], bytes]) -> None:
        """Hear what still lies there, for when whoever said it has been killed."""
        with contextlib.suppress(OSError):
            for _ in range(_DRAINED_FRAMES):
                frame = heard(receive)
                if not frame.startswith(SHOW) or self.given_up:
                    break
                self.hear(frame)

    def _hear(self, frame: bytes) -> bool:
        """Raises ValueError when it is no frame."""
        number, length, piece = _read_frame(frame)
        kept = True
        if number != self._number:
            kept = self._begin(number, length)
        elif not self._length:
            raise ValueError("more of what was whole")
        if not length:
            self._listener.child_showed(None)
            return False
        self._body += piece
        if len(self._body) > self._length:
            raise ValueError("longer than it said")
        if len(self._body) < self._length:
            return kept
        body, self._body, self._length = bytes(self._body), bytearray(), 0
        return self._whole(body) and kept

    def _begin(self, number: int, length: int) -> bool:
        given_up = bool(self._length)  # by a signal's handler that left it
        self._number, self._length, self._body = number, length, bytearray()
        if given_up:
            self._listener.child_showed(None)
        return not given_up

    def _whole(self, body: bytes) -> bool:
        shown, verdict = self._looked_at(body)
        if shown is not None:
            self._room.keep(shown.display_id, shown.update_of)
            self._catch_up()
        self._listener.child_showed(shown)
        said = answer(self._number, verdict)
        if self.paused:
            self._unanswered = said
        else:
            self._answer(said)
        return shown is not None

    def _looked_at(self, body: bytes) -> tuple[Shown | None, int]:
        names = _read_names(body)
        update_of = None if names is None else names[1]
        if not self._room.takes(len(body), update_of):
            return None, FULL if self._room.is_full and not self._room.is_update(update_of) else LARGE
        if names is None:
            return None, REFUSED
        display_id, update_of, place = names
        bundle, is_whole = _read_bundle(body, place)
        if not bundle:
            return None, REFUSED
        return Shown(bundle, display_id, update_of), KEPT if is_whole else PARTLY

    def _answer(self, said: bytes) -> None:
        with contextlib.suppress(OSError):  # it reads no answers, or is gone: that is its own affair
            self._send(said)


def heard(receive: Callable[[], bytes]) -> bytes:
    """The next of what lies there. When the other end went without reading all that we said, that is told first, and
    once (measured: ECONNRESET before what had been sent).
    """
    try:
        return receive()
    except ConnectionResetError:
        return receive()


def _number(data: bytes | bytearray, start: int, size: int = 4) -> int:
    return int.from_bytes(data[start : start + size], "little")


def _read_frame(frame: bytes) -> tuple[int, int, bytes]:
    piece = frame[HEAD_BYTES:]
    number, length, here = (_number(frame, start) for start in (4, 8, 12))
    if not frame.startswith(SHOW) or len(frame) < HEAD_BYTES or here != len(piece):
        raise ValueError("no frame")
    if length > _MAX_BODY_BYTES or here > min(length, PIECE_BYTES) or bool(here) is not bool(length):
        raise ValueError("no such length")
    return number, length, piece


def _read_names(body: bytes) -> tuple[str | None, str | None, int] | None:
    """The display_id, the one of what it updates, and where they end; None when there are none."""
    names: list[str | None] = []
    place = 0
    for _ in range(2):
        length = _number(body, place, 2)
        name = body[place + 2 : place + 2 + length]
        if len(body) < place + 2 or len(name) != length or length > _MAX_ID_BYTES:
            return None
        names.append(name.decode("utf-8", "replace") or None)
        place += 2 + length
    return names[0], names[1], place


def _read_bundle(body: bytes, place: int) -> tuple[dict[str, str], bool]:
    """Empty when it is none; and whether all of it is what it says."""
    bundle: dict[str, str] = {}
    is_whole = True
    parsed: list[bytes] = []
    left = set(range(len(MEDIA_TYPES)))  # each once: there is no end to what 8 MiB could hold of the smallest
    while place < len(body):
        kind, length = body[place], _number(body, place + 1)
        data = body[place + 5 : place + 5 + length]
        if kind not in left or len(body) < place + 5 or len(data) != length:
            return {}, False
        left.remove(kind)
        place += 5 + length
        text = _as_text(MEDIA_TYPES[kind], data, parsed)
        if text is None:
            is_whole = False
        else:
            bundle[MEDIA_TYPES[kind]] = text
    return bundle, is_whole


def _as_text(kind: str, data: bytes, parsed: list[bytes]) -> str | None:
    """None when it is a picture of another kind than it says, no text, or no JSON.

    `parsed` is what was, of the same bundle.
    """
    signature = _SIGNATURES.get(kind)
    if signature is not None:
        return base64.b64encode(data).decode() if data.startswith(signature) else None
    if kind.endswith("json"):
        if not _are_little([*parsed, data]):
            return None
        parsed.append(data)
        if not _is_json(data):
            return None
    try:
        return data.decode()  # to replace what is none takes long: 8 MiB of it half a second
    except UnicodeDecodeError:
        return None


def _are_little(parts: list[bytes]) -> bool:
    def count(mark: bytes) -> int:
        return sum(part.count(mark) for part in parts)

    return (
        sum(map(len, parts)) <= _MOST_JSON_BYTES
        and count(b",") <= _MOST_VALUES
        and count(b"[") + count(b"{") <= _MOST_CONTAINERS
    )


def _is_json(data: bytes) -> bool:
    """By a parser that refuses what is deep, and numbers of thousands of digits, on its own."""
    try:
        pydantic_core.from_json(data, allow_inf_nan=False)
    except ValueError:
        return False
    return True


class ShownSocket:
    """Our end of a program's socket on which nothing else is said. Owns it, and closes it once."""

    def __init__(self, end: socket.socket, listener: ChildListener, catch_up: Callable[[], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._socket = end
        self._listener = listener
        self._shows = Shows(listener, catch_up, end.send)
        self._said = bytearray()
        self._rest: asyncio.TimerHandle | None = None
        self._hears = False
        self._is_open = True
        end.setblocking(False)
        self._follow()

    def pause(self) -> None:
        self._shows.pause()
        self._follow()

    def resume(self) -> None:
        self._shows.resume()
        self._follow()

    def finish(self) -> None:
        """Hear what still lies there, and close it; for when whoever said it has been killed."""
        if self._is_open:
            with contextlib.suppress(OSError):
                for _ in range(_DRAINED_FRAMES):
                    if not self._is_open:
                        break
                    self._hear_some(heard(self._receive))
        self.close()

    def close(self) -> None:
        if self._is_open:
            self._is_open = False
            self._follow()
            if self._rest is not None:
                self._rest.cancel()
            self._socket.close()

    def _follow(self) -> None:
        """Let the event loop look at it, or not any more."""
        hears = self._is_open and self._rest is None and not self._shows.paused
        if hears is self._hears:
            return
        self._hears = hears
        if hears:
            self._loop.add_reader(self._socket.fileno(), self._hear)
        else:
            self._loop.remove_reader(self._socket.fileno())

    def _hear(self) -> None:
        try:
            said = heard(self._receive)
        except BlockingIOError:
            return
        except OSError:
            said = b""
        self._hear_some(said)
        self._follow()

    def _receive(self) -> bytes:
        return self._socket.recv(FRAME_BYTES)

    def _hear_some(self, said: bytes) -> None:
        if not said:
            self.close()
            return
        self._said += said
        while (frame := self._next_frame()) is not None:
            if not self._shows.hear(frame):
                self._rest = self._rest or self._loop.call_later(REST_SECONDS, self._rested)
            if self._shows.given_up:
                self.close()
                return

    def _next_frame(self) -> bytes | None:
        """A stream has no frames of its own (macOS has no sockets that keep them apart)."""
        if len(self._said) < HEAD_BYTES:
            return None
        length = HEAD_BYTES + min(_number(self._said, 12), PIECE_BYTES)
        if len(self._said) < length:
            return None
        frame = bytes(self._said[:length])
        del self._said[:length]
        return frame

    def _rested(self) -> None:
        self._rest = None
        self._follow()
