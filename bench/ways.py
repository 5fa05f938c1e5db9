"""The ways to run a program: the plain one, a bare spawn, bubblewrap, Snakepen.

A way is opened once for the whole run. Its clients are made anew for each cell; over HTTP each has its own connection.
"""

import asyncio
import json
import shlex
import shutil
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

from bench.client import Connection, connected, post
from bench.errors import BenchError
from bench.programs import COMPUTE, PROGRAMS, Answer
from bench.servers import Server, clean_env, serving
from snakepen.environments.environment import Environment, base_python

ROOT: Final = Path(__file__).resolve().parent.parent
SNAKEPEN: Final = Path(sys.executable).with_name("snakepen")

PLAIN: Final = "plain"
WAY_NAMES: Final = (PLAIN, "spawn", "bubblewrap", "snakepen")

Call = Callable[[str], Awaitable[Answer]]
"""Runs code to its end."""


class Way(Protocol):
    """One way to run a program."""

    @property
    def name(self) -> str:
        """As in the tables."""
        ...

    def client(self) -> AbstractAsyncContextManager[Call]:
        """One client, which runs one program at a time."""
        ...


@dataclass(frozen=True, slots=True)
class Setup:
    """What the ways stand on."""

    environment: Environment
    data_dir: Path
    folder: Path
    """For temporary files; removed with everything in it when the benchmark ends."""
    node: str | None
    """The plain way's Node; None: it is written in Python."""
    serve_arguments: str


class NotHere(BenchError):
    """This machine does not have the way."""


def open_way(name: str, setup: Setup) -> AbstractAsyncContextManager[Way]:
    """The way of this name. Raises NotHere, when it is entered, where the way is not to be had."""
    if name == PLAIN:
        return _open_plain(setup)
    if name == "spawn":
        return nullcontext(_Spawn(name, (), setup))
    if name == "bubblewrap":
        return _open_bubblewrap(setup)
    return open_snakepen(setup)


@dataclass(frozen=True, slots=True)
class Http:
    """A server that is posted `{"code": ...}`."""

    name: str
    path: str
    server: Server
    read: Callable[[dict[str, Any]], Answer]

    @asynccontextmanager
    async def client(self) -> AsyncIterator[Call]:
        request = cache(lambda code: post(self.server.url.removeprefix("http://"), self.path, code))
        async with connected(self.server.url) as connection:
            yield lambda code: self._call(connection, request(code))

    async def _call(self, connection: Connection, request: bytes) -> Answer:
        try:
            status, body = await connection.ask(request)
        except ConnectionError as error:
            raise BenchError(f"{self.name}: {error}. It last said: {self.server.last_words()}") from error
        if status != 200:
            raise BenchError(f"{self.name} answered {status}: {body.decode('utf-8', 'replace')}")
        return self.read(json.loads(body))


@asynccontextmanager
async def _open_plain(setup: Setup) -> AsyncIterator[Way]:
    folder = setup.folder / PLAIN
    folder.mkdir()
    server = (setup.node, str(ROOT / "bench" / "plain.mjs")) if setup.node else (sys.executable, "-m", "bench.plain")
    arguments = (str(setup.environment.python), str(folder))
    async with serving(PLAIN, *server, *arguments, cwd=ROOT, env=clean_env()) as served:
        yield Http(PLAIN, "/", served, lambda said: Answer(**said))


@asynccontextmanager
async def open_snakepen(setup: Setup) -> AsyncIterator[Http]:
    """A server of ours, as it is."""
    folder = setup.folder / "snakepen"  # an empty one, so that no snakepen.toml is read
    folder.mkdir(exist_ok=True)
    command = (str(SNAKEPEN), "serve", "--port", "0", *shlex.split(setup.serve_arguments))
    env = clean_env(SNAKEPEN_DATA_DIR=str(setup.data_dir.absolute()))
    async with serving("snakepen", *command, cwd=folder, env=env) as served:
        yield Http(
            "snakepen",
            "/api/execute",
            served,
            lambda said: Answer(said["output"], said["error"], said["return_code"]),
        )


@asynccontextmanager
async def open_echo() -> AsyncIterator[Way]:
    """No way to run anything: what HTTP and the load client cost by themselves."""
    async with serving("echo", sys.executable, "-m", "bench.echo", cwd=ROOT, env=clean_env()) as served:
        yield Http("echo", "/", served, lambda said: Answer(**said))


class _Spawn:
    """`python FILE`, below a command or bare; the files are written once, before anything is measured."""

    def __init__(self, name: str, below: tuple[str, ...], setup: Setup) -> None:
        self.name = name
        self._command = (*below, str(setup.environment.python))
        self._files: Mapping[str, Path] = {
            program.code: setup.folder / f"{name}-{program.name}.py" for program in (*PROGRAMS, COMPUTE)
        }
        for code, file in self._files.items():
            file.write_text(code, "utf-8")
        self._env = clean_env()

    def client(self) -> AbstractAsyncContextManager[Call]:
        return nullcontext(self._call)

    async def _call(self, code: str) -> Answer:
        process = await asyncio.create_subprocess_exec(
            *self._command, str(self._files[code]), stdin=DEVNULL, stdout=PIPE, stderr=PIPE, env=self._env
        )
        try:
            stdout, stderr = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return Answer(stdout.decode(), stderr.decode(), process.returncode)


@asynccontextmanager
async def _open_bubblewrap(setup: Setup) -> AsyncIterator[Way]:
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise NotHere("not installed")
    way = _Spawn("bubblewrap", (bwrap, *_confinement(setup)), setup)
    async with way.client() as call:
        answer = await call(PROGRAMS[0].code)
    if answer.exit_code != 0:
        reason = answer.stderr.strip().partition("\n")[0]
        raise NotHere(f"does not work here: {reason}")
    yield way


def _confinement(setup: Setup) -> list[str]:
    """No namespace of ours, and of our files the system's, the interpreter, its packages and the program; read only."""
    options = ["--unshare-all", "--die-with-parent", "--ro-bind", "/usr", "/usr"]
    for folder in (Path("/bin"), Path("/lib"), Path("/lib64")):
        if folder.is_symlink():
            options += ["--symlink", str(folder.readlink()), str(folder)]
        elif folder.is_dir():
            options += ["--ro-bind", str(folder), str(folder)]
    options += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
    # After the tmpfs: any of these may be below /tmp.
    for folder in (Path(sys.base_prefix), base_python().parent.parent, setup.environment.folder, setup.folder):
        options += ["--ro-bind", str(folder), str(folder)]
    return options
