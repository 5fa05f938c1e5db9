"""What a client says over the WebSocket: a run to start, then whatever reaches its program."""

from typing import Annotated, Literal

from pydantic import Field

from snakepen.wire.model import WireModel
from snakepen.wire.run import RunRequest, Text


class _Tagged(WireModel):
    """So that `type` comes first in a start as well."""

    type: str


class TerminalIn(WireModel):
    """The size of a terminal, in characters."""

    columns: int = Field(ge=1, le=1000)
    rows: int = Field(ge=1, le=1000)


class StartMessage(RunRequest, _Tagged):
    """Run this program. Its `stdin` is only the beginning of its input, which stays open."""

    type: Literal["start"]
    terminal: TerminalIn | None = Field(
        None,
        description="With it the program has a terminal of this size, and takes no `timeout`; without, three pipes.",
    )


class StdinMessage(WireModel):
    """Input for the program; of a terminal, what was typed."""

    type: Literal["stdin"]
    text: Text


class StdinEofMessage(WireModel):
    """The end of its input; of a terminal, for whoever reads now."""

    type: Literal["stdin_eof"]


class ResizeMessage(TerminalIn, _Tagged):
    """Its terminal has another size."""

    type: Literal["resize"]


class SignalMessage(WireModel):
    """A signal for the program."""

    type: Literal["signal"]
    name: Literal["SIGINT", "SIGTERM"]


class StopMessage(WireModel):
    """End it: it gets SIGINT first, and a second later it is over; sent again, at once."""

    type: Literal["stop"]


ClientMessage = Annotated[
    StartMessage | StdinMessage | StdinEofMessage | ResizeMessage | SignalMessage | StopMessage,
    Field(discriminator="type"),
]
