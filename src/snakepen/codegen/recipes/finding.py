"""From a prompt to a recipe, by rules that one can follow with a pencil.

A recipe is considered when the prompt has one of its names, none of the words that exclude it, no number that it does
not take, and no other word that neither it nor everybody knows: that may be what matters (*even* numbers, a picture *of
a dragon*, *only* digits). What says nothing ("please make me a simple ...") may stand anywhere, but not in quotes, and
not as what something is of or about ("a picture of me"). A question is for those who took a number or a text of it. A
name counts 3, and every other word that the recipe knows 1. The recipe that has most is found. Two with the same have
said nothing clearly, and none is found. What would have been found but for a number that is beyond its bounds is a near
miss: worth a word to whoever asked.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from snakepen.codegen.recipes.catalogue import recipes
from snakepen.codegen.recipes.recipe import Beyond, Number, Recipe, Taken, Value
from snakepen.codegen.recipes.vocabulary import (
    ASKING,
    EMPTY_PHRASES,
    EMPTY_WORDS,
    GREETINGS,
    QUESTIONS,
    REFUSALS,
    SUBJECTS,
)
from snakepen.codegen.recipes.words import MAX_PROMPT_CHARACTERS, MAX_WORDS, Prompt, matches, may_match

_NAME_COUNTS: Final = 3
# What has more words that a recipe does not know is not about that recipe.
_MOST_UNKNOWN: Final = 3
# Nobody types these, and a text that holds one is not what a program would be given.
_STEERING: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_SMALL_M: Final = re.compile(r"\dm\b")
_QUOTED: Final = re.compile(r"[\"“„«‘]([^\"“”„«»‘’]+)[\"“”»’]|(?<!\w)'([^']+)'(?!\w)")


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
class Missed:
    """A recipe that does what is asked for, but not with that number."""

    recipe: Recipe
    beyond: Beyond


@dataclass(frozen=True, slots=True)
class _Reading:
    """A prompt as one recipe understands it."""

    recipe: Recipe
    prompt: Prompt
    score: int
    deciding: frozenset[int]
    taken: Mapping[str, Taken]
    beyond: Beyond | None
    unknown: frozenset[int]
    """Where words are that the recipe does not know, or that it never does."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """A recipe that does what is asked for, but for some words."""

    recipe: Recipe
    unknown: tuple[str, ...]
    """Those, as they were written."""


def find(prompt: str) -> Found | None:
    """The recipe that the prompt asks for, or None when it asks for none of them, or not clearly for one."""
    best = _best(reading for reading in _readings(prompt) if reading.beyond is None and not reading.unknown)
    if best is None:
        return None
    recipe, values = best.recipe, {constant: taken.value for constant, taken in best.taken.items()}
    return Found(recipe, _shown(best), MappingProxyType(values), recipe.with_values(values), recipe.title)


def near_miss(prompt: str) -> Missed | None:
    """Of a prompt that finds none: what it would have found with another number."""
    best = _best(reading for reading in _readings(prompt) if not reading.unknown)
    return Missed(best.recipe, best.beyond) if best is not None and best.beyond is not None else None


def nearest(prompt: str) -> Nearest | None:
    """Of a prompt that finds none: what it would have found without a few of its words."""
    best = _best(reading for reading in _readings(prompt) if 0 < len(reading.unknown) <= _MOST_UNKNOWN)
    if best is None:
        return None
    return Nearest(best.recipe, tuple(_as_written(best.prompt, place) for place in sorted(best.unknown)))


def _best(readings: Iterable[_Reading]) -> _Reading | None:
    """The one that fits best, and well enough."""
    by_score = sorted(readings, key=lambda reading: reading.score)
    if not by_score:
        return None
    return by_score[-1] if len(by_score) == 1 or by_score[-2].score < by_score[-1].score else None


@lru_cache(maxsize=1)  # who finds none asks for near misses of the same
def _readings(prompt: str) -> tuple[_Reading, ...]:
    """Of all recipes that the prompt may mean."""
    if len(prompt) > MAX_PROMPT_CHARACTERS or _STEERING.search(prompt):
        return ()
    # "2m" is one word or two.
    as_written = Prompt.of(prompt)
    prompts = {False: as_written, True: as_written}
    if _SMALL_M.search(prompt):
        prompts[True] = Prompt.of(prompt, in_millions=True)
    found: list[_Reading] = []
    for in_millions, asked in prompts.items():
        if not 0 < len(asked.words) <= MAX_WORDS:
            continue
        refused, questions = _places(REFUSALS, asked), _places(QUESTIONS, asked)
        empty = _places(EMPTY_PHRASES, asked) | {i for i, word in enumerate(asked.words) if word.forms & EMPTY_WORDS}
        empty -= _quoted(asked) | _meant(asked, empty)
        mine = (recipe for recipe in recipes() if recipe.in_millions is in_millions)
        found += [reading for recipe in mine if (reading := _read(recipe, asked, empty, refused, questions))]
    return tuple(found)


def _read(
    recipe: Recipe, prompt: Prompt, empty: frozenset[int], refused: frozenset[int], questions: frozenset[int]
) -> _Reading | None:
    """How well a recipe fits; None when it does not do what is asked."""
    if not any(may_match(name, prompt) for name in recipe.names):  # so it ends for nearly all
        return None
    taken = _take(recipe, prompt)
    beyond = _beyond(recipe, prompt, taken)
    said = {name: one.places for name, one in taken.items()}
    if beyond is not None:
        said.setdefault(beyond.parameter.constant, beyond.places)
    names = _places(recipe.names, _marked(prompt, said), but_numbers=True)
    if not names or not _in_order(recipe, taken):
        return None
    if any(parameter.wants_else(prompt) for parameter in recipe.parameters):
        return None
    numbers = frozenset(beyond.numbers if beyond else ()).union(*(one.numbers for one in taken.values()))
    understood = names.union(*said.values(), numbers)
    known = _places(_list(recipe.knows), prompt) - understood
    if (refused if numbers else refused | questions) - understood - known:
        return None
    if not recipe.asks:
        empty -= {place for place, word in enumerate(prompt.words) if word.forms & ASKING}
    unknown = frozenset(range(len(prompt.words))) - understood - known - empty
    texts = frozenset[int]().union(*(one.places for one in taken.values() if one.text))
    unknown |= _places(_list(recipe.never), prompt) - texts
    hints = known - empty
    score = _NAME_COUNTS + len(hints) - len(unknown)
    return _Reading(recipe, prompt, score, understood | hints, taken, beyond, unknown)


def _quoted(prompt: Prompt) -> set[int]:
    """The places of the words in quotes: whoever writes them so means just them."""
    spans = [found.span() for found in _QUOTED.finditer(prompt.text)]
    return {i for i, word in enumerate(prompt.words) if any(start <= word.start < end for start, end in spans)}


def _meant(prompt: Prompt, empty: frozenset[int]) -> set[int]:
    """The places of words that say nothing elsewhere: what the word before is of, whatever is about, and greetings."""
    words = prompt.words
    found = (match.places for phrase in SUBJECTS for match in matches(phrase, prompt))
    subjects = {max(at) for at in found if "about" in words[min(at)].forms or min(at) - 1 not in empty | {-1}}
    hellos = [place for place, word in enumerate(words) if word.forms & GREETINGS]
    return subjects.union(place for place in hellos if place and place - 1 not in hellos)


def _beyond(recipe: Recipe, prompt: Prompt, taken: Mapping[str, Taken]) -> Beyond | None:
    """The first number that something is said of, and that no constant can take."""
    if all(word.number is None for word in prompt.words):
        return None
    used = frozenset[int]().union(*(one.numbers for one in taken.values()))
    known = _places(_list(recipe.knows), prompt)
    for parameter in recipe.parameters:
        if isinstance(parameter, Number) and parameter.constant not in taken:
            beyond = parameter.beyond(prompt, used | known)
            if beyond is not None:
                return beyond
    return None


def _take(recipe: Recipe, prompt: Prompt) -> dict[str, Taken]:
    """What the prompt says of each constant."""
    taken: dict[str, Taken] = {}
    used: frozenset[int] = frozenset()
    barred: dict[str, frozenset[int]] = {}
    for parameter in recipe.parameters:
        name = parameter.constant
        if name in taken:
            continue
        marked = _marked(prompt, {one: said.places for one, said in taken.items()})
        free = used | barred.get(name, frozenset())
        found = parameter.take(marked, free)
        if found is not None:
            taken[name] = found
            used |= found.numbers
        elif isinstance(parameter, Number) and (beyond := parameter.beyond(marked, free)) is not None:
            # 90 minutes that are too many are not 90 seconds.
            barred[name] = free | beyond.numbers
    return taken


def _marked(prompt: Prompt, said: Mapping[str, frozenset[int]]) -> Prompt:
    """The prompt with `{LAST}` among the forms of the words that said the value of LAST."""
    if not said:
        return prompt
    return Prompt.with_words(
        prompt.text,
        (
            replace(word, forms=word.forms | {f"{{{name}}}" for name, places in said.items() if place in places})
            for place, word in enumerate(prompt.words)
        ),
    )


def _in_order(recipe: Recipe, taken: Mapping[str, Taken]) -> bool:
    if recipe.ascending is None:
        return True
    low, high = (taken[name].value if name in taken else recipe.default(name) for name in recipe.ascending)
    return low < high  # type: ignore[operator,no-any-return]  # both are numbers


def _as_written(prompt: Prompt, place: int) -> str:
    """A word; with the number that it was written onto: `10th`."""
    word, before = prompt.words[place], prompt.words[place - 1 if place else 0]
    return before.shown + word.shown if before.end == word.start and before.number is not None else word.shown


def _shown(reading: _Reading) -> tuple[str, ...]:
    """The deciding words as they were written; a formula is one."""
    pieces = {min(said.places): said.text for said in reading.taken.values() if said.text and said.places}
    covered = frozenset[int]().union(*(said.places for said in reading.taken.values() if said.text))
    return tuple(
        pieces.get(place) or reading.prompt.words[place].shown
        for place in sorted(reading.deciding)
        if place in pieces or place not in covered
    )


def _places(phrases: Iterable[str], prompt: Prompt, *, but_numbers: bool = False) -> frozenset[int]:
    """Of all words that are part of one of the phrases; but for what stands for `#`, if that may be any."""
    found = (match for phrase in phrases for match in matches(phrase, prompt))
    return frozenset(
        place for match in found for place in (match.places - match.number_places if but_numbers else match.places)
    )


@cache
def _list(phrases: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in phrases.split(",") if phrase.strip())
