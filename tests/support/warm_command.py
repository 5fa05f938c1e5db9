"""The command line, as processes that need not import it: copies of one that has.

What talks to models takes seconds to import, and a file of tests starts `snakepen ask` many times. One process imports
it, and is then forked for each command: with the streams, the folder and the environment that a new one would get.
"""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tests.support.waiting import DEADLINE_SECONDS

assert sys.platform != "win32"

# One command at a time: asked for by a line of JSON with three descriptors, answered by its process and then its end.
_HOST: Final = r"""
import atexit, gc, importlib, json, os, socket, sys, traceback
# With what is imported at the first use.
for name in ("snakepen.cli.main", "snakepen.codegen.pydantic_ai_model", "snakepen.runs.sandboxed",
             "anyio._backends._asyncio", "openai.resources.chat", "genai_prices.data"):
    importlib.import_module(name)

def become(asked, streams):
    os.setsid()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    if asked["terminal"]:
        import fcntl, termios
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["env"])
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w", buffering=1)
    sys.argv = ["snakepen", *asked["words"]]
    try:
        sys.modules["snakepen.cli.main"].main()
    except SystemExit as ending:
        return ending.code or 0
    return 0

gc.freeze()  # what is there is looked at no more, and so not copied
ours = socket.socket(fileno=int(sys.argv[1]))
while True:
    data, streams, _, _ = socket.recv_fds(ours, 1 << 20, 3)
    if not data:
        break
    if not (child := os.fork()):
        ours.close()
        code = 1
        try:
            code = become(json.loads(data), streams)
            atexit._run_exitfuncs()
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(code)  # to take all apart that was imported takes half a second
    for stream in streams:
        os.close(stream)
    ours.send(str(child).encode())
    _, status = os.waitpid(child, 0)
    ours.send(str(os.waitstatus_to_exitcode(status)).encode())
"""


class Command:
    """One command under way."""

    def __init__(self, ours: socket.socket) -> None:
        self._ours = ours
        self._pid = int(ours.recv(64))
        self.returncode: int | None = None

    def send_signal(self, number: signal.Signals) -> None:
        if self.returncode is None:
            os.kill(self._pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def join(self) -> int:
        """Its end."""
        if self.returncode is None:
            self.returncode = int(self._ours.recv(64))
        return self.returncode

    async def wait(self) -> int:
        return await asyncio.to_thread(self.join)


class WarmCommand:
    """`snakepen`, again and again."""

    def __init__(self, ours: socket.socket) -> None:
        self._ours = ours

    def start(
        self,
        words: Sequence[str],
        *,
        streams: Sequence[int],
        folder: Path,
        env: Mapping[str, str],
        terminal: bool = False,
    ) -> Command:
        asked: dict[str, Any] = {"words": words, "folder": str(folder), "env": dict(env), "terminal": terminal}
        socket.send_fds(self._ours, [json.dumps(asked).encode()], list(streams))
        return Command(self._ours)

    def run(
        self, words: Sequence[str], env: Mapping[str, str], *, given: str = "", into: int | None = None
    ) -> tuple[int, str, str]:
        """Without a terminal: exit code, output (unless it goes into a descriptor), error."""
        with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as error, tempfile.TemporaryFile() as typed:
            typed.write(given.encode())
            typed.seek(0)
            streams = [typed.fileno(), said.fileno() if into is None else into, error.fileno()]
            code = self.start(words, streams=streams, folder=Path.cwd(), env=env).join()
            said.seek(0)
            error.seek(0)
            return code, said.read().decode(), error.read().decode()


@contextmanager
def warm_command() -> Iterator[WarmCommand]:
    """Until the tests that share it are over."""
    # Of packets: an answer is one, and the end of the other side is none.
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours:
        with theirs:
            command = [sys.executable, "-c", _HOST, str(theirs.fileno())]
            host = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        ours.settimeout(2 * DEADLINE_SECONDS)
        try:
            yield WarmCommand(ours)
        finally:
            ours.shutdown(socket.SHUT_RDWR)
            try:
                host.wait(DEADLINE_SECONDS)
            except subprocess.TimeoutExpired:
                host.kill()
                host.wait()
