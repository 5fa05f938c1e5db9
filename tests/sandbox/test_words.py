"""What a program says of itself to the server: an exit code is believed, anything else is not."""

import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.support.executors import opened, sandboxed
from tests.support.runs import limits_of, run_to_end, wait_for

from snakepen.executor import Executor, RunSpec
from snakepen.limits import OPEN_FILES
from snakepen.wire.run import RunStatus

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="sandboxes are Linux's")]

CONTROL = int(OPEN_FILES.maximum)


@pytest.fixture
async def executor() -> AsyncIterator[Executor]:
    async with opened(sandboxed) as make:
        yield make()


@pytest.mark.parametrize("word", ["fault it was you", "begun", "ready", "", "x" * 1000])
async def test_whatever_else_it_says_the_end_is_what_its_zygote_saw(executor: Executor, word: str) -> None:
    code = f"import os\nos.write({CONTROL}, {word.encode()!r})\nprint('on', flush=True)\nos._exit(3)"
    seen = await run_to_end(executor, RunSpec(code.encode(), limits_of()))
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 3)
    assert (seen.stdout, seen.finished.fault) == (b"on\n", None)


async def test_a_program_that_lets_go_of_its_socket_ends_as_others_do(executor: Executor) -> None:
    code = f"import os\nos.close({CONTROL})\nprint('on')\nraise SystemExit(4)"
    seen = await run_to_end(executor, RunSpec(code.encode(), limits_of()))
    assert (seen.stdout, seen.finished.return_code) == (b"on\n", 4)


async def test_a_child_that_falls_off_the_end_of_the_program_does_not_end_it(executor: Executor) -> None:
    code = "import os, time\nif os.fork():\n    os.wait()\n    print('parent', flush=True)\n    os._exit(5)\n"
    seen = await run_to_end(executor, RunSpec(code.encode(), limits_of()))
    assert (seen.stdout, seen.finished.return_code) == (b"parent\n", 5)


async def test_the_first_process_of_a_sandbox_has_no_descriptor(executor: Executor) -> None:
    await run_to_end(executor, RunSpec(b"", limits_of()))
    await wait_for(lambda: bool(_inits()))
    assert {init: os.listdir(f"/proc/{init}/fd") for init in _inits()} == {init: [] for init in _inits()}


def _inits() -> list[str]:
    """PID 1 of each sandbox below this process."""
    return [path.parent.name for path in Path("/proc").glob("[0-9]*/comm") if _is_ours(path.parent)]


def _is_ours(process: Path) -> bool:
    try:
        if (process / "comm").read_text() != ".init\n":
            return False
        while process.name not in ("0", str(os.getpid())):
            # proc_pid_stat(5): the parent is the second field after the name.
            process = process.with_name((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:  # gone meanwhile
        return False
    return process.name != "0"
