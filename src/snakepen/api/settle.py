"""From the wire to the seam: a request becomes a spec with every question settled, or a refusal.

Every limit of contract and operator is checked here, before a place is asked for or a byte is written.
"""

import base64
import binascii
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, Protocol

from snakepen import limits as numbers
from snakepen.errors import FieldProblem, Forbidden, InvalidRequest, TooLarge, printable
from snakepen.executor import PROGRAM_NAME, RunSpec, TerminalSize, WorkspaceFile
from snakepen.limits import Limits, TerminalLimits
from snakepen.policy import NETWORK_REFUSAL, variable_problem
from snakepen.wire.live import StartMessage, TerminalIn
from snakepen.wire.run import FileIn, LimitsIn, RunRequest

# What xterm.js and every terminal of these days understands; a program without them shows no colours.
_TERMINAL_ENV: Final = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}


class LimitBounds(Protocol):
    """A limit's default and maximum, as the operator set them."""

    @property
    def default(self) -> int | float: ...
    @property
    def maximum(self) -> int | float: ...


class Settler:
    """Settles requests by the operator's limits."""

    def __init__(self, bounds: Mapping[str, LimitBounds], terminal: TerminalLimits = numbers.TERMINAL) -> None:
        self._bounds = bounds
        self._terminal = terminal

    def spec(self, request: RunRequest) -> RunSpec:
        """What to run. Raises Forbidden, TooLarge or InvalidRequest; the last names every wrong field."""
        return self._settle(request, None)

    def live(self, start: StartMessage) -> tuple[RunSpec, bytes]:
        """What to run, with live input, and what that begins with. Raises as `spec` does."""
        spec = self._settle(start, start.terminal)
        first_input = spec.stdin or b""
        if start.terminal is None:
            return replace(spec, stdin=None, hints=True), first_input
        size = TerminalSize(start.terminal.columns, start.terminal.rows)
        env = {**_TERMINAL_ENV, **start.env}
        return replace(spec, stdin=None, env=env, terminal=size, hints=True), first_input

    def _settle(self, request: RunRequest, terminal: TerminalIn | None) -> RunSpec:
        if request.network:
            raise Forbidden(NETWORK_REFUSAL, details=(FieldProblem("network", "is not allowed on this server"),))
        code = check_code(request.code)
        stdin = _within(request.stdin.encode(), numbers.MAX_STDIN_BYTES, "stdin")
        problems: list[FieldProblem] = []
        problems += _not_there_yet(request)
        problems += _argument_problems(request)
        limits = self._limits(request.timeout, request.limits, problems)
        if terminal is not None:
            limits = self._of_terminal(limits, request, problems)
        files = _files(request.files, problems)
        if sum(len(file.content) for file in files) > limits.disk_bytes:
            problems.append(FieldProblem("files", f"do not fit into disk_bytes ({limits.disk_bytes}): raise it"))
        if problems:
            raise InvalidRequest(tuple(problems))
        return RunSpec(code, limits, stdin, request.args, request.env, files, display=request.display)

    def _limits(self, timeout: float | None, given: LimitsIn, problems: list[FieldProblem]) -> Limits:
        def settle(name: str, value: float | None, within: numbers.Range, default: float | None = None) -> float:
            bounds = self._bounds[name]
            field = name if name == "timeout" else f"limits.{name}"
            if value is None:
                return min(bounds.default if default is None else default, bounds.maximum)
            if not within.minimum <= value <= bounds.maximum:
                least, most = _plain(within.minimum), _plain(bounds.maximum)
                problems.append(FieldProblem(field, f"must be from {least} to {most} on this server"))
            return value

        wall = settle("timeout", timeout, numbers.WALL_SECONDS)
        return Limits(
            wall_seconds=wall,
            cpu_seconds=settle("cpu_seconds", given.cpu_seconds, numbers.CPU_SECONDS, default=wall),
            memory_bytes=int(settle("memory_bytes", given.memory_bytes, numbers.MEMORY_BYTES)),
            processes=int(settle("processes", given.processes, numbers.PROCESSES)),
            output_bytes=int(settle("output_bytes", given.output_bytes, numbers.OUTPUT_BYTES)),
            disk_bytes=int(settle("disk_bytes", given.disk_bytes, numbers.DISK_BYTES)),
            open_files=int(settle("open_files", given.open_files, numbers.OPEN_FILES)),
        )

    def _of_terminal(self, limits: Limits, request: RunRequest, problems: list[FieldProblem]) -> Limits:
        given = self._terminal
        if request.timeout is not None:
            problem = "is not for a run with a terminal, which has limits of its own: leave it out"
            problems.append(FieldProblem("timeout", problem))
        cpu_seconds = limits.cpu_seconds
        if request.limits.cpu_seconds is None:
            cpu_seconds = min(given.cpu_seconds, self._bounds["cpu_seconds"].maximum)
        whole, idle = given.whole_seconds, given.idle_seconds
        return replace(limits, wall_seconds=whole, idle_seconds=idle, cpu_seconds=cpu_seconds)


