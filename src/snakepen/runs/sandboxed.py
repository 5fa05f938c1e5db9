"""Isolation level `namespaces`: each run in a sandbox of its own, by a runner forked from a warm interpreter.

The trusted side says how a run ended: the runner's zygote reports its end, control groups or /proc what it used. The
one word of a program that counts is its goodbye, with its exit code: then the sandbox is killed and the answer does not
wait for the kernel to take it apart. A lie there says no more than `sys.exit` could.
"""

import asyncio
import functools
import sys
from collections.abc import Container, Mapping
from dataclasses import dataclass
from math import ceil
from time import monotonic
from typing import Final, Literal

assert sys.platform == "linux"

import structlog

from snakepen.environments.environment import Environment
from snakepen.errors import Unavailable
from snakepen.executor import Isolation, Resources, RunSpec, Stream
from snakepen.limits import MIB, Limits
from snakepen.runner.frames import BEGUN, Order, encode_program, read_fault, read_goodbye, send_program
from snakepen.runs.child import ChildListener, Exit
from snakepen.runs.choice import choose
from snakepen.runs.meter import GroupMeter, Meter, ProcessMeter
from snakepen.runs.pipes import PipeReader, PipeWriter
from snakepen.runs.pool import Pool
from snakepen.runs.runners import Ended, Runner
from snakepen.wire.run import RunStatus

log = structlog.get_logger()

_LOOK_SECONDS: Final = 0.05
# For how long runners are taken that turn out to be dead; each time that is found out at once.
_TRY_SECONDS: Final = 10.0
_PAGE_BYTES: Final = 4096
# What a thread's stack takes of RLIMIT_DATA though it is hardly ever touched (pthread_create(3)).
_STACK_BYTES: Final = 8 * MIB
_SIGKILL: Final = -9
_SIGXCPU: Final = -24
# How long a zygote has to report the end of a runner that was killed; it takes a hundredth of that.
_REPORT_SECONDS: Final = 1.0
_LOST: Final = "The sandbox of this program was lost while it ran. This is our fault: send it again."


@dataclass(frozen=True, slots=True)
class Defaults:
    """What blank runners are made with; a run that wants the same needs no further step."""

    memory_bytes: int
    disk_bytes: int


class SandboxHost:
    """See Host. Belongs to the event loop that it was made on."""

    def __init__(
        self,
        environment: Environment,
        pool: Pool,
        layers: Mapping[str, Literal["on", "soft", "off"]],
        defaults: Defaults,
    ) -> None:
        self._environment = environment
        self._pool = pool
        self._layers = layers
        self._defaults = defaults
        self._modules = importable(environment)

    @property
    def isolation(self) -> Isolation:
        return Isolation("namespaces", self._layers)

    @property
    def environment_name(self) -> str:
        return self._environment.name

    @property
    def pool(self) -> Pool:
        """For whoever looks after it."""
        return self._pool

    def problem(self) -> str | None:
        return self._environment.problem() or self._pool.problem()

    async def start(self, run_id: str, spec: RunSpec, listener: ChildListener) -> "SandboxChild":
        choice = choose(spec, self._modules)
        order = _order(spec.limits, fresh=choice.fresh)
        files = [(file.path, file.content) for file in spec.files]
        program = encode_program(spec.code, spec.args, spec.env, files)
        give_up_at = monotonic() + _TRY_SECONDS
        while monotonic() < give_up_at:
            runner = await self._pool.take(choice.kind)
            try:
                await self._prepare(runner, spec)
                assert runner.control is not None
                meter = _meter(runner, spec.limits)
                if runner.ended:  # while it was prepared: nobody was there yet to be told
                    raise ConnectionResetError("its zygote is gone")
                send_program(runner.control, order, program)
                return SandboxChild(self._pool, runner, spec.limits, meter, listener)
            except OSError as error:  # it died blank, or something of it could not be had: nothing has run
                log.warning("runner_lost_blank", run=run_id, error=str(error))
                self._pool.put_away(runner)
                continue
            except BaseException:
                self._pool.put_away(runner)
                raise
        raise Unavailable("No sandbox can be had now: try again in a moment.")

    async def _prepare(self, runner: Runner, spec: RunSpec) -> None:
        """Lower what it may use to what this run may, before the program is there."""
        if runner.group is not None and spec.limits.memory_bytes != self._defaults.memory_bytes:
            runner.group.limit(memory_bytes=spec.limits.memory_bytes)
        if spec.limits.disk_bytes != self._defaults.disk_bytes:
            await self._pool.resize(runner, disk_size(spec.limits.disk_bytes, len(spec.code), len(spec.files)))

    async def clear(self, run_id: str) -> None:
        """Nothing: the sandbox was all there was."""

    async def close(self) -> None:
        await self._pool.close()


def importable(environment: Environment) -> Container[str]:
    """The names of all modules that a program finds without bringing any."""
    manifest = environment.manifest
    return sys.stdlib_module_names | (manifest.modules if manifest else frozenset())


def disk_size(disk_bytes: int, code_bytes: int, files: int) -> int:
    """The program's own text, and files that end within a page, must not take from what was promised."""
    return disk_bytes + code_bytes + (files + 2) * _PAGE_BYTES


