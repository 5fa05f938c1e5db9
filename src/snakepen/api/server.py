"""uvicorn, as we run it: one process, one port, every answer in our shape, no request that trickles in for ever."""

import asyncio
import errno
import functools
import gc
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Final, cast

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from snakepen.api.app import GRACE_SECONDS
from snakepen.api.documented import EXECUTE
from snakepen.api.services import Services
from snakepen.api.sockets import LiveProtocol, StallTimer, write_refusal
from snakepen.errors import Busy, HeadersTooLarge, MalformedRequest, NotFound, Refusal, RequestTimeout, SetupError
from snakepen.limits import (
    HEAD_SECONDS,
    KIB,
    LINGER_SECONDS,
    MAX_BODY_BYTES,
    MAX_CONNECTIONS,
    MAX_HEAD_BYTES,
    MAX_LIVE_CONNECTIONS,
    MAX_PIPELINED,
)

_BACKLOG: Final = 2048
# After the runs have had their time, their answers have this long to leave.
_ANSWER_SECONDS: Final = 5
# What the kernel holds of an answer that nobody takes yet (tcp(7)); else it is megabytes, which a stop has to wait for.
_UNSENT_BYTES: Final = 128 * KIB
# A peer that has vanished says nothing; one that reads slowly answers when it has read what was sent before.
_PING_SECONDS: Final = 20
_PONG_SECONDS: Final = 120
# Of one connection, in one turn of the loop, before all others have theirs.
_MUCH_BYTES: Final = 64 * KIB


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol with bounds on the head of a request, in bytes and in time, on what follows the body, and
    on requests that wait for the answer to another; and with our refusals.

    uvicorn starts its timer between requests only, and keeps headers without a bound, those after a body too, and
    requests.
    """

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._refusal: Refusal | None = None
        self._head_timer: asyncio.TimerHandle | None = None
        self._linger_timer: asyncio.TimerHandle | None = None
        super().connection_made(transport)  # type: ignore[arg-type]  # uvicorn narrows asyncio's own type
        self._stall = StallTimer(self.transport, cast(FastAPI, self.config.app).state.patience)
        if len(self.connections) > _most_connections():
            self._refuse(_FULL)
            return
        self._head_begins()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_ends()
        self._stop_lingering()
        self._stall.stop()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stall.start()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stall.stop()
        self._watch_the_rest()

    def data_received(self, data: bytes) -> None:
        self._is_bare = True
        super().data_received(data)
        # What holds a part of a body, or in which a head begins or ends, may have little else, and is not counted.
        if self._is_bare and not self.transport.is_closing():
            self._bare_bytes += len(data)
            if self._bare_bytes > MAX_HEAD_BYTES:
                self._refuse(_HEAD_TOO_LARGE)
        if len(data) >= _MUCH_BYTES and not (self.flow.read_paused or self.transport.is_closing()):
            # uvloop reads on while there is something, up to 8 MiB, and nobody else has a turn meanwhile.
            self.flow.pause_reading()
            self.loop.call_soon(self.flow.resume_reading)

    def _count_anew(self) -> None:
        """Bytes that are neither of a body nor known to be a whole head: of a head, of trailers, between requests."""
        self._is_bare = False
        self._bare_bytes = 0

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._in_head:  # trailers are read and thrown away: they are no headers (RFC 9110, section 6.5.1)
            super().on_header(name, value)

    def on_body(self, body: bytes) -> None:
        self._count_anew()
        super().on_body(body)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if not self.flow.write_paused:
            self._stall.stop()  # more is going to be written, which would look as if nothing had been taken
        self.scope["state"]["abort"] = self.transport.abort  # for an answer that has to end before it is taken
        self._head_begins()

    def on_headers_complete(self) -> None:
        self._head_ends()
        self._count_anew()
        if sum(len(name) + len(value) for name, value in self.headers) > MAX_HEAD_BYTES:
            self._refusal = _HEAD_TOO_LARGE
            raise ValueError  # stops the parser, which then asks for the 400
        if len(self.pipeline) >= MAX_PIPELINED:
            raise ValueError
        if self.parser.should_upgrade():
            # The parser stops at the end of this head, and would take a body for what the other protocol says.
            self._refusal = self._upgrade_refusal()
            if self._refusal is not None:
                raise ValueError
        super().on_headers_complete()
        if self.cycle is not None and not self.cycle.keep_alive:  # None after a change of the protocol
            self.cycle.transport = _LastAnswer(self.transport, self._is_answered)  # type: ignore[assignment]  # as much of one as a cycle uses

    def _is_answered(self) -> None:
        """The last answer of this connection has been given: hang up, but not before its request was read whole."""
        if not self.cycle.more_body:
            self.transport.close()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch_the_rest()
        # Refused before it was read whole. To hang up now could take the answer away from a client that still
        # sends (RFC 9112, section 9.6), so the rest is read and thrown away, for a while.
        if self.cycle.more_body and self.cycle.response_complete and self._linger_timer is None:
            self._linger_timer = self.loop.call_later(LINGER_SECONDS, self.transport.close)

    def _watch_the_rest(self) -> None:
        """Of the last answer there may be less left than makes the transport pause, and to close waits for that."""
        if not self._answering():
            self._stall.start(is_all=True)

    def on_message_complete(self) -> None:
        self._stop_lingering()
        super().on_message_complete()
        if self.cycle is not None and self.cycle.response_complete:
            self.cycle.more_body = False  # which uvicorn says of those only that were not answered before
            if not self.cycle.keep_alive:
                self.transport.close()

    def _stop_lingering(self) -> None:
        if self._linger_timer is not None:
            self._linger_timer.cancel()
            self._linger_timer = None

    def send_400_response(self, msg: str) -> None:
        """Called by uvicorn for whatever its parser refuses."""
        self._refuse(self._refusal or MalformedRequest("What arrived is not an HTTP/1.1 request: look at the client."))

    def _head_begins(self) -> None:
        self._in_head = True
        self._count_anew()
        if self._head_timer is None:
            self._head_timer = self.loop.call_later(HEAD_SECONDS, self._head_is_late)

    def _head_ends(self) -> None:
        self._in_head = False
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _head_is_late(self) -> None:
        self._head_timer = None
        if self._answering():
            self._head_timer = self.loop.call_later(HEAD_SECONDS, self._head_is_late)
        elif not self.transport.is_closing():
            self._refuse(RequestTimeout(f"No whole request came within {HEAD_SECONDS:g} seconds: send it again."))

    def _answering(self) -> bool:
        """Whether an answer to an earlier request of this connection is still owed."""
        return bool(self.pipeline) or (self.cycle is not None and not self.cycle.response_complete)

    def _upgrade_refusal(self) -> Refusal | None:
        """Why this request may not change the protocol; only a WebSocket on the one path for it may."""
        names = {name for name, _ in self.headers}
        if (
            self.parser.get_method() != b"GET"
            or self.parser.get_http_version() != "1.1"
            or self._get_upgrade() != b"websocket"
            or names & {b"content-length", b"transfer-encoding"}
            or self._answering()
        ):
            return _NO_UPGRADE
        if self.url.partition(b"?")[0] != EXECUTE.encode():
            return NotFound(f"There is no WebSocket at this path: use {EXECUTE}.")
        if sum(isinstance(connection, LiveProtocol) for connection in self.connections) >= MAX_LIVE_CONNECTIONS:
            return Busy("The server holds as many WebSockets as it can: try again in a moment.", retry_after_seconds=1)
        return None

    def _refuse(self, refusal: Refusal) -> None:
        self._head_ends()
        if self.transport.is_closing():
            return
        if self._stuck_in_body():
            self.cycle.disconnected = True  # as it will be: the application answers nothing any more
            write_refusal(self.transport, refusal)
        elif self._answering() or (self.cycle is not None and self.cycle.more_body):
            self.transport.close()  # what we say now would be taken for the answer to something else
        else:
            write_refusal(self.transport, refusal)

    def _stuck_in_body(self) -> bool:
        """Whether the only answer that is owed is to the request whose body is coming, and has not begun."""
        return (
            not self.pipeline
            and self.cycle is not None
            and self.cycle.more_body
            and not (self.cycle.response_started or self._in_head)
        )


class _LastAnswer:
    """The transport as a cycle of uvicorn sees it, whose client wants no more answers: when to close it we decide."""

    def __init__(self, transport: asyncio.Transport, close: Callable[[], None]) -> None:
        self.write = transport.write
        self.is_closing = transport.is_closing
        self.close = close


@functools.cache
def _most_connections() -> int:
    """Half of the descriptors at the most: the others are for runs, of which each takes a dozen."""
    if sys.platform == "win32":
        return MAX_CONNECTIONS
    import resource

    return min(MAX_CONNECTIONS, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2)


_FULL = Busy("The server holds as many connections as it can: try again in a moment.", retry_after_seconds=1)
_NO_UPGRADE = MalformedRequest(
    "This server speaks HTTP/1.1, and changes to WebSocket for a GET of /api/execute only: send the request without "
    "Upgrade (a client that asks for HTTP/2 has a setting for that)."
)
_HEAD_TOO_LARGE = HeadersTooLarge(f"The headers are over {MAX_HEAD_BYTES // KIB} KiB: send fewer or shorter ones.")


class _Server(uvicorn.Server):
    """Says when it is ready, and lets runs end before it does."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._app = app
        self._on_ready = on_ready
        self._hurry: Callable[[], object] = lambda: None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # uvicorn would raise the signal again in the end; to be asked to stop is a good end for a server. At a second
        # Ctrl-C it would leave, and nothing would be closed. Not SIGHUP, which may come with the first (SendSIGHUP= of
        # systemd.kill(5)).
        if self.should_exit and sig in (signal.SIGINT, signal.SIGTERM):
            self._hurry()
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        services: Services = self._app.state.services
        loop = asyncio.get_running_loop()
        closing: list[asyncio.Task[None]] = []

        def close(grace_seconds: float) -> None:
            closing.append(loop.create_task(services.executor.close(grace_seconds=grace_seconds)))

        close(GRACE_SECONDS)
        self._hurry = partial(loop.call_soon_threadsafe, close, 0)
        await super().shutdown(sockets)
        await asyncio.gather(*closing)
        self._hurry = lambda: None  # there is no loop any more to do it in


