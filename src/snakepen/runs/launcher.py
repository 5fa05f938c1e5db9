"""The server's end of the launcher: its process, its socket, its last words. Knows nothing of runs.

The launcher is a plain child process with one socket. Whatever it says on standard error goes to the log.
"""

import asyncio
import contextlib
import errno
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

assert sys.platform == "linux"

import structlog

import snakepen
from snakepen.sandbox.protocol import Config, DescriptorsLostError, Frame, Kind, receive_frame, send_frame

log = structlog.get_logger()

# All that a launcher ever sees of our environment: what programs see.
_ENVIRONMENT: Final = {"LANG": "C.UTF-8", "HOME": "/workspace", "PATH": "/usr/bin:/bin"}
# Run by the launcher's interpreter. What `sys.modules` holds first is what any program starts with.
# From 3.13 on Python itself imports linecache to keep the source of `-c` there: a program would find it in sys.modules,
# and lines of this one in tracebacks of what it gives to exec().
_START: Final = """\
import sys
sys.modules.pop("linecache", None)
plain = frozenset(sys.modules)
sys.path[:] = [*sys.path[1:], {sources!r}]
from snakepen.runner.shelf import Shelf
shelf = Shelf()
with shelf.recording():
    from snakepen.sandbox.launcher import main
sys.path.pop()
main({control}, plain, shelf)
"""
_LINE_BYTES: Final = 2000
_END_SECONDS: Final = 10.0
# What a process may be asked for before it has answered. It takes milliseconds for each, and what it has not read lies
# in its socket, which holds some 270 frames (net.core.wmem_default of 212,992, about 770 bytes each).
MOST_UNANSWERED: Final = 32

OnFrame = Callable[[Frame, Sequence[int]], None]


class Channel:
    """A SEQPACKET socket to a trusted process: every frame goes to `on_frame`, its end to `on_end`, once.

    Raises OSError when it cannot be watched, and has closed it then, which ends that process.
    """

    def __init__(self, end: socket.socket, on_frame: OnFrame, on_end: Callable[[], None]) -> None:
        self._socket = end
        self._on_frame = on_frame
        self._on_end = on_end
        self._loop = asyncio.get_running_loop()
        end.setblocking(False)
        try:
            self._loop.add_reader(end.fileno(), self._readable)
        except OSError:  # epoll_ctl(2), ENOSPC: this user watches as much as it may
            end.close()
            raise
        self.is_open = True

    def send(self, frame: Frame, descriptors: Sequence[int] = ()) -> None:
        """What cannot be sent is the end of the channel: a trusted process never leaves frames lying for long, and none
        is asked for more than MOST_UNANSWERED. But for descriptors that the kernel does not take: then `on_frame` is
        told that it is LOST."""
        if not self.is_open:
            return
        try:
            send_frame(self._socket, frame, descriptors)
        except OSError as error:
            if error.errno == errno.ETOOMANYREFS:  # unix(7): all of this user together have too many on their way
                lost = Frame(Kind.LOST, frame.number, error.errno)
                self._loop.call_soon(lambda: self.is_open and self._on_frame(lost, []))
                return
            log.warning("channel_broken", error=str(error))
            self._end()

    def _readable(self) -> None:
        while self.is_open:
            try:
                received = receive_frame(self._socket)
            except BlockingIOError:
                return
            except DescriptorsLostError as lost:
                _let_go(lost.descriptors)
                received = Frame(Kind.LOST, lost.frame.number, errno.EMFILE), []
            except (OSError, ValueError) as error:
                log.warning("channel_broken", error=str(error))
                received = None
            if received is None:
                self._end()
                return
            self._on_frame(*received)

    def _end(self) -> None:
        if self.is_open:
            self.close()
            self._on_end()

    def close(self) -> None:
        """Hang up, which ends the process at the other end. `on_end` is not called."""
        if self.is_open:
            self.is_open = False
            self._loop.remove_reader(self._socket.fileno())
            self._socket.close()


def _let_go(descriptors: Sequence[int]) -> None:
    """Nobody can use what they are a part of: a process of which one is a pidfd is ended."""
    for descriptor in descriptors:
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(descriptor, signal.SIGKILL)
        os.close(descriptor)


class LauncherProcess:
    """A launcher that has been started. Raises OSError when it cannot be."""

    def __init__(self, python: Path, config: Config, on_frame: OnFrame, on_end: Callable[[], None]) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        said, says = os.pipe()
        self.last_words = ""
        self._is_ending = False
        self._said: int | None = said
        os.set_blocking(said, False)
        self._loop = asyncio.get_running_loop()
        try:
            with contextlib.ExitStack() as undo:
                undo.callback(ours.close)
                undo.callback(self._stop_listening)
                # Both first, because they can fail: epoll_ctl(2), ENOSPC.
                self._loop.add_reader(said, self._listen)
                self.channel = Channel(ours, on_frame, on_end)
                undo.callback(self.channel.close)
                self._process = _start(python, theirs, says)
                undo.pop_all()
        finally:
            os.close(says)
            theirs.close()
        with contextlib.suppress(ConnectionError):  # it has ended already; the channel says so
            ours.sendall(config.encode())

    def _listen(self) -> None:
        assert self._said is not None
        try:
            said = os.read(self._said, 65536)
        except BlockingIOError:
            return
        if not said:
            self._stop_listening()
            return
        for line in said.decode("utf-8", "replace").splitlines():
            if line.strip():
                self.last_words = line.strip()[:_LINE_BYTES]
                if not self._is_ending:  # in the middle of whatever it did
                    log.warning("launcher_said", line=self.last_words)

    def _stop_listening(self) -> None:
        if self._said is not None:
            self._loop.remove_reader(self._said)
            os.close(self._said)
            self._said = None

    def hang_up(self) -> None:
        """Which ends it. Nothing that it says is heard any more."""
        self._is_ending = True
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(b".")  # we live: our groups are not to be removed
        self._process.stdin.close()
        self.channel.close()

    async def wait(self) -> None:
        """Wait, after `hang_up`, until all of it is gone; what does not go by itself is killed."""
        try:
            has_ended = await process_ended(self._process.pid, seconds=_END_SECONDS)
        except OSError:  # it cannot be watched
            has_ended = False
        if not has_ended:
            self._process.kill()
        self._process.wait()
        if self._said is not None:
            self._listen()
        self._stop_listening()


def _start(python: Path, control: socket.socket, says: int) -> "subprocess.Popen[bytes]":
    code = _START.format(sources=str(Path(snakepen.__file__).parents[1]), control=control.fileno())
    # From the thread of the event loop, which lives as long as the server.
    return subprocess.Popen(  # noqa: S603  -- an interpreter and a program of our own
        [str(python), "-c", code],
        env=_ENVIRONMENT,
        cwd="/",
        # Pipes, as a program has them: an interpreter looks at its streams once, when it starts. The first is how the
        # keeper learns that the server has been killed.
        stdin=subprocess.PIPE,
        bufsize=0,
        stdout=says,
        stderr=says,
        pass_fds=[control.fileno()],
        start_new_session=True,
    )


def _settle(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)


async def process_ended(pid: int, *, seconds: float) -> bool:
    """Whether a child of ours ends in time; it is not reaped. Raises OSError when it cannot be watched."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[None] = loop.create_future()
    pidfd = os.pidfd_open(pid)
    try:
        loop.add_reader(pidfd, _settle, ended)
        await asyncio.wait({ended}, timeout=seconds)
        return ended.done()
    finally:
        loop.remove_reader(pidfd)
        os.close(pidfd)
