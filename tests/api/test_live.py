"""A WebSocket: live runs, one after the other, over the fake executor."""

import base64
import contextlib
import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from tests.support import fake_executor
from tests.support.client import Api, check_answer
from tests.support.contract_programs import (
    FOLLOWS_ITS_SIZE,
    IGNORES_SIGNALS,
    PROGRAMS,
    SAYS_GOODBYE,
    SHOWS_ITS_TERMINAL,
)
from tests.support.fake_executor import FakeExecutor, Stage
from tests.support.live import HANDSHAKE, SECONDS, Socket, handshake, kinds, masked, text_of
from tests.support.plays import floods, much, sleeps
from tests.support.servers import connect, post_bytes, rest_of, served_fake
from tests.support.waiting import wait_until
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.http11 import Response
from websockets.protocol import State
from websockets.typing import Subprotocol

from snakepen.api import live as live_module
from snakepen.api import server as server_module
from snakepen.executor import Stream
from snakepen.limits import MAX_BODY_BYTES, MAX_FRAGMENTS, Patience
from snakepen.wire.run import RunStatus

OUT = Stream.STDOUT
TERMINAL = {"columns": 80, "rows": 24}
TOKEN = "a-token-of-the-tests-0123456789"
VIOLATION = 1008


async def echoes(stage: Stage) -> int:
    stream = OUT if stage.spec.terminal is None else Stream.TERMINAL
    await stage.ask("? ")
    while data := await stage.read():
        await stage.write(stream, data)
    return 0


PLAYS = {
    **{"echoes": echoes, "sleeps": sleeps, "much": much, "floods": floods},
    **{code.decode(): play for code, play in PROGRAMS.items()},
}


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Api, FakeExecutor]]:
    with served_fake(PLAYS, running=2, queue=1, per_caller=3) as opened:
        yield opened


@pytest.fixture
def fake(served: tuple[Api, FakeExecutor]) -> tuple[Api, FakeExecutor]:
    executor = served[1]
    wait_until(lambda: not executor.lives)
    executor.specs.clear()
    executor.down = None
    return served


@pytest.fixture
def executor(fake: tuple[Api, FakeExecutor]) -> FakeExecutor:
    return fake[1]


@pytest.fixture
def live(fake: tuple[Api, FakeExecutor]) -> Iterator[Socket]:
    with Socket(fake[0].url) as opened:
        yield opened


def text(program: Any) -> str:
    code: bytes = program.code
    return code.decode()


# A run ---------------------------------------------------------------------------------------------------------------


def test_input_reaches_the_program_in_order_and_ends(live: Socket) -> None:
    live.start("echoes", stdin="one\n")
    assert kinds(live.until("stdout", containing="one\n")) == ["started", "input_requested", "stdout"]
    for word in ("two\n", "", "thrée\n"):
        live.say("stdin", text=word)
    live.say("stdin_eof")
    last = live.until("finished")[-1]
    assert (last["output"], last["status"], last["return_code"]) == ("one\ntwo\nthrée\n", "completed", 0)


def test_the_input_of_a_start_is_not_its_end(live: Socket, executor: FakeExecutor) -> None:
    live.start("echoes")
    live.until("input_requested")
    assert executor.specs[0].stdin is None
    live.say("stdin", text="more")
    live.until("stdout", containing="more")


def test_a_terminal_has_the_size_that_was_asked_for(live: Socket, executor: FakeExecutor) -> None:
    events = live.run(text(SHOWS_ITS_TERMINAL), terminal={"columns": 1000, "rows": 1})
    assert kinds(events) == ["started", "terminal", "finished"]
    assert events[-1]["output"] == "[True, True, True] 1000x1\r\n"
    assert executor.specs[0].limits.idle_seconds == 900