def bind(host: str, port: int) -> socket.socket:
    """The socket to serve on; port 0 is any free one. Raises SetupError with what to do."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            "127.0.0.1" if host == "localhost" else host,
            port,
            type=socket.SOCK_STREAM,
            flags=socket.AI_PASSIVE,
        )[0]
    except (socket.gaierror, UnicodeError) as error:
        raise SetupError(f"'{host}' is not an address of this machine: choose another with --host.") from error
    listener = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":  # where it would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_NOTSENT_LOWAT"):  # every connection takes it over
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _UNSENT_BYTES)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise SetupError(_bind_problem(error, host, port)) from error
    return listener


def _bind_problem(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use: end the program that has it, or choose another port with --port."
    if error.errno == errno.EACCES:
        return f"Port {port} needs rights that you do not have: choose one above 1023 with --port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"'{host}' is not an address of this machine: choose another with --host."
    return f"The server cannot listen on {host}, port {port} ({error.strerror}): choose others with --host and --port."


def make_server(app: FastAPI, on_ready: Callable[[], None]) -> uvicorn.Server:
    """A server that is not running yet; `should_exit` ends it."""
    config = uvicorn.Config(
        app,
        http=BoundedProtocol,
        ws=LiveProtocol,
        ws_max_size=MAX_BODY_BYTES,
        ws_per_message_deflate=False,  # it would make of a few bytes as many as one likes
        ws_ping_interval=_PING_SECONDS,
        ws_ping_timeout=_PONG_SECONDS,
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,  # a caller's address is who connected, not what a header says
        timeout_graceful_shutdown=int(GRACE_SECONDS) + _ANSWER_SECONDS,
    )
    return _Server(config, app, on_ready)


def serve(app: FastAPI, listener: socket.socket, on_ready: Callable[[], None]) -> None:
    """Serve until SIGINT, SIGTERM or SIGHUP. Raises SetupError when the application does not start."""
    server = make_server(app, on_ready)
    stops = [signal.SIGINT, signal.SIGTERM]
    # A terminal that closes asks the server to stop as well; under nohup the signal is ignored, and stays so.
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:
        stops.append(signal.SIGHUP)
    for number in stops:  # uvicorn puts back what was there, while the process still has a little to do
        signal.signal(number, server.handle_exit)
    gc.collect()
    gc.freeze()  # what has been imported stays: no collection need look through it again
    try:
        server.run(sockets=[listener])
    except SystemExit as error:  # uvicorn's way to say that the lifespan failed; it has logged why
        raise SetupError("The server did not start: the lines above say why.") from error
    finally:
        for number in stops:  # it is ending: to be asked once more must not make a failure of that
            signal.signal(number, signal.SIG_IGN)
