"""One connection of the server over a transport that is none: the test says what comes, and when others have a turn."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from fastapi import FastAPI
from starlette.types import Receive, Scope, Send
from uvicorn.server import ServerState

from snakepen.api.held import Held
from snakepen.api.server import BoundedProtocol, make_server
from snakepen.api.sockets import LiveProtocol
from snakepen.limits import PATIENCE, Patience

Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class Transport(asyncio.Transport):
    """Remembers what was done to it."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.is_closed = False
        self.is_aborted = False
        self.is_paused = False
        self.left = 0

    def write(self, data: Any) -> None:
        self.written += data

    def can_write_eof(self) -> bool:
        return False

    def close(self) -> None:
        self.is_closed = True

    def abort(self) -> None:
        self.is_closed = self.is_aborted = True

    def is_closing(self) -> bool:
        return self.is_closed

    def pause_reading(self) -> None:
        self.is_paused = True

    def resume_reading(self) -> None:
        self.is_paused = False

    def get_write_buffer_size(self) -> int:
        """A little less each time, while there is anything."""
        self.left = max(self.left - 1, 0)
        return self.left


class _App(FastAPI):
    def __init__(self, application: Application, patience: Patience) -> None:
        super().__init__()
        self.state.patience = patience
        self.state.held = Held()
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._application(scope, receive, send)


_Protocol = TypeVar("_Protocol", BoundedProtocol, LiveProtocol)


@asynccontextmanager
async def connected(
    kind: type[_Protocol], application: Application, *, patience: Patience = PATIENCE
) -> AsyncIterator[tuple[_Protocol, Transport]]:
    """A connection of which the application is told, and what it did to its transport."""
    state = ServerState()
    transport = Transport()
    protocol = kind(make_server(_App(application, patience), lambda: None).config, state, {})
    protocol.connection_made(transport)
    yield protocol, transport
    protocol.connection_lost(None)
    for task in state.tasks:
        task.cancel()
    await asyncio.gather(*state.tasks, return_exceptions=True)


async def turns(count: int = 10) -> None:
    """What is ready has its turn, and what that makes ready."""
    for _ in range(count):
        await asyncio.sleep(0)
