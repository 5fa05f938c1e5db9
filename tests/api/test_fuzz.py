"""The API by its own document: whatever schemathesis thinks of, no answer is a fault or undescribed."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from tests.support.client import document
from tests.support.fake_executor import FakeExecutor, Play, Stage
from tests.support.servers import served_fake

pytestmark = pytest.mark.slow


class AnyProgram(dict[bytes, Play]):
    """The same quiet play for every program."""

    def __missing__(self, key: bytes) -> Play:
        return quiet


async def quiet(stage: Stage) -> int:
    return 0


@pytest.fixture(scope="module")
def fuzzed() -> Iterator[str]:
    with served_fake({}) as (client, executor):
        assert isinstance(executor, FakeExecutor)
        executor.plays = AnyProgram()
        yield client.url


# The document cannot say all that is refused: what is not there yet, paths that clash, maxima that are settings.
schema = schemathesis.openapi.from_dict(document())


@schema.parametrize()
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_no_request_is_answered_by_a_fault(case: schemathesis.Case[Any], fuzzed: str) -> None:
    case.call_and_validate(base_url=fuzzed, excluded_checks=[positive_data_acceptance])
