"""Running to the end, and waiting for a condition with a deadline."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from snakepen import limits
from snakepen.executor import Executor, Finished, Output, RunEvent, RunSpec, Stream
from snakepen.limits import Limits
from tests.support.waiting import DEADLINE_SECONDS

DEFAULT_LIMITS = Limits(
    wall_seconds=30,
    cpu_seconds=30,
    memory_bytes=int(limits.MEMORY_BYTES.default),
    processes=int(limits.PROCESSES.default),
    output_bytes=4 * limits.MIB,
    disk_bytes=int(limits.DISK_BYTES.default),
    open_files=int(limits.OPEN_FILES.default),
)


def limits_of(**changes: object) -> Limits:
    return replace(DEFAULT_LIMITS, **changes)  # type: ignore[arg-type]  # by name


@dataclass(frozen=True)
class Seen:
    """Everything that a run said."""

    run_id: str
    events: list[RunEvent]

    @property
    def said(self) -> dict[Stream, bytes]:
        return {
            stream: b"".join(e.data for e in self.events if isinstance(e, Output) and e.stream is stream)
            for stream in Stream
        }

    @property
    def stdout(self) -> bytes:
        return self.said[Stream.STDOUT]

    @property
    def stderr(self) -> bytes:
        return self.said[Stream.STDERR]

    @property
    def finished(self) -> Finished:
        last = self.events[-1]
        assert isinstance(last, Finished)
        return last


async def run_to_end(executor: Executor, spec: RunSpec, *, caller: str = "somebody") -> Seen:
    async with executor.run(spec, caller=caller) as run:
        return Seen(run.id, [event async for event in run])


async def wait_for(
    condition: Callable[[], bool], *, seconds: float = DEADLINE_SECONDS, why: Sequence[str] = ()
) -> None:
    """Until the condition holds; fails when it does not in time, with what the condition put into `why`."""
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, "\n".join(["the condition never held", *why])
        await asyncio.sleep(0.005)
