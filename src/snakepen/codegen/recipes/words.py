"""A prompt as words, and phrases that are looked for in them.

A phrase is written as people would say it, in lower case: `times table`. In it `a|b` is either word, `#` the number
that is asked for (twice: the same number twice), `@` any number, and `...` up to five words or none; behind `#` none of
them is a number. A word of a phrase that is in the singular matches the plural as well; one in the plural matches
itself alone.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

# Whoever needs more to say what they want wants something of their own.
MAX_PROMPT_CHARACTERS: Final = 2_000
MAX_WORDS: Final = 80

_GAP: Final = "..."
_SPECIAL: Final = frozenset({_GAP, "#", "@"})
_GAP_WORDS: Final = 5

# A number, with what is written onto it: 20, 1,000, -5, 2.5, 1e6, 10s, 12x12 (three words), 2d6, 20th; 2*pi is one.
_WORD: Final = re.compile(
    r"(?P<star>(?<!\w)a\*(?![\w*(]))|(?P<percent>%)"
    r"|(?P<circle>(?:(?<![\w.)])-\s*)?(?:(?<!\w)(?P<times>\d{1,6}(?:\.\d{1,6})?)\s*[*·×]?\s*)?(?:pi|π)"
    r"(?:\s*/\s*(?P<part>[1-9]\d{0,5})(?![\d.]))?)(?![^\W_])"
    r"|(?P<number>(?:(?<![\w.)])-)?\d[\d.,]*(?:e[+-]?\d+)?)(?P<unit>[^\W\d_]*)|(?P<word>[^\W_](?:['’]?[^\W_])*)",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?")
_MAX_NUMBER_CHARACTERS: Final = 20
_APOSTROPHES: Final = str.maketrans("", "", "'’")
# What may stand right behind a number and is a word of its own; of others, it is not the number that is meant. What
# multiplies it belongs to it: 10k, 2M; but 2m are as well metres or minutes, and whoever reads them has to say which.
_SUFFIXES: Final = {"k": 1000, "M": 1_000_000}
_UNITS: Final = frozenset(["x", "d", "th", "st", "nd", "rd", "s", "m", "h", "sec", "secs", "min", "mins", "hr", "hrs"])
_SPELLED: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
# They make another number of the one that they stand beside: whoever does not know them understands none of it.
_SHARES: Final = frozenset(["half", "quarter", "dozen", "dozens", "hundreds", "thousands", "millions"])
_MULTIPLES: Final = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}


@dataclass(frozen=True, slots=True)
class Word:
    """One word, or one number, of a prompt."""

    shown: str
    """As it was written."""
    start: int
    end: int
    forms: frozenset[str]
    """In lower case, and in the singular."""
    number: int | float | None = None
    counts: bool = False
    """Whether something else would be made if it were not heeded: it has digits, or is a number but one and two."""


@dataclass(frozen=True, slots=True)
class Match:
    """Where a phrase was found."""

    places: frozenset[int]
    """Of its words in the prompt; what a gap passed over is not among them."""
    number: int | float | None
    """What stood for `#`."""
    number_places: frozenset[int]
    """Where that was; what stood for `@` is not said by this phrase, and is in neither."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt that was split into its words."""

    text: str
    words: tuple[Word, ...]
    forms: frozenset[str]
    """Of all words together: what a phrase needs and is not here need not be looked for."""

    @classmethod
    def of(cls, text: str, *, in_millions: bool = False) -> "Prompt":
        """Split; with `2m` for two million where that is wanted."""
        return cls.with_words(text, words_of(text, in_millions=in_millions))

    @classmethod
    def with_words(cls, text: str, words: Iterable[Word]) -> "Prompt":
        words = tuple(words)
        return cls(text, words, frozenset().union(*(word.forms for word in words)))


def words_of(prompt: str, *, in_millions: bool = False) -> list[Word]:
    """The words, in order; one more than MAX_WORDS at the most, so that it shows that there are more."""
    found: list[Word] = []
    for word in _split(prompt, _SUFFIXES | {"m": 1_000_000} if in_millions else _SUFFIXES):
        number = _together(found[-1], word) if found else None
        if number is not None:
            start = found[-1].start
            found[-1] = Word(prompt[start : word.end], start, word.end, frozenset({f"{number}"}), number, True)
            continue
        if len(found) > MAX_WORDS:
            break
        found.append(word)
    return found


def matches(phrase: str, prompt: Prompt, taken: frozenset[int] = frozenset()) -> Iterator[Match]:
    """Everywhere that the phrase stands, from left to right; a number that is taken stands for `#` no more."""
    # Of a prompt, most phrases of most recipes end here.
    for part in _needed(phrase):
        if part.isdisjoint(prompt.forms):
            return
    parts = _parts(phrase)
    for start in range(len(prompt.words)):
        match = _match_at(parts, prompt.words, start, taken)
        if match is not None:
            yield match


def may_match(phrase: str, prompt: Prompt) -> bool:
    """Whether the words of the phrase are there at all; of those that a value may stand for (`{LAST}`) any may be."""
    return all(not part.isdisjoint(prompt.forms) for part in _written(phrase))


