"""The routes' paths, and their refusals for the OpenAPI document."""

from typing import Any

from snakepen import errors
from snakepen.wire.refusal import RefusalBody, UnavailableBody
from snakepen.wire.run import RunResult

EXECUTE = "/api/execute"
EXPLAIN = "/api/explain"
ENVIRONMENT = "/api/environment"


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
EXPLAIN_REFUSALS = _by_status(*_ANY, *_BODY, errors.Busy)
REFUSALS = _by_status(*_ANY, *_BODY, errors.Busy, errors.Unavailable)
REFUSALS[errors.Internal.http_status] = {
    "model": RefusalBody | RunResult,
    "description": "`internal`: a fault of ours; or a run that started and was `lost`, with all that is known of it.",
}