def check_code(code: str) -> bytes:
    """The program as bytes. Raises TooLarge."""
    return _within(code.encode(), numbers.MAX_CODE_BYTES, "code")


def _plain(number: float) -> str:
    return f"{number:.15g}"


def _within(data: bytes, most: int, field: str) -> bytes:
    if len(data) > most:
        problem = f"is over {most // numbers.MIB} MiB"
        raise TooLarge(f"{field} {problem}: send less.", details=(FieldProblem(field, problem),))
    return data


def _not_there_yet(request: RunRequest) -> Iterable[FieldProblem]:
    if request.dependencies:
        yield FieldProblem("dependencies", "cannot be installed yet: GET /api/environment lists what is there")
    if request.session is not None:
        yield FieldProblem("session", "sessions are not there yet: leave it null")


def _argument_problems(request: RunRequest) -> Iterable[FieldProblem]:
    total = 0
    for index, argument in enumerate(request.args):
        size = len(argument.encode())
        total += size
        if "\0" in argument:
            yield FieldProblem(f"args.{index}", "must not hold NUL")
        if size > numbers.MAX_ARGUMENT_BYTES:
            yield FieldProblem(f"args.{index}", "is over 128 KiB: use stdin or a file")
    for name, value in request.env.items():
        size = len(name.encode()) + len(value.encode()) + 1
        total += size
        if size > numbers.MAX_ARGUMENT_BYTES:  # first: what is longer is not looked through
            yield FieldProblem(printable(f"env.{name}"), "is over 128 KiB: use stdin or a file")
        elif (problem := variable_problem(name)) is not None:
            yield FieldProblem("env", problem)
        elif "\0" in value:
            yield FieldProblem(printable(f"env.{name}"), "must not hold NUL")
    if total > numbers.MAX_ARGUMENTS_AND_ENVIRONMENT_BYTES:
        yield FieldProblem("args", "and env are over 256 KiB together: use stdin or a file")


def _files(given: tuple[FileIn, ...], problems: list[FieldProblem]) -> tuple[WorkspaceFile, ...]:
    files = []
    names = FileNames()
    for index, item in enumerate(given):
        content = _content(item, index, problems)
        problem = names.add(item.path)
        if problem is not None:
            problems.append(FieldProblem(f"files.{index}.path", problem))
            continue
        files.append(WorkspaceFile(item.path, content))
    return tuple(files)


class FileNames:
    """The paths of the files of one run, each judged beside those before it."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._folders: set[str] = set()

    def add(self, path: str) -> str | None:
        """What is wrong with it; then it is not one of them."""
        problem = _path_problem(path)
        if problem is not None:
            return problem
        folders = set(itertools.accumulate(path.split("/")[:-1], "{}/{}".format))
        if path in self._names:
            return "is there twice"
        if path in self._folders or not folders.isdisjoint(self._names):
            return "is a file here and a folder there"
        self._names.add(path)
        self._folders |= folders
        return None


def _content(item: FileIn, index: int, problems: list[FieldProblem]) -> bytes:
    if item.content is not None:
        return _within(item.content.encode(), numbers.MAX_FILE_BYTES, f"files.{index}.content")
    try:
        content = base64.b64decode((item.content_base64 or "").encode(), validate=True)
    except (binascii.Error, ValueError):
        problems.append(FieldProblem(f"files.{index}.content_base64", "is not base64 (RFC 4648, with padding)"))
        return b""
    return _within(content, numbers.MAX_FILE_BYTES, f"files.{index}.content_base64")


_TOO_LONG: Final = f"is too long: {numbers.MAX_FILE_NAME_BYTES} bytes a name, {numbers.MAX_FILE_PATH_BYTES} in all"


def _path_problem(path: str) -> str | None:
    # The length comes first: what is longer is not looked through.
    if len(path.encode()) > numbers.MAX_FILE_PATH_BYTES:
        return _TOO_LONG
    parts = path.split("/")
    if not path or path.startswith("/") or "\\" in path:
        return "must be relative, with '/' between its parts"
    if any(part in ("", ".", "..") for part in parts):
        return "must not have '.', '..' or empty parts"
    if any(ord(character) < 32 or ord(character) == 127 for character in path):
        return "must not hold NUL or other control characters"
    if any(len(part.encode()) > numbers.MAX_FILE_NAME_BYTES for part in parts):
        return _TOO_LONG
    if len(parts) > numbers.MAX_FILE_DEPTH:
        return f"is too deep: at most {numbers.MAX_FILE_DEPTH} parts"
    if parts[0] == PROGRAM_NAME:
        return "is the program's own name: give the file another"
    return None
