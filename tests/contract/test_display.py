"""What every executor promises of what a program shows."""

import asyncio
import sys
from collections.abc import Iterable

import pytest
from tests.support import contract_programs as programs
from tests.support.contract_programs import spec
from tests.support.runs import run_to_end

from snakepen.executor import Executor, Output, RunEvent, Shown, Stream, TerminalSize
from snakepen.runner import room
from snakepen.wire.run import RunStatus

pytestmark = [pytest.mark.slow]

SIZE = TerminalSize(columns=91, rows=17)
WITHOUT_AND_WITH_A_TERMINAL = pytest.mark.parametrize("terminal", [None, SIZE], ids=["pipes", "terminal"])

if sys.platform == "win32":
    pytest.skip("nothing is shown there", allow_module_level=True)


def shown(events: Iterable[RunEvent]) -> list[Shown]:
    return [event for event in events if isinstance(event, Shown)]


@WITHOUT_AND_WITH_A_TERMINAL
async def test_the_value_of_a_last_expression_is_shown(executor: Executor, terminal: TerminalSize | None) -> None:
    given = spec(programs.SHOWS_ITS_LAST_VALUE, stdin=None if terminal else b"", terminal=terminal, display=True)
    seen = await run_to_end(executor, given)
    assert [type(event) for event in seen.events[-3:-1]] == [Output, Shown]
    assert shown(seen.events) == [Shown({"text/plain": "[1, 2, 'é']"})]
    assert seen.said[Stream.TERMINAL if terminal else Stream.STDOUT].split() == [b"before"]
    assert (seen.finished.status, seen.finished.return_code, seen.stderr) == (RunStatus.COMPLETED, 0, b"")


async def test_nobody_is_shown_anything_who_does_not_want_it(executor: Executor) -> None:
    seen = await run_to_end(executor, spec(programs.SHOWS_ITS_LAST_VALUE))
    assert not shown(seen.events)
    assert (seen.stdout, seen.finished.return_code) == (b"before\n", 0)


@pytest.mark.parametrize("display", [True, False])
async def test_a_program_can_show_only_when_it_is_looked_at(executor: Executor, display: bool) -> None:
    seen = await run_to_end(executor, spec(programs.LOOKS_FOR_DISPLAY, display=display))
    assert seen.stdout == str(display).encode()


@WITHOUT_AND_WITH_A_TERMINAL
async def test_what_is_said_and_shown_comes_in_its_order(executor: Executor, terminal: TerminalSize | None) -> None:
    given = spec(programs.SAYS_AND_SHOWS, stdin=None if terminal else b"", terminal=terminal, display=True)
    seen = await run_to_end(executor, given)
    told: list[str] = []
    for event in seen.events:
        if isinstance(event, Output):
            told += event.data.decode().split()
        elif isinstance(event, Shown):
            told.append(event.bundle["text/html"])
            assert event.bundle["text/plain"] == told[-2]
    assert told == [word for number in range(40) for word in (str(number), f"<b>{number}</b>")]


async def test_what_was_shown_can_be_updated(executor: Executor) -> None:
    seen = await run_to_end(executor, spec(programs.UPDATES, display=True))
    assert shown(seen.events) == [
        Shown({"text/plain": "1"}, display_id="meter"),
        Shown({"text/plain": "2"}, update_of="meter"),
    ]


async def test_what_is_more_than_a_run_may_show_is_counted(executor: Executor) -> None:
    seen = await run_to_end(executor, spec(programs.SHOWS_TOO_MUCH, display=True))
    assert [event.bundle["text/plain"] for event in shown(seen.events)] == [str(n) for n in range(room.MOST)]
    assert (seen.finished.shown_dropped, seen.finished.return_code) == (7, 0)


async def test_what_was_shown_before_an_exception_stays(executor: Executor) -> None:
    seen = await run_to_end(executor, spec(programs.SHOWS_AND_RAISES, display=True))
    assert shown(seen.events) == [Shown({"text/plain": "1"})]
    assert seen.stderr.endswith(b"ValueError: no\n")
    assert seen.finished.return_code == 1


async def test_a_consumer_that_waits_loses_nothing(executor: Executor) -> None:
    async with executor.run(spec(programs.SAYS_AND_SHOWS, display=True), caller="a") as run:
        events = []
        async for event in run:
            events.append(event)
            await asyncio.sleep(0)
    assert len(shown(events)) == 40
