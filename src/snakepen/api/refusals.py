"""Every way to say no over HTTP, in one shape: the five fields, a code, the details."""

import itertools
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

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
        problems.append(FieldProblem(printable(".".join(path)), _problem(item)))
    return InvalidRequest(tuple(problems))


def _problem(item: Mapping[str, Any]) -> str:
    kind = item["type"]
    if kind == "missing":
        return "is required"
    if kind == "extra_forbidden":
        return "is not a field of this request"
    if kind == "literal_error":
        return f"is not supported: use {item['ctx']['expected']}"
    if kind == "finite_number":
        return "must be a finite number"
    if kind == "string_unicode":
        return "must not hold a lone surrogate"
    if kind == "string_too_long":
        return f"must have at most {item['ctx']['max_length']} characters"
    if kind == "too_long":
        return f"must have at most {item['ctx']['max_length']} items"
    message: str = item["msg"]
    message = message.removeprefix("Value error, ").removeprefix("Input should be ").removeprefix("Input ")
    if message.startswith(("a ", "an ", "greater", "less", "one ")):
        return f"must be {message}"
    return message
