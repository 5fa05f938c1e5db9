"""What is killed, stopped or missing: the run in flight ends as it must, the next one is served, nothing is left."""

import asyncio
import errno
import os
import resource
import shlex
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from tests.support.cases import the_rest_long
from tests.support.census import HostCensus, assert_nothing_more
from tests.support.client import Api
from tests.support.executors import with_pool
from tests.support.processes import Family, Process, all_processes, descendants, end_at_once, is_alive, reap
from tests.support.runs import wait_for
from tests.support.sandboxes import HELLO, SLEEPS, SPARE, Sandboxes, last_of, sandboxes, spec, until_it_speaks
from tests.support.servers import connect, post_bytes, served_over, served_process
from tests.support.waiting import MORE_AND_MORE_SECONDS, wait_until
from tests.support.watching import NO_SPACE, nothing_more_watched

from snakepen.environments.environment import Environment, find_environment
from snakepen.errors import Unavailable
from snakepen.executor import Finished, Output, RunSpec, Started, TerminalSize, WorkspaceFile
from snakepen.limits import KIB, MIB
from snakepen.runs.admission import Admission
from snakepen.settings import load_settings
from snakepen.wire.run import RunStatus

if sys.platform != "linux":
    pytest.skip("sandboxes are Linux's", allow_module_level=True)
assert sys.platform == "linux"

from snakepen.runs import open_sandboxes as open_sandboxes_module
from snakepen.runs import pool as pool_module
from snakepen.runs.child_sandboxed import SandboxChild
from snakepen.runs.launcher import MOST_UNANSWERED, Channel
from snakepen.runs.meter import pid_of
from snakepen.runs.retry import Retry
from snakepen.runs.runners import Runner
from snakepen.runs.sandboxed import SandboxHost
from snakepen.sandbox import kinds as kinds_module
from snakepen.sandbox.kinds import BARE, KINDS, LIBRARY
from snakepen.sandbox.protocol import MAX_DESCRIPTORS, Frame, Kind

pytestmark = [pytest.mark.slow]

LAUNCHER = ("keeper", "anchor", "launcher")
MANY_FAILURES = 10


def with_child(patch: pytest.MonkeyPatch, act: Callable[[SandboxChild], None]) -> None:
    """As soon as there is one, before anything is heard of it."""
    begin = SandboxChild.__init__

    def and_act(child: SandboxChild, *given: Any) -> None:
        begin(child, *given)
        act(child)

    patch.setattr(SandboxChild, "__init__", and_act)


class Held:
    """A socket on which nothing is sent until it may be."""

    def __init__(self, real: socket.socket) -> None:
        self._real = real
        self._messages: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def send(self, message: bytes) -> None:
        self._messages.append(message)

    def release(self) -> None:
        for message in self._messages:
            self._real.send(message)


def taken(runner: Runner) -> int:
    assert runner.process is not None
    return runner.process


# Something dies while a program runs -----------------------------------------------------------------------------


@pytest.mark.parametrize("role", [*LAUNCHER, "zygotes"])
async def test_a_killed_launcher_or_zygote_loses_the_run_and_is_replaced(pen: Sandboxes, role: str) -> None:
    await pen.serves()
    before = await pen.census()
    victim = pen.family.member(role)
    async with pen.executor.run(spec(SLEEPS), caller="a") as run:
        await until_it_speaks(run)
        os.kill(victim.pid, signal.SIGKILL)
        last = await last_of(run)
    assert (last.status, last.return_code) == (RunStatus.LOST, None)
    assert last.fault is not None
    assert last.fault.endswith("send it again.")
    await pen.serves()
    await pen.as_before(before)
    assert not is_alive(victim)
    assert pen.executor.problem() is None


async def test_a_killed_maker_costs_no_run_and_is_replaced(pen: Sandboxes) -> None:
    """What it has made goes on, as the launcher's."""
    await pen.serves()
    before = await pen.census()
    asking = "print('there', flush=True)\nprint(input())"
    async with pen.executor.run(spec(asking, stdin=None), caller="a") as run:
        await until_it_speaks(run)
        for maker in pen.family.makers:
            end_at_once(maker)
        await pen.serves()
        await run.send_stdin(b"still here\n")
        last = await last_of(run)
    assert (last.status, last.return_code) == (RunStatus.COMPLETED, 0)
    await pen.as_before(before, runs=6)
    assert len(pen.family.makers) == 2
    assert pen.executor.problem() is None


@pytest.mark.long
@pytest.mark.parametrize("role", [*LAUNCHER, "zygotes"])
async def test_a_launcher_or_zygote_killed_again_and_again_is_replaced_each_time(pen: Sandboxes, role: str) -> None:
    await pen.serves()
    before = await pen.census()
    for _ in range(5):
        launcher = pen.family.member("launcher")
        end_at_once(pen.family.member(role))
        if role in ("keeper", "anchor"):  # it dies of their death, a moment later
            await _ended(launcher)
        await pen.serves()
        await pen.settled()
    await pen.as_before(before)
    assert pen.executor.problem() is None


async def _ended(process: Process) -> None:
    await wait_for(lambda: not is_alive(process))


@pytest.mark.parametrize("whom", ["the program", "PID 1 of its sandbox"])
async def test_a_program_killed_from_outside_ended_by_that_signal(pen: Sandboxes, whom: str) -> None:
    """What the trusted side saw: nobody here knows who sent it."""
    await pen.serves()
    before = await pen.census()
    async with pen.executor.run(spec(SLEEPS), caller="a") as run:
        await until_it_speaks(run)
        runner = pen.family.busy_runner()
        os.kill(runner.pid if whom == "the program" else pen.family.init_of(runner).pid, signal.SIGKILL)
        last = await last_of(run)
    assert (last.status, last.return_code, last.fault) == (RunStatus.COMPLETED, -signal.SIGKILL, None)
    assert last.resources.cpu_seconds is not None
    await pen.serves()
    await pen.as_before(before)


