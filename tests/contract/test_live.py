"""What every executor promises of a run that somebody sits at: a terminal, signals, a stop, hints."""

import asyncio
import sys
from collections.abc import AsyncIterator

import pytest
from tests.support import contract_programs as programs
from tests.support.contract_programs import SIGINT, SIGTERM, ContractProgram, spec, started
from tests.support.executors import MakeExecutor
from tests.support.runs import run_to_end, wait_for
from tests.support.waiting import MORE_AND_MORE_SECONDS

from snakepen.codegen.repair import plain
from snakepen.executor import (
    Executor,
    Finished,
    InputRequested,
    Output,
    Run,
    RunEvent,
    SignalName,
    Stream,
    TerminalSize,
)
from snakepen.wire.run import RunLimit, RunStatus

pytestmark = [pytest.mark.slow]

SIZE = TerminalSize(columns=91, rows=17)
WITHOUT_AND_WITH_A_TERMINAL = pytest.mark.parametrize("terminal", [None, SIZE], ids=["pipes", "terminal"])
INTERRUPTIBLE = pytest.mark.parametrize(
    "program",
    [programs.INTERRUPTIBLE, programs.COMPUTES, programs.WAITS_FOR_INPUT],
    ids=["asleep", "computing", "in input()"],
)

if sys.platform == "win32":
    pytest.skip("no child there has a terminal or gets signals", allow_module_level=True)


async def the_rest(events: AsyncIterator[RunEvent]) -> tuple[str, Finished]:
    said = []
    async for event in events:
        if isinstance(event, Output):
            said.append(event.data)
        elif isinstance(event, Finished):
            return b"".join(said).decode(), event
    raise AssertionError("it never finished")


async def end_interrupted(run: Run, events: AsyncIterator[RunEvent]) -> tuple[str, Finished]:
    """How it goes on after a SIGINT, which is sent again when nothing came of it.

    CPython does not look between a prompt and the read that waits: a signal that comes there is seen after the read.
    """
    rest = asyncio.ensure_future(the_rest(events))
    while not (await asyncio.wait({rest}, timeout=1))[0]:
        run.signal(SignalName.SIGINT)
    return rest.result()


# Terminals ---------------------------------------------------------------------------------------------------------


async def test_a_terminal_is_one_of_the_size_that_was_asked_for(executor: Executor) -> None:
    seen = await run_to_end(executor, spec(programs.SHOWS_ITS_TERMINAL, stdin=None, terminal=SIZE))
    assert seen.said[Stream.TERMINAL] == b"[True, True, True] 91x17\r\n"
    assert (seen.stdout, seen.stderr) == (b"", b"")
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 0)


async def test_without_one_there_are_pipes(executor: Executor) -> None:
    seen = await run_to_end(executor, spec(programs.SHOWS_ITS_TERMINAL, stdin=None))
    assert seen.stdout.split() == b"[False, False, False]".split()


async def test_a_new_size_arrives(executor: Executor) -> None:
    async with executor.run(spec(programs.FOLLOWS_ITS_SIZE, stdin=None, terminal=SIZE), caller="a") as run:
        events, _ = await started(run)
        run.resize(TerminalSize(columns=133, rows=44))
        said, finished = await the_rest(events)
    assert "133x44" in said
    assert finished.return_code == 0


async def test_a_size_given_before_the_start_is_the_one_it_has(make: MakeExecutor) -> None:
    executor = make(running=1)
    asked = spec(programs.SHOWS_ITS_TERMINAL, stdin=None, terminal=SIZE)
    async with executor.run(spec(programs.SLEEPS), caller="a") as sleeper, executor.run(asked, caller="b") as run:
        await wait_for(lambda: executor.capacity().queued == 1)
        run.resize(TerminalSize(columns=40, rows=5))
        sleeper.stop()
        said, _ = await the_rest(run.__aiter__())
    assert said.split()[-1] == "40x5"


async def test_a_resize_without_a_terminal_is_nothing(executor: Executor) -> None:
    async with executor.run(spec(programs.GREETS, stdin=None), caller="a") as run:
        events, _ = await started(run)
        run.resize(SIZE)
        await run.send_stdin(b"Ada\n")
        said, finished = await the_rest(events)
    assert (said, finished.return_code) == ("Hello, Ada!\n", 0)


@WITHOUT_AND_WITH_A_TERMINAL
@pytest.mark.parametrize(
    "typed", [b"one\ntwo\n", b"one\ntwo\nand half a line", b""], ids=["lines", "half a line", "none"]
)
async def test_the_end_of_input_ends_it_even_amid_a_line(
    executor: Executor, terminal: TerminalSize | None, typed: bytes
) -> None:
    async with executor.run(spec(programs.COUNTS_LINES, stdin=None, terminal=terminal), caller="a") as run:
        await run.send_stdin(typed)
        run.close_stdin()
        said, finished = await the_rest(run.__aiter__())
    assert f"{len(typed.splitlines())} lines" in said
    assert finished.return_code == 0


