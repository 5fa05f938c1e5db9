"""A child on Linux and macOS: its own session and process group, reaped by us so that its usage is known."""

import asyncio
import contextlib
import errno
import os
import resource
import signal
import socket
import subprocess
import sys
import termios
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Self

assert sys.platform != "win32"

import structlog

from snakepen.executor import Resources, SignalName, TerminalSize
from snakepen.runs.child import SILENCE_SECONDS, ChildListener, Command, Exit
from snakepen.runs.remains import Remains, remains_of
from snakepen.runs.shown import ShownSocket
from snakepen.runs.streams import Pipes, Streams, Terminal

log = structlog.get_logger()

# getrusage(2): kilobytes on Linux; bytes on macOS.
_MAXRSS_UNIT: Final = 1 if sys.platform == "darwin" else 1024
# Between fork and exec nothing of ours may run (fork(2) in a process with threads), so that the program's terminal
# becomes its controlling one is done by a program in its place before it.
_TAKE_TERMINAL: Final = Path(__file__).parent / "take_terminal.py"
# With messages that arrive whole, where there are such: an interrupted one would leave a stream out of step (unix(7)).
_SHOWING: Final = socket.SOCK_STREAM if sys.platform == "darwin" else socket.SOCK_SEQPACKET
_UNHEARD: Final = "This program could not be listened to, so it was ended. This is our fault: send it again."


@dataclass(frozen=True, slots=True)
class _Started:
    """A process, and our ends of its three pipes, or both sides of its terminal; and of the socket that it shows by."""

    process: "subprocess.Popen[bytes]"
    ends: tuple[int, ...]
    shows: socket.socket | None


class PosixChild:
    """See Child."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        loop = asyncio.get_running_loop()
        self._started: asyncio.Future[_Started] = loop.create_future()
        self.exited: asyncio.Future[Exit] = loop.create_future()
        self._own_peak_bytes = 0
        self._reaped = False
        self._abandoned = False
        self._fault: str | None = None
        self._streams: Streams | None = None
        self._size: TerminalSize | None = None
        """What is asked of its terminal before that is there."""
        self._shows: ShownSocket | None = None

    @classmethod
    async def spawn(cls, command: Command, listener: ChildListener, threads: ThreadPoolExecutor) -> Self:
        child = cls(command.folder)
        # One job starts the process and waits for its end: there is no process that nobody watches.
        try:
            threads.submit(child._live, command, asyncio.get_running_loop())
        except RuntimeError as error:  # no new thread can be had; the pool may still find an old one for the job
            child._abandoned = True
            raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from error
        started = await asyncio.shield(child._started)
        listener.child_started(child)
        try:
            if command.terminal is None:
                stdin, stdout, stderr = started.ends
                child._streams = Pipes(stdin, stdout, stderr, listener.child_said)
            else:
                ours, theirs = started.ends
                child._streams = Terminal(ours, theirs, listener.child_said)
                if child._size is not None:
                    child._streams.resize(child._size)
            if started.shows is not None:
                child._shows = ShownSocket(started.shows, listener, child._streams.catch_up)
        except OSError as error:  # epoll_ctl(2), ENOSPC: this user watches as much as it may; but the program runs
            log.error("child_fault", problem=str(error))
            if started.shows is not None:
                started.shows.close()
            child._fault = _UNHEARD
            child.kill()
        return child

    @property
    def _process(self) -> "subprocess.Popen[bytes]":
        return self._started.result().process

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
        self.exited.set_result(Exit(return_code, resources, fault=self._fault))

    @property
    def has_begun(self) -> bool:
        return True  # the interpreter has been started with everything in its place

    async def send(self, data: bytes) -> None:
        if self._streams is not None:
            await self._streams.send(data)

    def send_eof(self) -> None:
        if self._streams is not None:
            self._streams.send_eof()

    def resize(self, size: TerminalSize) -> None:
        if self._streams is not None:
            self._streams.resize(size)
        else:
            self._size = size

    def signal(self, name: SignalName) -> None:
        if self._reaped or (name is SignalName.SIGINT and self._streams is not None and self._streams.interrupt()):
            return
        # Not Popen's own: that looks first whether it has ended, and would take its end away from us.
        os.kill(self._process.pid, signal.Signals[name])

    def pause(self) -> None:
        for each in (self._streams, self._shows):
            if each is not None:
                each.pause()

    def resume(self) -> None:
        for each in (self._streams, self._shows):
            if each is not None:
                each.resume()

    def kill(self) -> None:
        if not self._reaped:
            self._kill_group()

    def _kill_group(self) -> None:
        # Nobody may be left in it; macOS says EPERM for a group of zombies.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def remains(self) -> Remains | None:
        return remains_of(self._folder)

    async def end(self) -> None:
        self.kill()
        await self.exited
        if self._streams is not None:
            if self._shows is not None:
                self._shows.finish()
            await self._streams.finish(seconds=SILENCE_SECONDS)


def _start(command: Command) -> _Started:
    if command.showing_program is None:
        return _start_with_streams(command, command.argv)
    ours, theirs = socket.socketpair(socket.AF_UNIX, _SHOWING)
    try:
        python, *rest = command.argv
        argv = [python, "-c", command.showing_program, str(theirs.fileno()), *rest]
        return replace(_start_with_streams(command, argv, theirs.fileno()), shows=ours)
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()


def _start_with_streams(command: Command, argv: Sequence[str], *kept: int) -> _Started:
    if command.terminal is None:
        return _start_with_pipes(command, argv, kept)
    return _start_with_terminal(command, argv, kept, command.terminal)


def _start_with_terminal(command: Command, argv: Sequence[str], kept: Sequence[int], size: TerminalSize) -> _Started:
    ours, theirs = os.openpty()
    try:
        termios.tcsetwinsize(theirs, (size.rows, size.columns))
        process = subprocess.Popen(  # noqa: S603  -- as below
            [sys.executable, "-I", "-S", str(_TAKE_TERMINAL), *argv],
            cwd=command.folder,
            env=dict(command.env),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            pass_fds=kept,
            start_new_session=True,
        )
    except BaseException:
        os.close(ours)
        os.close(theirs)
        raise
    return _Started(process, (ours, theirs), None)


def _start_with_pipes(command: Command, argv: Sequence[str], kept: Sequence[int]) -> _Started:
    ends: list[int] = []
    try:
        for _ in range(3):
            ends += os.pipe()
        process = subprocess.Popen(  # noqa: S603  -- an argument list, no shell; running what callers send is the point
            argv,
            cwd=command.folder,
            env=dict(command.env),
            stdin=ends[0],
            stdout=ends[3],
            stderr=ends[5],
            pass_fds=kept,
            start_new_session=True,
        )
    except BaseException:
        for end in ends:
            os.close(end)
        raise
    for end in (ends[0], ends[3], ends[5]):
        os.close(end)
    return _Started(process, (ends[1], ends[2], ends[4]), None)


def _own_peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT
