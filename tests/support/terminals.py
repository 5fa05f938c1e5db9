"""Sitting at a terminal: waiting for what a program says, typing what it is to read."""

import asyncio
import fcntl
import os
import signal
import struct
import sys
import termios
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from snakepen.executor import Finished, Output, Run, TerminalSize
from snakepen.runs import take_terminal

assert sys.platform != "win32"

SIZE: Final = TerminalSize(columns=80, rows=24)
SECONDS: Final = 60
TERM: Final = {"TERM": "xterm-256color"}


@dataclass
class Screen:
    """What was said so far; not drawn, but as it came."""

    said: bytearray = field(default_factory=bytearray)
    _seen: int = 0
    _more: asyncio.Event = field(default_factory=asyncio.Event)
    _ended: bool = False

    def add(self, data: bytes) -> None:
        self.said += data
        self._more.set()

    def end(self) -> None:
        self._ended = True
        self._more.set()

    async def until(self, text: str | bytes) -> None:
        """Until it is there, after what was waited for before."""
        wanted = text if isinstance(text, bytes) else text.encode()
        async with asyncio.timeout(SECONDS):
            while (found := self.said.find(wanted, self._seen)) < 0:
                assert not self._ended, f"{wanted!r} was never said, but {bytes(self.said[self._seen :])!r}"
                self._more.clear()
                await self._more.wait()
        self._seen = found + len(wanted)


class Process(Protocol):
    """What a terminal needs of what runs in it."""

    @property
    def returncode(self) -> int | None: ...
    def send_signal(self, number: signal.Signals, /) -> None: ...
    def kill(self) -> None: ...
    async def wait(self) -> int: ...


@dataclass
class Bare:
    """`python main.py` in a terminal of its own, as a terminal program would start it."""

    screen: Screen
    _ours: int
    _process: Process

    async def type(self, data: bytes) -> None:
        os.write(self._ours, data)

    def resize(self, size: TerminalSize) -> None:
        fcntl.ioctl(self._ours, termios.TIOCSWINSZ, struct.pack("=4H", size.rows, size.columns, 0, 0))

    @property
    def modes(self) -> list[object]:
        """What whoever has the terminal has made of it (termios(3))."""
        return termios.tcgetattr(self._ours)

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    async def return_code(self) -> int:
        async with asyncio.timeout(SECONDS):
            return_code = await self._process.wait()
        while self.read():
            pass
        return return_code

    def read(self) -> bool:
        """Whether there was something."""
        try:
            self.screen.add(os.read(self._ours, 65536))
        except BlockingIOError:
            return False
        return True


@asynccontextmanager
async def bare_terminal(python: Path, main: Path, env: Mapping[str, str]) -> AsyncIterator[Bare]:
    clean = {"LANG": "C.UTF-8", "HOME": str(main.parent), "PATH": f"{python.parent}:/usr/bin:/bin"}
    async with in_terminal([str(python), str(main)], main.parent, clean | dict(env)) as bare:
        yield bare


@asynccontextmanager
async def in_terminal(command: Sequence[str], folder: Path, env: Mapping[str, str]) -> AsyncIterator[Bare]:
    async def start(theirs: int) -> Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", take_terminal.__file__, *command),
            cwd=folder,
            env=dict(env),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )

    async with at_terminal(start) as bare:
        yield bare


@asynccontextmanager
async def at_terminal(start: Callable[[int], Awaitable[Process]]) -> AsyncIterator[Bare]:
    """Whatever is started with the descriptor of a new terminal."""
    ours, theirs = os.openpty()
    fcntl.ioctl(ours, termios.TIOCSWINSZ, struct.pack("=4H", SIZE.rows, SIZE.columns, 0, 0))
    modes = termios.tcgetattr(theirs)
    modes[0] |= 0o40000  # IUTF8, as terminals have it
    termios.tcsetattr(theirs, termios.TCSANOW, modes)
    os.set_blocking(ours, False)
    loop = asyncio.get_running_loop()
    process = await start(theirs)
    bare = Bare(Screen(), ours, process)
    loop.add_reader(ours, bare.read)
    try:
        yield bare
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        loop.remove_reader(ours)
        os.close(ours)
        os.close(theirs)  # until now, so that the terminal does not hang up while the program has it closed


class Penned:
    """The same of a run."""

    def __init__(self, run: Run) -> None:
        self.screen = Screen()
        self.finished: Finished | None = None
        self.run = run
        self._listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        async for event in self.run:
            if isinstance(event, Output):
                self.screen.add(event.data)
            elif isinstance(event, Finished):
                self.finished = event
        self.screen.end()

    async def type(self, data: bytes) -> None:
        await self.run.send_stdin(data)

    async def return_code(self) -> int | None:
        async with asyncio.timeout(SECONDS):
            await self._listening
        assert self.finished is not None
        return self.finished.return_code


Step = tuple[str, bytes]
"""Wait for this; then type that."""


async def talk(place: Bare | Penned, steps: Sequence[Step]) -> tuple[str, int | None]:
    """All that was said, and how it ended."""
    for expected, typed in steps:
        await place.screen.until(expected)
        await place.type(typed)
    return_code = await place.return_code()
    return place.screen.said.decode(), return_code
