"""What a program reads and writes, from our side: three pipes, or one terminal (pty(7))."""

import asyncio
import fcntl
import functools
import os
import signal
import sys
import termios
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Protocol

assert sys.platform != "win32"

from snakepen.executor import Stream, TerminalSize
from snakepen.runs.pipes import PipeReader, PipeWriter

# A signal for the processes in the foreground, sent by the terminal: no number of a process is looked up, which
# another could have by then. Linux: drivers/tty/pty.c, pty_signal; macOS: sys/ttycom.h.
_TIOCSIG: Final = 0x2000745F if sys.platform == "darwin" else 0x40045436
_CONTROL_CHARACTERS: Final = 6  # of what tcgetattr returns
_END_OF_FILE: Final = b"\x04"

OnData = Callable[[Stream, bytes], None]
"""Called on the event loop with what the program wrote; never empty."""


class Streams(Protocol):
    """Owns its descriptors, and closes each once: `drain` or `finish` it on every way out."""

    def pause(self) -> None:
        """Read no more, so that the program has to wait when what it writes to is full."""

    def resume(self) -> None:
        """Read again."""

    async def send(self, data: bytes) -> None:
        """Standard input; waits while nobody reads and no more is held."""

    def send_eof(self) -> None:
        """The end of it, after what was sent."""

    def resize(self, size: TerminalSize) -> None:
        """Of the terminal, if it is one."""

    def interrupt(self) -> bool:
        """SIGINT by way of the terminal; False when there is none."""

    def catch_up(self) -> None:
        """Pass on all that was written until now, paused or not."""

    def drain(self) -> None:
        """Pass on what is still held and let go; for when everybody who wrote has been killed."""

    async def finish(self, *, seconds: float) -> None:
        """The same, when somebody may still write for so long."""


class Pipes:
    """See Streams."""

    def __init__(self, stdin: int, stdout: int, stderr: int, on_data: OnData) -> None:
        """Raises OSError when they cannot be watched; then all are closed."""
        self._stdin = PipeWriter(stdin)
        self._readers: list[PipeReader] = []
        left = {Stream.STDOUT: stdout, Stream.STDERR: stderr}
        try:
            for stream in (Stream.STDOUT, Stream.STDERR):
                self._readers.append(PipeReader(left.pop(stream), functools.partial(on_data, stream)))
        except OSError:
            for descriptor in left.values():
                os.close(descriptor)
            self.drain()
            raise

    def pause(self) -> None:
        for reader in self._readers:
            reader.pause()

    def resume(self) -> None:
        for reader in self._readers:
            reader.resume()

    async def send(self, data: bytes) -> None:
        self._stdin.write(data)
        await self._stdin.flushed()

    def send_eof(self) -> None:
        self._stdin.write_eof()

    def resize(self, size: TerminalSize) -> None:
        pass

    def interrupt(self) -> bool:
        return False

    def catch_up(self) -> None:
        for reader in self._readers:
            reader.catch_up()

    def drain(self) -> None:
        for reader in self._readers:
            reader.drain()
        self._stdin.close()

    async def finish(self, *, seconds: float) -> None:
        await asyncio.wait([reader.ended for reader in self._readers], timeout=seconds)
        for reader in self._readers:
            reader.close()
        self._stdin.close()


class Terminal:
    """See Streams."""

    def __init__(self, ours: int, theirs: int, on_data: OnData) -> None:
        """`ours` is read and written; `theirs`, the program's side, is held open only, so that the terminal does not
        hang up while the program has it closed. Raises OSError; then both are closed."""
        self._descriptors = [ours, theirs]
        try:
            self._descriptors += [os.dup(ours), os.dup(ours)]
        except OSError:
            self._close_descriptors()
            raise
        self._ours = ours
        self._mid_line = False
        # Each closes what it has at the first error, so each has its own.
        self._writer = PipeWriter(self._descriptors.pop())
        try:
            self._reader = PipeReader(self._descriptors.pop(), functools.partial(on_data, Stream.TERMINAL))
        except OSError:
            self._writer.close()
            self._close_descriptors()
            raise

    def pause(self) -> None:
        self._reader.pause()

    def resume(self) -> None:
        self._reader.resume()

    async def send(self, data: bytes) -> None:
        if data:
            self._mid_line = not data.endswith((b"\n", b"\r"))
            self._writer.write(data)
        await self._writer.flushed()

    def send_eof(self) -> None:
        """The character that the program has for it (termios(3), VEOF)."""
        if self._descriptors:
            character = termios.tcgetattr(self._ours)[_CONTROL_CHARACTERS][termios.VEOF]
            if not isinstance(character, bytes) or character == b"\0":
                character = _END_OF_FILE
            # In the middle of a line the first hands over what there is of it, the second ends it, and who reads line
            # by line, as Python does, looks once more.
            self._writer.write(character * (3 if self._mid_line else 1))
            self._mid_line = False

    def resize(self, size: TerminalSize) -> None:
        """The kernel tells the processes in the foreground (SIGWINCH)."""
        if self._descriptors:
            termios.tcsetwinsize(self._ours, (size.rows, size.columns))

    def interrupt(self) -> bool:
        """For the processes in the foreground, whatever the terminal makes of Ctrl-C now."""
        if self._descriptors:
            with suppress(OSError):  # nobody is in the foreground any more
                fcntl.ioctl(self._ours, _TIOCSIG, signal.SIGINT)
        return True

    def catch_up(self) -> None:
        # A read says that there is nothing only after what was written has arrived: drivers/tty/n_tty.c, n_tty_read.
        self._reader.catch_up()

    def drain(self) -> None:
        self._reader.drain()
        self._writer.close()
        self._close_descriptors()

    async def finish(self, *, seconds: float) -> None:
        self.drain()  # it has no end to wait for: its other side is ours as well

    def _close_descriptors(self) -> None:
        while self._descriptors:
            os.close(self._descriptors.pop())
