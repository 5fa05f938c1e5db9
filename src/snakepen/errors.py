"""The whole error tree: everything Snakepen says no with.

    SnakepenError
    ├── SetupError                 the operator has to change something; the command line prints it and ends
    └── Refusal                    a request was not served: a stable code, an HTTP status, one sentence
        ├── MalformedRequest       400   not even HTTP
        ├── InvalidJson            400
        ├── Unauthorized           401
        ├── Forbidden              403
        ├── NotFound               404
        ├── MethodNotAllowed       405
        ├── RequestTimeout         408
        ├── NoModel                409   nothing can write this
        ├── TooLarge               413
        ├── UnsupportedMediaType   415
        ├── InvalidRequest         422
        ├── Busy                   429   say when to come back
        ├── HeadersTooLarge        431
        ├── Internal               500   our fault
        ├── ModelFailed            502   the model's fault, or that of the way to it
        └── Unavailable            503   no program can be run now

A refusal never carries what the caller sent but the beginning of a name, and never a stack trace: its message is ours
alone.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

# How many fields a refusal names, and how much of a name that a caller made up.
MAX_DETAILS: Final = 20
MAX_FIELD_CHARACTERS: Final = 80


class SnakepenError(Exception):
    """The root; `str(error)` is one sentence for a person, and says what to do."""


class SetupError(SnakepenError):
    """A setting, a port, an environment or the host is not as it must be."""


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field of a request: `limits.memory_bytes`, `files.0.path`."""

    field: str
    problem: str


def printable(name: str) -> str:
    """A name that a caller made up, as it may be repeated to him."""
    return name[:MAX_FIELD_CHARACTERS].encode("ascii", "backslashreplace").decode("ascii")


class Refusal(SnakepenError):
    """A request that was not served. `code` is stable; the sentence may change."""

    code: ClassVar[str]
    http_status: ClassVar[int]

    def __init__(self, message: str, *, details: tuple[FieldProblem, ...] = ()) -> None:
        super().__init__(message)
        self.details = details


class MalformedRequest(Refusal):
    """The bytes that arrived are no HTTP request."""

    code = "malformed_request"
    http_status = 400


class InvalidJson(Refusal):
    """The body is not JSON, or not an object."""

    code = "invalid_json"
    http_status = 400


class Unauthorized(Refusal):
    """The token is missing or wrong."""

    code = "unauthorized"
    http_status = 401


class Forbidden(Refusal):
    """Host, Origin or policy refuses the request, whoever sends it."""

    code = "forbidden"
    http_status = 403


class NotFound(Refusal):
    """There is nothing at this path, or no longer."""

    code = "not_found"
    http_status = 404


class MethodNotAllowed(Refusal):
    """The path is right, the method is not."""

    code = "method_not_allowed"
    http_status = 405


class RequestTimeout(Refusal):
    """The request did not arrive whole in the time given."""

    code = "request_timeout"
    http_status = 408


class NoModel(Refusal):
    """No model is connected that could write this, and no recipe fits it."""

    code = "no_model"
    http_status = 409


class TooLarge(Refusal):
    """The body or a part of it is over its limit."""

    code = "too_large"
    http_status = 413


class UnsupportedMediaType(Refusal):
    """The body does not say that it is JSON."""

    code = "unsupported_media_type"
    http_status = 415


class InvalidRequest(Refusal):
    """A field is wrong; `details` names each, up to a number."""

    code = "invalid_request"
    http_status = 422

    def __init__(self, details: tuple[FieldProblem, ...]) -> None:
        details = details[:MAX_DETAILS]
        first = details[0]
        more = f" ({len(details) - 1} more: see details)" if len(details) > 1 else ""
        super().__init__(f"{first.field}: {first.problem}{more}", details=details)


class Busy(Refusal):
    """The queue is full, or this caller has its share of it; or as many files are being sent as can be."""

    code = "busy"
    http_status = 429

    def __init__(self, message: str, *, retry_after_seconds: int) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class HeadersTooLarge(Refusal):
    """The head of the request is over its limit."""

    code = "headers_too_large"
    http_status = 431


class Internal(Refusal):
    """A fault of ours; the log has the rest."""

    code = "internal"
    http_status = 500


class ModelFailed(Refusal):
    """The model, or the way to it, failed before the program was whole."""

    code = "model_failed"
    http_status = 502

    def __init__(self, message: str, *, retry_after_seconds: int | None = None) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class Unavailable(Refusal):
    """No program can be run now; the message says why."""

    code = "unavailable"
    http_status = 503

    def __init__(self, message: str, *, retry_after_seconds: int = 5) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds
