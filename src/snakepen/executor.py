"""The one seam: whatever can run a program. Everything above it is tested with a fake that passes the same suite.

A run is an asynchronous context: entering it asks for admission, iterating it yields events, leaving it stops
the program if it still runs, and returns only when nothing of it can act any more: all of it is gone, or has been sent
SIGKILL and is where nobody else is. What the kernel still has to take apart then is the executor's to wait for, in
`close`.

    async with executor.run(spec, caller="203.0.113.7") as run:
        async for event in run:
            ...

The events of a run are, in this order: `Queued` (any number), `Started`, `Output`, `InputRequested` and `Shown` (any
number), `Made` (any number), `Finished`, which is the last and comes exactly once. A run that was stopped before its
program began has no `Started`. A run that is refused raises a Refusal instead: on entering, before anything was done
for it, or on iterating, when its program could not be started, whether it had been `Queued` or not: `InvalidRequest`
when this program cannot be here, `Unavailable` when none can be now, `Internal` when that was a fault of ours.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import BinaryIO, Final, Literal, Protocol

from snakepen.limits import Limits
from snakepen.runner import bundles
from snakepen.wire.run import RunLimit, RunStatus, SkipReason

MEDIA_TYPES: Final = bundles.MEDIA_TYPES
"""All that a program can show: a closed set, because what it sends is an enemy's. Of images all but SVG are base64."""

PROGRAM_NAME: Final = "main.py"
"""What the program is called in its folder; no file of a request may have this name."""


@dataclass(frozen=True, slots=True)
class WorkspaceFile:
    """A file put into the working folder before the start; `path` is relative, checked, with `/` between parts."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class TerminalSize:
    """Of a terminal, in characters; each from 1 to 65535."""

    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class RunSpec:
    """A run with every question settled: checked fields, concrete limits, bytes."""

    code: bytes
    limits: Limits
    stdin: bytes | None = b""
    """Given to the program, then end of file. None: it is live, by `Run.send_stdin`."""
    args: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    files: tuple[WorkspaceFile, ...] = ()
    terminal: TerminalSize | None = None
    """With it the program has a terminal of this size of its own instead of three pipes, and `limits.wall_seconds` is
    what the whole session may take."""
    hints: bool = False
    """Whether `InputRequested` is wanted; each costs the program a few microseconds."""
    artifacts: bool = True
    """Whether `Made` is wanted."""
    display: bool = False
    """Whether `Shown` is wanted: the program then can call `display()`, and shows its figures and the value of its last
    expression."""


class Stream(StrEnum):
    """The program's ways out: two pipes, or one terminal that shows both."""

    STDOUT = "stdout"
    STDERR = "stderr"
    TERMINAL = "terminal"


class SignalName(StrEnum):
    """What a caller may send to a program; signal(7)."""

    SIGINT = "SIGINT"
    """Raises KeyboardInterrupt, unless the program wants it otherwise."""
    SIGTERM = "SIGTERM"
    """Ends it, unless the program wants it otherwise."""


@dataclass(frozen=True, slots=True)
class Queued:
    """The run waits; `position` 1 is next."""

    position: int


@dataclass(frozen=True, slots=True)
class Started:
    """The program has been started."""

    run_id: str
    environment: str


@dataclass(frozen=True, slots=True)
class Output:
    """Bytes as the program wrote them, cut anywhere; never empty, and never more in all than the limit."""

    stream: Stream
    data: bytes


@dataclass(frozen=True, slots=True)
class InputRequested:
    """A hint, if the spec wants such: the program waits in `input(prompt)`. Not all that wait say so; any may lie."""

    prompt: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Something to look at, if the spec wants such; what the program wrote before it has been told before."""

    bundle: Mapping[str, str]
    """The same thing in one or more media types of `MEDIA_TYPES`: text, or base64 of an image's bytes. Never empty."""
    display_id: str | None = None
    """What a later one may refer to."""
    update_of: str | None = None
    """The `display_id` of an earlier one, which this one takes the place of."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file that the run made or changed, found when all of it had ended, however it ended unless it was lost. A run
    that was left before its last event has none. `Executor.artifact` has its content."""

    path: str
    """Relative to the workspace, with `/` between parts; can be shown: no control characters, no `..`."""
    size: int
    """In bytes."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What the trusted side measured; None where the platform cannot tell."""

    cpu_seconds: float | None
    peak_memory_bytes: int | None
    whole: bool
    """Whether every process of the run is counted, or the main one only."""


