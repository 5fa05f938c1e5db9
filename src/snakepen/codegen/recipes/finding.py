"""From a prompt to a recipe, by rules that one can follow with a pencil.

A recipe is considered when the prompt has one of its names, none of the words that exclude it, and no number that it
does not take. A name counts 3, every other word that the recipe knows 1, and every word that neither it nor
everybody knows -1; what says nothing ("please make me a simple ...") counts nothing. The recipe that has most, and 3
or more, is found. Two with the same have said nothing clearly, and none is found.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Final

from snakepen.codegen.recipes.catalogue import recipes
from snakepen.codegen.recipes.recipe import Recipe, Taken, Value
from snakepen.codegen.recipes.vocabulary import EMPTY_PHRASES, EMPTY_WORDS, REFUSALS
from snakepen.codegen.recipes.words import MAX_PROMPT_CHARACTERS, MAX_WORDS, Prompt, matches

_NAME_COUNTS: Final = 3
_LEAST: Final = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A recipe, made for a prompt."""

    recipe: Recipe
    words: tuple[str, ...]
    """What of the prompt decided, as it was written there."""
    values: Mapping[str, Value]
    """What was read from the prompt, by the names of the program's constants."""
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """A prompt as one recipe understands it."""

    recipe: Recipe
    score: int
    deciding: frozenset[int]
    taken: Mapping[str, Taken]


def find(prompt: str) -> Found | None:
    """The recipe that the prompt asks for, or None when it asks for none of them, or not clearly for one."""
    if len(prompt) > MAX_PROMPT_CHARACTERS:
        return None
    asked = Prompt.of(prompt)
    if not 0 < len(asked.words) <= MAX_WORDS:
        return None
    refused = _places(REFUSALS, asked)
    empty = _places(EMPTY_PHRASES, asked) | {i for i, word in enumerate(asked.words) if word.forms & EMPTY_WORDS}
    readings = [reading for recipe in recipes() if (reading := _read(recipe, asked, empty, refused)) is not None]
    most = max((reading.score for reading in readings), default=0)
    best = [reading for reading in readings if reading.score == most]
    if most < _LEAST or len(best) > 1:
        return None
    recipe, values = best[0].recipe, {constant: taken.value for constant, taken in best[0].taken.items()}
    return Found(recipe, _shown(best[0], asked), MappingProxyType(values), recipe.with_values(values), recipe.title)


def _read(recipe: Recipe, prompt: Prompt, empty: frozenset[int], refused: frozenset[int]) -> _Reading | None:
    """How well a recipe fits; None when it does not do what is asked."""
    taken = _take(recipe, prompt)
    names = _places(recipe.names, _marked(prompt, taken) if taken else prompt)
    if not names or _places(_list(recipe.never), prompt) or not _in_order(recipe, taken):
        return None
    if any(parameter.wants_else(prompt) for parameter in recipe.parameters):
        return None
    understood = names.union(*(one.places for one in taken.values()))
    known = _places(_list(recipe.knows), prompt) - understood
    if refused - understood - known:
        return None
    unknown = frozenset(range(len(prompt.words))) - understood - known - empty
    if (unknown and recipe.strict) or any(prompt.words[i].counts for i in unknown):
        return None
    hints = known - empty
    return _Reading(recipe, _NAME_COUNTS + len(hints) - len(unknown), understood | hints, taken)


def _take(recipe: Recipe, prompt: Prompt) -> dict[str, Taken]:
    """What the prompt says of each constant."""
    taken: dict[str, Taken] = {}
    used: frozenset[int] = frozenset()
    for parameter in recipe.parameters:
        found = None if parameter.constant in taken else parameter.take(prompt, used)
        if found is not None:
            taken[parameter.constant] = found
            used |= found.numbers
    return taken


def _marked(prompt: Prompt, taken: Mapping[str, Taken]) -> Prompt:
    """The prompt with `{LAST}` among the forms of the words that said the value of LAST."""
    return Prompt.with_words(
        prompt.text,
        (
            replace(word, forms=word.forms | {f"{{{name}}}" for name, said in taken.items() if place in said.places})
            for place, word in enumerate(prompt.words)
        ),
    )


def _in_order(recipe: Recipe, taken: Mapping[str, Taken]) -> bool:
    if recipe.ascending is None:
        return True
    low, high = (taken[name].value if name in taken else recipe.default(name) for name in recipe.ascending)
    return low < high  # type: ignore[operator,no-any-return]  # both are numbers


def _shown(reading: _Reading, prompt: Prompt) -> tuple[str, ...]:
    """The deciding words as they were written; a formula is one."""
    pieces = {min(said.places): said.text for said in reading.taken.values() if said.text and said.places}
    covered = frozenset[int]().union(*(said.places for said in reading.taken.values() if said.text))
    return tuple(
        pieces.get(place) or prompt.words[place].shown
        for place in sorted(reading.deciding)
        if place in pieces or place not in covered
    )


def _places(phrases: Iterable[str], prompt: Prompt) -> frozenset[int]:
    """Of all words that are part of one of the phrases."""
    return frozenset(place for phrase in phrases for match in matches(phrase, prompt) for place in match.places)


@cache
def _list(phrases: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in phrases.split(",") if phrase.strip())
