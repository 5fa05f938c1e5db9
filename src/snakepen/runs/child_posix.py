"""A child on Linux and macOS: its own session and process group, reaped by us so that its usage is known."""

import asyncio
import contextlib
import errno
import os
import resource
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import IO, Final, Self, TypeVar, cast

from snakepen.executor import Resources, Stream
from snakepen.runs.child import ChildListener, Command, Exit

assert sys.platform != "win32"

_P = TypeVar("_P", bound=asyncio.BaseProtocol)

# getrusage(2): kilobytes on Linux; bytes on macOS.
_MAXRSS_UNIT: Final = 1 if sys.platform == "darwin" else 1024


class _Reader(asyncio.Protocol):
    """Passes one pipe on; `ended` when it is at its end or closed."""

    def __init__(self, stream: Stream, listener: ChildListener) -> None:
        self._stream = stream
        self._listener = listener
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def data_received(self, data: bytes) -> None:
        self._listener.child_said(self._stream, bytes(data))

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_result(None)


class _Writer(asyncio.BaseProtocol):
    """The state of the pipe to standard input: may one write, and does anybody still read."""

    def __init__(self) -> None:
        self._ready = asyncio.Event()
        self._ready.set()
        self.lost = False

    def pause_writing(self) -> None:
        self._ready.clear()

    def resume_writing(self) -> None:
        self._ready.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True
        self._ready.set()

    async def ready(self) -> None:
        await self._ready.wait()


class PosixChild:
    """See Child."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self._started: asyncio.Future[subprocess.Popen[bytes]] = loop.create_future()
        self.exited: asyncio.Future[Exit] = loop.create_future()
        self.silent: asyncio.Future[None] = loop.create_future()
        self._own_peak_bytes = 0
        self._reaped = False
        self._abandoned = False
        self._readers: list[asyncio.ReadTransport] = []
        self._stdin: asyncio.WriteTransport | None = None
        self._writer = _Writer()

    @classmethod
    async def spawn(cls, command: Command, listener: ChildListener, threads: ThreadPoolExecutor) -> Self:
        child = cls()
        # One job starts the process and waits for its end: there is no process that nobody watches.
        try:
            threads.submit(child._live, command, asyncio.get_running_loop())
        except RuntimeError as error:  # no new thread can be had; the pool may still find an old one for the job
            child._abandoned = True
            raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from error
        await asyncio.shield(child._started)
        listener.child_started(child)
        try:
            await child._connect(listener)
        except BaseException:
            child.kill()
            await child.exited
            child.close()
            raise
        return child

    @property
    def _process(self) -> "subprocess.Popen[bytes]":
        return self._started.result()

    async def _connect(self, listener: ChildListener) -> None:
        loop = asyncio.get_running_loop()
        process = self._process
        pipes = ((Stream.STDOUT, process.stdout), (Stream.STDERR, process.stderr))
        readers = [(_Reader(stream, listener), cast(IO[bytes], pipe)) for stream, pipe in pipes]
        for reader, pipe in readers:
            transport, _ = await loop.connect_read_pipe(partial(_same, reader), pipe)
            self._readers.append(transport)
        both = asyncio.gather(*(reader.ended for reader, _ in readers))
        both.add_done_callback(self._fell_silent)
        self._stdin, _ = await loop.connect_write_pipe(partial(_same, self._writer), cast(IO[bytes], process.stdin))

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
            process = _start(command)
        except Exception as error:  # the edge of a thread: whoever waits for the start is told
            loop.call_soon_threadsafe(self._started.set_exception, error)
            return
        self._own_peak_bytes = _own_peak_bytes()
        loop.call_soon_threadsafe(self._started.set_result, process)
        reaped = None
        if sys.platform == "darwin":  # no waitid(2) in Python there before 3.13: decision 4
            reaped = os.wait4(process.pid, 0)
        else:
            os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
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
        if self._stdin is None or self._stdin.is_closing():
            return
        self._stdin.write(data)
        await self._writer.ready()

    def send_eof(self) -> None:
        if self._stdin is not None and not self._stdin.is_closing():
            self._stdin.write_eof()

    def pause(self) -> None:
        for transport in self._readers:
            if not transport.is_closing():
                transport.pause_reading()

    def resume(self) -> None:
        for transport in self._readers:
            if not transport.is_closing():
                transport.resume_reading()

    def kill(self) -> None:
        if not self._reaped:
            self._kill_group()

    def _kill_group(self) -> None:
        # Nobody may be left in it; macOS says EPERM for a group of zombies.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        for transport in self._readers:
            transport.close()
        # Closing may still wait for what nobody will read; asyncio takes an abort after the end amiss.
        if self._stdin is not None and not self._writer.lost:
            self._stdin.abort()


def _same(protocol: _P) -> _P:
    return protocol


def _start(command: Command) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  -- an argument list, no shell; running what callers send is the point
        command.argv,
        cwd=command.folder,
        env=dict(command.env),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        start_new_session=True,
    )


def _own_peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT
