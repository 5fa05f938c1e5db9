"""A prompt that would find a recipe if a word or two were spelled as usual."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import islice, product
from typing import Final

from snakepen.codegen.recipes.catalogue import recipes
from snakepen.codegen.recipes.finding import find
from snakepen.codegen.recipes.recipe import Recipe
from snakepen.codegen.recipes.vocabulary import EMPTY_WORDS, REFUSALS
from snakepen.codegen.recipes.words import MAX_PROMPT_CHARACTERS, MAX_WORDS, words_of

# Shorter words have too many neighbours, and to compare takes time.
_LEAST_LETTERS: Final = 5
_MOST_WRONG: Final = 2
_MOST_LETTERS: Final = 20
_CLOSE: Final = 0.8
# "calculater" is nearest to "calculate", and is "calculator"; but each is looked for, and others wait for it.
_MOST_CLOSE: Final = 3
_MOST_TRIED: Final = 4


@dataclass(frozen=True, slots=True)
class Respelled:
    """A recipe, and the words that would have found it."""

    recipe: Recipe
    written: tuple[str, ...]
    meant: tuple[str, ...]


def respelled(prompt: str) -> Respelled | None:
    """Of a prompt that finds none: what it finds with its unknown words as the recipes spell them."""
    if len(prompt) > MAX_PROMPT_CHARACTERS:
        return None
    words = words_of(prompt)
    wrong = [word for word in words if word.shown.isalpha() and not word.forms & _known()]
    if not 0 < len(wrong) <= _MOST_WRONG or len(words) > MAX_WORDS:
        return None
    for meant in islice(product(*(_close(word.shown.lower()) for word in wrong)), _MOST_TRIED):
        text = prompt
        for word, instead in reversed(list(zip(wrong, meant, strict=True))):
            text = text[: word.start] + instead + text[word.end :]
        found = find(text)
        if found is not None:
            return Respelled(found.recipe, tuple(word.shown for word in wrong), meant)
    return None


def _close(word: str) -> list[str]:
    """The words of the recipes' names that are near, the nearest first."""
    if not _LEAST_LETTERS <= len(word) <= _MOST_LETTERS:
        return []
    return get_close_matches(word, _spellings(), n=_MOST_CLOSE, cutoff=_CLOSE)


@cache
def _spellings() -> tuple[str, ...]:
    phrases = " ".join(phrase for recipe in recipes() for phrase in (*recipe.names, recipe.knows))
    return tuple(sorted({word for word in re.findall(r"[a-z]+", phrases) if len(word) >= _LEAST_LETTERS}))


@cache
def _known() -> frozenset[str]:
    """All words that mean something to some recipe, or that say nothing."""
    phrases = [phrase for recipe in recipes() for phrase in (*recipe.names, recipe.knows, recipe.never)]
    return EMPTY_WORDS | frozenset(re.findall(r"[a-z0-9]+", " ".join((*phrases, *REFUSALS))))
