"""The error tree: each refusal has a code and a status of its own, and the contract's."""

from snakepen import errors
from snakepen.errors import Refusal


def all_refusals() -> list[type[Refusal]]:
    return Refusal.__subclasses__()


def test_codes_and_statuses_are_the_contracts() -> None:
    assert {refusal.code: refusal.http_status for refusal in all_refusals()} == {
        "malformed_request": 400,
        "invalid_json": 400,
        "unauthorized": 401,
        "forbidden": 403,
        "not_found": 404,
        "method_not_allowed": 405,
        "request_timeout": 408,
        "no_model": 409,
        "too_large": 413,
        "unsupported_media_type": 415,
        "invalid_request": 422,
        "busy": 429,
        "headers_too_large": 431,
        "internal": 500,
        "model_failed": 502,
        "unavailable": 503,
    }


def test_the_tree_is_drawn_as_it_is() -> None:
    drawn = errors.__doc__ or ""
    for refusal in all_refusals():
        assert f"── {refusal.__name__} " in drawn