@dataclass(frozen=True, slots=True)
class Finished:
    """How the run ended, by the trusted side's own knowledge."""

    status: RunStatus
    return_code: int | None
    """As subprocess reports it: -N for signal N. None when lost."""
    duration_seconds: float
    resources: Resources
    dropped: Mapping[Stream, int]
    """Bytes read beyond `output_bytes`, of each stream."""
    executed: bool = field(kw_only=True)
    """Whether the program began: not when its turn never came, nor when the run ended while its files were still being
    written."""
    fault: str | None = None
    """When lost: one sentence for the caller."""
    limit: RunLimit | None = None
    """Which limit ended it, when one did."""
    shown_dropped: int = 0
    """What the program showed beyond what one run may."""
    skipped: Mapping[SkipReason, int] = field(default_factory=dict)
    """What lay in the workspace and is no `Made`, by the reason; none is 0."""


RunEvent = Queued | Started | Output | InputRequested | Shown | Made | Finished


class Run(Protocol):
    """One run, from admission to its last event. Iterate it once."""

    @property
    def id(self) -> str:
        """`run_` and 128 random bits; nobody can guess it."""

    def __aiter__(self) -> AsyncIterator[RunEvent]:
        """A consumer that does not ask for the next event slows the program down; limits go on counting.

        Waiting for the next event may be cancelled, and loses none.
        """

    async def send_stdin(self, data: bytes) -> None:
        """Hand over live input; waits while the program does not read. Input that nobody reads any more is gone.

        With nothing to hand over it waits for what was handed over before, ends of it too.
        """

    def close_stdin(self) -> None:
        """End of file on the program's live input. On a terminal, as there, for whoever reads now: more may follow."""

    def resize(self, size: TerminalSize) -> None:
        """Give its terminal another size, of which the program is told (SIGWINCH); nothing without a terminal."""

    def signal(self, name: SignalName) -> None:
        """Send it a signal, as soon as it has begun: on a terminal SIGINT goes to whoever has it, as Ctrl-C does, else
        to the main process. Nothing for a run that waits or has ended."""

    def stop(self, *, patience_seconds: float = 0) -> None:
        """End the run as `stopped`; what it wrote so far is still delivered, then `Finished`.

        With patience it gets SIGINT first, and so long to end by itself. Called again without, it ends at once.
        """


@dataclass(frozen=True, slots=True)
class Capacity:
    """A moment's view."""

    running: int
    queued: int
    free: int


@dataclass(frozen=True, slots=True)
class Isolation:
    """What stands between a program and the host: each layer is held, held in part, or not there."""

    level: Literal["namespaces", "none"]
    layers: Mapping[str, Literal["on", "soft", "off"]]


class Executor(Protocol):
    """Whatever can run a program: this machine, others, a fake."""

    @property
    def isolation(self) -> Isolation:
        """Never lower than what the operator asked for."""

    def run(self, spec: RunSpec, *, caller: str) -> AbstractAsyncContextManager[Run]:
        """A run to enter. `caller` is whose share of the queue it takes.

        Entering raises Busy when the queue is full or the caller has its share, Unavailable when no program can
        be run now; then nothing was done, and nothing is kept.
        """

    def capacity(self) -> Capacity:
        """How full it is; never waits."""

    def problem(self) -> str | None:
        """Why no program could be run now, in one sentence, or None; never waits."""

    async def artifact(self, run_id: str, path: str) -> BinaryIO | None:
        """The content of a file that a run made, open at its beginning, for the caller to close; None when there is no
        such file, or it is no longer kept. From `Made` on it is."""

    async def close(self, *, grace_seconds: float) -> None:
        """Take no more runs, let those under way end for so long, then end them as `lost`.

        Asked again meanwhile, the shortest time counts, and all return when everything has been let go of.
        """
