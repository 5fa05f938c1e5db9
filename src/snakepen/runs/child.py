"""A program as a process of its own: what the executors ask of it, whatever the platform.

Two implementations, because nothing portable does both things that a run needs: end the program together with
everything that it started, and say what it used.
"""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from snakepen.executor import Resources, Shown, SignalName, Stream, TerminalSize
from snakepen.runs.remains import Remains
from snakepen.wire.run import RunLimit

# What subprocess says of a process that SIGKILL ended; said of those that we ended on Windows too.
KILLED: Final = -9
# After the end of the group the pipes are at their end, unless somebody left the group and keeps them open.
SILENCE_SECONDS: Final = 0.25


@dataclass(frozen=True, slots=True)
class Command:
    """What to start, and where."""

    argv: Sequence[str]
    folder: Path
    env: Mapping[str, str]
    terminal: TerminalSize | None = None
    """With it a terminal of its own stands for its three streams."""
    showing_program: str | None = None
    """With it what it shows is listened to: `argv` is its interpreter, the program's path, and its arguments."""


@dataclass(frozen=True, slots=True)
class Exit:
    """How the main process ended."""

    return_code: int
    """As subprocess reports it: -N for signal N."""
    resources: Resources
    limit: RunLimit | None = None
    """Which limit ended it, when whoever watches over the child found that one did."""
    fault: str | None = None
    """When we lost it: one sentence for the caller."""


class ChildListener(Protocol):
    """Who hears of the child; called on the event loop."""

    def child_started(self, child: "Child") -> None:
        """It runs; this comes before the first word of it."""

    def child_said(self, stream: Stream, data: bytes) -> None:
        """Bytes from one of its streams; never empty."""

    def child_asked(self, prompt: str) -> None:
        """It says that it waits for input."""

    def child_showed(self, shown: Shown | None) -> None:
        """Something to look at; None when it was not kept. What was written before has been told before."""


class Child(Protocol):
    """A started process and everything that it starts. `end` it on every way out."""

    exited: asyncio.Future[Exit]
    """The main process has ended, or is lost. Never waits for the end of its streams."""

    @property
    def has_begun(self) -> bool:
        """Whether the process is the program's already, and no longer ours that makes ready for it. Settled when it has
        `exited`."""

    async def send(self, data: bytes) -> None:
        """Write to its standard input; waits while it does not read. Ignored when it reads no more."""

    def send_eof(self) -> None:
        """Close its standard input after what was sent; a terminal tells whoever reads, and stays open."""

    def resize(self, size: TerminalSize) -> None:
        """Change the size of its terminal, if it has one."""

    def signal(self, name: SignalName) -> None:
        """Send it a signal, when it has begun. Where there are no signals it is ended instead."""

    def pause(self) -> None:
        """Stop reading its streams, so that it has to wait when the pipes are full."""

    def resume(self) -> None:
        """Read them again."""

    def kill(self) -> None:
        """End it and everything that it started, now."""

    def remains(self) -> Remains | None:
        """Its folder, when there may be something in it that it made: for the caller to close, and to be looked through
        when all of it has ended. Asked between `exited` and `end`."""

    async def end(self) -> None:
        """Kill what is left of it, pass on what its pipes still hold, let go of them. Resume it before."""


async def spawn(command: Command, listener: ChildListener, threads: ThreadPoolExecutor) -> Child:
    """Start a child; one of `threads` is busy until it ends. Raises OSError when the system refuses."""
    if sys.platform == "win32":
        from snakepen.runs.child_windows import WindowsChild

        return await WindowsChild.spawn(command, listener)
    else:  # noqa: RET505  -- the type checker reads a platform's branch only when it is one
        from snakepen.runs.child_posix import PosixChild

        return await PosixChild.spawn(command, listener, threads)