async def test_a_program_stopped_from_outside_ends_when_its_time_is_up(pen: Sandboxes) -> None:
    await pen.serves()
    before = await pen.census()
    for wall_seconds in MORE_AND_MORE_SECONDS:
        async with pen.executor.run(spec(SLEEPS, wall_seconds=wall_seconds), caller="a") as run:
            seen = await until_it_speaks(run)
            if isinstance(seen[-1], Output):
                with suppress(ProcessLookupError, ValueError):  # its time was up already, so once more
                    os.kill(pen.family.busy_runner().pid, signal.SIGSTOP)
                    last = await last_of(run)
                    break
    assert (last.status, last.return_code) == (RunStatus.TIMEOUT, -9)
    await pen.serves()
    await pen.as_before(before)


async def test_one_killed_program_leaves_those_beside_it_alone(pen: Sandboxes) -> None:
    await pen.serves()
    await pen.settled()
    async with pen.executor.run(spec(SLEEPS), caller="a") as run:
        await until_it_speaks(run)
        await wait_for(lambda: len(pen.family.busy_runners()) == 1)  # the one before it may still be dying
        runner = pen.family.busy_runner()
        asking = "print('there', flush=True)\nprint(input())"
        async with pen.executor.run(spec(asking, stdin=None), caller="b") as other:
            await until_it_speaks(other)
            os.kill(runner.pid, signal.SIGKILL)
            await last_of(run)
            await other.send_stdin(b"still here\n")
            seen = await until_it_speaks(other)
            assert [event.data for event in seen if isinstance(event, Output)] == [b"still here\n"]
            assert (await last_of(other)).return_code == 0


# Something dies while none runs ------------------------------------------------------------------------------------


async def test_killed_blank_runners_are_replaced_and_no_program_meets_them(pen: Sandboxes) -> None:
    """The server has not heard of their end when the program comes."""
    await pen.serves()
    before = await pen.census()
    for runner in pen.family.blank_runners():
        end_at_once(runner)
    await pen.serves()
    await pen.as_before(before)


@pytest.mark.long
async def test_more_dead_blank_runners_than_tries_are_passed_over_as_well() -> None:
    async with sandboxes(ready=8) as pen:
        await pen.serves()
        before = await pen.census()
        for runner in pen.family.blank_runners():
            end_at_once(runner)
        await pen.serves()
        await pen.as_before(before)


async def test_a_killed_launcher_that_nobody_has_heard_of_yet_costs_no_run() -> None:
    async with sandboxes(ready=8) as pen:
        await pen.serves()
        before = await pen.census()
        family = pen.family
        end_at_once(family.member("launcher"))
        await pen.serves()
        await pen.as_before(before)


async def test_killed_empty_sandboxes_are_replaced_and_no_program_meets_them(pen: Sandboxes) -> None:
    await pen.serves()
    before = await pen.census()
    for init in pen.family.spare_inits():
        end_at_once(init)
    for _ in range(6):
        await pen.serves()
    await pen.as_before(before)


async def test_programs_that_come_before_the_zygotes_end_is_heard_of_are_served_and_leave_nothing() -> None:
    async with sandboxes(ready=1) as pen:
        await pen.serves()
        before = await pen.census()
        end_at_once(pen.family.member("zygotes"))
        seen = await asyncio.gather(*(pen.run(HELLO) for _ in range(8)), return_exceptions=True)
        assert [one for one in seen if isinstance(one, BaseException)] == []
        await pen.serves()
        await pen.as_before(before)


async def test_nothing_is_forked_by_a_zygote_of_which_it_is_noticed_amid_forking_that_it_is_gone() -> None:
    async with sandboxes(ready=4) as pen:
        await pen.serves()
        before = await pen.census()
        taken = [await pen.pool.take("bare") for _ in range(4)]
        end_at_once(pen.family.member("zygotes"))
        for runner in taken:
            pen.pool.put_away(runner)
        for _ in range(3):  # before the event loop has looked at anything
            pen.pool._fill()
        await pen.as_before(before, runs=4)


