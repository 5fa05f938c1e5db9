"""One request, from who writes it to the draft: the events that are told on the way, in order."""

import asyncio
import importlib
from collections.abc import AsyncGenerator
from contextlib import aclosing
from types import ModuleType
from typing import NamedTuple

from snakepen.codegen import draft
from snakepen.codegen.discovery import WAIT_SECONDS, Catalogue, Chosen
from snakepen.codegen.draft import Look
from snakepen.codegen.fences import Part, Splitter
from snakepen.codegen.model import CodeModel, Ended
from snakepen.codegen.prompting import Facts, question
from snakepen.codegen.recipes import Found, Missed, find, near_miss, nearest, respelled
from snakepen.errors import Busy, FieldProblem, InvalidRequest, ModelFailed, NoModel
from snakepen.importing import importing
from snakepen.limits import MAX_ANSWER_CHARACTERS, MAX_DRAFT_CHARACTERS, MAX_DRAFTS, MODEL_PATIENCE, ModelPatience
from snakepen.wire.generate import (
    RECIPES,
    CodeEvent,
    DoneEvent,
    GenerateEvent,
    GenerateRequest,
    ModelsInfo,
    SourceEvent,
    TextEvent,
)

# Who asked for recipes may have a model. The page shows what is before the colon, and offers the rest.
_NO_RECIPE = "No built-in recipe fits this, and no model is connected that could write it"
_NO_RECIPE_ALONE = "No built-in recipe fits this"
_IN_ENGLISH = ". Recipes are found by English words"
_OTHERWISE = "start from a blank program, or look through all recipes"
_NO_CHANGE = (
    "No model is connected, and a recipe cannot change a program: connect a model, or change the program yourself."
)
_NO_REPAIR = (
    "No model is connected, and a recipe cannot repair a program: connect a model, or go back to a version that ran."
)
_MOST_SAID = 10**15
_NO_REPAIR_ALONE = "A recipe cannot repair a program: choose a model, or go back to a version that ran."

Source = Chosen | Found


