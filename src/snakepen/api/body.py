"""A request's body: JSON by its own word, within its size, there in time; all of it checked before it is parsed."""

import asyncio
import json
from collections.abc import Iterable, Iterator

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from snakepen.api.held import Held, Share
from snakepen.api.refusals import refusal_response
from snakepen.errors import InvalidJson, Refusal, RequestTimeout, TooLarge, UnsupportedMediaType
from snakepen.limits import BODY_SECONDS, MAX_BODY_BYTES, MAX_JSON_COMMAS, MAX_JSON_STRUCTURE_BYTES, MIB

_TOO_LARGE = f"The body is over {MAX_BODY_BYTES // MIB} MiB: send less."


class JsonBody:
    """ASGI middleware: reads the whole body of a POST to one of `paths`, or refuses it; hands it on in one piece."""

    def __init__(self, app: ASGIApp, *, paths: Iterable[str], held: Held) -> None:
        self._app = app
        self._paths = frozenset(paths)
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or scope["path"] not in self._paths:
            await self._app(scope, receive, send)
            return
        share = Share(self._held)
        try:
            await self._serve(share, scope, receive, send)
        finally:
            share.give_back()

    async def _serve(self, share: Share, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            _check_head(Headers(scope=scope))
            async with asyncio.timeout(BODY_SECONDS):
                body = await _read(receive, share)
            if body is None:
                return  # hung up before it was whole: there is nobody to answer
        except TimeoutError:
            seconds = int(BODY_SECONDS)
            late = RequestTimeout(f"The body did not arrive within {seconds} seconds: send it again, faster.")
            response = refusal_response(late)
            response.headers["Connection"] = "close"
            await response(scope, receive, send)
            return
        except Refusal as refusal:
            await refusal_response(refusal)(scope, receive, send)
            return
        whole: Iterator[Message] = iter(({"type": "http.request", "body": body, "more_body": False},))

        async def receive_whole() -> Message:
            return next(whole, None) or await receive()

        await self._app(scope, receive_whole, send)


def _check_head(headers: Headers) -> None:
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise UnsupportedMediaType("Send the request as JSON, with the header 'Content-Type: application/json'.")
    length = headers.get("content-length", "")
    if length.isdigit() and int(length[:20]) > MAX_BODY_BYTES:
        raise TooLarge(_TOO_LARGE)


async def _read(receive: Receive, share: Share) -> bytes | None:
    chunks = []
    size = 0
    structure = JsonStructure()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > MAX_BODY_BYTES:
            raise TooLarge(_TOO_LARGE)
        share.take(len(chunk))
        structure.feed(chunk)
        chunks.append(chunk)
        if not message.get("more_body", False):
            return _in_utf_8(b"".join(chunks))


def _in_utf_8(body: bytes) -> bytes:
    """What will be parsed has to be what was counted: the parser would take UTF-16 and UTF-32 too, where a quote is not
    its byte alone. Raises InvalidJson.
    """
    if json.detect_encoding(body) not in ("utf-8", "utf-8-sig"):
        raise InvalidJson("The body is not UTF-8: JSON is sent in UTF-8 (RFC 8259, section 8.1).")
    return body


class JsonStructure:
    """Counts the bytes of a JSON text that are not inside strings, and their commas, as it arrives. Why: decision 5.

    With escaped backslashes and then escaped quotes taken out, every quote left begins or ends a string.
    """

    def __init__(self) -> None:
        self.count = 0
        self.commas = 0
        self._in_string = False
        self._escaping = False

    def feed(self, chunk: bytes) -> None:
        """Count the next chunk, cut anywhere. Raises InvalidJson when it is more than any request needs."""
        if not chunk:
            return
        if self._escaping:
            chunk = chunk[1:]
        backslashes = len(chunk) - len(chunk.rstrip(b"\\"))
        self._escaping = backslashes % 2 == 1
        bare = chunk.replace(b"\\\\", b"").replace(b'\\"', b"")
        pieces = bare.split(b'"')
        outside = pieces[1 if self._in_string else 0 :: 2]
        self.count += sum(map(len, outside)) + len(pieces) - 1
        self.commas += sum(piece.count(b",") for piece in outside)
        self._in_string ^= len(pieces) % 2 == 0
        if self.count > MAX_JSON_STRUCTURE_BYTES or self.commas > MAX_JSON_COMMAS:
            raise InvalidJson(
                "The body has far more values than any request needs: send code, files and input as strings."
            )
