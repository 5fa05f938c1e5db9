"""Admission as callers see it: first come first served, 429 when full, and hanging up gives the place back."""

import json
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.support.fake_executor import FakeExecutor, Stage
from tests.support.servers import connect, post_bytes, rest_of, served_fake, talk
from tests.support.waiting import wait_until

from snakepen.executor import Capacity


async def _sleeps(stage: Stage) -> int:
    await stage.sleep_for_ever()
    return 0


async def _quiet(stage: Stage) -> int:
    return 0


PLAYS = {"sleep": _sleeps, "": _quiet}


def request_bytes(code: str, *, close: bool = True) -> bytes:
    body = json.dumps({"code": code}).encode()
    return post_bytes(body, close=close)


def counts(executor: FakeExecutor) -> tuple[int, int]:
    capacity: Capacity = executor.capacity()
    return capacity.running, capacity.queued


def test_a_full_server_says_429_and_when_to_come_back() -> None:
    with served_fake(PLAYS, running=1, queue=1) as (client, executor):
        with connect(client.url) as first, connect(client.url) as second:
            first.sendall(request_bytes("sleep"))
            wait_until(lambda: counts(executor) == (1, 0))
            second.sendall(request_bytes("sleep"))
            wait_until(lambda: counts(executor) == (1, 1))
            asked = len(executor.specs)
            for _ in range(20):
                response = client.post({"code": ""})
                body = response.json()
                assert (response.status_code, body["code"], body["status"]) == (429, "busy", "error")
                assert 1 <= int(response.headers["retry-after"]) <= 60
            assert counts(executor) == (1, 1)
            assert len(executor.specs) == asked
            assert client.health()["capacity"] == {"running": 1, "queued": 1, "free": 0}
        wait_until(lambda: counts(executor) == (0, 0))
        assert client.run("")["status"] == "completed"


def test_one_client_has_no_more_than_its_share() -> None:
    with served_fake(PLAYS, running=4, queue=8, per_caller=2) as (client, executor):
        with connect(client.url) as first, connect(client.url) as second:
            for connection in (first, second):
                connection.sendall(request_bytes("sleep"))
            wait_until(lambda: counts(executor) == (2, 0))
            response = client.post({"code": ""})
            assert (response.status_code, response.json()["code"]) == (429, "busy")
        wait_until(lambda: counts(executor) == (0, 0))
        assert client.run("")["status"] == "completed"


def test_hanging_up_stops_the_run() -> None:
    with served_fake(PLAYS, running=1) as (client, executor):
        with connect(client.url) as connection:
            connection.sendall(request_bytes("sleep"))
            wait_until(lambda: counts(executor) == (1, 0))
        wait_until(lambda: counts(executor) == (0, 0))


def test_hanging_up_while_waiting_leaves_the_queue() -> None:
    with served_fake(PLAYS, running=1) as (client, executor):
        with connect(client.url) as first:
            first.sendall(request_bytes("sleep"))
            wait_until(lambda: counts(executor) == (1, 0))
            with connect(client.url) as second:
                second.sendall(request_bytes("sleep"))
                wait_until(lambda: counts(executor) == (1, 1))
            wait_until(lambda: counts(executor) == (1, 0))
        wait_until(lambda: counts(executor) == (0, 0))


def test_one_connection_runs_one_program_at_a_time() -> None:
    with served_fake(PLAYS, running=4) as (client, executor), connect(client.url) as connection:
        connection.sendall(request_bytes("sleep", close=False) * 20)
        wait_until(lambda: counts(executor) == (1, 0))
        assert client.health()["capacity"]["running"] == 1
        assert len(executor.specs) == 1
    assert counts(executor) == (0, 0)


def test_requests_sent_ahead_are_answered_in_order() -> None:
    with served_fake(PLAYS) as (client, _), connect(client.url) as connection:
        connection.sendall(request_bytes("", close=False) * 4 + request_bytes(""))
        received = rest_of(connection)
    assert received.count(b"HTTP/1.1 200 OK") == 5


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="all of 127/8 is loopback on Linux")
def test_each_address_has_a_share_of_its_own() -> None:
    with served_fake(PLAYS, running=4, queue=8, per_caller=1) as (client, executor):
        host, _, port = client.url.removeprefix("http://").partition(":")
        with connect(client.url) as first:
            first.sendall(request_bytes("sleep"))
            wait_until(lambda: counts(executor) == (1, 0))
            assert client.post({"code": ""}).status_code == 429
            with socket.create_connection((host, int(port)), source_address=("127.0.0.2", 0)) as other:
                other.sendall(request_bytes(""))
                assert other.recv(65536).startswith(b"HTTP/1.1 200")


def test_health_answers_whatever_the_load() -> None:
    with served_fake(PLAYS, running=2, queue=200, per_caller=500) as (client, executor):
        connections = [connect(client.url) for _ in range(100)]
        for connection in connections:
            connection.sendall(request_bytes("sleep"))
        wait_until(lambda: counts(executor) == (2, 98))
        assert client.health()["capacity"] == {"running": 2, "queued": 98, "free": 0}
        for connection in connections:
            connection.close()
        wait_until(lambda: counts(executor) == (0, 0))


def test_a_crowd_is_served_or_refused_and_nothing_else() -> None:
    with served_fake(PLAYS, running=2, queue=4) as (client, executor):
        barrier = threading.Barrier(24)

        def one(_: int) -> int:
            barrier.wait()
            status, headers, body = talk(client.url, request_bytes(""))
            assert status == 200 or ("retry-after" in headers and json.loads(body)["code"] == "busy")
            return status

        with ThreadPoolExecutor(24) as pool:
            statuses = list(pool.map(one, range(24)))
        assert set(statuses) <= {200, 429}
        assert 200 in statuses
        wait_until(lambda: counts(executor) == (0, 0))
