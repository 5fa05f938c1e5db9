"""From the seam to the wire: the events of a run become its answer."""

import asyncio
import codecs
import json
import signal
from collections.abc import AsyncIterator
from typing import Final

from snakepen.executor import Finished, Output, Started, Stream
from snakepen.wire.run import RunResult, RunStatus, Truncated, Usage

# An answer with more text than this is sent in pieces, each of about a millisecond's work.
WHOLE_CHARACTERS: Final = 1024 * 1024
PIECE_CHARACTERS: Final = 128 * 1024


class Answer:
    """Collects a run's events into the answer of a request that waits for its end."""

    def __init__(self) -> None:
        self._text = {stream: codecs.getincrementaldecoder("utf-8")("replace") for stream in Stream}
        self._parts: dict[Stream, list[str]] = {stream: [] for stream in Stream}
        self._environment = ""
        self._executed = False

    def started(self, event: Started) -> None:
        """The program runs."""
        self._environment = event.environment
        self._executed = True

    def output(self, event: Output) -> None:
        """It said something; a character cut by the chunk's end waits for the next."""
        self._parts[event.stream].append(self._text[event.stream].decode(event.data))

    def finished(self, event: Finished, run_id: str) -> RunResult:
        """The whole answer."""
        streams = {}
        for stream in Stream:
            streams[stream] = "".join([*self._parts[stream], self._text[stream].decode(b"", final=True)])
        if event.fault is not None:
            streams[Stream.STDERR] = event.fault
        cpu = event.resources.cpu_seconds
        return RunResult(
            success=event.status is RunStatus.COMPLETED and event.return_code == 0,
            output=streams[Stream.STDOUT],
            error=streams[Stream.STDERR],
            status=event.status,
            return_code=event.return_code,
            id=run_id,
            signal=_signal_name(event.return_code),
            executed=self._executed,
            duration_ms=round(event.duration_seconds * 1000, 3),
            usage=Usage(
                cpu_ms=None if cpu is None else round(cpu * 1000, 3),
                peak_memory_bytes=event.resources.peak_memory_bytes,
                whole=event.resources.whole,
            ),
            truncated=Truncated(
                output_bytes_dropped=event.dropped[Stream.STDOUT],
                error_bytes_dropped=event.dropped[Stream.STDERR],
            ),
            display=[],
            artifacts=[],
            where="sandbox",
            environment=self._environment,
        )


async def in_pieces(result: RunResult) -> AsyncIterator[bytes]:
    """The JSON of an answer, piece by piece: 128 MiB in one would hold the event loop for seconds."""
    bare = result.model_copy(update={"output": "", "error": ""}).model_dump_json()
    head, _, rest = bare.partition('"output":""')
    middle, _, tail = rest.partition('"error":""')
    for before, text in ((f'{head}"output":"', result.output), (f'"{middle}"error":"', result.error)):
        yield before.encode()
        for start in range(0, len(text), PIECE_CHARACTERS):
            yield json.dumps(text[start : start + PIECE_CHARACTERS], ensure_ascii=False)[1:-1].encode()
            await asyncio.sleep(0)  # to others; a client that reads fast would keep the loop to itself
    yield f'"{tail}'.encode()


def _signal_name(return_code: int | None) -> str | None:
    if return_code is None or return_code >= 0:
        return None
    try:
        return signal.Signals(-return_code).name
    except ValueError:
        # Windows has no such signal, and yet a limit that ended a program reads the same everywhere.
        return "SIGKILL" if return_code == -9 else f"SIG{-return_code}"
