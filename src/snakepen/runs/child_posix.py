"""A child on Linux and macOS: its own session and process group, reaped by us so that its usage is known."""

import asyncio
import contextlib
import errno
import os
import resource
import signal
import subprocess
import sys
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Self

from snakepen.executor import Resources, Stream
from snakepen.runs.child import ChildListener, Command, Exit

assert sys.platform != "win32"


# What one read takes: what a pipe holds by default, pipe(7).
_READ_BYTES: Final = 64 * 1024
# getrusage(2): kilobytes on Linux; bytes on macOS.
_MAXRSS_UNIT: Final = 1 if sys.platform == "darwin" else 1024


class _Reader:
    """Passes one pipe on; `ended` when it is at its end or closed. Owns the descriptor, and closes it once.

    Not loop.connect_read_pipe: uvloop closes the descriptor below the file object, which then closes the same number
    again, whoever has it by then (seen: answers of one run in another).
    """

    def __init__(self, descriptor: int, stream: Stream, listener: ChildListener) -> None:
        self._loop = asyncio.get_running_loop()
        self._descriptor: int | None = descriptor
        self._stream = stream
        self._listener = listener
        self._reading = False
        self.ended: asyncio.Future[None] = self._loop.create_future()
        os.set_blocking(descriptor, False)
        self.resume()

    def pause(self) -> None:
        if self._descriptor is not None and self._reading:
            self._reading = False
            self._loop.remove_reader(self._descriptor)

    def resume(self) -> None:
        if self._descriptor is not None and not self._reading:
            self._reading = True
            self._loop.add_reader(self._descriptor, self._readable)

    def _readable(self) -> None:
        if self._descriptor is None:
            return
        try:
            data = os.read(self._descriptor, _READ_BYTES)
        except BlockingIOError:
            return
        if data:
            self._listener.child_said(self._stream, data)
        else:
            self.close()

    def close(self) -> None:
        if self._descriptor is not None:
            self.pause()
            os.close(self._descriptor)
            self._descriptor = None
            self.ended.set_result(None)


class _Writer:
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

    async def send(self, data: bytes) -> None:
        if self._descriptor is None or self._ending or not data:
            return
        self._pending.append(memoryview(data))
        self._flushed.clear()
        if not self._writing:
            self._writable()
        await self._flushed.wait()

    def send_eof(self) -> None:
        self._ending = True
        if not self._pending:
            self.close()

    def _writable(self) -> None:
        while self._pending and self._descriptor is not None:
            try:
                written = os.write(self._descriptor, self._pending[0])
            except BlockingIOError:
                if not self._writing:
                    self._writing = True
                    self._loop.add_writer(self._descriptor, self._writable)
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


@dataclass(frozen=True, slots=True)
class _Started:
    """A process, and our ends of its three pipes."""

    process: "subprocess.Popen[bytes]"
    stdin: int
    stdout: int
    stderr: int


class PosixChild:
    """See Child."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self._started: asyncio.Future[_Started] = loop.create_future()
        self.exited: asyncio.Future[Exit] = loop.create_future()
        self.silent: asyncio.Future[None] = loop.create_future()
        self._own_peak_bytes = 0
        self._reaped = False
        self._abandoned = False
        self._readers: list[_Reader] = []
        self._stdin: _Writer | None = None

    @classmethod
    async def spawn(cls, command: Command, listener: ChildListener, threads: ThreadPoolExecutor) -> Self:
        child = cls()
        # One job starts the process and waits for its end: there is no process that nobody watches.
        try:
            threads.submit(child._live, command, asyncio.get_running_loop())
        except RuntimeError as error:  # no new thread can be had; the pool may still find an old one for the job
            child._abandoned = True
            raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from error
        started = await asyncio.shield(child._started)
        listener.child_started(child)
        try:
            child._stdin = _Writer(started.stdin)
            child._readers.append(_Reader(started.stdout, Stream.STDOUT, listener))
            child._readers.append(_Reader(started.stderr, Stream.STDERR, listener))
        except BaseException:  # it runs, and nobody else would end it
            child.kill()
            await child.exited
            child.close()
            raise
        both = asyncio.gather(*(reader.ended for reader in child._readers))
        both.add_done_callback(child._fell_silent)
        return child

    @property
    def _process(self) -> "subprocess.Popen[bytes]":
        return self._started.result().process

    def _fell_silent(self, _: asyncio.Future[list[None]]) -> None:
        if not self.silent.done():
            self.silent.set_result(None)

    def _live(self, command: Command, loop: asyncio.AbstractEventLoop) -> None:
        """In a thread: start the process, then wait for its end, leaving it unreaped where the system can.

        As long as it is not reaped nobody else can get its number, so killing its group cannot hit a stranger.
        """
        if self._abandoned:
            return
        try:
            started = _start(command)
        except Exception as error:  # the edge of a thread: whoever waits for the start is told
            loop.call_soon_threadsafe(self._started.set_exception, error)
            return
        self._own_peak_bytes = _own_peak_bytes()
        loop.call_soon_threadsafe(self._started.set_result, started)
        reaped = None
        if sys.platform == "darwin":  # no waitid(2) in Python there before 3.13: decision 4
            reaped = os.wait4(started.process.pid, 0)
        else:
            os.waitid(os.P_PID, started.process.pid, os.WEXITED | os.WNOWAIT)
        loop.call_soon_threadsafe(self._ended, reaped)

    def _ended(self, reaped: "tuple[int, int, resource.struct_rusage] | None") -> None:
        self._kill_group()
        _, status, usage = reaped or os.wait4(self._process.pid, 0)
        self._reaped = True
        return_code = os.waitstatus_to_exitcode(status)
        self._process.returncode = return_code  # Popen did not reap it; without this it would complain of a leak
        peak = usage.ru_maxrss * _MAXRSS_UNIT
        # execve(2) keeps the high-water mark of the process that forked, which is ours: below that we cannot tell.
        known_peak = peak if peak > self._own_peak_bytes else None
        resources = Resources(usage.ru_utime + usage.ru_stime, known_peak, whole=False)
        self.exited.set_result(Exit(return_code, resources))

    async def send(self, data: bytes) -> None:
        if self._stdin is not None:
            await self._stdin.send(data)

    def send_eof(self) -> None:
        if self._stdin is not None:
            self._stdin.send_eof()

    def pause(self) -> None:
        for reader in self._readers:
            reader.pause()

    def resume(self) -> None:
        for reader in self._readers:
            reader.resume()

    def kill(self) -> None:
        if not self._reaped:
            self._kill_group()

    def _kill_group(self) -> None:
        # Nobody may be left in it; macOS says EPERM for a group of zombies.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        for reader in self._readers:
            reader.close()
        if self._stdin is not None:
            self._stdin.close()


def _start(command: Command) -> _Started:
    ends: list[int] = []
    try:
        for _ in range(3):
            ends += os.pipe()
        process = subprocess.Popen(  # noqa: S603  -- an argument list, no shell; running what callers send is the point
            command.argv,
            cwd=command.folder,
            env=dict(command.env),
            stdin=ends[0],
            stdout=ends[3],
            stderr=ends[5],
            start_new_session=True,
        )
    except BaseException:
        for end in ends:
            os.close(end)
        raise
    for end in (ends[0], ends[3], ends[5]):
        os.close(end)
    return _Started(process, stdin=ends[1], stdout=ends[2], stderr=ends[4])


def _own_peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT
