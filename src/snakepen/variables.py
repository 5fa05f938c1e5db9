"""Which `SNAKEPEN_*` variables there are: any other is a mistake, which would go unnoticed, a token's too."""

import json
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final, get_origin

from pydantic import BaseModel

PREFIX: Final = "SNAKEPEN_"
BETWEEN_NAMES: Final = "__"
# No settings: they say to the tests what must not be skipped. `make test` has them in the environment of commands too.
TOLD_TO_TESTS: Final = frozenset(
    {"SNAKEPEN_MUST_SANDBOX", "SNAKEPEN_MUST_BROWSE", "SNAKEPEN_ALL_LOOKS", "SNAKEPEN_WHOLE_BROWSER"}
)


def variables_of(model: type[BaseModel], prefix: str = PREFIX) -> Iterator[tuple[str, str | None]]:
    """The variables that set the fields of a model, and the fields within them; with an example of those in JSON."""
    for field, info in model.model_fields.items():
        name = prefix + field.upper()
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            yield name, '{"name": value}'
            yield from variables_of(info.annotation, name + BETWEEN_NAMES)
        elif get_origin(info.annotation) is tuple:
            yield name, json.dumps(info.examples[0]) if info.examples else '["first", "second"]'
        else:
            yield name, None


def problem_of(environment: Mapping[str, str], model: type[BaseModel]) -> str | None:
    """A sentence about the first variable that sets nothing, or cannot be read; it repeats no value."""
    known = dict(variables_of(model))
    for name, value in sorted(environment.items()):
        as_ours = name.upper()  # Windows has no other, and pydantic takes any
        if not as_ours.startswith(PREFIX) or as_ours in TOLD_TO_TESTS:
            continue
        if as_ours not in known:
            nearest = get_close_matches(as_ours, known, n=1, cutoff=0)[0]
            return f"There is no variable {name}: if {nearest} is meant, set that; unset {name} in any case."
        example = known[as_ours]
        if example is not None:
            try:
                json.loads(value)
            except ValueError:
                return f"The variable {name} is read as JSON and is none: write it as {example}"
    return None
