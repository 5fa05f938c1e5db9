"""Many clients that behave badly, and a server that is asked to stop: nothing stays."""

import json
import random
import signal
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.support.census import HostCensus, assert_nothing_more
from tests.support.client import Api
from tests.support.live import HANDSHAKE, Socket, handshake, masked
from tests.support.servers import connect, post_bytes, served_process
from tests.support.waiting import wait_until
from websockets.exceptions import ConnectionClosed

if sys.platform != "linux":
    pytest.skip("looks at /proc", allow_module_level=True)
assert sys.platform == "linux"

from tests.support.processes import Family

from snakepen.sandbox.kinds import KINDS

pytestmark = pytest.mark.slow

CLIENTS = 200
MIB = 1 << 20
# All are from one address, and most of them wait. No more is kept ready, however many are asked for: so at rest the
# server holds as much after them as before.
READY = 2
ROOM = {
    "SNAKEPEN_ADMISSION__PER_CLIENT": "1000",
    "SNAKEPEN_ADMISSION__QUEUE": "1000",
    "SNAKEPEN_POOL__READY": f"{READY}",
    "SNAKEPEN_POOL__MEMORY_BYTES": str(32 * MIB),
}
PROGRAMS = (
    "print('hello')",
    "while True: pass",
    "while True: print('x' * 1000)",
    "input('name? ')",
    "import time\ntime.sleep(600)",
    "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'input()'])",
)
FLOOD = {"code": "while True: print('x' * 1000)", "limits": {"output_bytes": 64 << 20}, "timeout": 60}


