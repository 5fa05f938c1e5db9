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


@dataclass(frozen=True, slots=True)
class Beyond:
    """A number that a prompt says of a constant, and that the program cannot take."""

    parameter: "Number"
    value: int | float
    places: frozenset[int]
    numbers: frozenset[int]


class Parameter(Protocol):
    """A constant at the top of a program that a prompt may set."""

    @property
    def constant(self) -> str: ...

    def allows(self, value: object) -> bool:
        """Whether the program can work with it."""

    def take(self, prompt: Prompt, taken: frozenset[int]) -> Taken | None:
        """What the prompt says, if it says something that is allowed; never from words that are taken."""

    def wants_else(self, prompt: Prompt) -> bool:
        """Whether the prompt surely says something that is not allowed; of numbers, `beyond` says which."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number within bounds, from phrases with `#` in its place; a phrase may also stand for one: `one die = 1`."""

    constant: str
    least: int
    most: int
    """Of the program's constant, whatever it is said in."""
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
                value = ast.literal_eval(fixed) if fixed else match.number
                if value is not None and self.allows(value * self.factor):
                    return Taken(value * self.factor, match.places, match.number_places)
        return None

    def beyond(self, prompt: Prompt, taken: frozenset[int]) -> Beyond | None:
        """What the prompt says and the program cannot take; never from words that are taken."""
        for line in self.phrases:
            for match in matches(line, prompt, taken) if " = " not in line else ():
                if match.number is not None and not self.allows(match.number * self.factor):
                    return Beyond(self, match.number * self.factor, match.places, match.number_places)
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
    """Whether what the pattern finds can mean nothing else: then all of it has to be accepted."""
    single: bool = True
    """Whether it then has to be one and the same."""

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
        said = {self.accepts(_text(found)) for found in self.pattern.finditer(prompt.text)}
        return self.sure and (None in said or (self.single and len(said) > 1))


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
    ascending: tuple[str, str] | None = None
    """Two constants, of which the first has to be below the second."""
    in_millions: bool = True
    """Whether `2m` in its prompts is two million, and not so many metres or minutes."""
    waits: str | None = None
    """The constant that says how many seconds it runs."""

    @property
    def program(self) -> str:
        """The program as it is without a prompt."""
        return _read(self.name)

    @property
    def asks(self) -> bool:
        """Whether the program reads what somebody types."""
        return "input(" in self.program

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
