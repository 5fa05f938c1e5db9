"""The end of an executor, over a host of the test's own."""

import asyncio

from tests.support.connections import turns

from snakepen.errors import Unavailable
from snakepen.executor import Isolation, RunSpec
from snakepen.runs.admission import Admission
from snakepen.runs.artifacts import Artifacts
from snakepen.runs.child import Child, ChildListener
from snakepen.runs.local import LocalExecutor


class Host:
    """Starts nothing, and closes when it is let."""

    isolation = Isolation("none", {})
    environment_name = "none"

    def __init__(self) -> None:
        self.closes = 0
        self.may_close = asyncio.Event()

    def problem(self) -> str | None:
        return None

    async def start(self, run_id: str, spec: RunSpec, listener: ChildListener) -> Child:
        raise Unavailable("It starts nothing.")

    async def clear(self, run_id: str) -> None: ...

    async def close(self) -> None:
        self.closes += 1
        await self.may_close.wait()


async def test_who_closes_it_again_waits_for_who_came_first_and_nothing_is_closed_twice() -> None:
    host = Host()
    executor = LocalExecutor(host, Admission(running=1, queue=1, per_caller=1), Artifacts())
    closing = [asyncio.create_task(executor.close(grace_seconds=seconds)) for seconds in (60, 0, 0)]
    await turns()
    assert (host.closes, [task.done() for task in closing]) == (1, [False] * 3)
    closing[0].cancel()  # who came first may leave first, and nothing is left half done
    await turns()
    assert (host.closes, [task.done() for task in closing]) == (1, [True, False, False])
    host.may_close.set()
    await asyncio.gather(*closing[1:])
    await executor.close(grace_seconds=0)
    assert host.closes == 1
