"""The load client's side of HTTP: one keep-alive connection, one request at a time.

Written to be cheap, because the client shares the cores with what it measures: no headers are parsed but the length,
and the bytes of a request are made once.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final, cast

_HEAD_END: Final = b"\r\n\r\n"
_STATUS: Final = re.compile(rb"HTTP/1\.1 (\d{3})")
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


def post(host: str, path: str, code: str, **fields: object) -> bytes:
    """A whole request that sends `code`."""
    body = json.dumps({"code": code, **fields}).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return head.encode() + _HEAD_END + body


class Connection(asyncio.Protocol):
    """A connection; `ask` sends a request and waits for the whole answer."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._received = bytearray()
        self._body_start = 0
        self._answer_end: int | None = None
        self._answered: asyncio.Future[tuple[int, bytes]] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is no subclass of it

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """The status code and the body of the answer. Raises ConnectionError when there is none."""
        if self._transport is None or self._transport.is_closing():
            raise ConnectionError("the server closed the connection")
        assert self._answered is None, "one request at a time"
        self._answered = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        try:
            return await self._answered
        finally:
            self._answered = None

    def close(self) -> None:
        """Hang up, whatever was asked for."""
        self._fail("it was closed")

    def data_received(self, data: bytes) -> None:
        self._received += data
        try:
            self._read()
        except ValueError as error:
            self._fail(str(error))

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail("the server closed the connection")

    def _read(self) -> None:
        if self._answer_end is None:
            head_end = self._received.find(_HEAD_END)
            if head_end < 0:
                return
            length = _LENGTH.search(self._received, 0, head_end)
            if length is None:
                raise ValueError("the answer does not say its length")
            self._body_start = head_end + len(_HEAD_END)
            self._answer_end = self._body_start + int(length[1])
        if len(self._received) < self._answer_end:
            return
        status = _STATUS.match(self._received)
        if status is None or len(self._received) > self._answer_end or self._answered is None:
            raise ValueError("the server sent what is no answer in HTTP/1.1")
        answer = int(status[1]), bytes(self._received[self._body_start :])
        self._received.clear()
        self._answer_end = None
        if not self._answered.done():
            self._answered.set_result(answer)

    def _fail(self, why: str) -> None:
        if self._transport is not None:
            self._transport.abort()
        if self._answered is not None and not self._answered.done():
            self._answered.set_exception(ConnectionError(why))


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Connection]:
    """A connection to the server at `url`, which is http://HOST:PORT."""
    host, _, port = url.removeprefix("http://").partition(":")
    transport, connection = await asyncio.get_running_loop().create_connection(Connection, host, int(port))
    try:
        yield connection
    finally:
        transport.abort()
