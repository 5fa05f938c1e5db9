"""The ends of a program's pipes that are ours: read when there is something, written when there is room.

A terminal's end is read and written the same way, so a pipe stands here for both.
"""

import asyncio
import fcntl
import os
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Final

assert sys.platform != "win32"

from snakepen.runs.retry import WATCH_AGAIN_SECONDS

# What one read takes: what a pipe holds by default, pipe(7).
_READ_BYTES: Final = 64 * 1024
# The most that a process without privileges can make a pipe hold, unless the host says otherwise:
# /proc/sys/fs/pipe-max-size, pipe(7).
_MOST_IN_A_PIPE: Final = 1024 * 1024
# Who writes little and often is read no more often than this, so that 100,000 writes of a byte do not become as many
# events; what comes after a pause is read at once. A fifth of what the eye takes for at once, twenty times what a
# read and its way to the caller cost.
_REST_SECONDS: Final = 0.002
_LITTLE_BYTES: Final = 16 * 1024


class PipeReader:
    """Passes one pipe on; `ended` when it is at its end or closed. Owns the descriptor, and closes it once.

    Raises OSError when it cannot be watched, and has closed it then.

    What comes after a while is passed on at once, what comes often a few hundred times a second.

    Not loop.connect_read_pipe: uvloop closes the descriptor below the file object, which then closes the same number
    again, whoever has it by then (seen: answers of one run in another).
    """

    def __init__(self, descriptor: int, on_data: Callable[[bytes], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._descriptor: int | None = descriptor
        self._on_data = on_data
        self._reading = False
        self._paused = False
        self._last_read = 0.0
        self._rest: asyncio.TimerHandle | None = None
        self.ended: asyncio.Future[None] = self._loop.create_future()
        os.set_blocking(descriptor, False)
        try:
            self._loop.add_reader(descriptor, self._readable)
        except OSError:  # epoll_ctl(2), ENOSPC: this user watches as much as it may
            self.close()
            raise
        self._reading = True

    def pause(self) -> None:
        self._paused = True
        self._follow()

    def resume(self) -> None:
        self._paused = False
        self._follow()

    def _follow(self) -> None:
        """Let the event loop look at it, or not any more."""
        reading = not self._paused and self._rest is None
        if self._descriptor is None or reading is self._reading:
            return
        if reading:
            try:
                self._loop.add_reader(self._descriptor, self._readable)
            except OSError:  # as above
                self._rest = self._loop.call_later(WATCH_AGAIN_SECONDS, self._rested)
                return
        else:
            self._loop.remove_reader(self._descriptor)
        self._reading = reading

    def _rest_a_while(self, read: int) -> None:
        now = self._loop.time()
        if read < _LITTLE_BYTES and now - self._last_read < _REST_SECONDS:
            self._rest = self._loop.call_later(_REST_SECONDS, self._rested)
            self._follow()
        self._last_read = now

    def _rested(self) -> None:
        self._rest = None
        self._follow()

    def catch_up(self) -> None:
        """Pass on what it holds now, paused or not; somebody may go on writing."""
        taken = 0
        while self._descriptor is not None and (taken <= _MOST_IN_A_PIPE or taken <= _capacity(self._descriptor)):
            read = self._read()
            if not read:
                break
            taken += read

    def drain(self) -> None:
        """The same, and close it; for when whoever wrote has been killed."""
        self.catch_up()
        self.close()

    def _readable(self) -> None:
        read = self._read()
        if read:
            self._rest_a_while(read)

    def _read(self) -> int:
        """How many bytes were there."""
        if self._descriptor is None:
            return 0
        try:
            data = os.read(self._descriptor, _READ_BYTES)
        except BlockingIOError:
            return 0
        except OSError:  # EIO: nobody has the other side of a terminal any more
            data = b""
        if data:
            self._on_data(data)
        else:
            self.close()
        return len(data)

    def close(self) -> None:
        if self._descriptor is not None:
            self.pause()
            if self._rest is not None:
                self._rest.cancel()
            os.close(self._descriptor)
            self._descriptor = None
            self.ended.set_result(None)


def _capacity(descriptor: int) -> int:
    """Of a pipe, as far as it can be said; a terminal holds little."""
    if sys.platform == "linux":
        with suppress(OSError):
            return fcntl.fcntl(descriptor, fcntl.F_GETPIPE_SZ)
    return 0


class PipeWriter:
    """The pipe to standard input. Owns the descriptor, and closes it once."""

    def __init__(self, descriptor: int) -> None:
        self._loop = asyncio.get_running_loop()
        self._descriptor: int | None = descriptor
        self._pending: deque[memoryview] = deque()
        self._writing = False
        self._ending = False
        self._flushed = asyncio.Event()
        self._flushed.set()
        os.set_blocking(descriptor, False)

    def write(self, data: bytes) -> None:
        """Never waits; what does not fit into the pipe is kept until it does."""
        if self._descriptor is None or self._ending or not data:
            return
        self._pending.append(memoryview(data))
        self._flushed.clear()
        if not self._writing:
            self._writable()

    async def flushed(self) -> None:
        """Until everything is in the pipe, or nobody reads it any more."""
        await self._flushed.wait()

    def write_eof(self) -> None:
        self._ending = True
        if not self._pending:
            self.close()

    def _writable(self) -> None:
        while self._pending and self._descriptor is not None:
            try:
                written = os.write(self._descriptor, self._pending[0])
            except BlockingIOError:
                self._wait_for_room(self._descriptor)
                return
            except OSError:  # it reads no more
                self.close()
                return
            self._pending[0] = self._pending[0][written:]
            if not self._pending[0]:
                self._pending.popleft()
        self._stop_writing()
        self._flushed.set()
        if self._ending:
            self.close()

    def _wait_for_room(self, descriptor: int) -> None:
        if self._writing:
            return
        try:
            self._loop.add_writer(descriptor, self._writable)
            self._writing = True
        except OSError:  # epoll_ctl(2), ENOSPC: this user watches as much as it may
            self._loop.call_later(WATCH_AGAIN_SECONDS, self._writable)

    def _stop_writing(self) -> None:
        if self._writing and self._descriptor is not None:
            self._writing = False
            self._loop.remove_writer(self._descriptor)

    def close(self) -> None:
        if self._descriptor is not None:
            self._stop_writing()
            os.close(self._descriptor)
            self._descriptor = None
        self._pending.clear()
        self._flushed.set()
