"""What is the plain executor's own, beyond what every executor promises."""

import asyncio
import resource
import sys
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.support.executors import opened, plain
from tests.support.runs import Seen, limits_of, run_to_end, wait_for
from tests.support.waiting import wait_until

from snakepen.errors import FieldProblem, InvalidRequest
from snakepen.executor import Executor, Finished, Output, RunSpec, Started
from snakepen.limits import MIB
from snakepen.runs.child import Command
from snakepen.wire.run import RunStatus

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="POSIX")]


@pytest.fixture
async def executor() -> AsyncIterator[Executor]:
    async with opened(plain) as make:
        yield make()


async def test_what_the_pipes_held_at_the_end_is_kept_though_nobody_read_meanwhile(executor: Executor) -> None:
    # More than the channel takes before it holds the program back, and less than that with a full pipe.
    said = 256 * 1024 + 50_000
    code = f"import os\nfor _ in range({said // 1000}): os.write(1, b'x' * 1000)".encode()
    async with executor.run(RunSpec(code, limits_of()), caller="a") as run:
        events = run.__aiter__()
        assert isinstance(await anext(events), Started)
        await wait_for(lambda: executor.capacity().running == 0)
        rest = [event async for event in events]
    assert isinstance(rest[-1], Finished)
    assert sum(len(event.data) for event in rest if isinstance(event, Output)) == said // 1000 * 1000


async def test_memory_is_told_when_it_is_known_and_never_guessed(executor: Executor) -> None:
    if sys.platform == "win32":
        return
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    size = own + 100 * MIB
    large = await run_to_end(executor, RunSpec(f"x = bytearray({size})".encode(), limits_of()))
    peak = large.finished.resources.peak_memory_bytes
    assert peak is not None
    assert size <= peak < size + 60 * MIB
    small = await run_to_end(executor, RunSpec(b"", limits_of()))
    assert small.finished.resources.peak_memory_bytes is None


async def test_computing_is_told(executor: Executor) -> None:
    code = b"import time\nwhile time.process_time() < 0.3: pass"
    cpu = (await run_to_end(executor, RunSpec(code, limits_of()))).finished.resources.cpu_seconds
    assert cpu is not None
    assert 0.3 <= cpu < 3


async def test_where_nothing_can_be_shown_the_wish_is_refused(
    executor: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with executor.run(RunSpec(b"", limits_of(), display=True), caller="a") as run:
        monkeypatch.setattr(sys, "platform", "win32")
        with pytest.raises(InvalidRequest) as refused:
            await anext(run.__aiter__())
        monkeypatch.undo()
    assert refused.value.details == (FieldProblem("display", "is not available on Windows: leave it false"),)


async def test_a_program_that_is_to_end_before_we_know_that_it_began_is_interrupted_too(
    executor: Executor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if sys.platform == "win32":
        return
    from snakepen.runs import child_posix

    began = tmp_path / "began"
    code = f"try:\n    open({str(began)!r}, 'x').close()\n    while True: pass\nfinally:\n    print('tidied up')"
    run: Any = executor.run(RunSpec(code.encode(), limits_of()), caller="a")
    start, loop = child_posix._start, asyncio.get_running_loop()

    def and_stop(command: Command) -> Any:
        started = start(command)
        wait_until(began.exists)
        loop.call_soon_threadsafe(partial(run.stop, patience_seconds=3600))  # heard before that it has started
        return started

    monkeypatch.setattr(child_posix, "_start", and_stop)
    async with run:
        seen = Seen(run.id, [event async for event in run])
    assert (seen.finished.status, seen.finished.executed) == (RunStatus.STOPPED, True)
    assert (seen.stdout, seen.finished.return_code) == (b"tidied up\n", -2)