async def test_a_program_whose_zygote_ends_while_its_limits_are_set_is_run_by_another(
    pen: Sandboxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    await pen.serves()
    prepare = SandboxHost._prepare

    async def and_lose_it(host: SandboxHost, runner: Runner, spec: RunSpec) -> None:
        await prepare(host, runner, spec)
        monkeypatch.setattr(SandboxHost, "_prepare", prepare)
        end_at_once(pen.family.member("zygotes"))
        await wait_for(lambda: runner.ended)

    monkeypatch.setattr(SandboxHost, "_prepare", and_lose_it)
    await pen.serves()


async def test_a_size_given_while_a_sandbox_is_prepared_is_the_one_that_the_program_finds(
    pen: Sandboxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    await pen.serves()
    prepare = SandboxHost._prepare
    code = "import os; print(os.get_terminal_size(), end='')"
    run = pen.executor.run(spec(code, stdin=None, terminal=TerminalSize(columns=80, rows=24)), caller="a")

    async def and_resize(host: SandboxHost, runner: Runner, spec: RunSpec) -> None:
        await prepare(host, runner, spec)
        run.resize(TerminalSize(columns=40, rows=5))

    monkeypatch.setattr(SandboxHost, "_prepare", and_resize)
    async with run:
        said = [event.data for event in await until_it_speaks(run) if isinstance(event, Output)]
    assert said == [b"os.terminal_size(columns=40, lines=5)"]


async def test_one_end_of_input_given_while_the_program_starts_is_one(
    pen: Sandboxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import sys; print([sys.stdin.readline() for _ in range(2)])"
    run = pen.executor.run(spec(code, stdin=None, terminal=TerminalSize(columns=80, rows=24)), caller="a")
    held: list[Held] = []
    hear = SandboxChild._hear

    def and_end(child: SandboxChild) -> None:
        held.append(Held(child._control))
        child._control = held[0]  # type: ignore[assignment]  # as far as it is asked
        run.close_stdin()

    def hear_late(child: SandboxChild) -> None:
        if child._ends:  # so the end comes before the terminal
            hear(child)

    with_child(monkeypatch, and_end)
    monkeypatch.setattr(SandboxChild, "_hear", hear_late)
    async with run:
        await run.send_stdin(b"a line\n")  # before the program begins: the end stands before it all the same
        held[0].release()
        said = b"".join([event.data async for event in run if isinstance(event, Output)])
    assert b"['', 'a line\\n']" in said


async def test_a_program_whose_runner_dies_before_it_begins_is_lost(
    pen: Sandboxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the host does that is out of memory, which takes runners first."""
    await pen.serves()
    before = await pen.census()
    prepare = SandboxHost._prepare

    async def and_hold(host: SandboxHost, runner: Runner, spec: RunSpec) -> None:
        await prepare(host, runner, spec)
        signal.pidfd_send_signal(taken(runner), signal.SIGSTOP)

    with monkeypatch.context() as patch:
        patch.setattr(SandboxHost, "_prepare", and_hold)
        with_child(patch, lambda child: signal.pidfd_send_signal(taken(child._runner), signal.SIGKILL))
        last = (await pen.run(HELLO)).finished
    assert (last.status, last.return_code) == (RunStatus.LOST, None)
    await pen.as_before(before, runs=4)


@pytest.mark.parametrize("watched", the_rest_long([0, 1], [2]), ids=["its socket", "its output", "its standard error"])
async def test_a_program_that_cannot_be_listened_to_is_lost(
    pen: Sandboxes, monkeypatch: pytest.MonkeyPatch, watched: int
) -> None:
    await pen.serves()
    before = await pen.census()
    loop = asyncio.get_running_loop()
    add_reader, begin = loop.add_reader, SandboxChild.__init__
    refused = []

    def unheard(child: SandboxChild, *given: Any) -> None:
        left = count(watched, -1)

        def add_some(descriptor: int, *call: Any) -> None:
            if next(left) <= 0:
                refused.append(descriptor)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            add_reader(descriptor, *call)

        with monkeypatch.context() as patch:
            patch.setattr(loop, "add_reader", add_some)
            begin(child, *given)

    with monkeypatch.context() as patch:
        patch.setattr(SandboxChild, "__init__", unheard)
        last = (await pen.run(HELLO)).finished
    assert (last.status, last.return_code, len(refused)) == (RunStatus.LOST, None, 1)
    await pen.as_before(before, runs=4)


@pytest.mark.long
async def test_what_failed_because_the_launcher_was_dying_is_not_held_against_the_next(
    pen: Sandboxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    await pen.serves()
    before = await pen.census()
    pool = pen.pool
    for retry in (pool._makers.replacing, *pool._warming, pool._filling):
        retry._failures = MANY_FAILURES
    assert pool.problem() is not None
    problems: list[str | None] = []
    failed = pool._launching.failed

    def and_look(problem: str) -> None:
        problems.append(pool.problem())
        failed(problem)

    monkeypatch.setattr(pool._launching, "failed", and_look)
    end_at_once(pen.family.member("launcher"))
    await wait_for(lambda: bool(problems))
    assert problems == [None]
    await pen.serves()
    await pen.as_before(before)


@pytest.mark.parametrize("role", ["zygotes", "makers"])
async def test_what_the_launcher_could_not_fork_is_asked_for_again(
    role: str, pen: Sandboxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    await pen.serves()
    before = await pen.census()
    tell, refused = pen.pool._tell_launcher, []

    def refuse(frame: Frame) -> None:
        refused.append(frame)
        if len(refused) > 1:
            tell(frame)
        else:
            said = Frame(Kind.FAILED, frame.number, errno.EAGAIN)
            asyncio.get_running_loop().call_soon(pen.pool._from_launcher, said, [])

    monkeypatch.setattr(pen.pool, "_tell_launcher", refuse)
    end_at_once(pen.family.member(role))
    await wait_for(lambda: len(refused) > 1)
    await pen.serves()
    await pen.as_before(before, runs=4)


@pytest.fixture
def problems(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All that fails."""
    failed, problems = Retry.failed, list[str]()

    def and_listen(retry: Retry, problem: str) -> None:
        problems.append(problem)
        failed(retry, problem)

    monkeypatch.setattr(Retry, "failed", and_listen)
    return problems


@pytest.mark.parametrize("free", the_rest_long([4], [1, 7]))
async def test_where_no_more_files_can_be_opened_what_runs_goes_on(
    free: int, problems: list[str], pen: Sandboxes
) -> None:
    """Whatever it is that cannot be had then: a control group, a runner, the next sandbox."""
    await pen.serves()
    before = await pen.census()
    asking = "print('there', flush=True)\nprint(input())"
    async with pen.executor.run(spec(asking, stdin=None), caller="a") as run:
        await until_it_speaks(run)
        await wait_for(lambda: pen.pool.counts() == {"bare": 2} and len(pen.pool._makers.spares) == SPARE)
        with no_more_files(but=free):
            async with pen.executor.run(spec(SLEEPS), caller="b") as other:
                await until_it_speaks(other)  # and what is to be made in its place takes more files than there are
                await wait_for(lambda: any(os.strerror(errno.EMFILE) in problem for problem in problems))
        await run.send_stdin(b"still here\n")
        last = await last_of(run)
    assert (last.status, last.return_code) == (RunStatus.COMPLETED, 0)
    await pen.serves()
    await pen.as_before(before, runs=4)


@pytest.mark.parametrize("free", the_rest_long([0], [1, 2]))
async def test_a_sandbox_that_does_not_arrive_is_ended(free: int, problems: list[str], pen: Sandboxes) -> None:
    await pen.serves()
    before = await pen.census()
    with no_more_files(but=free):
        pen.pool._makers.keep(SPARE + 1)
        await wait_for(lambda: problems == [f"no sandbox: {os.strerror(errno.EMFILE)}"])
    await pen.as_before(before, runs=4)


@pytest.mark.parametrize("role", the_rest_long(["zygotes"], ["blank runners", "makers", "launcher"]))
async def test_what_cannot_be_watched_is_let_go_and_tried_again(role: str, problems: list[str], pen: Sandboxes) -> None:
    """As when a program watches very much for a while."""
    await pen.serves()
    before = await pen.census()
    victim = pen.family.blank_runners()[0] if role == "blank runners" else pen.family.member(role)
    with nothing_more_watched():
        end_at_once(victim)
        await wait_for(lambda: any(NO_SPACE in problem for problem in problems))
    await pen.serves()
    await pen.as_before(before, runs=4)


async def test_a_zygote_to_which_descriptors_were_lost_says_so_and_what_runs_goes_on(
    problems: list[str], pen: Sandboxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    await pen.serves()
    before = await pen.census()
    asking = "print('there', flush=True)\nprint(input())"
    async with pen.executor.run(spec(asking, stdin=None), caller="a") as run:
        await until_it_speaks(run)
        await wait_for(lambda: pen.pool.counts() == {"bare": 2} and len(pen.pool._makers.spares) == SPARE)
        lose_the_next_descriptors(pen.pool._zygotes[0].channel, monkeypatch)
        pen.pool.put_away(await pen.pool.take("bare"))
        await wait_for(lambda: problems == [f"no runner: {os.strerror(errno.EMFILE)}"])
        await run.send_stdin(b"still here\n")
        last = await last_of(run)
    assert (last.status, last.return_code) == (RunStatus.COMPLETED, 0)
    await pen.as_before(before, runs=4)
    assert [zygote.unanswered for zygote in pen.pool._zygotes] == [0]  # else it would be asked for less from then on


async def test_a_maker_to_which_descriptors_were_lost_says_so_and_goes_on(
    problems: list[str], pen: Sandboxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    await pen.serves()
    before = await pen.census()
    runner = await pen.pool.take("bare")
    with monkeypatch.context() as losing:
        for maker in pen.pool._makers._makers:  # whichever is asked
            lose_the_next_descriptors(maker.channel, losing)
        with pytest.raises(OSError, match=os.strerror(errno.EMFILE)):
            await pen.pool.resize(runner, MIB)
    await pen.pool.resize(runner, MIB)
    pen.pool.put_away(runner)
    await pen.as_before(before)
    assert problems == []


def lose_the_next_descriptors(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where whoever gets them may open no more files: so many come that it takes only a part (recvmsg(2))."""
    send = channel.send

    def send_too_many(frame: Frame, descriptors: Sequence[int] = ()) -> None:
        if descriptors:
            monkeypatch.setattr(channel, "send", send)
        send(frame, [*descriptors, *list(descriptors[:1]) * MAX_DESCRIPTORS])

    monkeypatch.setattr(channel, "send", send_too_many)


@contextmanager
def no_more_files(*, but: int) -> Iterator[None]:
    """We may open so many, and no more."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    open_ones: list[int] = []
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(map(int, os.listdir("/proc/self/fd"))) + 2 + but, limits[1]))
        with suppress(OSError):
            while True:
                open_ones.append(os.open(os.devnull, os.O_RDONLY))
        for _ in range(but):
            os.close(open_ones.pop())
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        for descriptor in open_ones:
            os.close(descriptor)


@pytest.mark.long
async def test_a_blank_runner_stopped_from_outside_costs_one_program_its_time_and_no_more(pen: Sandboxes) -> None:
    await pen.serves()
    before = await pen.census()
    for runner in pen.family.blank_runners():
        os.kill(runner.pid, signal.SIGSTOP)
    for _ in range(2):
        seen = await pen.run(HELLO, wall_seconds=0.5)
        assert (seen.finished.status, seen.finished.return_code) == (RunStatus.TIMEOUT, -9)
        assert not seen.finished.executed
    await pen.serves()
    await pen.as_before(before)


class FullGroup:
    """A group of which the kernel takes no process."""

    def __init__(self) -> None:
        self.join = [os.open("/dev/full", os.O_WRONLY)]

    def limit(self, *, memory_bytes: int) -> None:
        pass

    def cpu_seconds(self) -> float:
        return 0.0

    def peak_bytes(self) -> int | None:
        return None

    def ran_out_of_memory(self) -> bool:
        return False

    def close(self) -> None:
        os.close(self.join.pop())

    def remove(self) -> bool:
        return True


class FullGroups:
    joins = 1
    folders: Sequence[Path] = ()

    def make(self, number: int) -> FullGroup:
        return FullGroup()

    def close(self) -> None:
        pass


async def test_a_runner_that_cannot_be_held_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the first of its steps, when it has nothing of its own yet."""
    monkeypatch.setattr(open_sandboxes_module, "open_groups", FullGroups)
    async with sandboxes() as pen:
        pen.pool.open()
        await wait_for(lambda: os.strerror(errno.ENOSPC) in pen.pool._problems())


# Fewer runners than programs ---------------------------------------------------------------------------------------

WHERE = "import os, socket\nprint(socket.gethostname(), os.getcwd(), os.getuid(), os.getppid())"


async def test_more_programs_than_runners_are_all_served_in_order_and_in_sandboxes() -> None:
    order: list[int] = []
    async with sandboxes(ready=1, running=24) as pen:

        async def client(number: int) -> bytes:
            said = b""
            async with pen.executor.run(spec(WHERE), caller="a") as run:
                async for event in run:
                    if isinstance(event, Started):
                        order.append(number)
                    said += getattr(event, "data", b"")
            return said

        said = await asyncio.gather(*(client(number) for number in range(24)))
    assert set(said) == {b"snakepen /workspace 65534 0\n"}
    assert order == list(range(24))


@pytest.mark.long
async def test_a_thousand_programs_at_once_cost_no_maker(
    problems: list[str], pen: Sandboxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_module, "_CALM_SECONDS", 0.1)
    monkeypatch.setattr(pool_module, "_LOOK_SECONDS", 0.05)
    await pen.serves()
    before = await pen.census()
    asking = [asyncio.create_task(pen.pool.take("bare")) for _ in range(1000)]
    await wait_for(lambda: asking[0].done())
    assert [len(maker.making) for maker in pen.pool._makers._makers] == [MOST_UNANSWERED] * 2
    for one in asking:
        if one.done():
            pen.pool.put_away(one.result())
        one.cancel()
    await asyncio.wait(asking)
    await pen.as_before(before)
    assert problems == []


async def test_a_zygote_is_asked_for_a_few_at_once_and_all_are_served(
    pen: Sandboxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_module, "MOST_UNANSWERED", 2)
    async with no_new_runners(pen) as go_on:
        before = await pen.census()
        (zygote,) = pen.pool._zygotes
        asking = [asyncio.create_task(pen.pool.take("bare")) for _ in range(8)]
        await wait_for(lambda: len(pen.pool._makers.spares) + zygote.unanswered >= 8)
        assert zygote.unanswered == 2
        go_on()
        for runner in await asyncio.gather(*asking):
            pen.pool.put_away(runner)
        await pen.as_before(before, runs=4)


@pytest.mark.parametrize("busy", [0, 1])
async def test_a_disk_is_given_another_size_by_a_maker_that_is_idle(busy: int, pen: Sandboxes) -> None:
    await pen.serves()
    before = await pen.census()
    runner = await pen.pool.take("bare")
    maker = pen.family.makers[busy]
    os.kill(maker.pid, signal.SIGSTOP)
    try:
        pen.pool._makers.keep(SPARE + 2)  # each of the two makes one
        await wait_for(lambda: pen.pool._makers.making == 1)
        resizing = asyncio.create_task(pen.pool.resize(runner, MIB))
        await wait_for(resizing.done)
    finally:
        os.kill(maker.pid, signal.SIGCONT)
    await resizing
    pen.pool.put_away(runner)
    await pen.as_before(before, runs=4)


async def test_a_program_that_waits_for_a_sandbox_and_is_stopped_gives_nothing_away(pen: Sandboxes) -> None:
    await pen.serves()
    before = await pen.census()
    async with (
        no_new_runners(pen) as go_on,
        pen.executor.run(spec(SLEEPS), caller="a") as first,
        pen.executor.run(spec(SLEEPS), caller="a") as second,
    ):
        await until_it_speaks(first)
        await until_it_speaks(second)
        async with pen.executor.run(spec(HELLO), caller="a") as waiting:
            await asyncio.sleep(0)
            waiting.stop()
            (last,) = [event async for event in waiting]
        reader = asyncio.create_task(pen.run(HELLO))
        await wait_for(lambda: pen.executor.capacity().running == 3)
        reader.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reader
        assert pen.executor.capacity().running == 2
        go_on()
    assert isinstance(last, Finished)
    assert (last.status, last.return_code) == (RunStatus.STOPPED, None)
    await wait_for(lambda: pen.pool.counts()["bare"] >= 2)
    await pen.as_before(before, runs=6)


async def test_nothing_is_made_for_those_who_waited_and_have_left(pen: Sandboxes) -> None:
    async with no_new_runners(pen):
        taken = [await pen.pool.take("bare") for _ in range(2)]
        waiting = [asyncio.create_task(pen.pool.take("bare")) for _ in range(8)]
        await asyncio.sleep(0)
        assert pen.pool._missing()[0] >= len(waiting)
        for one in waiting:
            one.cancel()
        await asyncio.wait(waiting)
        assert pen.pool._missing()[0] <= 0  # what was asked for in the meantime is on its way
        for runner in taken:
            pen.pool.put_away(runner)


async def test_who_waits_when_the_launcher_ends_gets_the_kind_that_it_waits_for() -> None:
    async with sandboxes(ready=1, kinds=("bare", "library")) as pen:
        taken, _ = await the_last_of_kind(pen, "bare")
        waiting = asyncio.create_task(pen.pool.take("bare"))
        await asyncio.sleep(0)
        end_at_once(pen.family.member("launcher"))
        runner = await waiting
        assert runner.kind == "bare"
        for one in (taken, runner):
            pen.pool.put_away(one)


async def test_who_waits_for_a_kind_that_is_gone_gets_what_is_ready_of_another() -> None:
    async with sandboxes(ready=1, kinds=("bare", "library")) as pen:
        taken, zygote = await the_last_of_kind(pen, "library")
        await wait_for(lambda: pen.pool._refill is None)
        waiting = asyncio.create_task(pen.pool.take("library"))
        await asyncio.sleep(0)
        await wait_for(lambda: not pen.pool._makers.making)  # no sandbox that comes helps it
        pen.pool._warming[1]._failures = MANY_FAILURES
        end_at_once(zygote)
        await wait_for(lambda: pen.pool._warming[1].is_waiting)
        pen.pool._warming[1].cancel()  # nor does what would be tried again
        runner = await waiting
        assert runner.kind == "bare"
        for one in (taken, runner):
            pen.pool.put_away(one)


async def test_who_waits_for_a_kind_that_cannot_be_forked_gets_another(monkeypatch: pytest.MonkeyPatch) -> None:
    async with sandboxes(ready=1, kinds=("bare", "library")) as pen:
        tell = pen.pool._tell_launcher

        def refuse(frame: Frame) -> None:
            if frame.kind is Kind.ZYGOTE and frame.a:
                said = Frame(Kind.FAILED, frame.number, errno.EAGAIN)
                asyncio.get_running_loop().call_soon(pen.pool._from_launcher, said, [])
            else:
                tell(frame)

        monkeypatch.setattr(pen.pool, "_tell_launcher", refuse)
        runner = await pen.pool.take("library")
        assert runner.kind == "bare"
        pen.pool.put_away(runner)


async def test_who_waits_for_a_kind_that_never_comes_up_gets_another(monkeypatch: pytest.MonkeyPatch) -> None:
    ends_at_once = replace(LIBRARY, warm_up="import os; os._exit(3)")
    monkeypatch.setattr(kinds_module, "KINDS", (BARE, ends_at_once))
    async with sandboxes(ready=1, kinds=("bare", "library")) as pen:
        runner = await pen.pool.take("library")  # when there is nothing yet
        assert runner.kind == "bare"
        pen.pool.put_away(runner)


@pytest.mark.long
async def test_the_first_sandbox_is_waited_for_longer_than_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    async with sandboxes(ready=1) as pen:
        with monkeypatch.context() as impatient:
            impatient.setattr(pool_module, "_WAIT_SECONDS", 0.0)
            assert (await pen.run(HELLO)).finished.status is RunStatus.COMPLETED
        async with no_new_runners(pen), pen.executor.run(spec(SLEEPS), caller="a") as run:
            await until_it_speaks(run)
            monkeypatch.setattr(pool_module, "_WAIT_SECONDS", 0.0)
            with pytest.raises(Unavailable, match="too much to do"):
                await pen.run(HELLO)
    monkeypatch.setattr(pool_module, "_FIRST_SECONDS", 0.0)
    async with sandboxes(ready=1) as pen:
        with pytest.raises(Unavailable, match="too much to do"):
            await pen.run(HELLO)


async def test_the_first_sandbox_of_a_kind_is_waited_for_while_there_are_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As by a first program with pandas, on a machine where importing that takes long."""
    monkeypatch.setattr(pool_module, "_WAIT_SECONDS", 0.0)
    monkeypatch.setattr(pool_module, "_FIRST_LOOK_SECONDS", 0.0)
    async with sandboxes(ready=1, kinds=("bare", "library")) as pen:
        waiting = asyncio.create_task(pen.pool.take("library"))
        await wait_for(lambda: len(pen.family.zygotes) == 2)
        slow = max(pen.family.zygotes, key=lambda zygote: zygote.pid).pid
        os.kill(slow, signal.SIGSTOP)
        await wait_for(lambda: pen.pool.counts()["bare"] == 1)
        for _ in range(100):  # it looks whether it is to wait on
            await asyncio.sleep(0)
        assert not waiting.done()
        os.kill(slow, signal.SIGCONT)
        runner = await waiting
        assert runner.kind == "library"
        pen.pool.put_away(runner)


async def the_last_of_kind(pen: Sandboxes, kind: str) -> tuple[Runner, Process]:
    """The one runner that is ready; and its zygote, which makes no other."""
    await pen.serves()
    await pen.settled()
    taken = await pen.pool.take(kind)
    zygote = Process.above(all_processes()[pid_of(taken.process)])
    os.kill(zygote.pid, signal.SIGSTOP)
    return taken, zygote


async def test_closing_while_a_program_waits_for_a_sandbox_refuses_it() -> None:
    async with sandboxes(ready=1) as pen:
        await pen.serves()
        await pen.settled()
        async with (
            no_new_runners(pen) as go_on,
            pen.executor.run(spec(SLEEPS), caller="a") as first,
            pen.executor.run(spec(HELLO), caller="a") as waiting,
        ):
            await until_it_speaks(first)
            closing = asyncio.create_task(pen.executor.close(grace_seconds=0))
            with pytest.raises(Unavailable):
                [event async for event in waiting]
            go_on()
            assert (await last_of(first)).status is RunStatus.LOST
            await closing


async def test_nothing_is_heard_of_a_launcher_that_is_forgotten() -> None:
    async with sandboxes(ready=1) as pen:
        await pen.serves()
        launcher = pen.pool._launcher
        assert launcher is not None
        closing = asyncio.create_task(pen.pool.close())
        await asyncio.sleep(0)
        assert not launcher.channel.is_open
        await closing


@pytest.mark.long
async def test_a_zygote_that_says_nothing_any_more_does_not_hold_up_the_end_of_a_program(pen: Sandboxes) -> None:
    async with no_new_runners(pen), pen.executor.run(spec(SLEEPS, wall_seconds=0.3), caller="a") as run:
        last = await last_of(run)
    assert (last.status, last.return_code) == (RunStatus.TIMEOUT, -9)


@asynccontextmanager
async def no_new_runners(pen: Sandboxes) -> AsyncIterator[Callable[[], None]]:
    """Only those that are ready now, until what is given is called."""
    await pen.serves()
    await pen.settled()
    zygote = pen.family.member("zygotes")
    os.kill(zygote.pid, signal.SIGSTOP)

    def go_on() -> None:
        with suppress(ProcessLookupError):
            os.kill(zygote.pid, signal.SIGCONT)

    try:
        yield go_on
    finally:
        go_on()


# Disks of another size ---------------------------------------------------------------------------------------------

FILLS = """
import errno, os, sys
written = 0
try:
    with open("big", "wb", buffering=0) as file:
        while True:
            written += file.write(b"x" * 4096)
except OSError as error:
    print(errno.errorcode[error.errno], written)
"""
WRITES = """
import sys
for name, size in zip(sys.argv[1::2], sys.argv[2::2]):
    with open(name, "wb") as file:
        file.write(b"x" * int(size))
print("whole")
"""


@pytest.mark.parametrize("disk_bytes", the_rest_long([MIB], [64 * KIB, 16 * MIB]))
async def test_a_disk_holds_what_was_promised_beside_what_was_given_and_not_much_more(
    pen: Sandboxes, disk_bytes: int
) -> None:
    given = tuple(WorkspaceFile(f"given/{number}", b"x" * 100) for number in range(20))
    half = disk_bytes // 2 // 4096 * 4096
    args = ("/tmp/a", str(half), "/workspace/b", str(disk_bytes - half))
    fits = await pen.run(WRITES, disk_bytes=disk_bytes, args=args, files=given)
    assert (fits.stdout, fits.stderr) == (b"whole\n", b"")
    # One file may be as large as the disk and no larger, whatever there is room for.
    too_much = await pen.run(FILLS, disk_bytes=disk_bytes, files=given)
    assert too_much.stdout == b"EFBIG %d\n" % disk_bytes
    args = ("/tmp/a", str(half), "/dev/shm/b", str(disk_bytes - half + 64 * KIB))
    over = await pen.run(WRITES, disk_bytes=disk_bytes, args=args, files=given)
    assert over.stdout == b""
    assert over.stderr.splitlines()[-1] == b"OSError: [Errno 28] No space left on device"
    await pen.serves()


# Zygotes get old ---------------------------------------------------------------------------------------------------


@pytest.mark.long
async def test_a_zygote_that_has_forked_often_enough_is_replaced_and_no_run_notices() -> None:
    async with sandboxes(ready=2, runs_per_zygote=5) as pen:
        await pen.serves()
        before = await pen.census()
        seen: set[int] = set()
        # The next one takes its time to come up while the one before serves: that is the machine's to decide.
        async with asyncio.timeout(60):
            while len(seen) < 4:
                await pen.serves()
                seen |= {zygote.pid for zygote in pen.family.zygotes}
        await pen.settled()
        # The newest serves; one before it is there for as long as a runner of it is.
        await wait_for(lambda: len(pen.family.zygotes) <= 2)
        await _as_before_but_for_one_zygote(pen, before)


async def _as_before_but_for_one_zygote(pen: Sandboxes, before: HostCensus) -> None:
    """Until renewal happens to be over: a run more moves it on."""
    for _ in range(10):
        await pen.settled()
        if not HostCensus.take(os.getpid()).more_than(before):
            return
        await pen.serves()
    await pen.as_before(before)


async def test_a_program_goes_on_while_its_zygote_is_replaced() -> None:
    async with sandboxes(ready=1, runs_per_zygote=2) as pen:
        asking = "print('there', flush=True)\nprint(input())"
        await pen.serves()
        await pen.settled()
        async with pen.executor.run(spec(asking, stdin=None), caller="a") as old:
            await until_it_speaks(old)
            zygote = Process.above(pen.family.busy_runner())
            for _ in range(8):
                await pen.serves()
            assert is_alive(zygote)
            assert zygote not in pen.family.zygotes[1:]
            await old.send_stdin(b"still here\n")
            last = await last_of(old)
        assert (last.status, last.return_code) == (RunStatus.COMPLETED, 0)
        # Its last blank runners are used before it goes.
        for _ in range(1000):
            if is_alive(zygote):
                await pen.serves()
        assert not is_alive(zygote)


# A launcher that does not start ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OtherLauncher(Environment):
    """An environment whose launcher a test can break: a script that can say what it likes."""

    launcher: Path = Path()

    @property
    def launcher_python(self) -> Path:
        return self.launcher

    def repair(self) -> None:
        partial = self.launcher.with_suffix(".partial")
        good = find_environment(load_settings().data_dir).launcher_python
        partial.write_text(f'#!/bin/sh\nexec {shlex.quote(str(good))} "$@"\n')
        partial.chmod(0o755)
        partial.rename(self.launcher)

    def break_with(self, script: str | None) -> None:
        self.launcher.unlink(missing_ok=True)
        if script is not None:
            self.launcher.write_text(script)
            self.launcher.chmod(0o755)


@pytest.fixture
def broken(tmp_path: Path) -> OtherLauncher:
    real = find_environment(load_settings().data_dir)
    return OtherLauncher(real.name, real.folder, real.manifest, launcher=tmp_path / "python")


BROKEN = {
    "No such file": None,
    "without a word": "#!/bin/sh\nexit 3\n",
    "no such luck": "#!/bin/sh\necho 'no such luck' >&2\nexit 3\n",
}


@pytest.mark.long
async def test_a_launcher_that_cannot_start_refuses_runs_with_a_sentence_until_it_can(broken: OtherLauncher) -> None:
    async with sandboxes(environment=broken) as pen:
        first = asyncio.create_task(pen.run(HELLO))
        for words, script in BROKEN.items():
            broken.break_with(script)
            await wait_for(lambda words=words: words in (pen.executor.problem() or ""))  # type: ignore[misc]  # no types in a lambda
            with pytest.raises(Unavailable) as refused:  # at once
                await pen.executor.run(spec(HELLO), caller="a").__aenter__()
            assert words in str(refused.value)
        with pytest.raises(Unavailable) as refused:  # after a while
            await first
        assert words in str(refused.value)
        assert str(refused.value).endswith("try again in a moment.")
        broken.repair()
        await wait_for(lambda: pen.pool._launcher is not None)
        # Not before something works is it believed to.
        await wait_for(lambda: pen.executor.problem() is None)
        await pen.serves()


@pytest.mark.long
async def test_a_launcher_that_cannot_be_replaced_at_first_is_replaced_when_it_can(broken: OtherLauncher) -> None:
    broken.repair()
    async with sandboxes(environment=broken) as pen:
        await pen.serves()
        before = await pen.census()
        broken.break_with("#!/bin/sh\nexit 3\n")
        # Both at once: what makes up for the one must not be lost in what makes up for the other.
        end_at_once(pen.family.blank_runners()[0])
        end_at_once(pen.family.member("launcher"))
        await wait_for(lambda: pen.executor.problem() is not None)
        broken.repair()
        await wait_for(lambda: pen.executor.problem() is None)
        await pen.serves()
        await pen.as_before(before)


def test_health_is_503_while_no_sandbox_can_be_made_and_200_when_it_can(broken: OtherLauncher) -> None:
    before = HostCensus.take()
    broken.break_with("#!/bin/sh\necho 'no such luck' >&2\nexit 3\n")
    executor = with_pool(Admission(running=8, queue=8, per_caller=8), ready=2, most=2, environment=broken)
    with served_over(executor) as url, Api(url) as api, Api(url) as other, ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(other.run, HELLO)
        wait_until(lambda: api.send("GET", "/api/execute").status_code == 503)
        health = api.health()
        assert health["status"] == "unavailable"
        assert "no such luck" in health["message"]
        response = api.post({"code": HELLO})
        assert (response.status_code, response.json()["code"]) == (503, "unavailable")
        broken.repair()
        assert waiting.result()["output"] == "hello\n"  # it has waited no longer than it may
        wait_until(lambda: api.send("GET", "/api/execute").status_code == 200)
        assert api.run(HELLO)["output"] == "hello\n"
    assert_nothing_more(before)


# The server is killed ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("also", the_rest_long(["nothing else", "keeper"], ["anchor", "launcher"]))
def test_a_killed_server_leaves_nothing(also: str) -> None:
    """Processes, namespaces, mounts, cgroups: all of it goes by itself, with a program under way."""
    before = HostCensus.take()
    with served_process(quiet=False, return_code=-signal.SIGKILL) as (url, process):
        with connect(url) as connection:
            connection.sendall(post_bytes(b'{"code": "import time; time.sleep(600)", "timeout": 60}'))
            wait_until(lambda: any(_is_busy(runner) for runner in Family.of(process.pid).runners))
            below = descendants(process.pid)
            family = Family.of(process.pid)
            process.kill()
            if also != "nothing else":
                with suppress(ProcessLookupError):
                    os.kill(family.member(also).pid, signal.SIGKILL)
            process.wait()
        wait_until(lambda: not any(is_alive(one) for one in below))
        reap(below)
    if also == "keeper":  # who would have removed them; the next server does
        with served_process() as (url, _), Api(url) as api:
            assert api.run(HELLO)["output"] == "hello\n"
    assert_nothing_more(before)


def _is_busy(runner: Process) -> bool:
    return Path(f"/proc/{runner.pid}/cwd/main.py").exists()


def test_a_server_that_is_asked_to_stop_leaves_nothing() -> None:
    before = HostCensus.take()
    with served_process(quiet=False) as (url, process), Api(url) as api:
        assert api.run(HELLO)["output"] == "hello\n"
        with connect(url) as connection:
            connection.sendall(post_bytes(b'{"code": "import time; time.sleep(600)", "timeout": 60}'))
            wait_until(lambda: any(_is_busy(runner) for runner in Family.of(process.pid).runners))
            process.terminate()
            process.wait(60)
    assert_nothing_more(before)


@pytest.mark.long
def test_only_the_kinds_that_are_wanted_are_kept_and_every_program_is_served() -> None:
    kinds = {"SNAKEPEN_POOL__KINDS": '["library"]'}
    with served_process(quiet=False, env=kinds, all_kinds=True) as (url, process), Api(url) as api:
        for code in (HELLO, "import csv\nprint('hello')", "import numpy\nprint('hello')"):
            assert api.run(code)["output"] == "hello\n"
        assert len(Family.of(process.pid).zygotes) == 1


@pytest.mark.long
def test_too_many_blank_runners_of_one_kind_do_not_keep_those_of_another_from_being_made() -> None:
    few = {"SNAKEPEN_POOL__READY": "1", "SNAKEPEN_POOL__MEMORY_BYTES": str(32 * MIB)}
    with served_process(quiet=False, env=few, all_kinds=True) as (url, process), Api(url) as api:
        assert api.run("import csv\nprint('hello')")["output"] == "hello\n"
        wait_until(lambda: Family.of(process.pid).is_at_rest(len(KINDS)))
        zygotes = Family.of(process.pid).zygotes
        for zygote in zygotes:
            os.kill(zygote.pid, signal.SIGSTOP)
        with ExitStack() as connections:  # for each of them one is asked for, and nobody is there when it comes
            for _ in range(8):
                connection = connections.enter_context(connect(url))
                connection.sendall(post_bytes(b'{"code": "import csv, time; time.sleep(600)", "timeout": 60}'))
            wait_until(lambda: api.health()["capacity"]["running"] == 8)
        for zygote in zygotes:
            os.kill(zygote.pid, signal.SIGCONT)
        wait_until(lambda: api.health()["capacity"]["running"] == 0)
        for _ in range(12):
            assert api.run(HELLO)["output"] == "hello\n"
        wait_until(lambda: Family.of(process.pid).is_at_rest(len(KINDS)))  # and the others are given back


@pytest.mark.long
def test_a_caller_who_hangs_up_while_no_sandbox_can_be_had_gives_nothing_away() -> None:
    few = {"SNAKEPEN_POOL__READY": "1", "SNAKEPEN_POOL__MEMORY_BYTES": str(32 * MIB)}
    with served_process(quiet=False, env=few) as (url, process), Api(url) as api:
        with ThreadPoolExecutor(6) as threads:  # so that as many are kept ready as ever will be
            assert {done["output"] for done in threads.map(api.run, [HELLO] * 24)} == {"hello\n"}
        before = HostCensus.calm(process.pid)
        zygotes = Family.of(process.pid).zygotes
        for zygote in zygotes:
            os.kill(zygote.pid, signal.SIGSTOP)
        with ExitStack() as connections:
            for _ in range(8):
                connection = connections.enter_context(connect(url))
                connection.sendall(post_bytes(b'{"code": "import time; time.sleep(600)", "timeout": 60}'))
            wait_until(lambda: api.health()["capacity"]["running"] == 8)
        for zygote in zygotes:
            os.kill(zygote.pid, signal.SIGCONT)
        wait_until(lambda: api.health()["capacity"]["running"] == 0)
        for _ in range(12):  # what was made for those who left is used up
            assert api.run(HELLO)["output"] == "hello\n"
        assert_nothing_more(before, process.pid)


@pytest.mark.long
async def test_what_was_made_for_those_who_left_is_given_back_though_nobody_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pool_module, "_CALM_SECONDS", 0.1)
    monkeypatch.setattr(pool_module, "_LOOK_SECONDS", 0.05)
    async with sandboxes() as pen:
        await pen.serves()
        before = await pen.census()
        (zygote,) = pen.family.zygotes
        os.kill(zygote.pid, signal.SIGSTOP)
        asking = [asyncio.create_task(pen.run(SLEEPS)) for _ in range(8)]
        await wait_for(lambda: len(pen.family.inits) >= 8 + SPARE)
        for one in asking:
            one.cancel()
        await asyncio.wait(asking)
        os.kill(zygote.pid, signal.SIGCONT)
        await pen.as_before(before)