def test_a_new_size_arrives(live: Socket) -> None:
    live.start(text(FOLLOWS_ITS_SIZE), terminal=TERMINAL)
    live.until("terminal", containing="looking")
    live.say("resize", columns=132, rows=43)
    assert live.until("finished")[-1]["output"].endswith("132x43\r\n")


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_arrives(live: Socket, name: str) -> None:
    live.start(text(SAYS_GOODBYE))
    live.until("stdout", containing="asleep")
    live.say("signal", name=name)
    last = live.until("finished")[-1]
    assert (last["output"], last["return_code"], last["status"]) == (f"asleep\ngoodbye to {name}\n", 7, "completed")


def test_a_stop_leaves_the_program_the_last_word(live: Socket) -> None:
    live.start(text(SAYS_GOODBYE))
    live.until("stdout", containing="asleep")
    live.say("stop")
    last = live.until("finished")[-1]
    assert (last["status"], last["return_code"]) == ("stopped", 7)
    assert "goodbye to SIGINT" in last["output"]


def test_a_second_stop_does_not_wait_for_a_program_that_will_not_hear(live: Socket) -> None:
    live.start(text(IGNORES_SIGNALS))
    live.until("stdout", containing="asleep")
    live.say("stop")
    live.say("stop")
    last = live.until("finished")[-1]
    assert (last["status"], last["return_code"]) == ("stopped", -9)


def test_a_stop_amid_a_start_is_heard(live: Socket) -> None:
    for _ in range(20):
        live.start("sleeps")
        live.say("resize", columns=1, rows=1)
        live.say("stop")
        live.say("stop")
        while (last := live.event())["type"] != "finished":
            pass
        assert last["status"] == "stopped"


def test_one_run_follows_another(live: Socket, executor: FakeExecutor) -> None:
    for number in range(5):
        live.start("echoes", stdin=str(number))
        live.say("stdin_eof")
        assert live.until("finished")[-1]["output"] == str(number)
        assert executor.capacity().running == 0  # before the client is told
        for late in ({"type": "stdin", "text": "late"}, {"type": "stdin_eof"}, {"type": "stop"}):
            live.connection.send(json.dumps(late))
        live.say("resize", columns=1, rows=1)
        live.say("signal", name="SIGINT")


def test_a_large_answer_comes_whole(live: Socket) -> None:
    events = live.run("much", limits={"output_bytes": 8 << 20})
    assert text_of(events, "stdout") == events[-1]["output"] == "é" * (64 * 32768)


def test_hanging_up_stops_the_run(fake: tuple[Api, FakeExecutor], executor: FakeExecutor) -> None:
    with Socket(fake[0].url) as closing:
        closing.start("sleeps")
        closing.until("stdout")
    wait_until(lambda: executor.capacity().running == 0 and not executor.lives)
    cut = Socket(fake[0].url)
    cut.start("sleeps")
    cut.until("stdout")
    cut.connection.socket.shutdown(socket.SHUT_RDWR)
    wait_until(lambda: executor.capacity().running == 0 and not executor.lives)
    cut.__exit__(None, None, None)


