"""A WebSocket on /api/execute: one run after the other, each heard while it is told.

Two tasks share a connection. One reads all that the client says, at once and always, so that a stop or a hang-up is
heard however full the program's input is. The other runs and tells, and waits for whoever reads slowly. Whichever
ends first ends the other, and leaving a run stops it.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter, ValidationError
from starlette.types import Receive, Scope, Send

from snakepen.api.answer import leaving_bytes
from snakepen.api.body import JsonStructure
from snakepen.api.events import Narrator, in_json, refused
from snakepen.api.guard import LIVE_PROTOCOL
from snakepen.api.held import Held, Leaving, Share
from snakepen.api.parsing import parse_json
from snakepen.api.refusals import MESSAGE_NOT_JSON, of_message
from snakepen.api.services import Services
from snakepen.api.sockets import SHUTDOWN
from snakepen.errors import Busy, FieldProblem, InvalidRequest, Refusal
from snakepen.executor import Run, SignalName, TerminalSize
from snakepen.limits import KIB, MAX_WAITING_INPUT_BYTES, MIB
from snakepen.wire.events import Event, FinishedEvent, RefusedEvent
from snakepen.wire.live import (
    ClientMessage,
    ResizeMessage,
    SignalMessage,
    StartMessage,
    StdinEofMessage,
    StdinMessage,
    StopMessage,
)

# How long a program that is asked to stop may take to end by itself.
_STOP_SECONDS: Final = 1.0
# RFC 6455, section 5.5: what a close frame holds, less its code.
_MAX_REASON_BYTES: Final = 123
# Small pieces of input wait as one, up to this; each costs more than its bytes.
_PIECE_BYTES: Final = 64 * KIB
_PIECE_COST_BYTES: Final = 128

_MESSAGES: Final[TypeAdapter[ClientMessage]] = TypeAdapter(ClientMessage)

# RFC 6455, section 7.4.1, and the registry that it began.
_NORMAL, _VIOLATION, _OUR_FAULT, _RESTART, _LATER = 1000, 1008, 1011, 1012, 1013


@dataclass(frozen=True, slots=True)
class _Goodbye:
    """Why a connection is closed by us."""

    code: int
    reason: str


class _GoneError(Exception):
    """The client has hung up amid what it was being told."""


class Live:
    """The ASGI application of the WebSocket; who may connect has been judged before.

    An object, because a function would be given the framework's own WebSocket, which knows no SHUTDOWN.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (await receive())["type"] == "websocket.connect":
            # A browser hangs up on a server that takes none of what it named.
            named = LIVE_PROTOCOL if LIVE_PROTOCOL in scope.get("subprotocols", ()) else None
            await send({"type": "websocket.accept", "subprotocol": named})
            await _Conversation(scope, receive, send).hold()


class _Conversation:
    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        state = scope["app"].state
        self._services: Services = state.services
        self._held: Held = state.held
        self._leaving: Leaving = state.leaving
        self._abort: Callable[[], None] = scope["state"]["abort"]
        self._unused_seconds: float = state.patience.unused_seconds
        self._caller: str = scope["client"][0] if scope["client"] else "local"
        self._receive = receive
        self._send = send
        self._turn: _Turn | None = None
        self._next: asyncio.Queue[_Turn | Refusal] = asyncio.Queue(1)
        self._is_new = True
        self._is_waiting = False
        self._is_last = False

    async def hold(self) -> None:
        """Until either side closes it; then nothing of a run is left."""
        goodbye: _Goodbye | None = _Goodbye(_OUR_FAULT, "Snakepen failed. This is our fault, and our log says more.")
        reading = asyncio.create_task(self._read())
        serving = asyncio.create_task(self._serve())
        try:
            await asyncio.wait({reading, serving}, return_when=asyncio.FIRST_COMPLETED)
            first, other = (reading, serving) if reading.done() else (serving, reading)
            other.cancel()
            await asyncio.wait({other})
            goodbye = first.result()
        finally:
            for task in (reading, serving):
                task.cancel()
            await asyncio.gather(reading, serving, return_exceptions=True)
            if self._turn is not None:
                self._turn.share.give_back()  # it may never have begun
            if goodbye is not None:
                reason = goodbye.reason.encode()[:_MAX_REASON_BYTES].decode("utf-8", "ignore")
                await self._send({"type": "websocket.close", "code": goodbye.code, "reason": reason})

    async def _read(self) -> _Goodbye | None:
        """Never waits for anybody while a run is under way."""
        while True:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                return None
            if message["type"] == SHUTDOWN:
                self._is_last = True
                if self._is_waiting:
                    return _SHUTTING_DOWN
                continue
            text = message.get("text")
            if text is None:
                return _Goodbye(_VIOLATION, "Binary messages mean nothing here: send JSON as text.")
            if self._turn is None:
                await self._begin(text)
            elif (goodbye := self._hear(text)) is not None:
                return goodbye

    def _hear(self, text: str) -> _Goodbye | None:
        """While a run is under way: for its program."""
        assert self._turn is not None
        try:
            message = _parsed(text.encode())
        except Refusal as refusal:
            return _Goodbye(_VIOLATION, str(refusal))
        if isinstance(message, StartMessage):
            return _Goodbye(_VIOLATION, "A run is under way: start the next when it has finished.")
        try:
            if self._turn.hear(message):
                return None
        except Busy as busy:
            return _Goodbye(_LATER, str(busy))
        most = MAX_WAITING_INPUT_BYTES // MIB
        return _Goodbye(_VIOLATION, f"More than {most} MiB of input wait for the program: send less before it reads.")

    async def _begin(self, text: str) -> None:
        """While no run is: the start of the next."""
        share = Share(self._held)
        try:
            self._turn = self._started(text.encode(), share)
        except Refusal as refusal:
            share.give_back()
            await self._next.put(refusal)
        else:
            if self._turn is None:
                share.give_back()
            else:
                await self._next.put(self._turn)

    def _started(self, data: bytes, share: Share) -> "_Turn | None":
        """The run that a message starts; None for a message that came too late for the run before. Raises Refusal."""
        share.take(len(data))
        message = _parsed(data)
        if isinstance(message, StartMessage):
            turn = _Turn(message, self._services, share)
            self._is_new = False
            return turn
        if self._is_new:
            problem = "must be 'start': there is no run yet that anything else could be for"
            raise InvalidRequest((FieldProblem("type", problem),))
        return None  # meant for the run that has ended

    async def _serve(self) -> _Goodbye | None:
        try:
            while not self._is_last:
                self._is_waiting = True
                try:
                    async with asyncio.timeout(self._unused_seconds):
                        item = await self._next.get()
                except TimeoutError:
                    return _Goodbye(_NORMAL, f"No run was started for {self._unused_seconds:g} seconds.")
                finally:
                    self._is_waiting = False
                if isinstance(item, Refusal):
                    await self._tell(refused(item, None))
                    continue
                last = await self._run(item)
                self._turn = None  # before the client knows that it may start the next
                size = leaving_bytes(last) if isinstance(last, FinishedEvent) else 0
                with self._leaving.place(size, self._abort):
                    await self._tell(last)
        except _GoneError:
            return None
        return _SHUTTING_DOWN

    async def _run(self, turn: "_Turn") -> FinishedEvent | RefusedEvent:
        """One run, told up to its last event; that is for when nothing of the run is left."""
        try:
            async with self._services.executor.run(turn.spec, caller=self._caller) as run:
                narrator = Narrator(run.id)
                feeding = asyncio.create_task(turn.feed(run))
                try:
                    async for event in run:
                        for told in narrator.tell(event):
                            if isinstance(told, FinishedEvent):
                                return told
                            await self._tell(told)
                finally:
                    feeding.cancel()
                    await asyncio.wait({feeding})
            raise AssertionError("a run ended without its last event")
        except Refusal as refusal:
            return refused(refusal, await self._services.preview(refusal, turn.code))
        finally:
            turn.share.give_back()

    async def _tell(self, event: Event) -> None:
        """Waits while the client takes nothing, and so holds the program back."""
        waiting: bytes | None = None
        try:
            async for piece in in_json(event):
                if waiting is not None:
                    await self._send({"type": "websocket.send", "text": waiting.decode(), "more": True})
                waiting = piece
            assert waiting is not None
            await self._send({"type": "websocket.send", "text": waiting.decode()})
        except OSError as error:  # ASGI's word for a client that is gone
            raise _GoneError from error


