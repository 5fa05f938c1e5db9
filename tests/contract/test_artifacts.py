"""What every executor promises of the files that a run makes."""

import asyncio
import sys

import pytest
from tests.support import contract_programs as programs
from tests.support.contract_programs import MADE, ContractProgram, spec, started
from tests.support.executors import MakeExecutor
from tests.support.fake_executor import KILLED
from tests.support.runs import Seen, run_to_end, wait_for
from tests.support.waiting import MORE_AND_MORE_SECONDS

from snakepen.executor import Executor, Finished, Made, WorkspaceFile
from snakepen.wire.run import RunStatus, SkipReason

pytestmark = [pytest.mark.slow]

GIVEN = tuple(WorkspaceFile(f"in/{name}.txt", b"before") for name in ("kept", "touched", "changed", "removed"))


def made(seen: Seen) -> list[Made]:
    return [event for event in seen.events if isinstance(event, Made)]


async def content(executor: Executor, run_id: str, path: str) -> bytes | None:
    file = await executor.artifact(run_id, path)
    if file is None:
        return None
    with file:
        return file.read()


async def assert_it_has_all(executor: Executor, seen: Seen) -> None:
    assert {one.path: one.size for one in made(seen)} == {path: len(data) for path, data in MADE.items()}
    assert {path: await content(executor, seen.run_id, path) for path in MADE} == MADE


async def test_what_a_run_made_is_told_by_path_after_all_that_it_said_and_can_be_had(executor: Executor) -> None:
    seen = await run_to_end(executor, spec(programs.MAKES_FILES))
    assert seen.stdout == b"made\n"
    assert [one.path for one in made(seen)] == sorted(MADE)
    assert seen.events[-len(MADE) - 1 : -1] == made(seen)
    assert not any(seen.finished.skipped.values())
    await assert_it_has_all(executor, seen)


async def test_it_can_be_had_more_than_once_and_at_once(executor: Executor) -> None:
    seen = await run_to_end(executor, spec(programs.MAKES_FILES))
    files = await asyncio.gather(*(executor.artifact(seen.run_id, "b.txt") for _ in range(3)))
    for file in files:
        assert file is not None
        assert file.read(1) == b"t"
    for file in files:
        assert file is not None
        assert file.read() == b"wo"
        file.close()


@pytest.mark.parametrize("name", ["MAKES_FILES_AND_CRASHES", "MAKES_FILES_AND_FLOODS"])
async def test_a_run_that_ends_badly_has_made_what_it_made(executor: Executor, name: str) -> None:
    seen = await run_to_end(executor, spec(getattr(programs, name)))
    assert seen.finished.return_code == KILLED
    await assert_it_has_all(executor, seen)


async def test_a_run_whose_time_is_up_has_made_what_it_made(executor: Executor) -> None:
    for seconds in MORE_AND_MORE_SECONDS:
        seen = await run_to_end(executor, spec(programs.MAKES_FILES_AND_SLEEPS, wall_seconds=seconds))
        assert seen.finished.status is RunStatus.TIMEOUT
        if seen.stdout:
            break
    await assert_it_has_all(executor, seen)


async def test_a_run_that_was_stopped_has_made_what_it_made(executor: Executor) -> None:
    async with executor.run(spec(programs.MAKES_FILES_AND_SLEEPS), caller="a") as run:
        events, first = await started(run)
        run.stop()
        seen = Seen(run.id, first + [event async for event in events])
    assert seen.finished.status is RunStatus.STOPPED
    await assert_it_has_all(executor, seen)


async def test_a_run_that_was_left_has_made_nothing(executor: Executor) -> None:
    async with executor.run(spec(programs.MAKES_FILES_AND_SLEEPS), caller="a") as run:
        await started(run)
    assert await content(executor, run.id, "b.txt") is None


async def test_a_run_that_was_lost_has_made_nothing(make: MakeExecutor) -> None:
    executor = make()
    async with executor.run(spec(programs.MAKES_FILES_AND_SLEEPS), caller="a") as run:
        events, _ = await started(run)
        closing = asyncio.create_task(executor.close(grace_seconds=0))
        rest = [event async for event in events]
    await closing
    assert isinstance(rest[-1], Finished)
    assert rest[-1].status is RunStatus.LOST
    assert not [event for event in rest if isinstance(event, Made)]


async def test_what_was_given_counts_only_when_its_content_has_changed(executor: Executor) -> None:
    seen = await run_to_end(executor, spec(programs.CHANGES_WHAT_WAS_GIVEN, files=GIVEN))
    assert (seen.finished.return_code, seen.stderr) == (0, b"")
    assert made(seen) == [Made("in/changed.txt", 6)]
    assert await content(executor, seen.run_id, "in/changed.txt") == b"BEFORE"


@pytest.mark.parametrize("program", [programs.NOTHING, programs.MAKES_NOTHING_TO_BE_HAD], ids=["nothing", "caches"])
async def test_caches_settings_and_the_program_itself_are_nothing(executor: Executor, program: ContractProgram) -> None:
    seen = await run_to_end(executor, spec(program))
    assert (seen.finished.return_code, seen.stderr) == (0, b"")
    assert not made(seen)
    assert not any(seen.finished.skipped.values())


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
async def test_what_is_no_file_is_counted(executor: Executor) -> None:
    seen = await run_to_end(executor, spec(programs.LEAVES_A_LINK))
    assert made(seen) == [Made("kept.txt", 1)]
    assert seen.finished.skipped == {SkipReason.NOT_A_FILE: 1}


async def test_whoever_wants_none_is_told_of_none(executor: Executor) -> None:
    seen = await run_to_end(executor, spec(programs.MAKES_FILES, artifacts=False))
    assert seen.stdout == b"made\n"
    assert not made(seen)
    assert await content(executor, seen.run_id, "b.txt") is None


@pytest.mark.parametrize(
    "path", ["", "b", "B.TXT", "./b.txt", "a/../b.txt", "/b.txt", "a", "a/deep/", "b.txt\0", "\udcff"]
)
async def test_what_was_not_told_cannot_be_had(executor: Executor, path: str) -> None:
    seen = await run_to_end(executor, spec(programs.MAKES_FILES))
    assert await executor.artifact(seen.run_id, path) is None
    assert await executor.artifact(f"{seen.run_id}0", "b.txt") is None
    assert await executor.artifact("", "b.txt") is None


async def test_runs_at_once_have_each_their_own(executor: Executor) -> None:
    specs = [spec(programs.CHANGES_WHAT_WAS_GIVEN, files=GIVEN), spec(programs.MAKES_FILES)] * 3
    seen = await asyncio.gather(*(run_to_end(executor, one) for one in specs))
    for index, one in enumerate(seen):
        expected = {"in/changed.txt"} if index % 2 == 0 else set(MADE)
        assert {file.path for file in made(one)} == expected


async def test_its_place_is_free_afterwards(executor: Executor) -> None:
    await run_to_end(executor, spec(programs.MAKES_FILES))
    await wait_for(lambda: executor.capacity().running == 0)
