"""What a run says while it goes on: one union, the same over server-sent events and over a WebSocket."""

from typing import Annotated, Literal

from pydantic import Field

from snakepen.wire.explain import Preview
from snakepen.wire.model import AnswerModel
from snakepen.wire.refusal import RefusalBody
from snakepen.wire.run import Artifact, RunResult


class _Tagged(AnswerModel):
    """So that `type` comes first, in the events that are a whole answer too."""

    type: str


class QueuedEvent(_Tagged):
    """The run waits for its turn; `position` 1 is next. Comes again when it moves up."""

    type: Literal["queued"] = "queued"
    position: int


class StartedEvent(_Tagged):
    """The program has been started."""

    type: Literal["started"] = "started"
    id: str
    environment: str
    where: Literal["sandbox", "browser"] = "sandbox"


class StdoutEvent(_Tagged):
    """Of its standard output, cut between any two characters."""

    type: Literal["stdout"] = "stdout"
    text: str


class StderrEvent(_Tagged):
    """Of its standard error, cut between any two characters."""

    type: Literal["stderr"] = "stderr"
    text: str


class TerminalEvent(_Tagged):
    """Of its terminal, with all that steers it, cut between any two characters."""

    type: Literal["terminal"] = "terminal"
    text: str


class InputRequestedEvent(_Tagged):
    """A hint: the program waits in `input(prompt)`. Not all that wait say so, and any may pretend to."""

    type: Literal["input_requested"] = "input_requested"
    prompt: str


class DisplayEvent(_Tagged):
    """The program shows something, in one or more media types, of which a client takes the best that it can show."""

    type: Literal["display"] = "display"
    bundle: dict[str, str]
    display_id: str | None
    update_of: str | None = Field(description="The `display_id` of an earlier one, which this takes the place of.")


class ArtifactEvent(Artifact, _Tagged):
    """A file that the run made or changed; comes after everything that it wrote."""

    type: Literal["artifact"] = "artifact"


class FinishedEvent(RunResult, _Tagged):
    """The whole answer. The last event of a run, and comes exactly once."""

    type: Literal["finished"] = "finished"


class RefusedEvent(RefusalBody, _Tagged):
    """It did not run: the whole refusal. The last event."""

    type: Literal["refused"] = "refused"
    preview: Preview | None = Field(
        None, description="When no program can be run now: what this one would do, explained without running it."
    )


OutputEvent = StdoutEvent | StderrEvent | TerminalEvent

Event = Annotated[
    QueuedEvent
    | StartedEvent
    | OutputEvent
    | InputRequestedEvent
    | DisplayEvent
    | ArtifactEvent
    | FinishedEvent
    | RefusedEvent,
    Field(discriminator="type"),
]
