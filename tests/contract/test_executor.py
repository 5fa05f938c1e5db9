"""What every executor promises. One suite: the fake, the plain one and the sandboxed ones all pass it unchanged."""

import asyncio
import json
import os
import sys
from collections.abc import Callable
from time import monotonic

import pytest
from tests.support import contract_programs as programs
from tests.support.contract_programs import ContractProgram, spec, started
from tests.support.executors import MakeExecutor
from tests.support.runs import run_to_end, wait_for
from tests.support.waiting import MORE_AND_MORE_SECONDS

from snakepen.errors import Busy, Unavailable
from snakepen.executor import Executor, Finished, Output, Queued, Started, Stream, WorkspaceFile
from snakepen.limits import KIB, MIB
from snakepen.wire.run import RunStatus

pytestmark = [pytest.mark.slow]


# Events ------------------------------------------------------------------------------------------------------------


async def test_events_begin_with_started_and_end_with_one_finished(executor: Executor) -> None:
    seen = await run_to_end(executor, spec(programs.HELLO))
    assert isinstance(seen.events[0], Started)
    assert isinstance(seen.events[-1], Finished)
    assert sum(isinstance(event, Finished) for event in seen.events) == 1
    assert all(isinstance(event, Output) and event.data for event in seen.events[1:-1])


async def test_the_id_is_long_and_new_each_time(executor: Executor) -> None:
    first = await run_to_end(executor, spec(programs.NOTHING))
    second = await run_to_end(executor, spec(programs.NOTHING))
    for seen in (first, second):
        assert seen.run_id.startswith("run_")
        assert len(seen.run_id) == len("run_") + 32
        assert isinstance(seen.events[0], Started)
        assert seen.events[0].run_id == seen.run_id
    assert first.run_id != second.run_id


async def test_bytes_arrive_as_written_on_their_own_stream(executor: Executor) -> None:
    seen = await run_to_end(executor, spec(programs.BOTH_STREAMS))
    assert seen.stdout == b"out \xff\xfe\x00"
    assert seen.stderr == b"err\r\n"


async def test_nothing_is_lost_or_reordered(executor: Executor) -> None:
    seen = await run_to_end(executor, spec(programs.COUNTS))
    assert seen.stdout == b"".join(b"%d\n" % number for number in range(2000))


# How it ended ------------------------------------------------------------------------------------------------------


async def test_exit_0_is_completed(executor: Executor) -> None:
    finished = (await run_to_end(executor, spec(programs.HELLO))).finished
    assert (finished.status, finished.return_code, finished.executed) == (RunStatus.COMPLETED, 0, True)
    assert finished.fault is None
    assert 0 < finished.duration_seconds < 60


async def test_the_exit_code_is_the_programs_own(executor: Executor) -> None:
    finished = (await run_to_end(executor, spec(programs.EXITS_WITH_3))).finished
    assert (finished.status, finished.return_code) == (RunStatus.COMPLETED, 3)


async def test_an_exception_is_completed_with_1_and_its_traceback(executor: Executor) -> None:
    seen = await run_to_end(executor, spec(programs.RAISES))
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 1)
    assert seen.stderr.endswith(b"ValueError: no\n")


async def test_what_is_not_python_is_completed_with_1(executor: Executor) -> None:
    seen = await run_to_end(executor, spec(programs.NOT_PYTHON))
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 1)
    assert b"SyntaxError" in seen.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
@pytest.mark.parametrize(
    ("program", "code"), [(programs.TERMINATES_ITSELF, -15), (programs.KILLS_ITSELF, -9)], ids=["SIGTERM", "SIGKILL"]
)
async def test_death_by_signal_is_completed_with_minus_the_signal(
    executor: Executor, program: ContractProgram, code: int
) -> None:
    finished = (await run_to_end(executor, spec(program))).finished
    assert (finished.status, finished.return_code) == (RunStatus.COMPLETED, code)


async def test_usage_is_measured(executor: Executor) -> None:
    resources = (await run_to_end(executor, spec(programs.HELLO))).finished.resources
    if resources.cpu_seconds is not None:
        assert 0 < resources.cpu_seconds < 60
    if resources.peak_memory_bytes is not None:
        assert resources.peak_memory_bytes > 0


# What it is given --------------------------------------------------------------------------------------------------


async def test_stdin_is_given_and_then_ends(executor: Executor) -> None:
    given = bytes(range(256)) * 4 * KIB
    assert (await run_to_end(executor, spec(programs.ECHOES, stdin=given))).stdout == given


async def test_stdin_that_nobody_reads_holds_nothing_up(executor: Executor) -> None:
    seen = await run_to_end(executor, spec(programs.HELLO, stdin=b"x" * MIB))
    assert seen.stdout == b"hello\n"


