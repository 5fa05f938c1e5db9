"""Connections that stay open: uvicorn's WebSocket protocol with bounds, and the end of those of which nobody reads.

What uvicorn's own does without: it holds any number of pongs, fragments and half messages for a peer, looks at all that
has come before others have a turn, waits for ever for one that takes nothing, answers in words of its own, and hangs up
on a run as soon as the server is asked to stop.
"""

import asyncio
import math
from typing import Any, Final, cast

from fastapi import FastAPI
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState
from websockets.frames import CloseCode, Frame
from websockets.http11 import Request

from snakepen.api.held import Held, Share
from snakepen.errors import Busy, MalformedRequest, Refusal
from snakepen.limits import KIB, MAX_CONTROL_FRAMES, MAX_FRAGMENTS, Patience
from snakepen.wire.refusal import RefusalBody

SHUTDOWN: Final = "websocket.shutdown"
"""What the application receives, besides ASGI's own messages, when the server is asked to stop."""

_NO_HANDSHAKE: Final = (
    "What arrived is no WebSocket handshake of RFC 6455: send Upgrade, Connection, Sec-WebSocket-Version 13 and one "
    "Sec-WebSocket-Key, and at most 128 headers of at most 8 KiB each."
)
# What a list of fragments costs beside their bytes.
_FRAGMENT_BYTES: Final = 64
# So much is looked at and, if there were whole frames in it, 680 at most, others have their turn.
_PIECE_BYTES: Final = 4 * KIB


class StallTimer:
    """Drops a connection whose peer has taken nothing for too long, whatever is still to be sent."""

    def __init__(self, transport: asyncio.Transport, patience: Patience) -> None:
        self._transport = transport
        self._patience = patience
        self._timer: asyncio.TimerHandle | None = None
        self._left = 0
        self._deadline = math.inf

    def start(self, *, is_all: bool = False) -> None:
        """There is more to send than is taken: the transport has asked for a pause, or no more will come.

        `is_all` has a deadline: nobody is held back by it, and who takes a little now and then would hold it for ever.
        """
        self.stop()
        self._left = self._transport.get_write_buffer_size()
        if not self._left:
            return
        if is_all:
            seconds = self._patience.stalled_seconds + self._left / self._patience.download_bytes_per_second
            self._deadline = asyncio.get_running_loop().time() + seconds
        self._wait()

    def _wait(self) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_at(min(loop.time() + self._patience.stalled_seconds, self._deadline), self._look)

    def stop(self) -> None:
        """It was taken, or the connection is gone."""
        self._deadline = math.inf
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        self._timer = None
        left = self._transport.get_write_buffer_size()
        if not left:
            return
        if left < self._left and asyncio.get_running_loop().time() < self._deadline:
            self._left = left
            self._wait()
        else:
            self._transport.abort()  # to close would wait until all is sent


def write_refusal(transport: asyncio.Transport, refusal: Refusal) -> None:
    """Answer in our shape where no application is asked, and close the connection."""
    body = RefusalBody.of(refusal).model_dump_json().encode()
    lines = [
        f"HTTP/1.1 {refusal.http_status} {type(refusal).__name__}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "X-Content-Type-Options: nosniff",
        "Connection: close",
        *([f"Retry-After: {refusal.retry_after_seconds}"] if isinstance(refusal, Busy) else []),
    ]
    transport.write("\r\n".join([*lines, "", ""]).encode() + body)
    transport.close()


