"""Isolation level `namespaces`: each run in a sandbox of its own, by a runner forked from a warm interpreter.

The trusted side says how a run ended: the runner's zygote reports its end, control groups or /proc what it used. The
one word of a program that counts is its goodbye, with its exit code: then the sandbox is killed and the answer does not
wait for the kernel to take it apart. A lie there says no more than `sys.exit` could.
"""

import sys
from collections.abc import Container, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import ceil
from time import monotonic
from typing import Final, Literal

assert sys.platform == "linux"

import structlog

from snakepen.environments.environment import Environment
from snakepen.errors import Unavailable
from snakepen.executor import Isolation, RunSpec
from snakepen.limits import MIB
from snakepen.runner.frames import Order, encode_program, send_program, take_descriptors
from snakepen.runs.child import ChildListener
from snakepen.runs.child_sandboxed import SandboxChild, meter_of
from snakepen.runs.choice import choose
from snakepen.runs.pool import Pool
from snakepen.runs.runners import Runner

log = structlog.get_logger()

# For how long runners are taken that turn out to be dead; each time that is found out at once.
_TRY_SECONDS: Final = 10.0
_PAGE_BYTES: Final = 4096
# A thread is started when it is needed and no other is free.
_MOST_LOOKERS: Final = 1024
# What a thread's stack takes of RLIMIT_DATA though it is hardly ever touched (pthread_create(3)).
_STACK_BYTES: Final = 8 * MIB


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
        # As many as looks go on at once, of which each run has one at most: no run's waits for another's.
        self._lookers = ThreadPoolExecutor(_MOST_LOOKERS, thread_name_prefix="lookout")

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

    async def start(self, run_id: str, spec: RunSpec, listener: ChildListener) -> SandboxChild:
        choice = choose(spec, self._modules)
        order = _order(spec, fresh=choice.fresh)
        files = [(file.path, file.content) for file in spec.files]
        program = encode_program(spec.code, spec.args, spec.env, files)
        give_up_at = monotonic() + _TRY_SECONDS
        while monotonic() < give_up_at:
            runner = await self._pool.take(choice.kind)
            try:
                try:
                    await self._prepare(runner, spec)
                    assert runner.control is not None
                    if spec.terminal is not None:
                        take_descriptors(runner.control, True)
                    meter = meter_of(runner, spec.limits)
                    if runner.ended:  # while it was prepared: nobody was there yet to be told
                        raise ConnectionResetError("its zygote is gone")
                    send_program(runner.control, order, program)
                except OSError as error:  # it died blank, or something of it could not be had: nothing has run
                    log.warning("runner_lost_blank", run=run_id, error=str(error))
                    self._pool.put_away(runner)
                    continue
                return SandboxChild(self._pool, runner, spec, meter, self._lookers, listener)
            except BaseException:
                self._pool.put_away(runner)
                raise
        raise Unavailable("No sandbox is available now: try again in a moment.")

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
        self._lookers.shutdown(cancel_futures=True)  # what they looked at is gone, so each ends at once


def importable(environment: Environment) -> Container[str]:
    """The names of all modules that a program finds without bringing any."""
    manifest = environment.manifest
    return sys.stdlib_module_names | (manifest.modules if manifest else frozenset())


def disk_size(disk_bytes: int, code_bytes: int, files: int) -> int:
    """The program's own text, and files that end within a page, must not take from what was promised."""
    return disk_bytes + code_bytes + (files + 2) * _PAGE_BYTES


def _order(spec: RunSpec, *, fresh: bool) -> Order:
    limits, terminal = spec.limits, spec.terminal
    return Order(
        # Whole seconds, and one more: the meter is exact, this is for when it does not look in time.
        cpu_seconds=ceil(limits.cpu_seconds) + 1,
        data_bytes=limits.memory_bytes + limits.processes * _STACK_BYTES,
        processes=limits.processes,
        open_files=limits.open_files,
        file_bytes=limits.disk_bytes,
        fresh=fresh,
        hints=spec.hints,
        display=spec.display,
        columns=terminal.columns if terminal else 0,
        rows=terminal.rows if terminal else 0,
    )
