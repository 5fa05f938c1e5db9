"""From a prompt to a program: the request, what is told while it is written, and what can write it."""

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from snakepen.limits import (
    MAX_DRAFT_CHARACTERS,
    MAX_HISTORY,
    MAX_MODEL_NAME_CHARACTERS,
    MAX_PROBLEM_CHARACTERS,
    MAX_PROMPT_CHARACTERS,
)
from snakepen.wire.model import AnswerModel, Items, WireModel
from snakepen.wire.refusal import RefusalBody
from snakepen.wire.run import encodable

RECIPES: Final = "recipes"
"""The `model` that is none: only the built-in recipes are looked through."""


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty: say what the program is to do")
    return text


def _unless_blank(code: str | None) -> str | None:
    """In an empty editor there is nothing to change."""
    return code if code is not None and code.strip() else None


# The length comes first, so that the document says it.
Prompt = Annotated[str, Field(max_length=MAX_PROMPT_CHARACTERS), AfterValidator(encodable), AfterValidator(_not_blank)]
Program = Annotated[str, Field(max_length=MAX_DRAFT_CHARACTERS), AfterValidator(encodable)]
_Said = Annotated[str, Field(max_length=MAX_PROBLEM_CHARACTERS), AfterValidator(encodable)]
_Name = Annotated[str, Field(max_length=MAX_MODEL_NAME_CHARACTERS), AfterValidator(encodable)]


class EarlierPrompt(WireModel):
    """What was asked for before, and the program that came of it."""

    prompt: Prompt
    code: Program


class ProblemIn(WireModel):
    """How the program failed. Of a long error, its user's frames are used; of a long output, its last lines."""

    error: _Said = Field(description="What it wrote to its standard error, or the end of its terminal.")
    output: _Said = Field("", description="What it wrote to its standard output.")
    input: _Said = Field("", description="What was typed.")


class GenerateRequest(WireModel):
    """What to write. With `code` it is a change of that program, with `problem` a repair of it."""

    prompt: Prompt = Field(description="What the program is to do, or what is to be changed.")
    code: Annotated[Program | None, AfterValidator(_unless_blank)] = Field(
        None, description="The program as it is now; a blank one is none."
    )
    problem: ProblemIn | None = Field(None, description="How that program failed; needs `code`.")
    history: tuple[EarlierPrompt, ...] = Items(
        (), max_length=MAX_HISTORY, description="What was asked for before, the oldest first."
    )
    model: _Name | None = Field(
        None,
        description='An `id` of GET /api/models, or "recipes" for the built-in recipes alone. Without it the default '
        "model writes; where there is none, the recipes are looked through.",
    )


class _Tagged(AnswerModel):
    """So that `type` comes first, in the events that are a whole answer too."""

    type: str


class SourceEvent(_Tagged):
    """Who writes. Always the first event, before anybody has been asked."""

    type: Literal["source"] = "source"
    kind: Literal["model", "recipe"]
    name: str = Field(description="The `id` of the model, or the name of the recipe.")
    title: str = Field(description="The same for people.")
    words: list[str] = Field(description="Of a recipe: the words of the prompt that it was found by.")


class TextEvent(_Tagged):
    """Prose, for the person who asked."""

    type: Literal["text"] = "text"
    delta: str


class CodeEvent(_Tagged):
    """Of the program; goes to the end of what came before."""

    type: Literal["code"] = "code"
    delta: str


class TokenUsage(AnswerModel):
    """What the model says that it took."""

    input_tokens: int
    output_tokens: int


class DraftProblem(AnswerModel):
    """Why a draft must not replace a program."""

    kind: Literal["no_code", "syntax", "placeholder", "cut", "unchecked"] = Field(
        description="`no_code`: there is no program in the answer. `syntax`: it is not valid Python. `placeholder`: a "
        "part was left out. `cut`: the model had to stop before its end. `unchecked`: nobody could look in time."
    )
    message: str = Field(description="One sentence for a person.")
    line: int | None = Field(description="Where in the code, counted from 1.")


class DoneEvent(_Tagged):
    """The draft is whole. The last event, unless it is `refused`."""

    type: Literal["done"] = "done"
    code: str | None = Field(description="The whole program: this counts, not the deltas. Null: there is none.")
    title: str = Field(description="A few words for the program.")
    usage: TokenUsage | None
    problem: DraftProblem | None = Field(description="Unless it is null, the code must not replace a program.")


class DraftRefusedEvent(RefusalBody, _Tagged):
    """No draft came of it: the whole refusal. The last event. What came before is not a program."""

    type: Literal["refused"] = "refused"
    retry_after_seconds: int | None = Field(description="When the model may be asked again, if it said so.")


GenerateEvent = Annotated[
    SourceEvent | TextEvent | CodeEvent | DoneEvent | DraftRefusedEvent,
    Field(discriminator="type"),
]


class ModelInfo(AnswerModel):
    """Something that writes programs, or would."""

    id: str = Field(description="What a request names it by.")
    name: str = Field(description="What its provider calls it.")
    provider: str
    local: bool = Field(description="Whether it is on the server's own machine: then nothing leaves that.")
    available: bool
    problem: str | None = Field(description="Why it is not available: one sentence that says what to do.")


class ModelsInfo(AnswerModel):
    """What can be chosen, and why something cannot."""

    models: list[ModelInfo]
    default: str | None = Field(description="The `id` of the model that writes when none is named, or null.")


class RecipeInfo(AnswerModel):
    """A built-in recipe: a program that somebody wrote, not a model."""

    name: str
    title: str
    summary: str
    prompt: str = Field(description="A prompt that finds it.")


class RecipesInfo(AnswerModel):
    """All recipes, in the order in which to show them."""

    recipes: list[RecipeInfo]
