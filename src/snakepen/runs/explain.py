"""An explanation of a program in under half a second, without running it and without parsing it here."""

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from snakepen.errors import Busy
from snakepen.executor import Shown, Stream
from snakepen.limits import KIB, MAX_PARSED_BYTES
from snakepen.runner import outline as runner_outline
from snakepen.runs.child import Child, Command, spawn
from snakepen.runs.private_folder import temporary_folder
from snakepen.wire.explain import ImportedName, Preview

# The promise is 500 ms; what is left pays for the scan of a megabyte and for the way back.
PARSE_SECONDS: Final = 0.3
PARSERS: Final = 2
# A scan of this much takes up to 25 ms, and so many of them less than the promise.
MAX_SCANNED_CHARACTERS: Final = 256 * KIB
MAX_UNDER_WAY: Final = 16
MAX_OUTLINE_BYTES: Final = 256 * KIB

_Name = Annotated[str, Field(max_length=runner_outline.MAX_NAME_CHARACTERS)]
_Names = Annotated[list[_Name], Field(max_length=runner_outline.MAX_NAMES)]


class _SyntaxError(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    message: Annotated[str, Field(max_length=runner_outline.MAX_MESSAGE_CHARACTERS)]
    line: int | None
    column: int | None


class _Outline(BaseModel):
    """What the parsing process may say; whatever else it says is thrown away."""

    model_config = ConfigDict(strict=True, extra="forbid")

    valid: bool | None
    syntax_error: _SyntaxError | None
    imports: _Names
    functions: _Names
    classes: _Names
    stubs: _Names
    bodies: _Names
    reads_input: bool
    writes_files: bool
    opens_network: bool
    starts_server: bool
    draws_plots: bool
    runs_long: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """A preview, and what is to be known of a program that is to replace another."""

    preview: Preview
    stubs: frozenset[str] = frozenset()
    """The functions and classes that hold nothing but `...`, `pass` or a docstring; methods with their class."""
    bodies: frozenset[str] = frozenset()
    """All others, but for those that are empty by design."""


class _Collector:
    """Keeps what a child says on standard output, up to the largest outline."""

    def __init__(self) -> None:
        self.said = bytearray()

    def child_started(self, child: Child) -> None:
        """Nothing to do: whoever asked for it gets it."""

    def child_said(self, stream: Stream, data: bytes) -> None:
        if stream is Stream.STDOUT and len(self.said) <= MAX_OUTLINE_BYTES:
            self.said += data

    def child_asked(self, prompt: str) -> None:
        """A parser has nobody to ask."""

    def child_showed(self, shown: Shown | None) -> None:
        """Of no interest."""


class Explainer:
    """Explains programs; at most a few processes parse at a time, and who finds no free one gets the scan."""

    def __init__(
        self,
        importable: Callable[[], frozenset[str]],
        *,
        parser: Path = Path(runner_outline.__file__),
        parse_seconds: float = PARSE_SECONDS,
    ) -> None:
        """A program that is not parsed within `parse_seconds`, from when it is asked for, gets the scan."""
        self._importable = importable
        self._parser = parser
        self._parse_seconds = parse_seconds
        self._free = asyncio.Semaphore(PARSERS)
        # A parser keeps a thread for as long as it lives; scans never wait for one.
        self._parser_threads = ThreadPoolExecutor(PARSERS, thread_name_prefix="explain-parser")
        self._scan_threads = ThreadPoolExecutor(1, thread_name_prefix="explain-scan")
        self._under_way = 0
        self._parsing: set[asyncio.Task[_Outline | None]] = set()

    async def explain(self, code: str) -> Preview:
        """The preview of a program; says less when it has to. Raises Busy when too many are asked for at once."""
        return (await self.look(code)).preview

    async def look(self, code: str) -> Looked:
        """The same, and which of its functions do something."""
        if self._under_way >= MAX_UNDER_WAY:
            raise Busy("Too many programs are being explained: try again in a moment.", retry_after_seconds=1)
        self._under_way += 1
        try:
            outline = await self._outline(code)
            return Looked(self._preview(outline), frozenset(outline.stubs), frozenset(outline.bodies))
        finally:
            self._under_way -= 1

    async def _outline(self, code: str) -> _Outline:
        source = code.encode("utf-8")
        outline = None
        if len(source) <= MAX_PARSED_BYTES:
            # A task of its own, so that a caller who hangs up cannot interrupt the start of a process.
            parsing = asyncio.create_task(self._parse(source))
            self._parsing.add(parsing)
            parsing.add_done_callback(self._parsing.discard)
            outline = await asyncio.shield(parsing)
        if outline is None:
            loop = asyncio.get_running_loop()
            found = await loop.run_in_executor(self._scan_threads, runner_outline.scan, code[:MAX_SCANNED_CHARACTERS])
            outline = _Outline.model_validate(found)
        return outline

    async def close(self) -> None:
        """Wait for the last parsers, which have a deadline."""
        if self._parsing:
            await asyncio.wait(self._parsing)
        self._parser_threads.shutdown()
        self._scan_threads.shutdown()

    async def _parse(self, source: bytes) -> _Outline | None:
        deadline = asyncio.get_running_loop().time() + self._parse_seconds
        try:
            async with asyncio.timeout_at(deadline):
                await self._free.acquire()
        except TimeoutError:
            return None
        said = _Collector()
        try:
            await self._converse(source, said, deadline)
        except OSError:
            return None  # the system starts no process now; the scan needs none
        finally:
            self._free.release()
        try:
            return _Outline.model_validate_json(bytes(said.said))
        except ValidationError:
            return None

    async def _converse(self, source: bytes, said: _Collector, deadline: float) -> None:
        command = Command(
            argv=[sys.executable, "-I", "-S", str(self._parser)],
            folder=temporary_folder(),
            env={"LANG": "C.UTF-8"},
        )
        child = await spawn(command, said, self._parser_threads)
        feeding = asyncio.create_task(self._feed(child, source))
        try:
            await asyncio.wait({child.exited}, timeout=deadline - asyncio.get_running_loop().time())
        finally:
            feeding.cancel()
            await child.end()
            await asyncio.wait({feeding})

    async def _feed(self, child: Child, source: bytes) -> None:
        await child.send(source)
        child.send_eof()

    def _preview(self, outline: _Outline) -> Preview:
        importable = self._importable()
        imports = [
            ImportedName(name=name, available=name in sys.stdlib_module_names or name in importable)
            for name in outline.imports
        ]
        return Preview.model_validate(
            {
                **outline.model_dump(exclude={"stubs", "bodies"}),
                "imports": imports,
                "summary": summarise(outline, imports),
            }
        )


def summarise(outline: _Outline, imports: list[ImportedName]) -> list[str]:
    """Sentences for a person, in the order in which they matter."""
    sentences = []
    if outline.syntax_error is not None:
        where = f" on line {outline.syntax_error.line}" if outline.syntax_error.line else ""
        sentences.append(f"It is not valid Python: {outline.syntax_error.message}{where}.")
    elif outline.valid is None:
        sentences.append("It was not parsed: it is long or deeply nested, and this is what its lines show.")
    missing = [item.name for item in imports if not item.available]
    if imports:
        sentences.append(f"It imports {_listed([item.name for item in imports])}.")
    if missing:
        sentences.append(f"Not available here: {_listed(missing)}.")
    if outline.classes:
        sentences.append(f"It defines the {_counted('class', outline.classes, 'classes')}.")
    if outline.functions:
        sentences.append(f"It defines the {_counted('function', outline.functions, 'functions')}.")
    flags = (
        (outline.reads_input, "It reads input from the person who runs it."),
        (outline.writes_files, "It writes files."),
        (outline.draws_plots, "It draws plots."),
        (outline.starts_server, "It starts a server."),
        (outline.opens_network, "It uses the network."),
        (outline.runs_long, "It may run for long, or until it is stopped."),
    )
    sentences += [sentence for holds, sentence in flags if holds]
    if not sentences:
        sentences.append("It imports nothing and defines nothing.")
    return sentences


def _listed(names: list[str], most: int = 8) -> str:
    shown = names[:most]
    rest = len(names) - len(shown)
    if rest:
        return f"{', '.join(shown)} and {rest} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _counted(one: str, names: list[str], many: str) -> str:
    return f"{one if len(names) == 1 else many} {_listed(names)}"