# Refused -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "code", "field"),
    [
        ("", "invalid_json", None),
        ("no json", "invalid_json", None),
        ("[" * 100_000, "invalid_json", None),
        ("[]", "invalid_json", None),
        ("{}", "invalid_request", "type"),
        ('{"type": "begin"}', "invalid_request", "type"),
        ('{"type": "\\ud800"}', "invalid_request", "type"),
        ('{"type": 1}', "invalid_request", "type"),
        ('{"type": "start"}', "invalid_request", "code"),
        ('{"type": "start", "code": "\\ud800"}', "invalid_request", "code"),
        ('{"type": "start", "code": "", "env": {"A": "\\ud800"}}', "invalid_request", "env.A"),
        ('{"type": "start", "code": "", "\\ud800": 1}', "invalid_request", "body"),
        ('{"type": "start", "code": "1", "code": "2"}', "invalid_request", "code"),
        (
            '{"type": "start", "code": "", "terminal": {"rows": 1, "columns": 2, "rows": 1}}',
            "invalid_request",
            "terminal.rows",
        ),
        ('{"type": "start", "code": "", "timeout": ' + "1" * 10_000 + "}", "invalid_json", None),
        ('{"type": "start", "code": "", "colour": 1}', "invalid_request", "colour"),
        (
            '{"type": "start", "code": "", "terminal": {"columns": 0, "rows": 24}}',
            "invalid_request",
            "terminal.columns",
        ),
        ('{"type": "start", "code": "", "terminal": {"columns": 80}}', "invalid_request", "terminal.rows"),
        ('{"type": "start", "code": "", "terminal": {"columns": 1001, "rows": 1}}', "invalid_request", None),
        (
            '{"type": "start", "code": "", "timeout": 5, "terminal": {"columns": 80, "rows": 24}}',
            "invalid_request",
            "timeout",
        ),
        ('{"type": "start", "code": "", "timeout": NaN}', "invalid_request", "timeout"),
        ('{"type": "start", "code": "", "network": true}', "forbidden", "network"),
        ('{"type": "start", "code": "", "env": {"LD_PRELOAD": ""}}', "invalid_request", "env"),
        ('{"type": "stdin", "text": "before there is a run"}', "invalid_request", "type"),
        ('{"type": "stop"}', "invalid_request", "type"),
        (json.dumps({"type": "start", "code": "x" * (1024 * 1024 + 1)}), "too_large", "code"),
    ],
)
def test_a_bad_start_is_refused_and_the_next_may_come(
    live: Socket, executor: FakeExecutor, message: str, code: str, field: str | None
) -> None:
    live.connection.send(message)
    event = live.event()
    assert (event["type"], event["code"], event["preview"]) == ("refused", code, None)
    assert field is None or event["details"][0]["field"] == field
    assert not executor.specs
    live.start("echoes")
    live.say("stdin_eof")
    assert live.until("finished")[-1]["success"] is True


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"limits": []}, "limits: must be an object"),
        ({"terminal": "80x24"}, "terminal: must be an object"),
        ({"files": ["a"]}, "files.0: must be an object"),
        ({"args": {"0": "a"}}, "args: must be a list"),
        ({"env": []}, "env: must be an object"),
        ({"display": "yes"}, "display: must be true or false, without quotes"),
        ({"stdin": "\ud800"}, "stdin: must not hold a lone surrogate"),
    ],
)
def test_a_wrong_type_is_told_in_the_words_of_json(live: Socket, fields: dict[str, object], sentence: str) -> None:
    """The same as over HTTP, where some of it has other names before."""
    live.start("", **fields)
    event = live.event()
    assert (event["type"], event["error"]) == ("refused", sentence)


def test_admission_refuses_and_the_next_start_may_come(fake: tuple[Api, FakeExecutor], executor: FakeExecutor) -> None:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(Socket(fake[0].url)) for _ in range(4)]
        for running in sockets[:2]:
            running.start("sleeps")
            running.until("stdout")
        sockets[2].start("sleeps")
        assert sockets[2].event() == {"type": "queued", "position": 1}
        sockets[3].start("sleeps")
        assert sockets[3].event()["code"] == "busy"
        sockets[2].say("stop")
        last = sockets[2].event()
        assert (last["type"], last["status"], last["executed"]) == ("finished", "stopped", False)
        sockets[3].start("sleeps")
        assert sockets[3].event()["type"] == "queued"
        executor.down = "It is down."
        sockets[2].start("def f(): pass")
        event = sockets[2].event()
        assert (event["code"], event["preview"]["functions"]) == ("unavailable", ["f"])
    wait_until(lambda: executor.capacity().running == 0)


def test_a_run_that_waited_in_vain_is_refused(fake: tuple[Api, FakeExecutor], executor: FakeExecutor) -> None:
    async def ends_the_others(stage: Stage) -> int:
        await stage.read()
        for run in executor.lives.values():
            if run.spec.code == b"sleeps":
                run.end_as(RunStatus.LOST)
        await stage.sleep_for_ever()
        return 0

    executor.plays = {**executor.plays, b"ends": ends_the_others}
    url = fake[0].url
    with Socket(url) as first, Socket(url) as second, Socket(url) as third:
        first.start("ends")
        first.until("started")
        second.start("echoes")
        second.until("started")
        third.start("sleeps")
        assert third.event()["type"] == "queued"
        first.say("stdin_eof")
        event = third.event()
    assert (event["type"], event["code"], event["preview"]["valid"]) == ("refused", "unavailable", True)


