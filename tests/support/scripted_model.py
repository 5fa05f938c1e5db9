"""A server of models that does as it is told: OpenAI's protocol, and as much of Anthropic's and Google's as we hear.

Real HTTP over a real socket. What it is to answer is a script of steps; what it was asked is kept.
"""

import json
import select
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from tests.support.waiting import DEADLINE_SECONDS, wait_until

JSON: Final = "application/json"


@dataclass(frozen=True)
class Say:
    """A piece of the answer."""

    text: str


@dataclass(frozen=True)
class Think:
    """A piece of what is no answer yet."""

    text: str


@dataclass(frozen=True)
class WaitFor:
    """Says nothing until the test lets it."""

    gate: threading.Event


@dataclass(frozen=True)
class Stall:
    """Says nothing more, until whoever asked hangs up."""


@dataclass(frozen=True)
class Cut:
    """Breaks the connection off in the middle."""


@dataclass(frozen=True)
class EndEarly:
    """Ends the answer in good order, without a reason."""


@dataclass(frozen=True)
class Refuse:
    """Another status than 200, before anything is said."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: str = '{"error": {"message": "no"}}'


@dataclass(frozen=True)
class End:
    """How the answer ends, when the script's end is not it."""

    reason: str = "stop"


@dataclass(frozen=True)
class Raw:
    """Bytes of the stream, to the letter."""

    data: bytes


Step = Say | Think | WaitFor | Stall | Cut | EndEarly | Refuse | End | Raw
Script = Sequence[Step] | Callable[["Asked"], Sequence[Step]]


def fenced(code: str, prose: str = "Here it is.") -> list[Step]:
    """An answer as it should be, in small pieces."""
    text = f"{prose}\n\n```python\n{code}```\n"
    return [Say(text[at : at + 7]) for at in range(0, len(text), 7)]


@dataclass(frozen=True)
class Asked:
    """One request."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def messages(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.body["messages"]
        return found

    @property
    def text(self) -> str:
        """All that it says, whatever the protocol."""
        return json.dumps(self.body, ensure_ascii=False).replace("\\n", "\n").replace('\\"', '"')


class ScriptedModel:
    """`script` is what the next requests are answered by; a function of the request, or the same for all."""

    def __init__(self) -> None:
        self.script: Script = ()
        self.models: list[str] = ["tiny"]
        self.prefix = "/v1"
        """Where OpenAI's protocol is; elsewhere is nothing."""
        self.asked: list[Asked] = []
        self.hang_ups = 0
        self.under_way = 0
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.model = self

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        return self.address + self.prefix

    def wait_for_hang_up(self) -> None:
        """Until somebody who was being answered has gone."""
        wait_until(lambda: self.hang_ups > 0)

    def steps(self, asked: Asked) -> Sequence[Step]:
        return self.script(asked) if callable(self.script) else self.script

    def run(self) -> threading.Thread:
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        return thread

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def scripted_model(script: Script = ()) -> Iterator[ScriptedModel]:
    """The server, until the test ends."""
    model = ScriptedModel()
    model.script = script
    thread = model.run()
    try:
        yield model
    finally:
        model.stop()
        thread.join(DEADLINE_SECONDS)
    wait_until(lambda: model.under_way == 0)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    model: ScriptedModel

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked has gone: that is what some scripts are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # a piece goes out when it is said
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:
        """Tests say nothing."""

    def do_GET(self) -> None:
        model = self.server.model
        model.asked.append(Asked(self.path, self._headers(), {}))
        if self.path != f"{model.prefix}/models":
            self._whole(404, JSON, b'{"error": {"message": "nothing here"}}')
            return
        data = [{"id": name, "object": "model"} for name in model.models]
        self._whole(200, JSON, json.dumps({"object": "list", "data": data}).encode())

    def do_POST(self) -> None:
        model = self.server.model
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = Asked(self.path, self._headers(), body)
        model.asked.append(asked)
        dialect = _dialect(self.path, model.prefix)
        if dialect is None:
            self._whole(404, JSON, b'{"error": {"message": "nothing here"}}')
            return
        model.under_way += 1
        try:
            self._answer(model.steps(asked), dialect)
        except (BrokenPipeError, ConnectionResetError):
            model.hang_ups += 1
            self.close_connection = True
        finally:
            model.under_way -= 1

    def _headers(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.headers.items()}

    def _whole(self, status: int, media_type: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _answer(self, steps: Sequence[Step], dialect: "_Dialect") -> None:
        if steps and isinstance(steps[0], Refuse):
            self._whole(steps[0].status, JSON, steps[0].body.encode(), steps[0].headers)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if dialect.begin():
            self._chunk(dialect.begin())
        for step in steps:
            match step:
                case Say():
                    self._chunk(dialect.say(step.text))
                case Think():
                    self._chunk(dialect.think(step.text))
                case Raw():
                    self._chunk(step.data)
                case WaitFor():
                    assert step.gate.wait(DEADLINE_SECONDS)
                case Stall():
                    self._until_gone()
                case Cut():
                    self.connection.shutdown(socket.SHUT_RDWR)
                    self.close_connection = True
                    return
                case EndEarly():
                    self._chunk(b"")
                    return
                case End():
                    self._chunk(dialect.end(step.reason))
                    self._chunk(b"")
                    return
        self._chunk(dialect.end("stop"))
        self._chunk(b"")

    def _chunk(self, data: bytes) -> None:
        if self._is_gone():
            raise BrokenPipeError
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n" if data else b"0\r\n\r\n")

    def _until_gone(self) -> None:
        for _ in range(DEADLINE_SECONDS * 10):
            select.select([self.connection], [], [], 0.1)
            if self._is_gone():
                raise BrokenPipeError
        raise AssertionError("nobody hung up")

    def _is_gone(self) -> bool:
        readable, _, _ = select.select([self.connection], [], [], 0)
        return bool(readable) and self.connection.recv(1, socket.MSG_PEEK) == b""


def _dialect(path: str, prefix: str) -> "_Dialect | None":
    if path == f"{prefix}/chat/completions":
        return _OpenAI()
    if path.partition("?")[0] == "/v1/messages":
        return _Anthropic()
    return _Google() if ":streamGenerateContent" in path else None


class _Dialect:
    """How one protocol says things."""

    def begin(self) -> bytes:
        raise NotImplementedError

    def say(self, text: str) -> bytes:
        raise NotImplementedError

    def think(self, text: str) -> bytes:
        raise NotImplementedError

    def end(self, reason: str) -> bytes:
        raise NotImplementedError


class _OpenAI(_Dialect):
    def begin(self) -> bytes:
        return self._event({"role": "assistant", "content": ""})

    def say(self, text: str) -> bytes:
        return self._event({"content": text})

    def think(self, text: str) -> bytes:
        return self._event({"reasoning": text})

    def end(self, reason: str) -> bytes:
        # The last piece has no choices: some clients fall over it.
        usage = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
        return self._event({}, reason) + self._line({"choices": [], "usage": usage}) + b"data: [DONE]\n\n"

    def _event(self, delta: dict[str, Any], reason: str | None = None) -> bytes:
        return self._line({"choices": [{"index": 0, "delta": delta, "finish_reason": reason}]})

    def _line(self, fields: dict[str, Any]) -> bytes:
        whole = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "tiny", **fields}
        return f"data: {json.dumps(whole)}\n\n".encode()


