"""How the suites make each executor. A new executor joins the contract suite by a line in EXECUTORS."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Protocol

from snakepen.environments.environment import find_environment
from snakepen.executor import Executor
from snakepen.runs.admission import Admission
from snakepen.runs.plain import PlainExecutor
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
    return PlainExecutor(environment, admission, Workspaces())


EXECUTORS: list[Callable[[Admission], Executor]] = [fake, plain]


@asynccontextmanager
async def opened(kind: Callable[[Admission], Executor]) -> AsyncIterator[MakeExecutor]:
    made: list[Executor] = []

    def make(*, running: int = 8, queue: int = 64, per_caller: int = 64) -> Executor:
        made.append(kind(Admission(running=running, queue=queue, per_caller=per_caller)))
        return made[-1]

    yield make
    for executor in made:
        await executor.close(grace_seconds=0)
