"""What a recipe is: a program, the words that it is found by, and the values in it that a prompt may set."""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Protocol

from snakepen.codegen.recipes.words import Prompt, matches

Value = int | float | str

_PACKAGE: Final = "snakepen.codegen.recipes"


@dataclass(frozen=True, slots=True)
class Taken:
    """A value that was read from a prompt, and the places of the words that said it."""

    value: Value
    places: frozenset[int]
    numbers: frozenset[int]
    """Those of them that no other constant may take: words around a number may serve two ("from 1 to 10")."""
    text: str | None = None
    """The piece of the prompt, when it is one that words alone do not show: `x^2 + 1`."""


class Parameter(Protocol):
    """A constant at the top of a program that a prompt may set."""

    @property
    def constant(self) -> str: ...

    def allows(self, value: object) -> bool:
        """Whether the program can work with it."""

    def take(self, prompt: Prompt, taken: frozenset[int]) -> Taken | None:
        """What the prompt says, if it says something that is allowed; never from words that are taken."""

    def wants_else(self, prompt: Prompt) -> bool:
        """Whether the prompt surely says something that is not allowed."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number within bounds, from phrases with `#` in its place; a phrase may also stand for one: `one die = 1`."""

    constant: str
    least: int
    most: int
    phrases: tuple[str, ...]
    whole: bool = True
    factor: int = 1
    """What the number is multiplied by: minutes become seconds by 60."""

    def allows(self, value: object) -> bool:
        kinds = (int,) if self.whole else (int, float)
        return type(value) in kinds and self.least <= value <= self.most  # type: ignore[operator]  # of these kinds

    def take(self, prompt: Prompt, taken: frozenset[int]) -> Taken | None:
        for line in self.phrases:
            phrase, _, fixed = line.partition(" = ")
            for match in matches(phrase, prompt, taken):
                value = int(fixed) if fixed else match.number
                if value is not None and self.allows(value * self.factor):
                    return Taken(value * self.factor, match.places, match.number_places)
        return None

    def wants_else(self, prompt: Prompt) -> bool:
        return False  # a number that nothing takes is one more word that is not known


@dataclass(frozen=True, slots=True)
class Written:
    """A text that is taken as it is written: what `pattern` finds and `accepts` takes. Both stand for a closed set of
    characters, none of them a quote, a backslash or the end of a line."""

    constant: str
    pattern: re.Pattern[str]
    accepts: "Accepts"
    sure: bool = True
    """Whether what the pattern finds can mean nothing else."""

    def allows(self, value: object) -> bool:
        return isinstance(value, str) and self.accepts(value) == value

    def take(self, prompt: Prompt, taken: frozenset[int]) -> Taken | None:
        for found in self.pattern.finditer(prompt.text):
            value = self.accepts(_text(found))
            within = {i: word for i, word in enumerate(prompt.words) if found.start() <= word.start < found.end()}
            # Of "x + 1,000" the pattern finds "x + 1", which nobody said.
            if any(word.end > found.end() for word in within.values()) or taken & within.keys():
                continue
            if value is not None and self.allows(value):
                places = frozenset(within)
                return Taken(value, places, places, _text(found).strip(" .,="))
        return None

    def wants_else(self, prompt: Prompt) -> bool:
        return self.sure and any(self.accepts(_text(found)) is None for found in self.pattern.finditer(prompt.text))


class Accepts(Protocol):
    """The text as the program gets it, or None for one that it could not use; what it returned it accepts unchanged."""

    def __call__(self, text: str, /) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Named:
    """A number that has a name, such as a month."""

    constant: str
    names: Mapping[str, int]

    def allows(self, value: object) -> bool:
        return type(value) is int and value in self.names.values()

    def take(self, prompt: Prompt, taken: frozenset[int]) -> Taken | None:
        for place, word in enumerate(prompt.words):
            for form in word.forms & self.names.keys():
                if place not in taken:
                    return Taken(self.names[form], frozenset({place}), frozenset({place}))
        return None

    def wants_else(self, prompt: Prompt) -> bool:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One program of the catalogue. Its phrases are written as `words.py` reads them."""

    name: str
    title: str
    summary: str
    prompt: str
    """What somebody would type who gets it."""
    names: tuple[str, ...]
    """Phrases that each say what it makes. `{LAST}` in one is where the value of that constant was read."""
    knows: str = ""
    """Words and phrases that go with it, with commas between them: it does what they say."""
    never: str = ""
    """The same, of what it does not do: a prompt that has one asks for something else."""
    parameters: tuple[Parameter, ...] = ()
    strict: bool = False
    """Whether every word has to be known, for any other could be what it should be about: a picture *of a dragon*."""
    ascending: tuple[str, str] | None = None
    """Two constants, of which the first has to be below the second."""

    @property
    def program(self) -> str:
        """The program as it is without a prompt."""
        return _read(self.name)

    def default(self, constant: str) -> object:
        """The value of a constant in the program as it is."""
        return ast.literal_eval(_split(self.program, constant)[1])

    def with_values(self, values: Mapping[str, Value]) -> str:
        """The program with constants set, each to a value that its parameter allows."""
        program = self.program
        for constant, value in values.items():
            assert any(p.constant == constant and p.allows(value) for p in self.parameters), f"{constant} = {value!r}"
            literal = f'"{value}"' if isinstance(value, str) else repr(value)
            before, _, after = _split(program, constant)
            program = before + literal + after
        return program


def _text(found: re.Match[str]) -> str:
    """What the one group that took part holds."""
    return next(group for group in found.groups() if group is not None)


def _split(program: str, constant: str) -> tuple[str, str, str]:
    """What is before the value of a constant, the value, and what comes after it, on its line a comment perhaps."""
    found = re.search(rf"^{constant} = (\"[^\"\n]*\"|[^\s#]+)", program, re.MULTILINE)
    assert found, f"no {constant}"
    return program[: found.start(1)], found[1], program[found.end(1) :]


@cache
def _read(name: str) -> str:
    return resources.files(_PACKAGE).joinpath("programs", f"{name}.py").read_text("utf-8")