class Writer:
    """Writes drafts: by a model where there is one, by a recipe where there is none."""

    def __init__(
        self,
        catalogue: Catalogue,
        facts: Facts,
        look: Look,
        *,
        patience: ModelPatience = MODEL_PATIENCE,
        otherwise: str = _OTHERWISE,
    ) -> None:
        """Where no recipe fits, `otherwise` is said to be what can be done without a model."""
        self._otherwise = otherwise
        self.catalogue = catalogue
        self._facts = facts
        self._look = look
        self._patience = patience
        self._models: dict[str, CodeModel] = {}
        self._warming: asyncio.Task[ModuleType] | None = None
        self._under_way = 0

    def start(self) -> None:
        """Begin to look for models."""
        self.catalogue.start()

    async def offer(self) -> ModelsInfo:
        """What can be chosen. Who asks that will soon ask a model, if there is one: what talks to it is made ready."""
        info = await self.catalogue.info()
        if info.default is not None and self._warming is None:
            self._warming = asyncio.create_task(asyncio.to_thread(_import))
        return info

    async def close(self) -> None:
        """Stop looking, and close all connections."""
        await self.catalogue.close()
        if self._warming is not None:
            await self._warming
        for model in self._models.values():
            await model.close()

    async def source(self, request: GenerateRequest) -> Source:
        """Who is to write this. Raises NoModel, and InvalidRequest for a model that nobody knows."""
        if request.problem is not None and request.code is None:
            raise InvalidRequest((FieldProblem("problem", "needs the code that failed"),))
        if request.model == RECIPES:
            return await self._recipe(request)
        chosen = self.catalogue.chosen(request.model)
        if chosen is None:
            # It may have been started since; who names none gets a recipe meanwhile, at once.
            may_wait = request.model is not None or not self.catalogue.has_looked
            await self.catalogue.refresh(seconds=WAIT_SECONDS if may_wait else 0)
            chosen = self.catalogue.chosen(request.model)
        if chosen is not None:
            return chosen
        if request.model is None:
            return await self._recipe(request)
        problem = self.catalogue.problem_of(request.model)
        if problem is not None:
            raise NoModel(f"This model is not available. {problem}")
        raise InvalidRequest((FieldProblem("model", "is none of GET /api/models: choose one of those"),))

    async def _recipe(self, request: GenerateRequest) -> Found:
        if request.problem is not None:
            raise NoModel(_NO_REPAIR_ALONE if request.model == RECIPES else _NO_REPAIR)
        # In a thread: what is said of a long prompt that finds none takes a tenth of a second to find out.
        return await asyncio.to_thread(self._find, request)

    def _find(self, request: GenerateRequest) -> Found:
        alone = request.model == RECIPES
        found = find(request.prompt)
        if found is None:
            missed = near_miss(request.prompt)
            if missed is not None:
                raise NoModel(_beyond(missed, alone=alone))
            if request.code is not None and not alone:
                raise NoModel(_no_change(request.prompt))
            raise NoModel(_not_found(request.prompt, alone=alone, otherwise=self._otherwise))
        return found

    async def write(self, request: GenerateRequest, source: Source) -> AsyncGenerator[GenerateEvent]:
        """What is told of a draft, from its source to its end. Raises Busy before anything is told, and ModelFailed."""
        if isinstance(source, Found):
            yield SourceEvent(
                kind="recipe", name=source.recipe.name, title=source.recipe.title, words=list(source.words)
            )
            if (warning := _wait(source, self._facts)) is not None:
                yield TextEvent(delta=warning)
            yield CodeEvent(delta=source.code)
            yield DoneEvent(code=source.code, title=source.title, usage=None, problem=None)
            return
        if self._under_way >= MAX_DRAFTS:
            raise Busy("Too many programs are being written: try again in a moment.", retry_after_seconds=5)
        self._under_way += 1
        try:
            yield SourceEvent(kind="model", name=source.id, title=source.title, words=[])
            async with aclosing(self._answer(request, source)) as events:
                async for event in events:
                    yield event
        finally:
            self._under_way -= 1

    async def _answer(self, request: GenerateRequest, chosen: Chosen) -> AsyncGenerator[GenerateEvent]:
        model = await self._model(chosen)
        splitter = Splitter()
        prose: list[str] = []
        size = 0
        end: Ended | None = None
        async with aclosing(model.answer(question(request, self._facts))) as pieces:
            async for piece in pieces:
                if isinstance(piece, Ended):
                    end = piece
                    break
                size += len(piece)
                parts = splitter.feed(piece)
                _check_size(chosen, size, splitter.size)
                for event in _told(parts, prose):
                    yield event
        assert end is not None, "an answer ended without its end"
        for event in _told(splitter.finish(), prose):
            yield event
        yield await self._done(request, splitter, "".join(prose), end)

    async def _done(self, request: GenerateRequest, splitter: Splitter, prose: str, end: Ended) -> DoneEvent:
        code = splitter.program
        if code is None and draft.reads_as_program(prose):
            code = prose  # small models forget the fence
        code = _tidy(code)
        is_cut = end.is_cut and (splitter.is_open or splitter.program is None)
        problem = await draft.judge(code, request.code, is_cut=is_cut, look=self._look)
        if splitter.program is None and problem is not None and problem.kind in ("syntax", "unchecked"):
            code, problem = None, await draft.judge(None, None, is_cut=False, look=self._look)  # it was prose after all
        return DoneEvent(code=code, title=draft.title_of(code, request.prompt), usage=end.usage, problem=problem)

    async def _model(self, chosen: Chosen) -> CodeModel:
        key = f"{chosen.id} {chosen.endpoint.url}"
        if key not in self._models:
            # It takes over a second to import, and a moment to read the authorities of TLS: in a thread, or all others
            # would wait.
            model = await asyncio.to_thread(_new_model, chosen, self._patience)
            if key in self._models:
                await model.close()
            else:
                self._models[key] = model
        return self._models[key]


