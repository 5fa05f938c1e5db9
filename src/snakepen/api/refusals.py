"""Every way to say no over HTTP, in one shape: the five fields, a code, the details."""

import itertools
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Match

from snakepen.errors import (
    MAX_DETAILS,
    Busy,
    FieldProblem,
    Internal,
    InvalidJson,
    InvalidRequest,
    MethodNotAllowed,
    NotFound,
    Refusal,
    Unavailable,
    printable,
)
from snakepen.wire.explain import Preview
from snakepen.wire.refusal import RefusalBody, UnavailableBody

NOT_JSON = 'The body is not valid JSON: send one JSON object, such as {"code": "print(1)"}.'
NOT_AN_OBJECT = 'The body must be one JSON object, such as {"code": "print(1)"}.'
MESSAGE_NOT_JSON = 'The message is not valid JSON: send one object, such as {"type": "start", "code": "print(1)"}.'
_MESSAGE_NOT_AN_OBJECT = 'The message must be one JSON object, such as {"type": "start", "code": "print(1)"}.'

_TYPES = "'start', 'stdin', 'stdin_eof', 'resize', 'signal', 'stop'"

# What pydantic finds, in the words of whoever wrote the JSON: it speaks of Python's types, which nobody sent.
_WORDS: Final = {
    "missing": "is required",
    "extra_forbidden": "is not a field of this request",
    "literal_error": "is not supported: use {expected}",
    "string_type": "must be a string",
    "string_unicode": "must not hold a lone surrogate",
    "string_too_long": "must have at most {max_length} characters",
    "int_type": "must be a whole number, without quotes, point or exponent",
    "float_type": "must be a number, without quotes",
    "finite_number": "must be a finite number",
    "greater_than": "must be more than {gt:g}",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than_equal": "must be at most {le:g}",
    "bool_type": "must be true or false, without quotes",
    "tuple_type": "must be a list",
    "too_long": "must have at most {max_length} items",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
}
# So pydantic ends the path of the name of an item, where that is what is wrong, and not its value.
_OF_ITS_NAME: Final = "[key]"

_OUR_FAULT = "Snakepen failed to answer. This is our fault, and our log says more: try again."

log = structlog.get_logger()


def refusal_response(refusal: Refusal, preview: Preview | None = None) -> Response:
    """The HTTP answer to a refusal; `preview` goes into a 503."""
    body = RefusalBody.of(refusal)
    if isinstance(refusal, Unavailable):
        body = UnavailableBody(**dict(body), preview=preview)
    headers = {}
    if isinstance(refusal, Busy | Unavailable):
        headers["Retry-After"] = str(refusal.retry_after_seconds)
    return _json(refusal.http_status, body, headers)


def _json(status: int, body: RefusalBody, headers: Mapping[str, str]) -> Response:
    return Response(body.model_dump_json(), status, dict(headers), media_type="application/json")


def install_handlers(app: FastAPI) -> None:
    """Give every error that can reach the framework its refusal."""

    async def on_refusal(_: Request, error: Exception) -> Response:
        assert isinstance(error, Refusal)
        return refusal_response(error)

    async def on_validation(_: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return refusal_response(_of_errors(error.errors(), NOT_AN_OBJECT))

    async def on_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return refusal_response(_of_http(error))
        # The framework names the methods of the first route of the path only.
        allowed = ", ".join(sorted(_methods(app, request)))
        response = refusal_response(MethodNotAllowed(f"This path does not take {request.method[:20]}: use {allowed}."))
        response.headers["Allow"] = allowed
        return response

    async def on_fault(_: Request, __: Exception) -> Response:
        # The framework raises the fault again once this is sent; the HTTP server logs it and closes the connection.
        response = refusal_response(Internal(_OUR_FAULT))
        response.headers["Connection"] = "close"
        return response

    app.add_exception_handler(Refusal, on_refusal)
    app.add_exception_handler(RequestValidationError, on_validation)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(Exception, on_fault)


def _methods(app: FastAPI, request: Request) -> set[str]:
    """Of all routes of the path."""
    partly = [route for route in app.router.routes if route.matches(request.scope)[0] is Match.PARTIAL]
    return {method for route in partly for method in getattr(route, "methods", ())}


def _of_http(error: HTTPException) -> Refusal:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return NotFound("There is nothing at this path. Programs are sent to POST /api/execute.")
    log.error("unexpected_http_error", status=error.status_code, detail=str(error.detail))
    return Internal(_OUR_FAULT)


def of_message(error: ValidationError) -> Refusal:
    """The refusal of a WebSocket message that is none of ours."""
    errors = error.errors(include_url=False, include_input=False)
    return _of_errors(errors, _MESSAGE_NOT_AN_OBJECT)


def _of_errors(errors: Iterable[Mapping[str, Any]], not_an_object: str) -> Refusal:
    problems = []
    for item in itertools.islice(errors, MAX_DETAILS):
        if item["type"] in ("union_tag_invalid", "union_tag_not_found"):
            return InvalidRequest((FieldProblem("type", f"must be one of {_TYPES}"),))
        path = [str(part) for part in item["loc"][1:] if part != "body"]
        if not path and item["type"] == "string_unicode":
            problems.append(FieldProblem("body", "has a field whose name holds a lone surrogate"))
            continue
        if not path:
            return InvalidJson(not_an_object)
        if path[2:] == [_OF_ITS_NAME]:  # of a variable: no other object has names of the caller's own
            problems.append(FieldProblem(path[0], "has a name that holds a lone surrogate"))
            continue
        problems.append(FieldProblem(printable(".".join(path)), _problem(item)))
    return InvalidRequest(tuple(problems))


def _problem(item: Mapping[str, Any]) -> str:
    words = _WORDS.get(item["type"])
    if words is not None:
        return words.format(**item.get("ctx", {}))
    message: str = item["msg"]
    return message.removeprefix("Value error, ")  # then it is a sentence of ours, in `wire`
