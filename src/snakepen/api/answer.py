"""From the seam to the wire: the events of a run become its answer."""

import asyncio
import codecs
import json
import signal
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Final

from snakepen.api.links import artifact_link, media_type
from snakepen.executor import Finished, Made, Output, Shown, Started, Stream
from snakepen.wire.run import Artifact, RunResult, RunStatus, Truncated, Usage

# An answer with more text than this is sent in pieces, each of about a millisecond's work.
WHOLE_CHARACTERS: Final = 1024 * 1024
PIECE_CHARACTERS: Final = 128 * 1024


class Answer:
    """Collects a run's events into the answer of a request that waits for its end."""

    def __init__(self) -> None:
        self._text = {stream: codecs.getincrementaldecoder("utf-8")("replace") for stream in Stream}
        self._parts: dict[Stream, list[str]] = {stream: [] for stream in Stream}
        self._characters = 0
        self._shown: list[dict[str, str]] = []
        self._shown_after: list[int] = []
        self._artifacts: list[Artifact] = []
        self._environment = ""

    def started(self, event: Started) -> None:
        """The program has been started."""
        self._environment = event.environment

    def output(self, event: Output) -> str:
        """It said something: the text, which may be empty; a character cut by the chunk's end waits for the next."""
        text = self._text[event.stream].decode(event.data)
        self._parts[event.stream].append(text)
        if event.stream is not Stream.STDERR:
            self._characters += len(text)
        return text

    def shown(self, event: Shown) -> None:
        """It showed something, after what it has said so far."""
        self._shown.append(dict(event.bundle))
        self._shown_after.append(self._characters)

    def made(self, event: Made, run_id: str) -> Artifact:
        """It made a file, which can be had by the link."""
        link = artifact_link(run_id, event.path)
        artifact = Artifact(path=event.path, size=event.size, media_type=media_type(event.path), url=link)
        self._artifacts.append(artifact)
        return artifact

    def rest(self) -> Iterator[tuple[Stream, str]]:
        """What is left of each stream that ended amid a character; nothing more comes from it."""
        for stream, decoder in self._text.items():
            text = decoder.decode(b"", final=True)
            if text:
                self._parts[stream].append(text)
                yield stream, text

    def finished(self, event: Finished, run_id: str) -> RunResult:
        """The whole answer. A program has two pipes, or a terminal, which then is its output."""
        list(self.rest())
        output = "".join([*self._parts[Stream.STDOUT], *self._parts[Stream.TERMINAL]])
        error = event.fault if event.fault is not None else "".join(self._parts[Stream.STDERR])
        dropped = event.dropped
        cpu = event.resources.cpu_seconds
        return RunResult(
            success=event.status is RunStatus.COMPLETED and event.return_code == 0,
            output=output,
            error=error,
            status=event.status,
            return_code=event.return_code,
            id=run_id,
            signal=_signal_name(event.return_code),
            limit=event.limit,
            executed=event.executed,
            duration_ms=round(event.duration_seconds * 1000, 3),
            usage=Usage(
                cpu_ms=None if cpu is None else round(cpu * 1000, 3),
                peak_memory_bytes=event.resources.peak_memory_bytes,
                whole=event.resources.whole,
            ),
            truncated=Truncated(
                output_bytes_dropped=dropped[Stream.STDOUT] + dropped[Stream.TERMINAL],
                error_bytes_dropped=dropped[Stream.STDERR],
                display_dropped=event.shown_dropped,
            ),
            display=self._shown,
            display_after=self._shown_after,
            artifacts=self._artifacts,
            artifacts_skipped={reason: count for reason, count in event.skipped.items() if count},
            where="sandbox",
            environment=self._environment,
        )


def is_large(result: RunResult) -> bool:
    """Whether it is to be sent in pieces."""
    characters = len(result.output) + len(result.error) + sum(map(bundle_characters, result.display))
    return characters > WHOLE_CHARACTERS


def leaving_bytes(result: RunResult) -> int:
    """What an answer that is sent in pieces holds in memory until they are taken; 0 of any other."""
    if not is_large(result):
        return 0
    shown = (text for bundle in result.display for text in bundle.values())
    return sum(map(sys.getsizeof, (result.output, result.error, *shown)))


def bundle_characters(bundle: Mapping[str, str]) -> int:
    """How much of it there is."""
    return sum(map(len, bundle.values()))


async def in_pieces(result: RunResult) -> AsyncIterator[bytes]:
    """The JSON of an answer, piece by piece: 128 MiB in one would hold the event loop for seconds."""
    bare = result.model_copy(update={"output": "", "error": "", "display": []}).model_dump_json()
    head, _, rest = bare.partition('"output":""')
    middle, _, rest = rest.partition('"error":""')
    end, _, tail = rest.partition('"display":[]')
    for before, text in ((f'{head}"output":', result.output), (f'{middle}"error":', result.error)):
        yield before.encode()
        async for piece in text_in_pieces(text):
            yield piece
    yield f'{end}"display":['.encode()
    for index, bundle in enumerate(result.display):
        if index:
            yield b","
        async for piece in bundle_in_pieces(bundle):
            yield piece
    yield f"]{tail}".encode()


async def bundle_in_pieces(bundle: Mapping[str, str]) -> AsyncIterator[bytes]:
    """The JSON of one thing that is shown."""
    yield b"{"
    for index, (kind, data) in enumerate(bundle.items()):
        yield f"{',' if index else ''}{json.dumps(kind)}:".encode()
        async for piece in text_in_pieces(data):
            yield piece
    yield b"}"


async def text_in_pieces(text: str) -> AsyncIterator[bytes]:
    """The JSON of a string."""
    yield b'"'
    for start in range(0, len(text), PIECE_CHARACTERS):
        yield json.dumps(text[start : start + PIECE_CHARACTERS], ensure_ascii=False)[1:-1].encode()
        await asyncio.sleep(0)  # to others; a client that reads fast would keep the loop to itself
    yield b'"'


def _signal_name(return_code: int | None) -> str | None:
    if return_code is None or return_code >= 0:
        return None
    try:
        return signal.Signals(-return_code).name
    except ValueError:
        # Windows has no such signal, and yet a limit that ended a program reads the same everywhere.
        return "SIGKILL" if return_code == -9 else f"SIG{-return_code}"