def _split(prompt: str, suffixes: Mapping[str, int]) -> Iterator[Word]:
    for found in _WORD.finditer(prompt):
        text, start = found[0], found.start()
        if found["percent"]:
            yield Word(text, start, found.end(), frozenset({"percent"}))
            continue
        if found["star"]:
            yield Word(text, start, found.end(), frozenset({"a*"}))  # not the article
            continue
        if found["circle"]:
            yield _of_circle(found)
            continue
        if found["word"]:
            lowered = text.lower().translate(_APOSTROPHES)
            spelled = _SPELLED.get(lowered, _MULTIPLES.get(lowered))
            counts = any(char.isdigit() for char in text) or spelled not in (None, 1, 2) or lowered in _SHARES
            yield Word(text, start, found.end(), _forms(lowered), spelled, counts)
            continue
        digits_end = found.end("number")
        unit, plain = found["unit"].lower(), found["number"].rstrip(".,")
        number = _number(plain.lower())
        multiple = suffixes.get(found["unit"], suffixes.get(unit) if unit != "m" else None)
        if multiple is not None and number is not None and digits_end == start + len(plain):
            number = _whole(number * multiple)
            yield Word(text, start, found.end(), frozenset({f"{number}"}), number, True)
            continue
        if (unit and unit not in _UNITS) or number is None:
            yield Word(text, start, found.end(), frozenset({text.lower()}), None, True)
            continue
        yield Word(plain, start, start + len(plain), frozenset({f"{number}"}), number, True)
        if unit:
            yield Word(found["unit"], digits_end, found.end(), _forms(unit))


def _of_circle(found: re.Match[str]) -> Word:
    """A multiple of pi; pi alone is a word, and a number only where a phrase says so."""
    text = found[0]
    if text.lower() in ("pi", "π"):
        return Word(text, found.start(), found.end(), frozenset({"pi"}))
    number = math.pi * float(found["times"] or 1) / int(found["part"] or 1)
    number = -number if text.startswith("-") else number
    return Word(text, found.start(), found.end(), frozenset({f"{number}"}), number, True)


def _together(one: Word, other: Word) -> int | float | None:
    """The one number that two words are: `2 million`, `a million`, `twenty five`."""
    if other.number is not None and one.shown.lower() == "a" and other.shown.lower() in _MULTIPLES:
        return other.number
    if one.number is None or other.number is None:
        return None
    if other.shown.lower() in _MULTIPLES:
        return _whole(one.number * other.number)
    tens = one.shown.isalpha() and one.number in range(20, 100, 10)
    return one.number + other.number if tens and other.shown.isalpha() and 0 < other.number < 10 else None


def _number(text: str) -> int | float | None:
    """The number that a text without anything else is; None for 1.2.3, 1e999 and what is too long to mean."""
    if len(text) > _MAX_NUMBER_CHARACTERS or not text.isascii() or not _NUMBER.fullmatch(text):
        return None
    number = float(text.replace(",", ""))
    return _whole(number) if math.isfinite(number) else None


def _whole(number: int | float) -> int | float:
    return int(number) if number == int(number) else number


def _forms(word: str) -> frozenset[str]:
    return frozenset({word, _singular(word)})


def _singular(word: str) -> str:
    """Of the plain plurals only; what comes out is compared, and never shown."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@cache
def _parts(phrase: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(part.split("|")) for part in phrase.split())


@cache
def _needed(phrase: str) -> tuple[frozenset[str], ...]:
    """The parts that only words of theirs can stand for."""
    return tuple(part for part in _parts(phrase) if part.isdisjoint(_SPECIAL))


@cache
def _written(phrase: str) -> tuple[frozenset[str], ...]:
    return tuple(part for part in _needed(phrase) if not any(form.startswith("{") for form in part))


def _match_at(
    parts: Sequence[frozenset[str]], words: Sequence[Word], start: int, taken: frozenset[int]
) -> Match | None:
    places: set[int] = set()
    number_places: set[int] = set()
    number: int | float | None = None
    at, gap = start, 0
    for part in parts:
        if _GAP in part:
            gap = _GAP_WORDS
            continue
        here = _next(part, words, at, gap, number)
        if here is None:
            return None
        if "#" in part:
            number = words[here].number
            number_places.add(here)
        if "@" not in part:
            places.add(here)
        at, gap = here + 1, 0
    if number_places & taken:
        return None
    return Match(frozenset(places), number, frozenset(number_places))


def _next(part: frozenset[str], words: Sequence[Word], start: int, gap: int, number: int | float | None) -> int | None:
    """Where the part is, with at most so many words before it."""
    for place in range(start, min(start + gap + 1, len(words))):
        if _is(part, words[place], number):
            return place
        if number is not None and words[place].counts:
            return None
    return None


def _is(part: frozenset[str], word: Word, number: int | float | None) -> bool:
    if "#" in part:
        return word.number is not None and number in (None, word.number)
    if "@" in part and word.number is not None:
        return True
    return not part.isdisjoint(word.forms)
