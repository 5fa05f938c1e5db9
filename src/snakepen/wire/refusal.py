"""The body of every answer that is not a run's."""

from typing import Literal

from pydantic import Field

from snakepen.errors import FieldProblem, Refusal
from snakepen.wire.explain import Preview
from snakepen.wire.model import AnswerModel
from snakepen.wire.run import RunStatus


class Detail(AnswerModel):
    """What is wrong with one field."""

    field: str
    problem: str


class RefusalBody(AnswerModel):
    """The five fields of every answer, why nothing ran, and each field that is wrong."""

    success: Literal[False] = False
    output: Literal[""] = ""
    error: str = Field(description="One plain sentence that says what to do.")
    status: Literal[RunStatus.ERROR] = RunStatus.ERROR
    return_code: None = None
    executed: Literal[False] = False
    code: str = Field(description="A stable word for the reason.")
    details: list[Detail]

    @classmethod
    def of(cls, refusal: Refusal) -> "RefusalBody":
        return cls(error=str(refusal), code=refusal.code, details=_details(refusal.details))


class UnavailableBody(RefusalBody):
    """No program can be run now: what the program would do, explained without running it."""

    preview: Preview | None = Field(description="Null when too many programs are being explained already.")


def _details(problems: tuple[FieldProblem, ...]) -> list[Detail]:
    return [Detail(field=item.field, problem=item.problem) for item in problems]
