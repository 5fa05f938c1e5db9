"""Every executor, for every test of the suite."""

from collections.abc import AsyncIterator

import pytest
from tests.support.executors import EXECUTORS, MakeExecutor, opened

from snakepen.executor import Executor


@pytest.fixture(params=EXECUTORS, ids=lambda make: make.__name__)
async def make(request: pytest.FixtureRequest) -> AsyncIterator[MakeExecutor]:
    async with opened(request.param) as make_executor:
        yield make_executor


@pytest.fixture
def executor(make: MakeExecutor) -> Executor:
    return make()
