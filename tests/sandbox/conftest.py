"""Sandboxes that nobody else uses: a test may do to them what it likes."""

from collections.abc import AsyncIterator

import pytest
from tests.support.processes import adopt_orphans
from tests.support.sandboxes import Sandboxes, sandboxes


@pytest.fixture(scope="session", autouse=True)
def _orphans_are_counted() -> None:
    adopt_orphans()


@pytest.fixture
async def pen() -> AsyncIterator[Sandboxes]:
    async with sandboxes() as opened:
        yield opened
