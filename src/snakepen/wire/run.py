"""A run as the wire sees it: the request, how it ended, the answer."""

from enum import StrEnum
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from snakepen.limits import MAX_ARGUMENTS, MAX_FILES
from snakepen.wire.model import AnswerModel, Items, WireModel


def encodable(text: str) -> str:
    """The text. Raises ValueError for one that cannot be UTF-8."""
    # JSON can spell a lone surrogate ("\ud800"); no file, pipe or argument can hold one.
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("must not hold a lone surrogate") from None
    return text


Text = Annotated[str, AfterValidator(encodable)]


class RunStatus(StrEnum):
    """How a run ended. HTTP says whether *we* did our part; this says how the *program* ended."""

    COMPLETED = "completed"
    """The program ended by itself: exit 0, an exception, `sys.exit(n)`, a crash."""
    TIMEOUT = "timeout"
    """The wall-clock or the CPU limit ended it; of a terminal, also that it was idle."""
    MEMORY_LIMIT = "memory_limit"
    """The memory limit ended it."""
    OUTPUT_LIMIT = "output_limit"
    """It wrote more than `output_bytes` to a stream."""
    STOPPED = "stopped"
    """The caller or the user stopped it, or hung up."""
    LOST = "lost"
    """*We* failed after it started."""
    ERROR = "error"
    """It did not run: the request was refused, or could not be served."""


class RunLimit(StrEnum):
    """Which limit ended a run; by the name of the request's field where it has one."""

    TIMEOUT = "timeout"
    CPU_SECONDS = "cpu_seconds"
    MEMORY_BYTES = "memory_bytes"
    OUTPUT_BYTES = "output_bytes"
    IDLE_SECONDS = "idle_seconds"
    """A terminal into which and out of which nothing came for so long; a setting."""
    WHOLE_SECONDS = "whole_seconds"
    """What a run with a terminal may take in all; a setting."""

    @property
    def status(self) -> RunStatus:
        """How a run ended that this limit ended."""
        return _STATUS_OF_LIMIT.get(self, RunStatus.TIMEOUT)


_STATUS_OF_LIMIT: Final = {
    RunLimit.MEMORY_BYTES: RunStatus.MEMORY_LIMIT,
    RunLimit.OUTPUT_BYTES: RunStatus.OUTPUT_LIMIT,
}


class SkipReason(StrEnum):
    """Why something that lay in the workspace when the run had ended is not among its artifacts."""

    NOT_A_FILE = "not_a_file"
    """A link, a pipe, a socket or a device: none is followed or opened."""
    BAD_NAME = "bad_name"
    """It is not UTF-8, holds control characters, or is too long."""
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    """There were more files, or more bytes in all, than one run may leave."""
    TOO_DEEP = "too_deep"
    """Folders that lie so deep; what is in them is not known."""
    UNREADABLE = "unreadable"
    """A file or folder that its own mode, or a fault of its disk, lets nobody read."""
    NO_ROOM = "no_room"
    """The server could keep no more just then."""
    OUT_OF_TIME = "out_of_time"
    """There was too much to look through, or it took too long: folders of which not all has been looked at, or files of
    which not all has been copied."""


class FileIn(WireModel):
    """A file for the working folder: its path there, and its content as text or as base64, one of the two."""

    path: Text
    content: Text | None = None
    content_base64: Text | None = None

    @model_validator(mode="after")
    def _one_content(self) -> Self:
        if (self.content is None) == (self.content_base64 is None):
            raise ValueError("give either content or content_base64")
        return self


class LimitsIn(WireModel):
    """Limits that differ from the server's defaults; GET /api/execute says what each may be."""

    memory_bytes: int | None = None
    cpu_seconds: float | None = None
    processes: int | None = None
    output_bytes: int | None = None
    disk_bytes: int | None = None
    open_files: int | None = None


class RunRequest(WireModel):
    """A program and what it is given."""

    code: Text = Field(description="The program, at most 1 MiB as UTF-8. Empty is a valid program.")
    language: Literal["python", "python3", "py"] = "python"
    stdin: Text = Field("", description="Its standard input, then end of file; at most 10 MiB.")
    args: tuple[Text, ...] = Items((), max_length=MAX_ARGUMENTS, description="`sys.argv[1:]`")
    env: dict[Text, Text] = Items({}, max_length=MAX_ARGUMENTS, description="Added to the program's clean environment.")
    files: tuple[FileIn, ...] = Items((), max_length=MAX_FILES, description="Written to the working folder first.")
    timeout: float | None = Field(None, description="Wall-clock seconds.", gt=0)
    limits: LimitsIn = LimitsIn()
    dependencies: tuple[Text, ...] = Items((), max_length=MAX_ARGUMENTS, description="Not there yet: leave it empty.")
    network: bool = Field(False, description="None can be asked for: true is 403.")
    session: Text | None = Field(None, description="Not there yet: leave it null.")
    display: bool = Field(
        False,
        description="Show the value of a last expression, open figures, and what the program gives to `display()`.",
    )


class Usage(AnswerModel):
    """What the run used, as the trusted side measured it; null where the platform cannot tell."""

    cpu_ms: float | None
    peak_memory_bytes: int | None
    whole: bool = Field(description="Whether all processes of the run are counted, or the main one only.")


class Truncated(AnswerModel):
    """What came from the program and was not kept: bytes of each stream, things shown; 0 when it is whole."""

    output_bytes_dropped: int
    error_bytes_dropped: int
    display_dropped: int


class Artifact(AnswerModel):
    """A file that the run made."""

    path: str
    size: int
    media_type: str
    url: str


class RunResult(AnswerModel):
    """The answer to a run that was started. Its first five fields stand in every answer, refusals included."""

    success: bool = Field(description="The program ran and exited with code 0.")
    output: str = Field(description="Its standard output, decoded as UTF-8 with replacement.")
    error: str = Field(description="Its standard error; when we failed, one sentence that says what to do.")
    status: RunStatus
    return_code: int | None = Field(description="The exit code; -N when signal N ended it; null when unknown.")
    id: str
    signal: str | None = Field(description='The signal that ended it, such as "SIGSEGV".')
    limit: RunLimit | None = Field(description="Which limit ended it, when one did.")
    executed: bool = Field(
        description="Whether the program began; when the run ended before, nothing of it has been done."
    )
    duration_ms: float = Field(description="Wall clock, from start to end of the program.")
    usage: Usage
    truncated: Truncated
    display: list[dict[str, str]] = Field(
        description="What the program showed, in order: media type to text, or to base64 of an image."
    )
    display_after: list[int] = Field(
        description="Of each in `display`: how many characters of `output` had come before it."
    )
    artifacts: list[Artifact] = Field(description="Files that the run made or changed.")
    artifacts_skipped: dict[SkipReason, int] = Field(
        description="What else lay in the workspace, and why it is no artifact."
    )
    where: Literal["sandbox", "browser"] = Field(
        description="`sandbox`: the server ran it; how far it was isolated, GET /api/execute says."
    )
    environment: str