def _order(limits: Limits, *, fresh: bool) -> Order:
    return Order(
        # Whole seconds, and one more: the meter is exact, this is for when it does not look in time.
        cpu_seconds=ceil(limits.cpu_seconds) + 1,
        data_bytes=limits.memory_bytes + limits.processes * _STACK_BYTES,
        processes=limits.processes,
        open_files=limits.open_files,
        file_bytes=limits.disk_bytes,
        fresh=fresh,
    )


class SandboxChild:
    """See Child."""

    def __init__(self, pool: Pool, runner: Runner, limits: Limits, meter: Meter, listener: ChildListener) -> None:
        self._pool = pool
        self._runner = runner
        self._limits = limits
        self._loop = asyncio.get_running_loop()
        self.exited: asyncio.Future[Exit] = self._loop.create_future()
        self._limit: RunStatus | None = None
        self._meter = meter
        runner.on_end = self._on_end
        listener.child_started(self)
        assert runner.stdin is not None
        assert runner.stdout is not None
        assert runner.stderr is not None
        assert runner.control is not None
        self._stdin = PipeWriter(runner.stdin)
        self._readers = [
            PipeReader(runner.stdout, functools.partial(listener.child_said, Stream.STDOUT)),
            PipeReader(runner.stderr, functools.partial(listener.child_said, Stream.STDERR)),
        ]
        runner.stdin = runner.stdout = runner.stderr = None
        self._control = runner.control
        self._listening = True
        self._has_begun = False
        self._loop.add_reader(self._control.fileno(), self._hear)
        self._timer = self._loop.call_later(_LOOK_SECONDS, self._look)

    async def send(self, data: bytes) -> None:
        self._stdin.write(data)
        await self._stdin.flushed()

    def send_eof(self) -> None:
        self._stdin.write_eof()

    def pause(self) -> None:
        for reader in self._readers:
            reader.pause()

    def resume(self) -> None:
        for reader in self._readers:
            reader.resume()

    def kill(self) -> None:
        self._runner.kill()
        self._timer.cancel()
        self._timer = self._loop.call_later(_REPORT_SECONDS, self._give_up_waiting)

    def _give_up_waiting(self) -> None:
        """Nobody reports its end, but SIGKILL has been sent, and nothing outlives that."""
        resources = self._meter.resources() or Resources(None, None, whole=False)
        self._settle(Exit(_SIGKILL, resources, limit=self._limit))

    async def end(self) -> None:
        self._timer.cancel()
        self._stop_listening()
        self._runner.kill()
        for reader in self._readers:
            reader.drain()
        self._stdin.close()
        self._pool.put_away(self._runner)

    def _look(self) -> None:
        """Now and then: has it gone over a limit?"""
        self._timer = self._loop.call_later(_LOOK_SECONDS, self._look)
        if self._limit is None:
            self._limit = self._meter.limit_reached()
            if self._limit is not None:
                self.kill()

    def _hear(self) -> None:
        """What the program's process says: nothing but a goodbye is listened to."""
        try:
            said = self._control.recv(1024)
        except BlockingIOError:
            return
        except OSError:
            said = b""
        if said == BEGUN and not self._has_begun:
            self._has_begun = True
            return
        self._stop_listening()
        exit_code = read_goodbye(said)
        problem = None if self._has_begun else read_fault(said)
        if exit_code is not None:
            resources = self._meter.resources()
            if resources is not None:  # else its zygote, which has seen its end, will tell
                self._settle(Exit(exit_code, resources, limit=self._limit or self._memory_limit()))
        elif problem is not None:
            log.error("runner_fault", problem=problem)
            self._settle(Exit(_SIGKILL, Resources(None, None, whole=False), fault=_LOST))

    def _stop_listening(self) -> None:
        if self._listening:
            self._listening = False
            self._loop.remove_reader(self._control.fileno())

    def _on_end(self, ended: Ended | None) -> None:
        if self.exited.done():
            return
        if ended is None:
            self._settle(Exit(_SIGKILL, Resources(None, None, whole=False), fault=_LOST))
            return
        resources = self._meter.resources_after(ended.cpu_seconds, ended.peak_bytes)
        limit = self._limit or self._memory_limit()
        if limit is None and ended.return_code in (_SIGKILL, _SIGXCPU):
            used = resources.cpu_seconds or 0.0
            limit = RunStatus.TIMEOUT if used >= self._limits.cpu_seconds else None
        self._settle(Exit(ended.return_code, resources, limit=limit))

    def _memory_limit(self) -> RunStatus | None:
        return RunStatus.MEMORY_LIMIT if self._meter.ran_out_of_memory() else None

    def _settle(self, exit_: Exit) -> None:
        if not self.exited.done():
            self.exited.set_result(exit_)


def _meter(runner: Runner, limits: Limits) -> Meter:
    if runner.group is not None:
        return GroupMeter(runner.group, limits)
    assert runner.process is not None
    assert runner.blank is not None
    return ProcessMeter(runner.process, runner.init, runner.disk, limits, runner.blank)