# Against the rules ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (b'{"type": "stop"}', "Binary"),
        ("no json", "The message is not valid JSON"),
        ('{"type": "begin"}', "type: must be one of"),
        ('{"type": "start", "code": "echoes"}', "under way"),
        ('{"type": "stdin"}', "text: is required"),
        ('{"type": "stdin", "text": "\\ud800"}', "text: must not hold a lone surrogate"),
        ('{"type": "stdin", "text": "a", "text": "b"}', "text: is there twice"),
        ('{"type": "resize", "columns": "80", "rows": 24}', "columns: must be a whole number, without quotes"),
        ('{"type": "resize", "columns": 0, "rows": 24}', "columns: must be at least 1"),
        ('{"type": "resize", "columns": 1001, "rows": 24}', "columns: must be at most 1000"),
        ('{"type": "signal", "name": "SIGKILL"}', "name: is not supported"),
        ('{"type": "stop", "now": true}', "now: is not a field"),
        ('{"type": "stdin", "text": "", "more": [' + "[]," * 100_000 + "[]]}", "values"),
    ],
)
def test_nonsense_amid_a_run_ends_both(live: Socket, executor: FakeExecutor, message: str | bytes, reason: str) -> None:
    live.start("sleeps")
    live.until("stdout")
    live.connection.send(message)
    code, said = live.closed()
    assert code == VIOLATION
    assert reason in said
    assert executor.capacity().running == 0


def test_a_text_that_is_no_utf_8_closes(live: Socket, executor: FakeExecutor) -> None:
    live.start("sleeps")
    live.until("stdout")
    live.connection.send(b"\xff\xfe", text=True)
    assert live.closed() == (1007, "A text message is not UTF-8.")
    wait_until(lambda: executor.capacity().running == 0)


def test_a_message_over_24_mib_closes(live: Socket) -> None:
    with contextlib.suppress(ConnectionClosed):
        live.connection.send("x" * (MAX_BODY_BYTES + 1))
    assert live.closed()[0] == 1009


def test_a_message_in_too_many_fragments_closes(live: Socket) -> None:
    with contextlib.suppress(ConnectionClosed):
        live.connection.send(" " for _ in range(MAX_FRAGMENTS + 10))
    assert live.closed()[0] == 1009


def test_a_message_in_fragments_is_one(live: Socket) -> None:
    live.connection.send(iter(['{"type": "start", ', '"code": ', '"echoes"}']))
    assert live.event()["type"] == "started"


def test_half_messages_of_all_together_have_a_bound(fake: tuple[Api, FakeExecutor]) -> None:
    half = b"\x81\xff" + (20 << 20).to_bytes(8, "big") + bytes(4) + bytes(19 << 20)
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(Socket(fake[0].url, close_timeout=0)) for _ in range(14)]
        for opened in sockets:  # 266 MiB, of 256
            with contextlib.suppress(OSError):
                opened.connection.socket.sendall(half)
        wait_until(lambda: sum(opened.connection.state is State.CLOSED for opened in sockets) == 1)
        (closed,) = (opened for opened in sockets if opened.connection.state is State.CLOSED)
        assert closed.closed()[0] == 1013
    wait_until(lambda: fake[0].post({"code": "", "stdin": "x" * (9 << 20)}).status_code == 200)


def test_a_connection_without_a_run_is_closed() -> None:
    with (
        served_fake(PLAYS, patience=Patience(unused_seconds=0.05)) as (api, _),
        Socket(api.url) as unused,
    ):
        code, reason = unused.closed()
        assert code == 1000
        assert "No run was started" in reason


