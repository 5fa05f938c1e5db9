"""The seam below the one: where programs run, which is what differs between the levels of isolation."""

from typing import Protocol

from snakepen.executor import Isolation, RunSpec
from snakepen.runs.child import Child, ChildListener


class Host(Protocol):
    """What starts programs."""

    @property
    def isolation(self) -> Isolation:
        """What stands between a program and this machine."""

    @property
    def environment_name(self) -> str:
        """Whose packages programs import."""

    def problem(self) -> str | None:
        """Why no program could be started now, in one sentence, or None; never waits."""

    async def start(self, run_id: str, spec: RunSpec, listener: ChildListener) -> Child:
        """Start a program; may wait, and may be cancelled while it does.

        Raises InvalidRequest when this program cannot be started here, Unavailable when none can be now; then nothing
        of it is left.
        """

    async def clear(self, run_id: str) -> None:
        """Remove what was made for a run, after its child has ended; also when it could not be started."""

    async def close(self) -> None:
        """Let go of everything; no run is under way any more."""