async def test_live_stdin_answers_a_question(executor: Executor) -> None:
    async with executor.run(spec(programs.GREETS, stdin=None), caller="a") as run:
        events, seen = await started(run)
        assert isinstance(seen[-1], Output)
        assert seen[-1].data == b"Name? "
        await run.send_stdin(b"Ada\n")
        rest = [event async for event in events]
    assert b"".join(event.data for event in rest if isinstance(event, Output)) == b"Hello, Ada!\n"


async def test_live_stdin_can_be_ended(executor: Executor) -> None:
    async with executor.run(spec(programs.ECHOES, stdin=None), caller="a") as run:
        await run.send_stdin(b"one ")
        await run.send_stdin(b"two")
        run.close_stdin()
        said = [event.data async for event in run if isinstance(event, Output)]
    assert b"".join(said) == b"one two"


async def test_live_stdin_closed_before_the_start_is_an_end_of_file(executor: Executor) -> None:
    async with executor.run(spec(programs.ECHOES, stdin=None), caller="a") as run:
        run.close_stdin()
        last = [event async for event in run][-1]
    assert isinstance(last, Finished)
    assert last.return_code == 0


async def test_arguments_environment_and_files_arrive(executor: Executor) -> None:
    seen = await run_to_end(
        executor,
        spec(
            programs.SHOWS_WHAT_IT_GOT,
            args=("-x", "two words", "é"),
            env={"COLOUR": "blue=ish"},
            files=(WorkspaceFile("data/in.txt", b"inside\n"),),
        ),
    )
    assert json.loads(seen.stdout) == {"args": ["-x", "two words", "é"], "colour": "blue=ish", "file": "inside\n"}


# Limits ------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="two of them are about signals")
@pytest.mark.parametrize(
    "program",
    [programs.SLEEPS, programs.STOPS_ITSELF, programs.IGNORES_SIGNALS, programs.STARTS_A_CHILD_AND_SLEEPS],
    ids=["sleeps", "stopped by a signal", "ignores signals", "with a child"],
)
async def test_time_that_is_up_ends_the_run_and_keeps_what_it_said(
    executor: Executor, program: ContractProgram
) -> None:
    for wall_seconds in MORE_AND_MORE_SECONDS:
        seen = await run_to_end(executor, spec(program, wall_seconds=wall_seconds))
        assert (seen.finished.status, seen.finished.return_code) == (RunStatus.TIMEOUT, -9)
        assert seen.finished.duration_seconds >= wall_seconds
        if seen.stdout:
            break
    assert seen.stdout in (b"asleep\n", b"two\n")


async def test_time_goes_on_while_nobody_takes_the_output(executor: Executor) -> None:
    async with executor.run(spec(programs.FLOODS_STDOUT, wall_seconds=0.5, output_bytes=64 * MIB), caller="a") as run:
        events, _ = await started(run)
        await wait_for(lambda: executor.capacity().running == 0)
        rest = [event async for event in events]
    assert isinstance(rest[-1], Finished)
    assert rest[-1].status is RunStatus.TIMEOUT


@pytest.mark.parametrize(
    ("program", "stream"),
    [(programs.FLOODS_STDOUT, Stream.STDOUT), (programs.FLOODS_STDERR, Stream.STDERR)],
    ids=["stdout", "stderr"],
)
async def test_a_flood_is_cut_at_the_limit_and_counted(
    executor: Executor, program: ContractProgram, stream: Stream
) -> None:
    seen = await run_to_end(executor, spec(program, output_bytes=10_000))
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.OUTPUT_LIMIT, -9)
    assert len(seen.said[stream]) == 10_000
    assert seen.finished.dropped[stream] > 0
    other = Stream.STDERR if stream is Stream.STDOUT else Stream.STDOUT
    assert seen.finished.dropped[other] == 0
    assert seen.said[other] in (b"", b"before\n")


async def test_output_of_exactly_the_limit_is_whole(executor: Executor) -> None:
    seen = await run_to_end(executor, spec(programs.WRITES_AS_TOLD, args=("5000",), output_bytes=5000))
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 0)
    assert len(seen.stdout) == 5000
    assert sum(seen.finished.dropped.values()) == 0


async def test_one_byte_more_than_the_limit_is_too_much_even_if_it_ended_by_itself(executor: Executor) -> None:
    seen = await run_to_end(executor, spec(programs.WRITES_AS_TOLD, args=("5001",), output_bytes=5000))
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.OUTPUT_LIMIT, -9)
    assert len(seen.stdout) == 5000
    assert seen.finished.dropped[Stream.STDOUT] == 1


async def test_a_slow_reader_gets_everything(executor: Executor) -> None:
    size = 3 * MIB
    limits = spec(programs.WRITES_AS_TOLD, args=(str(size),), output_bytes=4 * MIB)
    received = 0
    async with executor.run(limits, caller="a") as run:
        async for event in run:
            await asyncio.sleep(0)
            if isinstance(event, Output):
                received += len(event.data)
    assert received == size