class _Anthropic(_Dialect):
    def begin(self) -> bytes:
        usage = {"input_tokens": 11, "output_tokens": 1}
        message: dict[str, Any] = {
            "id": "m1", "type": "message", "role": "assistant", "model": "tiny", "content": [], "stop_reason": None,
            "stop_sequence": None, "usage": usage,
        }  # fmt: skip
        return self._event({"type": "message_start", "message": message}) + self._event(
            {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}
        )

    def say(self, text: str) -> bytes:
        delta = {"type": "text_delta", "text": text}
        return self._event({"type": "content_block_delta", "index": 0, "delta": delta})

    def end(self, reason: str) -> bytes:
        reason = {"stop": "end_turn", "length": "max_tokens"}[reason]
        delta = {"stop_reason": reason, "stop_sequence": None}
        return (
            self._event({"type": "content_block_stop", "index": 0})
            + self._event({"type": "message_delta", "delta": delta, "usage": {"output_tokens": 7}})
            + self._event({"type": "message_stop"})
        )

    def _event(self, fields: dict[str, Any]) -> bytes:
        return f"event: {fields['type']}\ndata: {json.dumps(fields)}\n\n".encode()


class _Google(_Dialect):
    def begin(self) -> bytes:
        return b""

    def say(self, text: str) -> bytes:
        return self._event({"content": {"role": "model", "parts": [{"text": text}]}, "index": 0})

    def end(self, reason: str) -> bytes:
        return self._event({"finishReason": {"stop": "STOP", "length": "MAX_TOKENS"}[reason], "index": 0})

    def _event(self, candidate: dict[str, Any]) -> bytes:
        usage = {"promptTokenCount": 11, "candidatesTokenCount": 7, "totalTokenCount": 18}
        whole = {"candidates": [candidate], "usageMetadata": usage, "modelVersion": "tiny"}
        return f"data: {json.dumps(whole)}\r\n\r\n".encode()
