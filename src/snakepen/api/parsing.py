"""What callers send, from JSON to Python: the same over HTTP and over a WebSocket, and no name twice in one object.

RFC 8259, section 4, leaves it open which of two counts: whoever looked at a request on its way here may have seen
another program than the one that we would run.
"""

import json
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from snakepen.api.refusals import NOT_JSON
from snakepen.errors import FieldProblem, InvalidJson, InvalidRequest, printable

_Pairs = list[tuple[str, Any]]


def parse_json(data: bytes, *, not_json: str = NOT_JSON) -> object:
    """The value. Raises InvalidJson with this sentence, or InvalidRequest that says which name is there twice."""
    doubtful: list[tuple[dict[str, Any], _Pairs]] = []

    def made(pairs: _Pairs) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) < len(pairs):
            doubtful[:] = [(value, pairs)]
        return value

    try:
        value = json.loads(data, object_pairs_hook=made)
    except (ValueError, RecursionError) as error:  # none, in no UTF-8, too deep, or with a number that is too long
        raise InvalidJson(not_json) from error
    if doubtful:  # the last of them: one before it may be gone already, as the first of two
        last, pairs = doubtful.pop()
        name = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise InvalidRequest((FieldProblem(_path(value, last, name), "is there twice: give it once"),))
    return value


def _path(value: object, wanted: object, name: str) -> str:
    """Of a name in an object that is somewhere in the value, as refusals write it."""
    waiting: list[tuple[object, Any]] = [(value, None)]
    while waiting:
        inner, way = waiting.pop()
        if inner is wanted:
            parts = [name]
            while way is not None:
                way, part = way
                parts.append(str(part))
            return printable(".".join(reversed(parts)))
        items = inner.items() if isinstance(inner, dict) else enumerate(inner) if isinstance(inner, list) else ()
        waiting += [(item, (way, key)) for key, item in items]
    raise AssertionError("what was made is nowhere")


class JsonRoute(APIRoute):
    """A route whose body is parsed here, if it takes one."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        if self.body_field is None:
            return handle

        async def parse_and_handle(request: Request) -> Response:
            parsed = _Parsed(request.scope, request.receive)
            await parsed.json()  # before the framework asks for it, which has a sentence of its own for all that fails
            return await handle(parsed)

        return parse_and_handle


class _Parsed(Request):
    """A request that parses its body once, and as we do."""

    _value: object = None

    async def json(self) -> object:
        if self._value is None:
            self._value = parse_json(await self.body())
        return self._value
