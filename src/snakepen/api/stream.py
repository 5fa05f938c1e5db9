"""POST /api/execute with `Accept: text/event-stream`: a run told while it goes on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from fastapi import Response
from starlette.types import Message, Receive, Scope, Send

from snakepen.api.answer import leaving_bytes
from snakepen.api.events import Narrator, in_json, refused
from snakepen.api.held import Leaving
from snakepen.api.refusals import refusal_response
from snakepen.api.services import Services
from snakepen.errors import Refusal
from snakepen.executor import Run, RunSpec
from snakepen.wire.events import Event, FinishedEvent
from snakepen.wire.generate import GenerateEvent

EVENT_STREAM: Final = "text/event-stream"
_JSON: Final = "application/json"
_HEARTBEAT: Final = b": still at it\n\n"


def wants_events(accept: str) -> bool:
    """Whether an `Accept` header prefers events to JSON (RFC 9110, section 12.5.1); whoever takes both gets JSON."""
    ranges = [_media_range(part) for part in accept.split(",")]
    return _preference(EVENT_STREAM, ranges) > _preference(_JSON, ranges)


def _media_range(part: str) -> tuple[str, float]:
    name, *parameters = (word.strip().lower() for word in part.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                return name, 0.0
            return name, weight if 0 <= weight <= 1 else 0.0
    return name, 1.0


def _preference(media_type: str, ranges: list[tuple[str, float]]) -> tuple[float, int]:
    """How much it is wanted, and how much it was meant: the most specific range that fits decides."""
    names = ("*/*", media_type.partition("/")[0] + "/*", media_type)
    fitting = [(names.index(name), weight) for name, weight in ranges if name in names]
    if not fitting:
        return 0.0, 0
    meant, weight = max(fitting)
    return weight, meant if weight else 0


class HungUpError(Exception):
    """Nobody is there any more who could be told anything."""


@asynccontextmanager
async def until_hang_up(receive: Receive) -> AsyncIterator[None]:
    """Raises HungUpError amid whatever is waited for, when the client has hung up: within a run, which is left then.

    The body has been read whole, so nothing else can come.
    """

    async def wait() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        patience.reschedule(asyncio.get_running_loop().time())

    patience = asyncio.timeout(None)
    try:
        async with patience:
            waiting = asyncio.create_task(wait())
            try:
                yield
            finally:
                waiting.cancel()
    except TimeoutError:
        if patience.expired():
            raise HungUpError from None
        raise


class EventStream(Response):
    """The answer as server-sent events. The run begins and ends within it, so none is left when nobody sends it."""

    media_type = EVENT_STREAM

    def __init__(self, services: Services, spec: RunSpec, *, code: str, caller: str, heartbeat_seconds: float) -> None:
        self.status_code = 200
        self.background = None
        self.init_headers({"X-Accel-Buffering": "no", "Cache-Control": "no-store"})
        self._services = services
        self._spec = spec
        self._code = code
        self._caller = caller
        self._heartbeat_seconds = heartbeat_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        told = Told(send, {"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        last: Event | None = None
        try:
            async with self._services.executor.run(self._spec, caller=self._caller) as run, until_hang_up(receive):
                async for event in self._events(run, told):
                    last = event
                    if not isinstance(event, FinishedEvent):
                        await told.tell(event)
        except HungUpError:
            return
        except Refusal as refusal:
            preview = await self._services.preview(refusal, self._code)
            if not told.has_begun:
                await refusal_response(refusal, preview)(scope, receive, send)
                return
            last = refused(refusal, preview)
        assert last is not None
        leaving: Leaving = scope["app"].state.leaving
        size = leaving_bytes(last) if isinstance(last, FinishedEvent) else 0
        with leaving.place(size, scope["state"]["abort"]):
            await told.tell(last)  # when nothing of the run is left
        await told.end()

    async def _events(self, run: Run, told: "Told") -> AsyncIterator[Event]:
        narrator = Narrator(run.id)
        events = run.__aiter__()
        while True:
            try:
                async with asyncio.timeout(self._heartbeat_seconds):
                    event = await anext(events)
            except TimeoutError:
                await told.keep_alive()
                continue
            except StopAsyncIteration:
                return
            for wire_event in narrator.tell(event):
                yield wire_event


class Told:
    """What has been sent. The status goes out with the first event: until then a refusal has one of its own."""

    def __init__(self, send: Send, head: Message) -> None:
        self._send = send
        self._head = head
        self.has_begun = False

    async def tell(self, event: Event | GenerateEvent) -> None:
        """Waits while the client takes nothing, and so holds the program back."""
        if not self.has_begun:
            self.has_begun = True
            await self._send(self._head)
        before = b"event: %s\ndata: " % event.type.encode()
        waiting = b""
        async for piece in in_json(event):
            if waiting:
                await self._write(waiting)
            waiting, before = before + piece, b""
        await self._write(waiting + b"\n\n")

    async def keep_alive(self) -> None:
        """A comment; not before the first event, when there is no stream yet."""
        if self.has_begun:
            await self._write(_HEARTBEAT)

    async def end(self) -> None:
        await self._write(b"", more=False)

    async def _write(self, body: bytes, *, more: bool = True) -> None:
        await self._send({"type": "http.response.body", "body": body, "more_body": more})