_SHUTTING_DOWN: Final = _Goodbye(_RESTART, "The server shuts down: try again in a moment.")


def _parsed(data: bytes) -> ClientMessage:
    """Raises InvalidJson, or InvalidRequest that names each wrong field."""
    JsonStructure().feed(data)
    try:
        return _MESSAGES.validate_python(parse_json(data, not_json=MESSAGE_NOT_JSON))
    except ValidationError as error:
        raise of_message(error) from error


class _Turn:
    """One run of a conversation, from its start message on: what the client says reaches its program through here."""

    def __init__(self, start: StartMessage, services: Services, share: Share) -> None:
        self.code = start.code
        self.spec, self._first_input = services.settler.live(start)
        self.share = share
        self._run: Run | None = None
        self._waiting: deque[bytearray] = deque()  # an empty one is the end of input
        self._waiting_bytes = 0
        self._more = asyncio.Event()
        self._size: TerminalSize | None = None
        self._stops = 0

    def hear(self, message: ClientMessage) -> bool:
        """Never waits. False when there is more input than may wait. Raises Busy when all callers' is too much."""
        match message:
            case StdinMessage():
                return self._put(message.text.encode()) if message.text else True
            case StdinEofMessage():
                return self._put(b"")
            case ResizeMessage():
                self._size = TerminalSize(message.columns, message.rows)
                if self._run is not None:
                    self._run.resize(self._size)
            case SignalMessage():
                if self._run is not None:
                    self._run.signal(SignalName(message.name))
            case StopMessage():
                self._stops += 1
                if self._run is not None:
                    self._run.stop(patience_seconds=_STOP_SECONDS if self._stops == 1 else 0)
        return True

    def _put(self, data: bytes) -> bool:
        last = self._waiting[-1] if self._waiting else None
        joins = bool(last) and bool(data) and len(last or b"") + len(data) <= _PIECE_BYTES
        cost = len(data) + (0 if joins else _PIECE_COST_BYTES)
        if self._waiting_bytes + cost > MAX_WAITING_INPUT_BYTES:
            return False
        self.share.take(cost)
        self._waiting_bytes += cost
        if joins and last is not None:
            last += data
        else:
            self._waiting.append(bytearray(data))
        self._more.set()
        return True

    async def feed(self, run: Run) -> None:
        """Hand over what was said, in order, as fast as the program takes it; until cancelled."""
        self._run = run
        if self._size is not None:
            run.resize(self._size)
        if self._stops:
            run.stop()
        if self._first_input:
            await run.send_stdin(self._first_input)
            self._first_input = b""
        while True:
            while self._waiting:
                data = bytes(self._waiting.popleft())
                if data:
                    await run.send_stdin(data)
                else:
                    run.close_stdin()
                    await run.send_stdin(b"")  # to a terminal an end is one more character, which has to wait as well
                cost = len(data) + _PIECE_COST_BYTES
                self._waiting_bytes -= cost
                self.share.take(-cost)
            self._more.clear()
            await self._more.wait()