def test_a_reader_that_takes_nothing_is_dropped_and_its_run_stopped() -> None:
    with served_fake(PLAYS, patience=Patience(stalled_seconds=0.2)) as (api, executor), connect(api.url) as raw:
        raw.sendall(handshake(**HANDSHAKE))
        start = json.dumps(
            {"type": "start", "code": "floods", "limits": {"output_bytes": 64 << 20}, "timeout": 60}
        ).encode()
        assert raw.recv(65536).startswith(b"HTTP/1.1 101")
        raw.sendall(masked(1, start))
        wait_until(lambda: executor.capacity().running == 1)
        wait_until(lambda: executor.capacity().running == 0)


def test_ends_of_input_that_nobody_reads_have_a_bound(live: Socket, monkeypatch: pytest.MonkeyPatch) -> None:
    """To a terminal there may be any number of them: each is a character."""
    monkeypatch.setattr(live_module, "MAX_WAITING_INPUT_BYTES", 4 * live_module._PIECE_COST_BYTES)
    monkeypatch.setattr(fake_executor, "MOST_UNREAD", 4)
    live.start("sleeps", terminal=TERMINAL)
    live.until("stdout")
    with contextlib.suppress(ConnectionClosed):  # perhaps before the last of them is sent
        for _ in range(8):
            for _ in range(2):
                live.say("stdin_eof")
            heard = live.connection.ping(ack_on_close=True)  # when those before are, and handed over if they may be
            assert heard.wait(SECONDS)
    assert live.closed()[0] == VIOLATION


# The handshake -------------------------------------------------------------------------------------------------------


def answered(url: str, request: bytes) -> tuple[int, dict[str, Any]]:
    with connect(url) as raw:
        raw.sendall(request)
        received = rest_of(raw)
    head, _, body = received.partition(b"\r\n\r\n")
    assert received.count(b"\r\n\r\n") == 1
    refusal: dict[str, Any] = json.loads(body)
    status = int(head.split()[1])
    check_answer("POST", "/api/nothing", status, refusal)
    return status, refusal


@pytest.mark.parametrize(
    ("target", "changes", "status"),
    [
        ("/", {}, 404),
        ("/api/explain", {}, 404),
        ("/api/execute/", {}, 404),
        ("/API/execute", {}, 404),
        ("/api/execute", {"Upgrade": "h2c"}, 400),
        ("/api/execute", {"Upgrade": "websocket, h2c"}, 400),
        ("/api/execute", {"Content-Length": "5"}, 400),
        ("/api/execute", {"Transfer-Encoding": "chunked"}, 400),
        ("/api/execute", {"Sec-WebSocket-Key": "short"}, 400),
        ("/api/execute", {"Sec-WebSocket-Version": "8"}, 400),
        ("/api/execute", {"Host": "evil.example"}, 403),
        ("/api/execute", {"Origin": "http://evil.example"}, 403),
        ("/api/execute", {"Origin": "null"}, 403),
        ("/api/execute", {"X-Long": "x" * 9000}, 400),
        ("/api/execute", {f"X-{number}": "" for number in range(200)}, 400),
        ("/api/execute", {"X-Long": "x" * 70_000}, 431),
        ("/api/execute?\xe9", {}, 400),
        ("/api/execute?" + "x" * 10_000, {}, 400),
    ],
)
def test_a_handshake_that_is_not_one_is_refused_in_our_shape(
    fake: tuple[Api, FakeExecutor], target: str, changes: dict[str, str], status: int
) -> None:
    assert answered(fake[0].url, handshake(target, **{**HANDSHAKE, **changes}))[0] == status
    assert fake[0].health()["status"] == "ok"


def test_a_handshake_without_a_key_or_by_another_method_is_refused(fake: tuple[Api, FakeExecutor]) -> None:
    without_key = {name: value for name, value in HANDSHAKE.items() if name != "Sec-WebSocket-Key"}
    assert answered(fake[0].url, handshake(**without_key))[0] == 400
    assert answered(fake[0].url, handshake(**HANDSHAKE).replace(b"GET", b"POST", 1))[0] == 400
    assert answered(fake[0].url, handshake(**HANDSHAKE).replace(b"HTTP/1.1", b"HTTP/1.0", 1))[0] == 400