@WITHOUT_AND_WITH_A_TERMINAL
async def test_who_waits_for_input_says_so(executor: Executor, terminal: TerminalSize | None) -> None:
    given = spec(programs.GREETS, stdin=None, terminal=terminal, hints=True)
    async with executor.run(given, caller="a") as run:
        hints = []
        async for event in run:
            if isinstance(event, InputRequested):
                hints.append(event.prompt)
                await run.send_stdin(b"Ada\n")
            elif not executor_hints(executor) and isinstance(event, Output):
                await run.send_stdin(b"Ada\n")
    assert hints == (["Name? "] if executor_hints(executor) else [])


def executor_hints(executor: Executor) -> bool:
    """A plain program is run by nothing of ours, and nobody says what it waits for."""
    return executor.isolation.level != "none" or type(executor).__name__ == "FakeExecutor"


@pytest.mark.parametrize("terminal", [None, SIZE], ids=["pipes", "terminal"])
async def test_nobody_is_told_of_hints_who_does_not_want_any(executor: Executor, terminal: TerminalSize | None) -> None:
    seen = await run_to_end(executor, spec(programs.GREETS, stdin=b"Ada\n", terminal=terminal))
    assert not any(isinstance(event, InputRequested) for event in seen.events)
    assert b"Hello, Ada!" in seen.said[Stream.TERMINAL if terminal else Stream.STDOUT]


# Signals -----------------------------------------------------------------------------------------------------------


@WITHOUT_AND_WITH_A_TERMINAL
@INTERRUPTIBLE
async def test_sigint_raises_keyboard_interrupt(
    executor: Executor, program: ContractProgram, terminal: TerminalSize | None
) -> None:
    async with executor.run(spec(program, stdin=None, terminal=terminal), caller="a") as run:
        events, _ = await started(run)
        run.signal(SignalName.SIGINT)
        said, finished = await end_interrupted(run, events)
    assert plain(said).rstrip().endswith("KeyboardInterrupt")  # on a terminal in colours, from Python 3.13 on
    assert (finished.status, finished.return_code) == (RunStatus.COMPLETED, SIGINT)


@WITHOUT_AND_WITH_A_TERMINAL
async def test_sigterm_ends_it(executor: Executor, terminal: TerminalSize | None) -> None:
    async with executor.run(spec(programs.TERMINABLE, stdin=None, terminal=terminal), caller="a") as run:
        events, _ = await started(run)
        run.signal(SignalName.SIGTERM)
        _, finished = await the_rest(events)
    assert (finished.status, finished.return_code) == (RunStatus.COMPLETED, SIGTERM)


@WITHOUT_AND_WITH_A_TERMINAL
@pytest.mark.parametrize("name", SignalName)
async def test_a_program_may_handle_a_signal(
    executor: Executor, name: SignalName, terminal: TerminalSize | None
) -> None:
    async with executor.run(spec(programs.SAYS_GOODBYE, stdin=None, terminal=terminal), caller="a") as run:
        events, _ = await started(run)
        run.signal(name)
        said, finished = await the_rest(events)
    assert f"goodbye to {name}" in said
    assert (finished.status, finished.return_code) == (RunStatus.COMPLETED, 7)


async def test_a_signal_at_any_moment_ends_it_or_comes_too_late(executor: Executor) -> None:
    # A bare interpreter that is interrupted while it starts says so and exits with 1 (pylifecycle.c, init_import_site).
    ends = {SIGINT, 1} if executor.isolation.level == "none" else {SIGINT}
    for _ in range(20):
        async with executor.run(spec(programs.COMPUTES, stdin=None), caller="a") as run:
            async for event in run:
                if isinstance(event, Finished):
                    assert event.status is RunStatus.COMPLETED
                    assert event.return_code in ends
                else:
                    run.signal(SignalName.SIGINT)


async def test_a_signal_after_the_end_is_nothing(executor: Executor) -> None:
    async with executor.run(spec(programs.HELLO), caller="a") as run:
        _, finished = await the_rest(run.__aiter__())
        for name in SignalName:
            run.signal(name)
        run.stop(patience_seconds=1)
    assert (finished.status, finished.return_code) == (RunStatus.COMPLETED, 0)


# Stopping ----------------------------------------------------------------------------------------------------------


@WITHOUT_AND_WITH_A_TERMINAL
@INTERRUPTIBLE
async def test_a_patient_stop_interrupts(
    executor: Executor, program: ContractProgram, terminal: TerminalSize | None
) -> None:
    async with executor.run(spec(program, stdin=None, terminal=terminal), caller="a") as run:
        events, _ = await started(run)
        run.stop(patience_seconds=20)
        said, finished = await end_interrupted(run, events)
    assert plain(said).rstrip().endswith("KeyboardInterrupt")  # on a terminal in colours, from Python 3.13 on
    assert (finished.status, finished.return_code) == (RunStatus.STOPPED, SIGINT)
    assert finished.limit is None


