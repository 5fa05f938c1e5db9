"""From the seam's events to those of the wire, for whoever is told of a run while it goes on."""

from collections.abc import AsyncIterator, Iterator
from typing import Final, assert_never

from snakepen.api.answer import WHOLE_CHARACTERS, Answer, bundle_characters, bundle_in_pieces, in_pieces, is_large
from snakepen.errors import Refusal
from snakepen.executor import Finished, InputRequested, Made, Output, Queued, RunEvent, Shown, Started, Stream
from snakepen.wire.events import (
    ArtifactEvent,
    DisplayEvent,
    Event,
    FinishedEvent,
    InputRequestedEvent,
    OutputEvent,
    QueuedEvent,
    RefusedEvent,
    StartedEvent,
    StderrEvent,
    StdoutEvent,
    TerminalEvent,
)
from snakepen.wire.explain import Preview
from snakepen.wire.generate import GenerateEvent
from snakepen.wire.refusal import RefusalBody

_OUTPUT: Final[dict[Stream, type[OutputEvent]]] = {
    Stream.STDOUT: StdoutEvent,
    Stream.STDERR: StderrEvent,
    Stream.TERMINAL: TerminalEvent,
}


class Narrator:
    """Tells one run: bytes become text, cut between characters only, and the whole of it is in the last event."""

    def __init__(self, run_id: str) -> None:
        self._run_id = run_id
        self._answer = Answer()

    def tell(self, event: RunEvent) -> Iterator[Event]:
        """None for output that is only the beginning of a character, several for the last event."""
        match event:
            case Queued():
                yield QueuedEvent(position=event.position)
            case Started():
                self._answer.started(event)
                yield StartedEvent(id=event.run_id, environment=event.environment)
            case Output():
                text = self._answer.output(event)
                if text:
                    yield _OUTPUT[event.stream](text=text)
            case InputRequested():
                yield InputRequestedEvent(prompt=event.prompt)
            case Shown():
                self._answer.shown(event)
                yield DisplayEvent(bundle=dict(event.bundle), display_id=event.display_id, update_of=event.update_of)
            case Made():
                yield ArtifactEvent(**dict(self._answer.made(event, self._run_id)))
            case Finished():
                for stream, text in self._answer.rest():
                    yield _OUTPUT[stream](text=text)
                yield FinishedEvent(**dict(self._answer.finished(event, self._run_id)))
            case _:
                assert_never(event)


def refused(refusal: Refusal, preview: Preview | None) -> RefusedEvent:
    """The last event of a run that was not taken."""
    return RefusedEvent(**dict(RefusalBody.of(refusal)), preview=preview)


async def in_json(event: Event | GenerateEvent) -> AsyncIterator[bytes]:
    """An event's JSON: in one piece unless it is much."""
    if isinstance(event, FinishedEvent) and is_large(event):
        async for piece in in_pieces(event):
            yield piece
    elif isinstance(event, DisplayEvent) and bundle_characters(event.bundle) > WHOLE_CHARACTERS:
        head, _, tail = event.model_copy(update={"bundle": {}}).model_dump_json().partition('"bundle":{}')
        yield f'{head}"bundle":'.encode()
        async for piece in bundle_in_pieces(event.bundle):
            yield piece
        yield tail.encode()
    else:
        yield event.model_dump_json().encode()
