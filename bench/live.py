"""What somebody who watches a run waits for: its first byte, many bytes, and its end when it is stopped.

The program says when it wrote, by a clock that is the same inside (clock_gettime(2), CLOCK_MONOTONIC).
"""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from statistics import median
from typing import Final

from websockets.asyncio.client import connect

from bench.errors import BenchError
from bench.servers import Server

_RUNS: Final = 10
_MIB: Final = 1 << 20
_STREAMED_MIB: Final = 32
_MOST_BYTES: Final = 64 * _MIB
_EVENT: Final = re.compile(rb"event: (\w+)\ndata: (.*)\n\n")
_END: Final = b"\n\n"

_TELLS_THE_TIME: Final = """\
import time

time.sleep(0.02)
print(time.monotonic_ns(), flush=True)
"""
_WRITES_MUCH: Final = f"""\
import sys

for _ in range({_STREAMED_MIB} * 16):
    sys.stdout.write("x" * 65535 + "\\n")
"""


async def first_byte(server: Server) -> float:
    """Milliseconds from when a program wrote to when its event was there; the median of a few runs."""
    figures = []
    for _ in range(_RUNS):
        async for kind, data, seen in _events(server, _TELLS_THE_TIME):
            if kind == b"stdout":
                figures.append((seen - int(json.loads(data)["text"])) / 1e6)
    if len(figures) != _RUNS:
        raise BenchError("snakepen: the time that a program wrote did not arrive in one piece.")
    return median(figures)


async def milliseconds_per_megabyte(server: Server) -> float:
    """From the first event with output to the last."""
    received, begin, end = 0, 0, 0
    async for kind, data, seen in _events(server, _WRITES_MUCH, output_bytes=_MOST_BYTES):
        if kind == b"stdout":
            begin = begin or seen
            end = seen
            received += len(json.loads(data)["text"])
    if received != _STREAMED_MIB * _MIB:
        raise BenchError(f"snakepen: {received} of {_STREAMED_MIB * _MIB} bytes arrived.")
    return (end - begin) / 1e6 / (received / 1e6)


@asynccontextmanager
async def running(server: Server, code: str) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """While it runs, what stops it as a person would; then until it has finished."""
    async with connect(f"{server.url.replace('http://', 'ws://')}/api/execute", max_size=None) as socket:
        await socket.send(json.dumps({"type": "start", "code": code}))
        yield lambda: socket.send('{"type": "stop"}')
        async for message in socket:
            if json.loads(message)["type"] == "finished":
                return


async def _events(server: Server, code: str, **limits: int) -> AsyncIterator[tuple[bytes, bytes, int]]:
    """Kind and data of each event, and when it was there, in nanoseconds."""
    host, _, port = server.url.removeprefix("http://").partition(":")
    body = json.dumps({"code": code, "limits": limits}).encode()
    head = (
        f"POST /api/execute HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\n"
        f"Accept: text/event-stream\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        writer.write(head.encode() + body)
        if not (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200"):
            raise BenchError("snakepen did not stream.")
        text = bytearray()
        while (size := int(await reader.readline(), 16)) > 0:
            looked_at = max(0, len(text) - len(_END))  # the last event is long: nothing of it is looked at twice
            text += await reader.readexactly(size)
            seen = time.monotonic_ns()
            await reader.readline()
            if (end := text.rfind(_END, looked_at)) >= 0:
                for event in _EVENT.finditer(text, 0, end + len(_END)):
                    yield event[1], event[2], seen
                del text[: end + len(_END)]
    finally:
        writer.close()