class LiveProtocol(WebSocketsSansIOProtocol):
    """One WebSocket. Beside ASGI's messages its application gets SHUTDOWN, and may send a text in pieces: each but
    the last with `"more": True`."""

    _share: Share
    _stall: StallTimer
    _fragments_bytes = 0
    _queued_bytes = 0
    _pong: bytes | None = None
    _has_said = False
    _control_frames = 0
    _next_look: asyncio.Handle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._unread = bytearray()
        state = cast(FastAPI, self.config.app).state
        self._share = Share(cast(Held, state.held))
        self._stall = StallTimer(self.transport, state.patience)
        self.app_state = {**self.app_state, "abort": self.transport.abort}  # as over HTTP

    def connection_lost(self, exc: Exception | None) -> None:
        self._stall.stop()
        if self._next_look is not None:
            self._next_look.cancel()
        self._share.give_back()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stall.start()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stall.stop()
        if self._pong is not None:
            self.transport.write(self._pong)
            self._pong = None

    def data_received(self, data: bytes) -> None:
        if not self._is_deaf():
            self._unread += data
            self._look()

    def _look(self) -> None:
        """At what has come, up to the end of a piece that held whole frames."""
        self._next_look = None
        self._has_said = False
        while self._unread and not (self._has_said or self.read_paused or self._is_deaf()):
            piece = self._unread[:_PIECE_BYTES]
            del self._unread[:_PIECE_BYTES]
            super().data_received(piece)  # type: ignore[arg-type]  # its parser takes these too
        if not self.handshake_initiated:  # the whole head has come at once, and was none
            write_refusal(self.transport, MalformedRequest(_NO_HANDSHAKE))
            return
        try:
            self._share.hold(self._held_bytes())
        except Busy as busy:
            self._fail(CloseCode.TRY_AGAIN_LATER, str(busy))
        self._look_on()

    def _look_on(self) -> None:
        """At the rest in the next turn of the loop, unless the application has messages to take first."""
        if self._is_deaf():
            self._unread.clear()
        if self._unread and not self.read_paused:
            self.transport.pause_reading()
            self._next_look = self._next_look or self.loop.call_soon(self._look)
        elif not self.read_paused:
            self.transport.resume_reading()

    def _is_deaf(self) -> bool:
        """Whether nothing that comes is heard any more: it is closed, or has failed."""
        return self.conn.eof_sent or self.disconnected

    def handle_events(self) -> None:
        self._has_said = bool(self.conn.events)
        super().handle_events()

    def _held_bytes(self) -> int:
        return len(self._unread) + len(self.conn.reader.buffer) + self._fragments_bytes + self._queued_bytes

    def _fail(self, code: CloseCode, reason: str) -> None:
        if self.conn.close_sent is None:
            self.conn.fail(code, reason)
            self.handle_parser_exception()

    def handle_connect(self, event: Request) -> None:
        if self.conn.accept(event).status_code != 101:
            self.handshake_initiated = True
            write_refusal(self.transport, MalformedRequest(_NO_HANDSHAKE))
            return
        super().handle_connect(event)

    def handle_text(self, event: Frame) -> None:
        self._fragments_bytes = len(event.data) + _FRAGMENT_BYTES
        super().handle_text(event)

    def handle_bytes(self, event: Frame) -> None:
        self._fragments_bytes = len(event.data) + _FRAGMENT_BYTES
        super().handle_bytes(event)

    def handle_cont(self, event: Frame) -> None:
        if len(self.frames) >= MAX_FRAGMENTS:
            self._fail(CloseCode.MESSAGE_TOO_BIG, f"A message has more than {MAX_FRAGMENTS} fragments: send fewer.")
            return
        self._fragments_bytes += len(event.data) + _FRAGMENT_BYTES
        super().handle_cont(event)

    def send_receive_event_to_app(self) -> None:
        if self.conn.close_sent is not None:  # what it says after that is nobody's to hear
            self.frames = []
            self._fragments_bytes = 0
            return
        if self.curr_msg_data_type == "text":
            try:
                self.frames = [b"".join(self.frames)]
                self.frames[0].decode()
            except UnicodeDecodeError:
                self._fail(CloseCode.INVALID_DATA, "A text message is not UTF-8.")
                return
        self._queued_bytes += self._fragments_bytes
        self._fragments_bytes = 0
        super().send_receive_event_to_app()

    def handle_ping(self) -> None:
        self._count_control_frame()
        pongs = b"".join(self.conn.data_to_send())  # of all pings of the piece, and what else there is to say
        if self.writable.is_set() and pongs:
            self.transport.write(pongs)
        elif pongs:
            self._pong = pongs  # RFC 6455, section 5.5.3: only the last has to be answered

    def handle_pong(self, event: Frame) -> None:
        self._count_control_frame()
        super().handle_pong(event)

    def _count_control_frame(self) -> None:
        self._control_frames += 1
        if self._control_frames > MAX_CONTROL_FRAMES:
            self._fail(CloseCode.POLICY_VIOLATION, f"More than {MAX_CONTROL_FRAMES} pings and pongs: send fewer.")

    def send_keepalive_ping(self) -> None:
        self._control_frames = 0
        super().send_keepalive_ping()

    def handle_close(self, event: Frame) -> None:
        super().handle_close(event)
        self._abort_later()

    def handle_parser_exception(self) -> None:
        """Called whenever the connection has failed; uvicorn would close it, and with that take our word away from a
        peer that still sends (RFC 9112, section 9.6). What comes is thrown away, for a while."""
        if not self.close_sent:
            self.close_sent = True
            self.queue.put_nowait({"type": "websocket.disconnect", "code": 1006})
            self.transport.write(b"".join(self.conn.data_to_send()))
            if self.transport.can_write_eof():
                self.transport.write_eof()
            self._abort_later()

    def _abort_later(self) -> None:
        """uvicorn closes, which waits for ever for a peer that takes nothing."""
        if not self.disconnected:
            if self.close_timer is not None:
                self.close_timer.cancel()
            self.close_timer = self.loop.call_later(self.close_timeout, self.transport.abort)

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self.transport.abort()  # to close would wait for a peer that is not there

    def shutdown(self) -> None:
        if self.handshake_complete and not self.close_sent:
            self.queue.put_nowait(cast(Any, {"type": SHUTDOWN}))
        else:
            super().shutdown()

    async def receive(self) -> Any:  # noqa: ANN401  # ASGI's messages, and one of ours
        message = await super().receive()
        if self.queue.empty():
            self._queued_bytes = 0
            if self.conn.close_sent is None and not self.disconnected:
                self._share.hold(self._held_bytes())
            self._look_on()
        return message

    async def send(self, message: Any) -> None:  # noqa: ANN401  # the same
        if message["type"] == "websocket.send":
            await self.writable.wait()
            if self.disconnected or self.close_sent:
                raise ClientDisconnected
            self._send_piece(message["text"].encode(), last=not message.get("more", False))
            return
        if message["type"] == "websocket.close" and (self.disconnected or self.close_sent):
            return
        await super().send(message)
        if message["type"] == "websocket.http.response.body":
            self.handshake_complete = True  # refused is complete; uvicorn would log that it is not
        if message["type"] in ("websocket.close", "websocket.http.response.body"):
            self._abort_later()
            self._look_on()  # for the peer's own close

    def _send_piece(self, data: bytes, *, last: bool) -> None:
        try:
            if self.conn.expect_continuation_frame:
                self.conn.send_continuation(data, last)
            else:
                self.conn.send_text(data, last)
        except InvalidState:
            raise ClientDisconnected from None
        self.transport.write(b"".join(self.conn.data_to_send()))