# Stopping ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("program", [programs.SLEEPS, programs.IGNORES_SIGNALS], ids=["sleeps", "ignores signals"])
async def test_stop_ends_the_run_and_keeps_what_it_said(executor: Executor, program: ContractProgram) -> None:
    async with executor.run(spec(program), caller="a") as run:
        events, seen = await started(run)
        run.stop()
        run.stop()
        seen += [event async for event in events]
    assert isinstance(seen[-1], Finished)
    assert (seen[-1].status, seen[-1].return_code, seen[-1].executed) == (RunStatus.STOPPED, -9, True)
    assert b"".join(event.data for event in seen if isinstance(event, Output)) == b"asleep\n"


async def test_leaving_the_run_ends_it(executor: Executor) -> None:
    async with executor.run(spec(programs.STARTS_A_CHILD_AND_SLEEPS), caller="a") as run:
        await started(run)
        assert executor.capacity().running == 1
    assert executor.capacity().running == 0


async def test_a_cancelled_reader_ends_the_run(executor: Executor) -> None:
    reader = asyncio.create_task(run_to_end(executor, spec(programs.SLEEPS)))
    await wait_for(lambda: executor.capacity().running == 1)
    reader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reader
    await wait_for(lambda: executor.capacity().running == 0)


async def test_a_child_that_keeps_stdout_open_does_not_hold_up_the_end(executor: Executor) -> None:
    seen = await run_to_end(executor, spec(programs.LEAVES_A_CHILD_WITH_ITS_STDOUT))
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 0)
    assert seen.stdout == b"hello\n"


# Admission ---------------------------------------------------------------------------------------------------------


async def test_capacity_counts_running_queued_and_free(make: MakeExecutor) -> None:
    executor = make(running=2, queue=2)
    assert (executor.capacity().running, executor.capacity().queued, executor.capacity().free) == (0, 0, 2)
    async with (
        executor.run(spec(programs.SLEEPS), caller="a"),
        executor.run(spec(programs.SLEEPS), caller="b"),
        executor.run(spec(programs.SLEEPS), caller="c"),
    ):
        assert (executor.capacity().running, executor.capacity().queued, executor.capacity().free) == (2, 1, 0)
    assert (executor.capacity().running, executor.capacity().queued, executor.capacity().free) == (0, 0, 2)


async def test_who_waits_is_told_his_place_and_served_in_order(make: MakeExecutor) -> None:
    executor = make(running=1, queue=4)
    order: list[str] = []
    positions: dict[str, list[int]] = {"b": [], "c": []}

    async def client(name: str) -> None:
        async with executor.run(spec(programs.HELLO), caller=name) as run:
            async for event in run:
                if isinstance(event, Queued):
                    positions[name].append(event.position)
                elif isinstance(event, Started):
                    order.append(name)

    async with executor.run(spec(programs.SLEEPS), caller="a") as first:
        await started(first)
        waiting = []
        for name in ("b", "c"):
            waiting.append(asyncio.create_task(client(name)))
            await wait_for(lambda: executor.capacity().queued == len(waiting))
    await asyncio.gather(*waiting)
    assert order == ["b", "c"]
    assert positions == {"b": [1], "c": [2, 1]}


async def test_a_full_queue_refuses_at_once_and_keeps_nothing(make: MakeExecutor) -> None:
    executor = make(running=1, queue=1)
    async with executor.run(spec(programs.SLEEPS), caller="a"), executor.run(spec(programs.SLEEPS), caller="b"):
        for _ in range(3):
            with pytest.raises(Busy) as refused:
                await executor.run(spec(programs.HELLO), caller="c").__aenter__()
            assert 1 <= refused.value.retry_after_seconds <= 60
        assert executor.capacity().queued == 1
    assert (await run_to_end(executor, spec(programs.HELLO))).stdout == b"hello\n"


async def test_a_caller_has_no_more_than_his_share(make: MakeExecutor) -> None:
    executor = make(running=1, queue=4, per_caller=2)
    async with executor.run(spec(programs.SLEEPS), caller="a"), executor.run(spec(programs.SLEEPS), caller="a"):
        with pytest.raises(Busy):
            await executor.run(spec(programs.HELLO), caller="a").__aenter__()
        async with executor.run(spec(programs.HELLO), caller="b"):
            assert executor.capacity().queued == 2
    assert (await run_to_end(executor, spec(programs.HELLO), caller="a")).stdout == b"hello\n"


