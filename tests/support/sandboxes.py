"""An executor whose sandboxes a test may harm: how to wait for them, and what is left of them at the end."""

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from snakepen.executor import Finished, Output, Run, RunEvent, RunSpec
from snakepen.runs.admission import Admission
from snakepen.runs.local import LocalExecutor
from snakepen.wire.run import RunStatus
from tests.support.census import HostCensus, assert_nothing_more
from tests.support.executors import with_pool
from tests.support.processes import Family, descendants, reap
from tests.support.runs import Seen, limits_of, run_to_end, wait_for

SPARE = 2
HELLO = "print('hello')"
SLEEPS = "import time\nprint('asleep', flush=True)\ntime.sleep(600)"


class Sandboxes:
    """See `sandboxes`."""

    def __init__(self, executor: LocalExecutor, ready: int, kinds: Sequence[str]) -> None:
        self.executor = executor
        self._ready = dict.fromkeys(kinds, ready)

    @property
    def pool(self) -> Any:
        return self.executor.host.pool  # type: ignore[attr-defined]  # the sandboxed host has one

    @property
    def family(self) -> Family:
        return Family.of(os.getpid())

    async def run(self, code: str | bytes, **given: Any) -> Seen:
        return await run_to_end(self.executor, spec(code, **given))

    async def serves(self) -> None:
        """The next program runs as if nothing had happened."""
        seen = await self.run(HELLO)
        assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 0)
        assert (seen.stdout, seen.stderr) == (b"hello\n", b"")

    async def settled(self) -> None:
        """Everything that is kept ready is there, and nothing else."""

        def is_settled() -> bool:
            return (
                self.pool.counts() == self._ready
                and len(self.pool._makers.spares) == SPARE  # it has heard of each
                and not len(self.pool.graveyard)
                and are_there(self.family)  # which takes a look at all processes
            )

        def are_there(family: Family) -> bool:
            ready = sum(self._ready.values())
            return (len(family.runners), len(family.inits)) == (ready, ready + SPARE)

        await wait_for(is_settled)

    async def census(self) -> HostCensus:
        await self.settled()
        return HostCensus.take(os.getpid())

    async def as_before(self, before: HostCensus, *, runs: int = 0) -> None:
        """Nothing is there that was not; after so many runs, which use up what was made for programs that left."""
        for _ in range(runs):
            await self.serves()
        await self.settled()
        left: list[str] = []

        def is_as_before() -> bool:
            left[:] = HostCensus.take(os.getpid()).more_than(before)
            return not left

        await wait_for(is_as_before, why=left)


@asynccontextmanager
async def sandboxes(
    *, running: int = 8, ready: int = 2, kinds: Sequence[str] = ("bare",), **pool: Any
) -> AsyncIterator[Sandboxes]:
    """Keeps exactly so many runners ready, however many are used, and demands that nothing is left at the end."""
    before = HostCensus.take()
    admission = Admission(running=running, queue=64, per_caller=64)
    executor = with_pool(admission, ready=ready, most=ready, kinds=kinds, **pool)
    try:
        yield Sandboxes(executor, ready, kinds)
    finally:
        family = descendants(os.getpid())
        await executor.close(grace_seconds=0)
    reap(family)
    assert_nothing_more(before)


def spec(code: str | bytes, *, stdin: bytes | None = b"", **given: Any) -> RunSpec:
    """Limits by their names, and what else a RunSpec has."""
    fields = {name: given.pop(name) for name in ("args", "env", "files", "terminal", "display") if name in given}
    data = code if isinstance(code, bytes) else code.encode()
    return RunSpec(code=data, limits=limits_of(**given), stdin=stdin, **fields)


async def until_it_speaks(run: Run) -> list[RunEvent]:
    """Take events until the program has said something."""
    seen: list[RunEvent] = []
    async for event in run:
        seen.append(event)
        if isinstance(event, Output):
            break
    return seen


async def last_of(run: Run) -> Finished:
    """The rest of the events; the last of them."""
    rest = [event async for event in run]
    assert isinstance(rest[-1], Finished)
    return rest[-1]