async def test_a_patient_stop_lets_the_program_have_the_last_word(executor: Executor) -> None:
    async with executor.run(spec(programs.SAYS_GOODBYE, stdin=None), caller="a") as run:
        events, _ = await started(run)
        run.stop(patience_seconds=20)
        said, finished = await the_rest(events)
    assert said == "goodbye to SIGINT\n"
    assert (finished.status, finished.return_code) == (RunStatus.STOPPED, 7)


@WITHOUT_AND_WITH_A_TERMINAL
async def test_patience_ends(executor: Executor, terminal: TerminalSize | None) -> None:
    async with executor.run(spec(programs.IGNORES_SIGNALS, stdin=None, terminal=terminal), caller="a") as run:
        events, _ = await started(run)
        run.stop(patience_seconds=0.2)
        _, finished = await the_rest(events)
    assert (finished.status, finished.return_code) == (RunStatus.STOPPED, -9)


@pytest.mark.parametrize("leaving", [False, True], ids=["a second stop", "leaving"])
async def test_patience_can_be_lost(executor: Executor, *, leaving: bool) -> None:
    async with executor.run(spec(programs.IGNORES_SIGNALS, stdin=None), caller="a") as run:
        events, _ = await started(run)
        run.stop(patience_seconds=3600)
        if not leaving:
            run.stop()
            _, finished = await the_rest(events)
            assert (finished.status, finished.return_code) == (RunStatus.STOPPED, -9)
    await wait_for(lambda: executor.capacity().running == 0)


async def test_a_patient_stop_before_the_start_needs_no_patience(executor: Executor) -> None:
    async with executor.run(spec(programs.IGNORES_SIGNALS, stdin=None), caller="a") as run:
        run.stop(patience_seconds=3600)
        _, finished = await the_rest(run.__aiter__())
    assert finished.status is RunStatus.STOPPED


# Clocks ------------------------------------------------------------------------------------------------------------


async def test_a_terminal_that_is_idle_is_ended(executor: Executor) -> None:
    for idle_seconds in MORE_AND_MORE_SECONDS:
        given = spec(programs.GREETS, stdin=None, terminal=SIZE, wall_seconds=600, idle_seconds=idle_seconds)
        seen = await run_to_end(executor, given)
        assert (seen.finished.status, seen.finished.return_code) == (RunStatus.TIMEOUT, -9)
        assert seen.finished.limit is RunLimit.IDLE_SECONDS
        if seen.said[Stream.TERMINAL]:
            break
    assert seen.said[Stream.TERMINAL] == b"Name? "


async def test_a_byte_in_or_out_starts_the_idle_clock_again(executor: Executor) -> None:
    for idle_seconds in MORE_AND_MORE_SECONDS[1:]:  # a machine that stands still for so long has another try
        finished = await _echo_for(executor, idle_seconds * 1.25, idle_seconds)
        if finished.limit is None:
            break
    assert finished.status is RunStatus.STOPPED


async def _echo_for(executor: Executor, seconds: float, idle_seconds: float) -> Finished:
    loop = asyncio.get_running_loop()
    given = spec(programs.ECHOES, stdin=None, terminal=SIZE, wall_seconds=600, idle_seconds=idle_seconds)
    async with executor.run(given, caller="a") as run:
        until = loop.time() + seconds
        async for event in run:
            if isinstance(event, Finished):
                return event
            if loop.time() < until:
                await asyncio.sleep(idle_seconds / 40)  # now and then, as a person types
                await run.send_stdin(b"x\n")
            else:
                run.stop()
    raise AssertionError("it never finished")


async def test_the_whole_of_a_session_has_a_limit(executor: Executor) -> None:
    given = spec(programs.SLEEPS, stdin=None, terminal=SIZE, idle_seconds=60.0, wall_seconds=0.8)
    finished = (await run_to_end(executor, given)).finished
    assert (finished.status, finished.limit) == (RunStatus.TIMEOUT, RunLimit.WHOLE_SECONDS)


async def test_the_limit_is_told_that_ended_it(executor: Executor) -> None:
    flood = (await run_to_end(executor, spec(programs.FLOODS_STDOUT, output_bytes=10_000))).finished
    late = (await run_to_end(executor, spec(programs.SLEEPS, wall_seconds=0.8))).finished
    good = (await run_to_end(executor, spec(programs.HELLO))).finished
    assert (flood.limit, late.limit, good.limit) == (RunLimit.OUTPUT_BYTES, RunLimit.TIMEOUT, None)
