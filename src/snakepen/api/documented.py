"""The routes' paths, and their refusals for the OpenAPI document."""

import json
from typing import Any, Final

from fastapi import FastAPI
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import WithDefaultSchema

from snakepen import errors
from snakepen.wire.events import Event
from snakepen.wire.generate import GenerateEvent
from snakepen.wire.live import ClientMessage
from snakepen.wire.refusal import RefusalBody, UnavailableBody
from snakepen.wire.run import RunResult

EXECUTE = "/api/execute"
EXPLAIN = "/api/explain"
ENVIRONMENT = "/api/environment"
GENERATE = "/api/generate"
MODELS = "/api/models"
RECIPES = "/api/recipes"


def _documented(refusal: type[errors.Refusal]) -> dict[str, Any]:
    model = UnavailableBody if refusal is errors.Unavailable else RefusalBody
    return {"model": model, "description": f"`{refusal.code}`: {refusal.__doc__}"}


_ANY = (
    errors.Unauthorized,
    errors.Forbidden,
    errors.MethodNotAllowed,
    errors.HeadersTooLarge,
    errors.Internal,
)
_BODY = (
    errors.InvalidJson,
    errors.RequestTimeout,
    errors.TooLarge,
    errors.UnsupportedMediaType,
    errors.InvalidRequest,
)


def _by_status(*refusals: type[errors.Refusal]) -> dict[int | str, dict[str, Any]]:
    return {
        refusal.http_status: _documented(refusal) for refusal in sorted(refusals, key=lambda item: item.http_status)
    }


READ_REFUSALS = _by_status(*_ANY)
ARTIFACT_REFUSALS = _by_status(*_ANY, errors.NotFound, errors.Busy)
EXPLAIN_REFUSALS = _by_status(*_ANY, *_BODY, errors.Busy)
GENERATE_REFUSALS = _by_status(*_ANY, *_BODY, errors.NoModel, errors.Busy)
REFUSALS = _by_status(*_ANY, *_BODY, errors.Busy, errors.Unavailable)
REFUSALS[errors.Internal.http_status] = {
    "model": RefusalBody | RunResult,
    "description": "`internal`: a fault of ours; or a run that started and was `lost`, with all that is known of it.",
}

_FRAMEWORK_REFUSAL: Final = "HTTPValidationError"

HOW_TO_GO_LIVE: Final = """Run the program and answer with what it really printed.

200 means that Snakepen did its part, whatever the program did: look at `status` and `return_code`.

With `Accept: text/event-stream` the answer is a stream of events, sent while the program goes on: `event:` is the \
type, `data:` an `Event`. The last is `finished`, with the whole answer; or `refused`, when the run was `queued` and \
then could not be served. Hanging up stops the run.

A WebSocket on this path (GET with `Upgrade: websocket`) carries the same events as text messages, and takes \
`ClientMessage`s: first a `start`, with all the fields of this request and `terminal`, then what the program is to \
get. The next `start` may come when a run has `finished` or was `refused`."""


def _events(name: str) -> dict[str, Any]:
    """Server-sent events as OpenAPI 3.2 describes them: objects, whose `data` is the JSON of one of ours."""
    data = {
        "type": "string",
        "contentMediaType": "application/json",
        "contentSchema": {"$ref": f"#/components/schemas/{name}"},
    }
    properties = {"event": {"type": "string"}, "data": data}
    item = {"type": "object", "required": ["event", "data"], "properties": properties}
    return {"text/event-stream": {"itemSchema": item}}


STREAMED: Final[dict[str, Any]] = {
    "description": "The whole answer, or events while the program goes on.",
    "content": _events("Event"),
}

HOW_TO_GENERATE: Final = """Write a program for a prompt, or change or repair one; nothing runs.

The answer is a stream of events, sent while it is written: `event:` is the type, `data:` a `GenerateEvent`. The \
first is `source`; then come `text` for the person and `code` for the editor; the last is `done` with the whole \
program, or `refused`. A refusal before `source` is an HTTP status. Hanging up closes the connection to the model."""

WRITTEN: Final[dict[str, Any]] = {
    "description": "Events while it is written.",
    "content": _events("GenerateEvent"),
}


class _Schemas(GenerateJsonSchema):
    """As the framework makes them: a default of null is none."""

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        if made.get("default", ...) is None:
            del made["default"]
        return made


_BEARER: Final = {
    "type": "http",
    "scheme": "bearer",
    "description": "The token that the operator has set; a server that listens on loopback alone may have none.",
}


def install_document(app: FastAPI, *, needs_token: bool) -> None:
    """Let the OpenAPI document hold what is said while a run goes on, too: `Event`, `ClientMessage` and
    `GenerateEvent`. And the token, which each route that is in it asks for, where there is one."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            components = made()["components"]
            _forget_framework_refusals(made())
            for name, schema in _live_schemas().items():
                # One name is one type, or the types that are generated from this would lie.
                assert components["schemas"].setdefault(name, schema) == schema, name
            components["schemas"] = dict(sorted(components["schemas"].items()))
            components["securitySchemes"] = {"bearer": _BEARER}
            # An empty one among them says that it can do without (OpenAPI, "Security Requirement Object").
            made()["security"] = [{"bearer": []}] if needs_token else [{}, {"bearer": []}]
        return made()

    app.openapi = openapi  # type: ignore[method-assign]  # as the framework's own documentation does it


def _forget_framework_refusals(document: dict[str, Any]) -> None:
    """The framework describes one of its own for every route with something in its path, where any text is right."""
    schemas = document["components"]["schemas"]
    for operations in document["paths"].values():
        for operation in operations.values():
            if _FRAMEWORK_REFUSAL in json.dumps(operation["responses"].get("422")):
                del operation["responses"]["422"]
    for name in (_FRAMEWORK_REFUSAL, "ValidationError"):
        schemas.pop(name, None)


def _live_schemas() -> dict[str, Any]:
    found: dict[str, Any] = {}
    events: TypeAdapter[Any] = TypeAdapter(Event)
    messages: TypeAdapter[Any] = TypeAdapter(ClientMessage)
    drafts: TypeAdapter[Any] = TypeAdapter(GenerateEvent)
    template = "#/components/schemas/{model}"
    found["Event"] = events.json_schema(ref_template=template, schema_generator=_Schemas, mode="serialization")
    found["ClientMessage"] = messages.json_schema(ref_template=template, schema_generator=_Schemas, mode="validation")
    found["GenerateEvent"] = drafts.json_schema(ref_template=template, schema_generator=_Schemas, mode="serialization")
    for name in [*found]:
        found |= found[name].pop("$defs")
    return found
