"""Servers as processes: started, found by the line that says where they serve, ended by their own pid."""

import asyncio
import contextlib
import os
import re
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.errors import BenchError

_START_SECONDS: Final = 60.0
_STOP_SECONDS: Final = 30.0
_KEPT_LINES: Final = 20
_READY: Final = re.compile(rb"serves (http://\S+)")


def clean_env(**more: str) -> dict[str, str]:
    """This process's environment without what a developer may have set for Python or for Snakepen."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SNAKEPEN_", "PYTHON"))}
    return kept | more


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers."""

    url: str
    pid: int
    said: deque[bytes]
    """The end of what it wrote to standard error."""

    def last_words(self) -> str:
        """What it said, for an error message."""
        return b"".join(self.said).decode("utf-8", "replace").strip() or "nothing"


@asynccontextmanager
async def serving(name: str, *command: str, cwd: Path, env: Mapping[str, str]) -> AsyncIterator[Server]:
    """A server that says `serves http://HOST:PORT` on standard error, until the end of the block.

    It has a session of its own, so that Ctrl-C reaches the benchmark alone, which then ends it in good order.
    """
    said: deque[bytes] = deque(maxlen=_KEPT_LINES)
    process = await asyncio.create_subprocess_exec(
        *command, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE, cwd=cwd, env=env, start_new_session=True
    )
    reading: asyncio.Task[None] | None = None
    try:
        try:
            async with asyncio.timeout(_START_SECONDS):
                url = await _ready(process, said)
        except TimeoutError:
            raise BenchError(f"{name} does not serve after {_START_SECONDS:g} s.") from None
        server = Server(url, process.pid, said)
        if not url:
            raise BenchError(f"{name} ended before it served. It said: {server.last_words()}")
        reading = asyncio.create_task(_read_on(process, said))
        yield server
    finally:
        await _stop(process)
        if reading is not None:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


async def _ready(process: Process, said: deque[bytes]) -> str:
    """Where it serves; empty when it has ended without saying so."""
    assert process.stderr is not None
    async for line in process.stderr:
        said.append(line)
        if found := _READY.search(line):
            return found[1].decode()
    return ""


async def _read_on(process: Process, said: deque[bytes]) -> None:
    """Keeps the pipe empty, so that the server never waits for us."""
    assert process.stderr is not None
    async for line in process.stderr:
        said.append(line)


async def _stop(process: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(_STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
