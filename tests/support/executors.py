"""How the suites make each executor. A new executor joins the contract suite by a line in EXECUTORS."""

import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from snakepen.environments.environment import Environment, find_environment
from snakepen.executor import Executor
from snakepen.limits import DISK_BYTES, MEMORY_BYTES, OPEN_FILES
from snakepen.runs.admission import Admission
from snakepen.runs.artifacts import Artifacts
from snakepen.runs.local import LocalExecutor
from snakepen.runs.plain import PlainHost
from snakepen.runs.workspace import Workspaces
from snakepen.settings import load_settings
from tests.support.contract_programs import PROGRAMS
from tests.support.fake_executor import FakeExecutor


class MakeExecutor(Protocol):
    """Makes an executor with so many places; it is closed when the test ends."""

    def __call__(self, *, running: int = 8, queue: int = 64, per_caller: int = 64) -> Executor: ...


def fake(admission: Admission) -> Executor:
    return FakeExecutor(PROGRAMS, admission)


def plain(admission: Admission) -> Executor:
    environment = find_environment(load_settings().data_dir)
    assert environment.problem() is None, "the environment is made by `make test`"
    return LocalExecutor(PlainHost(environment, Workspaces(), running=admission.free), admission, Artifacts())


def sandboxed(admission: Admission) -> Executor:
    return with_pool(admission, ready=2, most=16)


def with_pool(
    admission: Admission,
    *,
    ready: int,
    most: int,
    runs_per_zygote: int = 1000,
    environment: Environment | None = None,
    kinds: Sequence[str] = ("bare",),
) -> LocalExecutor:
    """With one kind of warm interpreter unless asked, because to import the data libraries takes a second of each."""
    if sys.platform == "linux":
        from snakepen.runs.open_sandboxes import open_sandboxes
        from snakepen.runs.pool import PoolSize
        from snakepen.runs.sandboxed import Defaults
        from snakepen.sandbox.kinds import BARE, KINDS

        host = open_sandboxes(
            environment or find_environment(load_settings().data_dir),
            PoolSize(ready, most * BARE.blank_bytes, runs_per_zygote),
            defaults=Defaults(memory_bytes=int(MEMORY_BYTES.default), disk_bytes=int(DISK_BYTES.default)),
            most_open_files=int(OPEN_FILES.maximum),
            kinds=tuple(kind for kind in KINDS if kind.name in kinds),
        )
        artifacts = Artifacts()
        artifacts._store.new_file()[1].close()  # its folder is there from now on, so that a census finds none later
        return LocalExecutor(host, admission, artifacts)
    raise AssertionError("sandboxes need Linux")


EXECUTORS: list[Callable[[Admission], Executor]] = [fake, plain, *([sandboxed] if sys.platform == "linux" else [])]


@asynccontextmanager
async def opened(kind: Callable[[Admission], Executor]) -> AsyncIterator[MakeExecutor]:
    made: list[Executor] = []

    def make(*, running: int = 8, queue: int = 64, per_caller: int = 64) -> Executor:
        made.append(kind(Admission(running=running, queue=queue, per_caller=per_caller)))
        return made[-1]

    yield make
    for executor in made:
        await executor.close(grace_seconds=0)
