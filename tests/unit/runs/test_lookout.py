"""That a run is looked at again and again, and that a look which takes long holds nobody up."""

import asyncio
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.support.runs import wait_for
from tests.support.waiting import DEADLINE_SECONDS

if sys.platform != "linux":
    pytest.skip("sandboxes are Linux's", allow_module_level=True)
assert sys.platform == "linux"

from snakepen.executor import Resources
from snakepen.runs.lookout import Lookout, pause_after
from snakepen.wire.run import RunLimit


class OfALargeRun:
    """A meter whose looks go on until they are let go."""

    is_quick = False

    def __init__(self, limit: RunLimit | None = RunLimit.MEMORY_BYTES, *, looks_before: int = 0) -> None:
        self.looking = threading.Event()
        self.may_end = threading.Event()
        self.looks = 0
        self._limit = limit
        self._looks_before = looks_before

    def limit_reached(self) -> RunLimit | None:
        self.looks += 1
        self.looking.set()
        if not self.may_end.wait(DEADLINE_SECONDS):
            raise TimeoutError("nobody else had a turn")
        return self._limit if self.looks > self._looks_before else None

    def ran_out_of_memory(self) -> bool:
        return False

    def resources(self) -> Resources | None:
        return None

    def resources_after(self, cpu_seconds: float, peak_bytes: int) -> Resources:
        raise NotImplementedError


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as made:
        yield made


async def test_while_it_looks_others_have_their_turn(threads: ThreadPoolExecutor) -> None:
    meter, told = OfALargeRun(), list[RunLimit]()
    Lookout(meter, threads, told.append)
    await wait_for(meter.looking.is_set)
    meter.may_end.set()  # what a look on this thread would wait for in vain
    await wait_for(lambda: bool(told))
    assert (told, meter.looks) == ([RunLimit.MEMORY_BYTES], 1)


async def test_it_looks_until_a_limit_is_reached(threads: ThreadPoolExecutor) -> None:
    meter, told = OfALargeRun(looks_before=3), list[RunLimit]()
    meter.may_end.set()
    Lookout(meter, threads, told.append)
    await wait_for(lambda: bool(told))
    assert (told, meter.looks) == ([RunLimit.MEMORY_BYTES], 4)


async def test_what_is_seen_after_the_end_is_told_to_nobody(threads: ThreadPoolExecutor) -> None:
    meter, told = OfALargeRun(), list[RunLimit]()
    lookout = Lookout(meter, threads, told.append)
    await wait_for(meter.looking.is_set)
    lookout.end()
    meter.may_end.set()
    await asyncio.get_running_loop().run_in_executor(None, threads.shutdown)
    await asyncio.sleep(0)  # what was handed to this thread before has its turn
    assert (told, meter.looks) == ([], 1)


def test_a_run_that_makes_looking_long_is_looked_at_for_a_quarter_of_the_time() -> None:
    assert pause_after(0.0001) == 0.05
    assert pause_after(2) == 6
