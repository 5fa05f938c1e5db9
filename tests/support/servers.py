"""Real servers on real sockets: the product as a process, and the application over the fake in a thread."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from http.client import HTTPResponse
from pathlib import Path
from typing import Any, Final

import uvicorn

from snakepen.api.app import create_app, limit_bounds
from snakepen.api.app import describe_limits as limits_info
from snakepen.api.server import bind, make_server
from snakepen.api.services import Services
from snakepen.api.settle import Settler
from snakepen.codegen.discovery import Catalogue
from snakepen.codegen.endpoints import Endpoint
from snakepen.codegen.prompting import Facts
from snakepen.codegen.writer import Writer
from snakepen.executor import Executor
from snakepen.limits import MODEL_PATIENCE, PATIENCE, ModelPatience, Patience, TerminalLimits
from snakepen.runs.admission import Admission
from snakepen.runs.explain import Explainer
from snakepen.settings import load_settings
from snakepen.wire.service import EnvironmentInfo
from tests.support.client import Api
from tests.support.fake_executor import FakeExecutor, Play

SNAKEPEN = Path(sys.executable).with_name("snakepen")
WITHOUT_ISOLATION = ("--isolation", "none", "--i-trust-the-code")
# The best that there is on this platform.
ISOLATION = () if sys.platform == "linux" else WITHOUT_ISOLATION
START_SECONDS = 60


FACTS: Final = Facts(
    python="3.11.0",
    packages={"numpy": "2.9.9"},
    wall_seconds=10,
    most_wall_seconds=60,
    terminal_seconds=3600,
    cpu_seconds=60,
    memory_bytes=512 << 20,
    disk_bytes=256 << 20,
    output_bytes=1 << 20,
    processes=64,
    is_isolated=True,
)
ONE_KIND: Final = {"SNAKEPEN_POOL__KINDS": '["bare"]'}
# What the tests' servers must not find: keys and models of whoever runs the tests.
NO_MODELS: Final = {"SNAKEPEN_MODELS__LOCAL": "false"}
_KEYS: Final = ("OPENAI_", "ANTHROPIC_", "GEMINI_", "GOOGLE_")


def clean_env(**more: str) -> dict[str, str]:
    """This process's environment without what a developer may have set, but for where environments are."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SNAKEPEN_", *_KEYS)) or name == "SNAKEPEN_DATA_DIR"
    }
    return kept | NO_MODELS | more


@contextmanager
def served(
    *arguments: str, env: Mapping[str, str] | None = None, quiet: bool = True, all_kinds: bool = False
) -> Iterator[str]:
    """The address of a `snakepen serve`."""
    with served_process(*arguments, env=env, quiet=quiet, all_kinds=all_kinds) as (url, _):
        yield url


@contextmanager
def served_process(
    *arguments: str,
    env: Mapping[str, str] | None = None,
    quiet: bool = True,
    return_code: int = 0,
    port: int = 0,
    log: bytearray | None = None,
    all_kinds: bool = False,
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """`snakepen serve`, on a free port unless told: its address and its process.

    With one kind of warm interpreter unless asked: to warm the others takes more than a second of the processors.
    Demands an orderly end, and silence if `quiet`; what it said is in `log` when it has ended.
    """
    process = subprocess.Popen(
        [str(SNAKEPEN), "serve", "--port", str(port), *ISOLATION, *arguments],
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env=clean_env(**({} if all_kinds else ONE_KIND), **(env or {})),
    )
    assert process.stderr is not None
    said = b""
    try:
        while not (found := re.search(rb"serves (http://\S+)", said)):
            line = process.stderr.readline()
            assert line, f"the server ended: {said.decode()}"
            said += line
        yield found.group(1).decode(), process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            _, rest = process.communicate(timeout=START_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
    if log is not None:
        log += said + rest
    assert process.returncode == return_code, rest.decode()
    assert not quiet or rest == b"", rest.decode()


@contextmanager
def served_fake(
    plays: Mapping[str, Play],
    *,
    running: int = 4,
    queue: int = 8,
    per_caller: int = 64,
    patience: Patience = PATIENCE,
    **settings: Any,
) -> Iterator[tuple[Api, FakeExecutor]]:
    """The application over the fake executor, with real HTTP; in a thread of its own."""
    executor = FakeExecutor(
        {code.encode(): play for code, play in plays.items()},
        Admission(running=running, queue=queue, per_caller=per_caller),
    )
    with served_over(executor, patience=patience, **settings) as url, Api(url) as api:
        yield api, executor


@contextmanager
def served_over(executor: Executor, **given: Any) -> Iterator[str]:
    """The application over any executor, with these models; none is found by itself."""
    with server_over(executor, **given) as (url, _):
        yield url


@contextmanager
def server_over(
    executor: Executor,
    *,
    patience: Patience = PATIENCE,
    endpoints: Iterable[Endpoint] = (),
    local: Iterable[Endpoint] = (),
    model_patience: ModelPatience = MODEL_PATIENCE,
    **given: Any,
) -> Iterator[tuple[str, uvicorn.Server]]:
    """The same, and what can be told to stop it as a signal would."""
    catalogue = Catalogue(endpoints, local)
    settings = load_settings(isolation="none", i_trust_the_code=True, **given)

    @asynccontextmanager
    async def open_services() -> AsyncIterator[Services]:
        explainer = Explainer(lambda: frozenset({"numpy"}), parse_seconds=START_SECONDS)
        writer = Writer(catalogue, FACTS, explainer.look, patience=model_patience)
        writer.start()
        yield Services(
            executor=executor,
            explainer=explainer,
            settler=Settler(limit_bounds(settings), TerminalLimits(**settings.terminal.model_dump())),
            environment=EnvironmentInfo(name="fake", python="3.11.0", packages=[]),
            limits=limits_info(limit_bounds(settings)),
            writer=writer,
        )
        await writer.close()
        await executor.close(grace_seconds=0)
        await explainer.close()

    ready = threading.Event()
    with bind("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        server = make_server(create_app(settings, open_services, patience=patience), ready.set)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            assert ready.wait(START_SECONDS)
            yield f"http://127.0.0.1:{port}", server
        finally:
            server.should_exit = True
            thread.join(START_SECONDS)
            assert not thread.is_alive()


def connect(url: str, *, buffer_bytes: int | None = None) -> socket.socket:
    """A bare connection to a server, for what no client would send; with a small buffer it stalls soon."""
    host, _, port = url.removeprefix("http://").partition(":")
    connection = socket.socket()
    connection.settimeout(60)
    if buffer_bytes is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer_bytes)
    connection.connect((host, int(port)))
    return connection


def post_bytes(body: bytes, *, close: bool = False) -> bytes:
    """POST /api/execute, to the letter."""
    lines = ["POST /api/execute HTTP/1.1", "Host: localhost", "Content-Type: application/json"]
    lines += [f"Content-Length: {len(body)}", *(["Connection: close"] if close else []), "", ""]
    return "\r\n".join(lines).encode() + body


def rest_of(connection: socket.socket) -> bytes:
    """All that comes until the server closes the connection."""
    received = b""
    while chunk := connection.recv(65536):
        received += chunk
    return received


def talk(url: str, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """Send bytes, read one answer: status, headers in lower case, body."""
    with connect(url) as connection:
        connection.sendall(request)
        response = HTTPResponse(connection)
        response.begin()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return response.status, headers, response.read()