def _not_found(prompt: str, *, alone: bool, otherwise: str) -> str:
    """That no recipe fits, which one nearly does, and what to do."""
    fallback = _NO_RECIPE_ALONE if alone else _NO_RECIPE
    to_do = f"{'choose' if alone else 'connect'} a model, {otherwise}."
    hint = _hint(prompt)
    if hint is not None:
        return f"{fallback}. {hint.says}: {hint.to_do}, {to_do}"
    return f"{fallback}{_IN_ENGLISH}: {to_do}"


def _no_change(prompt: str) -> str:
    """The same where there is a program already: before the colon is what the page shows of it."""
    hint = _hint(prompt)
    if hint is None:
        return _NO_CHANGE
    return (
        f"{_NO_RECIPE_ALONE}. {hint.says}. A change of the program needs a model: connect one, or for a new program "
        f"{hint.to_do}."
    )


class _Hint(NamedTuple):
    """Which recipe nearly fits, and what makes it fit."""

    says: str
    to_do: str


def _hint(prompt: str) -> _Hint | None:
    other = respelled(prompt)
    if other is not None:
        written, meant = (" ".join(words) for words in (other.written, other.meant))
        return _Hint(f'With "{meant}" for "{written}" it is {other.recipe.title}', "write it so")
    near = nearest(prompt)
    if near is not None:
        words = " ".join(near.unknown)
        return _Hint(f'The nearest is {near.recipe.title}, but not with "{words}"', "leave that out")
    return None


def _beyond(missed: Missed, *, alone: bool) -> str:
    """Which number a recipe does not take, and which it does, as it is said: in minutes when minutes were."""
    number = missed.beyond.parameter
    asked = missed.beyond.value / number.factor if number.factor > 1 else missed.beyond.value
    least, most = -(-number.least // number.factor), number.most // number.factor
    kind = "whole numbers" if number.whole else "numbers"
    said = f"{asked:,.12g}" if abs(asked) < _MOST_SAID else f"{float(asked):.3g}"
    return (
        f"{said} is not what the recipe {missed.recipe.title} takes there, which is {kind} from {least:,} to {most:,}: "
        f"ask for one of those, or {'choose' if alone else 'connect'} a model."
    )


def _wait(found: Found, facts: Facts) -> str | None:
    """What is to be said of a program that waits for so long that a run may end before; None of others."""
    constant = found.recipe.waits
    if constant is None:
        return None
    seconds = float(str(found.values.get(constant, found.recipe.default(constant))))
    if seconds < facts.wall_seconds:
        return None
    more = facts.most_wall_seconds
    longest = f", {more:g} where more is asked for" if more > facts.wall_seconds else ""
    return (
        f"It takes {seconds:g} seconds. A run at a terminal may take {facts.terminal_seconds:g}; one without is ended "
        f"after {facts.wall_seconds:g}{longest}."
    )


def _import() -> ModuleType:
    with importing():
        return importlib.import_module("snakepen.codegen.pydantic_ai_model")


def _new_model(chosen: Chosen, patience: ModelPatience) -> CodeModel:
    model: CodeModel = _import().PydanticAiModel(chosen, patience)
    return model


def _tidy(code: str | None) -> str | None:
    """With one line feed at its end and none at its beginning; None when nothing else is in it."""
    return code.strip("\n") + "\n" if code is not None and code.strip() else None


def _told(parts: list[Part], prose: list[str]) -> list[TextEvent | CodeEvent]:
    prose += [part.text for part in parts if part.kind == "text"]
    return [TextEvent(delta=part.text) if part.kind == "text" else CodeEvent(delta=part.text) for part in parts]


def _check_size(chosen: Chosen, size: int, program_size: int) -> None:
    if size > MAX_ANSWER_CHARACTERS or program_size > MAX_DRAFT_CHARACTERS:
        raise ModelFailed(f"{chosen.title} wrote more than a program may have: ask for a smaller one.")