def test_a_handshake_amid_another_answer_closes(fake: tuple[Api, FakeExecutor], executor: FakeExecutor) -> None:
    body = json.dumps({"code": "sleeps"}).encode()
    with connect(fake[0].url) as raw:
        raw.sendall(post_bytes(body))
        wait_until(lambda: executor.capacity().running == 1)
        raw.sendall(handshake(**HANDSHAKE))
        assert raw.recv(65536) == b""
    wait_until(lambda: executor.capacity().running == 0)


def rejected(url: str, **options: Any) -> Response:
    with pytest.raises(InvalidStatus) as caught:
        Socket(url, **options)
    return caught.value.response


def test_the_token_is_needed_at_the_handshake() -> None:
    with served_fake(PLAYS, token=TOKEN, allowed_origins=["https://learn.example"]) as (api, _):
        response = rejected(api.url)
        assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")
        assert json.loads(response.body or b"")["code"] == "unauthorized"
        assert response.headers["x-content-type-options"] == "nosniff"
        right = {"Authorization": f"Bearer {TOKEN}"}
        assert rejected(api.url, additional_headers=right, origin="https://evil.example").status_code == 403
        for origin in (None, "https://learn.example", api.url):
            with Socket(api.url, additional_headers=right, origin=origin) as opened:
                assert opened.run("")[-1]["type"] == "finished"


def test_a_page_names_the_token_among_its_subprotocols() -> None:
    def named(token: str) -> list[Subprotocol]:
        packed = base64.urlsafe_b64encode(token.encode()).rstrip(b"=").decode()
        return [Subprotocol("snakepen"), Subprotocol(f"snakepen.token.{packed}")]

    with served_fake(PLAYS, token=TOKEN) as (api, _):
        with Socket(api.url, subprotocols=named(TOKEN)) as opened:
            assert opened.connection.subprotocol == "snakepen"
            assert opened.run("")[-1]["type"] == "finished"
        for wrong in (named(TOKEN + "x"), named(""), [Subprotocol("snakepen.token.A")], [Subprotocol(TOKEN)]):
            assert rejected(api.url, subprotocols=wrong).status_code == 401


def test_so_many_connections_and_no_more(fake: tuple[Api, FakeExecutor], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "MAX_LIVE_CONNECTIONS", 2)
    url = fake[0].url
    with Socket(url), Socket(url):
        response = rejected(url)
        assert (response.status_code, response.headers["retry-after"]) == (429, "1")
        assert json.loads(response.body or b"")["code"] == "busy"

    def has_room() -> bool:
        with contextlib.suppress(InvalidStatus), Socket(url):
            return True
        return False

    wait_until(has_room)


def test_so_many_connections_of_any_kind_and_no_more(
    fake: tuple[Api, FakeExecutor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "_most_connections", lambda: 3)
    url = fake[0].url

    def answer(*_: object) -> bytes:
        with connect(url) as raw:
            raw.sendall(b"GET /api/execute HTTP/1.1\r\nHost: localhost\r\n\r\n")
            return raw.recv(65536)

    wait_until(lambda: answer().startswith(b"HTTP/1.1 200"))
    with Socket(url), connect(url), connect(url):
        wait_until(lambda: answer().startswith(b"HTTP/1.1 429"))
        assert b'"code":"busy"' in answer()
    wait_until(lambda: answer().startswith(b"HTTP/1.1 200"))


def test_a_connection_that_served_requests_may_become_one(fake: tuple[Api, FakeExecutor]) -> None:
    with connect(fake[0].url) as raw:
        raw.sendall(b"GET /api/execute HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert raw.recv(65536).startswith(b"HTTP/1.1 200")
        raw.sendall(handshake(**HANDSHAKE))
        assert raw.recv(65536).startswith(b"HTTP/1.1 101")
        raw.sendall(masked(1, b'{"type": "start", "code": ""}'))
        assert b'"started"' in raw.recv(65536)