async def test_who_leaves_the_queue_gives_his_place_to_the_next(make: MakeExecutor) -> None:
    executor = make(running=1, queue=4)
    async with executor.run(spec(programs.SLEEPS), caller="a") as first:
        await started(first)
        async with executor.run(spec(programs.HELLO), caller="b"):
            follower = asyncio.create_task(run_to_end(executor, spec(programs.HELLO), caller="c"))
            await wait_for(lambda: executor.capacity().queued == 2)
        await wait_for(lambda: executor.capacity().queued == 1)
    seen = await follower
    assert [event.position for event in seen.events if isinstance(event, Queued)] == [2, 1]


async def test_a_run_stopped_while_it_waits_never_starts(make: MakeExecutor) -> None:
    executor = make(running=1, queue=4)
    async with executor.run(spec(programs.SLEEPS), caller="a") as first:
        await started(first)
        async with executor.run(spec(programs.HELLO), caller="b") as run:
            run.stop()
            events = [event async for event in run]
    assert not any(isinstance(event, Started | Output) for event in events)
    assert isinstance(events[-1], Finished)
    assert (events[-1].status, events[-1].return_code, events[-1].executed) == (RunStatus.STOPPED, None, False)


async def test_many_at_once_all_answer(make: MakeExecutor) -> None:
    executor = make(running=4, queue=40)
    runs = [run_to_end(executor, spec(programs.ECHOES, stdin=b"%d" % number)) for number in range(40)]
    assert [seen.stdout for seen in await asyncio.gather(*runs)] == [b"%d" % number for number in range(40)]
    assert executor.capacity().running == 0


# Closing -----------------------------------------------------------------------------------------------------------


async def test_a_closed_executor_takes_no_more_runs(executor: Executor) -> None:
    assert executor.problem() is None
    await executor.close(grace_seconds=0)
    assert executor.problem() is not None
    with pytest.raises(Unavailable):
        await executor.run(spec(programs.HELLO), caller="a").__aenter__()


async def test_closing_loses_what_still_runs_and_says_so(executor: Executor) -> None:
    async with executor.run(spec(programs.SLEEPS), caller="a") as run:
        events, _ = await started(run)
        await executor.close(grace_seconds=0)
        rest = [event async for event in events]
    assert isinstance(rest[-1], Finished)
    assert (rest[-1].status, rest[-1].return_code) == (RunStatus.LOST, None)
    assert rest[-1].fault


async def test_closing_refuses_what_still_waits(make: MakeExecutor) -> None:
    executor = make(running=1, queue=4)
    async with (
        executor.run(spec(programs.SLEEPS), caller="a") as first,
        executor.run(spec(programs.HELLO), caller="b") as waiting,
    ):
        await started(first)
        await executor.close(grace_seconds=0)
        with pytest.raises(Unavailable):
            [event async for event in waiting]


async def test_the_start_is_told_before_the_first_word_however_busy_the_loop_is(executor: Executor) -> None:
    busy = asyncio.create_task(_keep_busy())
    try:
        seen = await run_to_end(executor, spec(programs.HELLO))
    finally:
        busy.cancel()
    assert [type(event) for event in seen.events] == [Started, Output, Finished]


async def _keep_busy() -> None:
    while True:
        until = monotonic() + 0.05
        while monotonic() < until:
            pass
        await asyncio.sleep(0)


async def test_closing_lets_a_run_end_within_the_grace(executor: Executor) -> None:
    async with executor.run(spec(programs.GREETS, stdin=None), caller="a") as run:
        events, _ = await started(run)
        closing = asyncio.create_task(executor.close(grace_seconds=30))
        await wait_for(lambda: executor.problem() is not None)
        await run.send_stdin(b"Ada\n")
        rest = [event async for event in events]
        await closing
    assert isinstance(rest[-1], Finished)
    assert (rest[-1].status, rest[-1].return_code) == (RunStatus.COMPLETED, 0)


async def test_closing_twice_is_closing_once(executor: Executor) -> None:
    await executor.close(grace_seconds=0)
    await executor.close(grace_seconds=0)


async def test_no_descriptor_is_left(executor: Executor) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("counts /proc/self/fd")
    for program in (programs.HELLO, programs.FLOODS_STDOUT):
        await run_to_end(executor, spec(program, output_bytes=1000))
    before = await _settled(lambda: len(os.listdir("/proc/self/fd")))
    for program in (programs.HELLO, programs.FLOODS_STDOUT, programs.RAISES):
        await run_to_end(executor, spec(program, output_bytes=1000))
        await run_to_end(executor, spec(program, output_bytes=1000, stdin=b"x" * MIB))
    await wait_for(lambda: len(os.listdir("/proc/self/fd")) <= before)


async def _settled(count: Callable[[], int]) -> int:
    """A count that has not changed for a while: what is made ahead of time has been made."""
    seen = [count()]

    def is_stable() -> bool:
        seen.append(count())
        return len(seen) > 50 and len(set(seen[-50:])) == 1

    await wait_for(is_stable)
    return seen[-1]
