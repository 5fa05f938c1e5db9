"""A child on Windows: in a job object, which ends everything that the program started together with it."""

import asyncio
import contextlib
import ctypes
import subprocess
import sys
from pathlib import Path
from typing import Final, Self, cast

from snakepen.executor import Resources, SignalName, Stream, TerminalSize
from snakepen.runs.child import KILLED, SILENCE_SECONDS, Child, ChildListener, Command, Exit
from snakepen.runs.remains import Remains, remains_of

assert sys.platform == "win32"

_STREAM_OF_FD: Final = {1: Stream.STDOUT, 2: Stream.STDERR}
_TERMINATED: Final = 1  # the exit code of what the job object ended


class _Job:
    """A job object: CreateJobObjectW, AssignProcessToJobObject, TerminateJobObject of kernel32."""

    def __init__(self, process_handle: int) -> None:
        self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        self._kernel.CreateJobObjectW.restype = ctypes.c_void_p
        self._handle = ctypes.c_void_p(self._kernel.CreateJobObjectW(None, None))
        if not self._handle:
            raise ctypes.WinError(ctypes.get_last_error())
        if not self._kernel.AssignProcessToJobObject(self._handle, ctypes.c_void_p(process_handle)):
            error = ctypes.WinError(ctypes.get_last_error())
            self.close()
            raise error

    def terminate(self) -> None:
        if self._handle:
            self._kernel.TerminateJobObject(self._handle, _TERMINATED)

    def close(self) -> None:
        if self._handle:
            self._kernel.CloseHandle(self._handle)
            self._handle = ctypes.c_void_p(None)


class _Protocol(asyncio.SubprocessProtocol):
    def __init__(self, listener: ChildListener) -> None:
        loop = asyncio.get_running_loop()
        self._listener = listener
        self._open = set(_STREAM_OF_FD)
        self._early: list[tuple[int, bytes]] | None = []
        self.ended: asyncio.Future[None] = loop.create_future()
        self.silent: asyncio.Future[None] = loop.create_future()
        self.ready = asyncio.Event()
        self.ready.set()

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        if self._early is None:
            self._listener.child_said(_STREAM_OF_FD[fd], data)
        else:
            self._early.append((fd, data))

    def announce(self, child: Child) -> None:
        """Tell the listener of the child, and then what it said before it could be told of."""
        early, self._early = self._early or [], None
        self._listener.child_started(child)
        for fd, data in early:
            self._listener.child_said(_STREAM_OF_FD[fd], data)

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        self._open.discard(fd)
        if fd == 0:
            self.ready.set()
        elif not self._open and not self.silent.done():
            self.silent.set_result(None)

    def process_exited(self) -> None:
        if not self.ended.done():
            self.ended.set_result(None)

    def pause_writing(self) -> None:
        self.ready.clear()

    def resume_writing(self) -> None:
        self.ready.set()


class WindowsChild:
    """See Child."""

    def __init__(self, transport: asyncio.SubprocessTransport, protocol: _Protocol, job: _Job, folder: Path) -> None:
        self._transport = transport
        self._protocol = protocol
        self._job = job
        self._folder = folder
        self._killed = False
        self.exited: asyncio.Future[Exit] = asyncio.get_running_loop().create_future()
        protocol.ended.add_done_callback(self._ended)

    @classmethod
    async def spawn(cls, command: Command, listener: ChildListener) -> Self:
        transport, protocol = await asyncio.get_running_loop().subprocess_exec(
            lambda: _Protocol(listener),
            *command.argv,
            cwd=command.folder,
            env=dict(command.env),
            creationflags=subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW,
        )
        try:
            # Descendants that were started before this are not in the job: a virtual environment's python.exe starts
            # the real one at once. To hold these too the process would have to be created suspended.
            job = _Job(int(transport.get_extra_info("subprocess")._handle))
        except OSError:
            with contextlib.suppress(ProcessLookupError):
                transport.kill()
            transport.close()
            raise
        child = cls(transport, protocol, job, command.folder)
        protocol.announce(child)
        return child

    def _ended(self, _: asyncio.Future[None]) -> None:
        return_code = KILLED if self._killed else cast(int, self._transport.get_returncode())
        self._job.terminate()
        self.exited.set_result(Exit(return_code, Resources(None, None, whole=False)))

    @property
    def has_begun(self) -> bool:
        return True  # the interpreter has been started with everything in its place

    async def send(self, data: bytes) -> None:
        pipe = self._stdin()
        if pipe is not None:
            pipe.write(data)
            await self._protocol.ready.wait()

    def send_eof(self) -> None:
        pipe = self._stdin()
        if pipe is not None:
            pipe.close()

    def _stdin(self) -> asyncio.WriteTransport | None:
        pipe = cast("asyncio.WriteTransport | None", self._transport.get_pipe_transport(0))
        return None if pipe is None or pipe.is_closing() else pipe

    def _readers(self) -> list[asyncio.ReadTransport]:
        pipes = [cast("asyncio.ReadTransport | None", self._transport.get_pipe_transport(fd)) for fd in _STREAM_OF_FD]
        return [pipe for pipe in pipes if pipe is not None and not pipe.is_closing()]

    def pause(self) -> None:
        for pipe in self._readers():
            pipe.pause_reading()

    def resume(self) -> None:
        for pipe in self._readers():
            pipe.resume_reading()

    def resize(self, size: TerminalSize) -> None:
        """Nothing: no child here has a terminal."""

    def signal(self, name: SignalName) -> None:
        """There are no signals here; os.kill ends a process as well."""
        self.kill()

    def kill(self) -> None:
        if not self.exited.done():
            self._killed = True
            self._job.terminate()

    def remains(self) -> Remains | None:
        return remains_of(self._folder)

    async def end(self) -> None:
        self.kill()
        await self.exited
        await asyncio.wait([self._protocol.silent], timeout=SILENCE_SECONDS)
        self._job.close()
        self._transport.close()
