"""A request's body: JSON by its own word, within its size, there in time; all of it checked before it is parsed."""

import asyncio
from collections.abc import Iterable, Iterator

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from snakepen.api.refusals import refusal_response
from snakepen.errors import InvalidJson, Refusal, RequestTimeout, TooLarge, UnsupportedMediaType
from snakepen.limits import BODY_SECONDS, MAX_BODY_BYTES, MAX_JSON_STRUCTURE_BYTES, MIB

_TOO_LARGE = f"The body is over {MAX_BODY_BYTES // MIB} MiB: send less."


class JsonBody:
    """ASGI middleware: reads the whole body of a POST to one of `paths`, or refuses it; hands it on in one piece."""

    def __init__(self, app: ASGIApp, *, paths: Iterable[str]) -> None:
        self._app = app
        self._paths = frozenset(paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or scope["path"] not in self._paths:
            await self._app(scope, receive, send)
            return
        try:
            _check_head(Headers(scope=scope))
            async with asyncio.timeout(BODY_SECONDS):
                body = await _read(receive)
            if body is None:
                return  # hung up before it was whole: there is nobody to answer
            _check_structure(body)
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


async def _read(receive: Receive) -> bytes | None:
    chunks = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > MAX_BODY_BYTES:
            raise TooLarge(_TOO_LARGE)
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


def _check_structure(body: bytes) -> None:
    """Refuse a body that would become millions of objects. Costs about 10 ms for the largest body.

    With escaped backslashes and then escaped quotes taken out, every quote left begins or ends a string, so every
    second piece between quotes is structure.
    """
    if len(body) <= MAX_JSON_STRUCTURE_BYTES:
        return
    bare = body.replace(b"\\\\", b"").replace(b'\\"', b"")
    quotes = bare.count(b'"')
    if quotes > MAX_JSON_STRUCTURE_BYTES or sum(map(len, bare.split(b'"')[::2])) > MAX_JSON_STRUCTURE_BYTES:
        raise InvalidJson("The body has far more values than any request needs: send code, files and input as strings.")