def resident_bytes(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096


def asking(url: str) -> Api:
    """Each question by a new connection: a busy server may close one that was kept, amid the next question."""
    return Api(url, limits=httpx2.Limits(max_keepalive_connections=0))


def streaming(fields: dict[str, Any]) -> bytes:
    request = post_bytes(json.dumps(fields).encode())
    return request.replace(b"Host:", b"Accept: text/event-stream\r\nHost:", 1)


def begin_live(raw: socket.socket, fields: dict[str, Any]) -> None:
    raw.sendall(handshake(**HANDSHAKE))
    assert raw.recv(4096).startswith(b"HTTP/1.1 101")
    raw.sendall(masked(1, json.dumps({"type": "start", **fields}).encode()))


def census(api: Api, pid: int) -> HostCensus:
    """When all that is made ahead of time has been made."""
    for code in ("import pandas", "import csv", "print(1)"):  # of each kind one has been had
        api.run(code)
    found: list[HostCensus] = []

    def is_at_rest() -> bool:
        found.append(HostCensus.calm(pid))
        return Family.of(pid).is_at_rest(READY * len(KINDS))

    wait_until(is_at_rest)
    return found[-1]


def assert_as_before(before: HostCensus, api: Api, pid: int) -> None:
    wait_until(lambda: is_empty(api))
    for _ in range(12):  # what was made for those who left is used up
        api.run("print('hello')")
    assert_nothing_more(before, pid)


def calm_bytes(api: Api, pid: int) -> int:
    """The server's memory when it no longer changes: whatever runs has stalled."""
    seen = [resident_bytes(pid)]

    def is_calm() -> bool:
        api.health()
        seen.append(resident_bytes(pid))
        return len(seen) > 50 and max(seen[-50:]) - min(seen[-50:]) < MIB

    wait_until(is_calm)
    return seen[-1]


def is_empty(api: Api) -> bool:
    capacity = api.health()["capacity"]
    return (capacity["running"], capacity["queued"]) == (0, 0)


def hang_up_somewhere(url: str, seed: int) -> None:
    """One client, which does a few things and then hangs up, politely or not."""
    chance = random.Random(seed)
    fields: dict[str, Any] = {"code": chance.choice(PROGRAMS), "limits": {"output_bytes": 64 << 20}}
    events = chance.randrange(5)
    if chance.random() < 0.5:
        with suppress(TimeoutError), connect(url) as raw:
            raw.settimeout(0.05)
            raw.sendall(streaming(fields))
            for _ in range(events):
                raw.recv(65536)
        return
    with suppress(ConnectionClosed, TimeoutError), Socket(url, close_timeout=0) as live:
        live.start(**fields, terminal=chance.choice([None, {"columns": 80, "rows": 24}]))
        for _ in range(events):
            live.event(seconds=0.05)
            said: list[dict[str, Any]] = [
                *({"kind": "stop"}, {"kind": "signal", "name": "SIGINT"}, {"kind": "stdin", "text": "x\n" * 1000}),
                *({"kind": "resize", "columns": 9, "rows": 9}, {"kind": "stdin_eof"}, {"kind": "nonsense"}),
            ]
            live.say(**chance.choice(said))


@pytest.mark.long
def test_clients_that_hang_up_at_any_moment_leave_nothing() -> None:
    with served_process(env=ROOM, all_kinds=True) as (url, process), asking(url) as api:
        before = census(api, process.pid)
        with ThreadPoolExecutor(24) as crowd:
            list(crowd.map(hang_up_somewhere, [url] * CLIENTS, range(CLIENTS)))
        assert_as_before(before, api, process.pid)


@pytest.mark.long
def test_readers_that_take_nothing_cost_no_memory_and_leave_nothing() -> None:
    env = {**ROOM, "SNAKEPEN_ADMISSION__RUNNING": "32"}
    with served_process(env=env, all_kinds=True) as (url, process), asking(url) as api:
        before = census(api, process.pid)
        with ExitStack() as stack:
            for number in range(CLIENTS):
                raw = stack.enter_context(connect(url, buffer_bytes=16384))
                if number % 2:
                    raw.sendall(streaming(FLOOD))
                else:
                    begin_live(raw, FLOOD)
            wait_until(lambda: api.health()["capacity"]["running"] == 32)
            wait_until(lambda: api.health()["capacity"]["queued"] == CLIENTS - 32)
            grown = calm_bytes(api, process.pid) - before.memory_bytes
        assert_as_before(before, api, process.pid)
    # 256 KiB on the way, and what one read brings, of each that runs; 64 KiB in the connection, of each.
    assert grown < 64 * MIB, f"{grown / MIB:.0f} MiB"


@pytest.mark.long
def test_pings_of_a_peer_that_reads_nothing_are_not_kept() -> None:
    ping = b"\x89\xfd" + bytes(4) + bytes(125)
    with served_process(env=ROOM, all_kinds=True) as (url, process), asking(url) as api:
        with connect(url, buffer_bytes=16384) as raw:
            begin_live(raw, FLOOD)
            wait_until(lambda: api.health()["capacity"]["running"] == 1)
            before = calm_bytes(api, process.pid)
            for _ in range(16):
                raw.sendall(ping * (MIB // len(ping)))
            assert calm_bytes(api, process.pid) - before < 4 * MIB
        wait_until(lambda: is_empty(api))


def test_a_stopping_server_tells_runs_and_closes() -> None:
    with served_process() as (url, process), Socket(url) as unused, Socket(url) as used:
        used.start("import time\nprint('ready', flush=True)\ntime.sleep(600)", timeout=60)
        used.until("stdout")
        process.send_signal(signal.SIGTERM)
        closed: list[tuple[int, str]] = []
        waiting = threading.Thread(target=lambda: closed.append(unused.closed()))
        waiting.start()
        last = used.until("finished")[-1]
        assert (last["status"], last["output"]) == ("lost", "ready\n")
        assert used.closed()[0] == 1012
        waiting.join()
        assert closed[0][0] == 1012


def test_a_server_that_is_asked_to_stop_again_and_again_ends_well() -> None:
    with served_process() as (_, process):  # which demands 0, and silence

        def has_ended() -> bool:
            process.send_signal(signal.SIGTERM)
            return process.poll() is not None

        wait_until(has_ended)
