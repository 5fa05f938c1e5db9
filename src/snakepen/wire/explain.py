"""What can be said of a program without running it."""

from pydantic import Field

from snakepen.wire.model import AnswerModel, WireModel
from snakepen.wire.run import Text


class ExplainRequest(WireModel):
    """A program to look at; nothing of it runs."""

    code: Text = Field(description="The program, at most 1 MiB as UTF-8.")


class SyntaxProblem(AnswerModel):
    """Where and why the program is no Python; line and column count from 1."""

    message: str
    line: int | None
    column: int | None


class ImportedName(AnswerModel):
    """A module that the program imports, and whether a run would find it."""

    name: str
    available: bool


class Preview(AnswerModel):
    """An explanation, clearly not a run."""

    valid: bool | None = Field(description="Null when the program was too long or too deep to be parsed in time.")
    syntax_error: SyntaxProblem | None
    summary: list[str] = Field(description="Sentences for a person.")
    imports: list[ImportedName]
    functions: list[str]
    classes: list[str]
    reads_input: bool
    writes_files: bool
    opens_network: bool
    starts_server: bool
    draws_plots: bool
    runs_long: bool
