"""What is said of a request with much that is wrong."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from snakepen.wire.generate import GenerateRequest
from snakepen.wire.live import ClientMessage
from snakepen.wire.run import RunRequest

MANY = [0] * 5000
WRONG = {
    **{name: {"code": "", name: MANY} for name in ("args", "files", "dependencies")},
    "env": {"code": "", "env": {str(number): 0 for number in range(5000)}},
}


def described(kind: Any, sent: object) -> int:
    """How many problems are."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(sent)
    return caught.value.error_count()


@pytest.mark.parametrize("sent", WRONG.values(), ids=WRONG.keys())
def test_of_many_wrong_items_one_is_described(sent: dict[str, Any]) -> None:
    assert described(RunRequest, sent) == 1
    assert described(ClientMessage, {"type": "start", **sent}) == 1


def test_of_many_wrong_prompts_one_is_described() -> None:
    assert described(GenerateRequest, {"prompt": "hello", "history": MANY}) == 1
