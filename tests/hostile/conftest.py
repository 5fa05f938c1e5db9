"""Sandboxes for hostile programs, with a census around each test: whatever was tried, nothing of it is left."""

import sys
from collections.abc import AsyncIterator

import pytest_asyncio
from tests.support.processes import adopt_orphans
from tests.support.sandboxes import Sandboxes, sandboxes

if sys.platform != "linux":
    collect_ignore_glob = ["*"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_pen() -> AsyncIterator[Sandboxes]:
    adopt_orphans()
    async with sandboxes(ready=2) as opened:
        await opened.serves()
        await opened.settled()
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def pen(shared_pen: Sandboxes) -> AsyncIterator[Sandboxes]:
    """After each test the next program runs as if nothing had happened, by the same zygote, and nothing is left."""
    before = await shared_pen.census()
    family = shared_pen.family
    yield shared_pen
    await shared_pen.serves()
    await shared_pen.as_before(before)
    after = shared_pen.family
    assert (after.keeper, after.launcher, after.zygotes) == (family.keeper, family.launcher, family.zygotes)
