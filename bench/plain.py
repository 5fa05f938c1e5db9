"""The plain way where there is no Node: a temporary file and a new interpreter for each request, no isolation.

`python -m bench.plain PYTHON FOLDER` says on standard error where it serves; SIGTERM ends it, and what it started.
"""

import asyncio
import contextlib
import itertools
import json
import re
import signal
import sys
from asyncio import StreamReader, StreamWriter
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

_file_numbers = itertools.count(1)


async def run(python: str, folder: Path, code: str) -> dict[str, object]:
    """What a program wrote, and its exit code."""
    file = folder / f"{next(_file_numbers)}.py"
    file.write_text(code, "utf-8")
    process = await asyncio.create_subprocess_exec(python, str(file), stdin=DEVNULL, stdout=PIPE, stderr=PIPE)
    try:
        stdout, stderr = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
        file.unlink()
    return {"stdout": stdout.decode(), "stderr": stderr.decode(), "exit_code": process.returncode}


async def answer_all(python: str, folder: Path, reader: StreamReader, writer: StreamWriter) -> None:
    """A minimal HTTP/1.1 loop over one keep-alive connection."""
    with contextlib.closing(writer), contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
            request = json.loads(await reader.readexactly(int(length[1]) if length else 0))
            body = json.dumps(await run(python, folder, request["code"])).encode()
            head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
            writer.write(head + body)
            await writer.drain()


async def serve(python: str, folder: Path) -> None:
    """Serves until SIGTERM."""
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    server = await asyncio.start_server(lambda *streams: answer_all(python, folder, *streams), "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    print(f"serves http://{host}:{port}", file=sys.stderr, flush=True)
    await ended.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], Path(sys.argv[2])))
