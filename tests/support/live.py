"""Clients of runs that go on: events from a stream and over a WebSocket, each checked against the OpenAPI document."""

import base64
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Self

from jsonschema import Draft202012Validator
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.support.client import Api, document

EVENT_STREAM = {"Accept": "text/event-stream"}
SECONDS = 30.0
# A client library with a small default refuses big answers.
MAX_MESSAGE_BYTES = 512 << 20
LAST = ("finished", "refused")

HANDSHAKE = {
    "Host": "localhost",
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": base64.b64encode(bytes(16)).decode(),
}

LiveEvent = dict[str, Any]


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator({"$ref": "#/components/schemas/Event", "components": document()["components"]})


def check_event(event: LiveEvent) -> LiveEvent:
    """Fails unless the document describes it. Huge texts are not looked at for minutes."""
    _validator().validate(event)
    return event


def text_of(events: Iterable[LiveEvent], kind: str) -> str:
    return "".join(event["text"] for event in events if event["type"] == kind)


def kinds(events: Iterable[LiveEvent]) -> list[str]:
    """Their types, output that follows output of the same stream as one."""
    found: list[str] = []
    for event in events:
        if event["type"] not in found[-1:]:
            found.append(event["type"])
    return found


def parsed(lines: Iterable[str]) -> Iterator[LiveEvent]:
    """The events of a stream; a comment is one of type ':'."""
    name = ""
    for line in lines:
        if line.startswith(":"):
            yield {"type": ":", "text": line}
        elif line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            event = check_event(json.loads(line.removeprefix("data: ")))
            assert event["type"] == name
            yield event
        else:
            assert line == ""


@contextmanager
def streamed(api: Api, code: str, **fields: Any) -> Iterator[Iterator[LiveEvent]]:
    """The events of a run that has to be taken; leaving hangs up."""
    body = {"code": code, **fields}
    with api.http.stream("POST", "/api/execute", json=body, headers=EVENT_STREAM) as response:
        assert response.status_code == 200, response.read()
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["x-accel-buffering"] == "no"
        yield parsed(response.iter_lines())


def run_streamed(api: Api, code: str, **fields: Any) -> list[LiveEvent]:
    """All events of a run."""
    with streamed(api, code, **fields) as events:
        return list(events)


class Socket:
    """A WebSocket to a server."""

    def __init__(self, url: str, **options: Any) -> None:
        self.address = url.replace("http://", "ws://") + "/api/execute"
        options = {"max_size": MAX_MESSAGE_BYTES, "compression": None, "proxy": None, **options}
        self._context = connect(self.address, **options)
        self.connection: ClientConnection = self._context.__enter__()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: Any) -> None:
        self._context.__exit__(*error)

    def say(self, kind: str, **fields: Any) -> None:
        self.connection.send(json.dumps({"type": kind, **fields}))

    def start(self, code: str, **fields: Any) -> None:
        self.say("start", code=code, **fields)

    def event(self, *, seconds: float = SECONDS) -> LiveEvent:
        event: LiveEvent = json.loads(self.connection.recv(seconds))
        return check_event(event)

    def until(self, kind: str, *, containing: str = "") -> list[LiveEvent]:
        """Events up to one of this type, or to the one with which the text of this type contains so much."""
        seen: list[LiveEvent] = []
        while True:
            seen.append(self.event())
            if seen[-1]["type"] == kind and (not containing or containing in text_of(seen, kind)):
                return seen
            assert seen[-1]["type"] not in LAST, seen[-1]

    def run(self, code: str, **fields: Any) -> list[LiveEvent]:
        """All events of a run, its last one included."""
        self.start(code, **fields)
        seen: list[LiveEvent] = []
        while not seen or seen[-1]["type"] not in LAST:
            seen.append(self.event())
        return seen

    def closed(self) -> tuple[int, str]:
        """Waits until the server closes: with which code, and why."""
        try:
            while True:
                self.connection.recv(SECONDS)
        except ConnectionClosed as closed:
            # 1006 stands for a connection that was cut instead (RFC 6455, section 7.1.5).
            return (closed.rcvd.code, closed.rcvd.reason) if closed.rcvd else (1006, "")


def handshake(target: str = "/api/execute", **headers: str) -> bytes:
    lines = [f"GET {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1")


def masked(opcode: int, data: bytes) -> bytes:
    size = len(data)
    head = bytes([0x80 | opcode, 0x80 | size]) if size < 126 else bytes([0x80 | opcode, 0xFE]) + size.to_bytes(2, "big")
    return head + bytes(4) + data
