"""One server's worth of sandboxes for the programs of a module, and the comparison that all of them go through."""

import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from tests.support.bare import Program, as_bytes, bare, content_of
from tests.support.processes import adopt_orphans
from tests.support.sandboxes import Sandboxes, sandboxes

from snakepen.executor import WorkspaceFile
from snakepen.wire.run import RunStatus

if sys.platform != "linux":
    collect_ignore_glob = ["*"]

# Takes what is to be run, and fails when it does not say what bare Python says.
Compare = Callable[[Program | str | bytes], Awaitable[None]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_pen() -> AsyncIterator[Sandboxes]:
    adopt_orphans()
    async with sandboxes(ready=3, kinds=("bare", "library", "data")) as opened:
        await opened.serves()
        await opened.settled()  # while a kind of interpreter is not there, the other one serves
        yield opened


@pytest.fixture
def as_bare(shared_pen: Sandboxes, tmp_path: Path) -> Compare:
    async def compare(given: Program | str | bytes) -> None:
        program = given if isinstance(given, Program) else Program(given)
        stdout, stderr, return_code = bare(program, tmp_path)
        seen = await shared_pen.run(
            program.code,
            stdin=as_bytes(program.stdin),
            args=tuple(program.args),
            env=program.env,
            files=tuple(WorkspaceFile(file["path"], content_of(file)) for file in program.files),
        )
        assert unplaced(seen.stdout) == unplaced(stdout)
        assert unplaced(seen.stderr) == unplaced(stderr)
        assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, return_code)

    return compare


def unplaced(said: bytes) -> bytes:
    """Where an object is in memory is another place each time. What CPython dumps of an error that it cannot print has
    its count of references too, and ours hold one or two.
    """
    return re.sub(rb"object refcount : \d+", b"", re.sub(rb"0x[0-9a-fA-F]{6,}", b"0x", said))
