"""A server that does nothing: what the load client and the sockets cost by themselves.

`python -m bench.echo` says on standard error where it serves; SIGTERM ends it.
"""

import asyncio
import json
import sys
from typing import Final, cast

import uvloop

_BODY: Final = json.dumps({"stdout": "hello\n", "stderr": "", "exit_code": 0}).encode()
_ANSWER: Final = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(_BODY) + _BODY


class Echo(asyncio.Protocol):
    """Answers whatever arrives; the requests of the load client arrive whole."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is no subclass of it

    def data_received(self, data: bytes) -> None:
        self._transport.write(_ANSWER)


async def serve() -> None:
    """Serves until the process is ended."""
    server = await asyncio.get_running_loop().create_server(Echo, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    print(f"serves http://{host}:{port}", file=sys.stderr, flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve())
