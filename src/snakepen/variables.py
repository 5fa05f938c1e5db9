"""Which `SNAKEPEN_*` variables there are: any other is a mistake, which would go unnoticed, a token's too."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Final

from pydantic import BaseModel

PREFIX: Final = "SNAKEPEN_"
BETWEEN_NAMES: Final = "__"
# No settings: they say to the tests what must not be skipped. `make test` has them in the environment of commands too.
TOLD_TO_TESTS: Final = frozenset(
    {"SNAKEPEN_MUST_SANDBOX", "SNAKEPEN_MUST_BROWSE", "SNAKEPEN_ALL_LOOKS", "SNAKEPEN_WHOLE_BROWSER"}
)


def variables_of(model: type[BaseModel], prefix: str = PREFIX) -> Iterator[str]:
    """The variables that set the fields of a model, and the fields within them."""
    for field, info in model.model_fields.items():
        name = prefix + field.upper()
        yield name
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            yield from variables_of(info.annotation, name + BETWEEN_NAMES)


def problem_of(names: Iterable[str], model: type[BaseModel]) -> str | None:
    """A sentence about the first of the environment's variables that is none of the model's."""
    known = list(variables_of(model))
    for name in sorted(names):
        as_ours = name.upper()  # Windows has no other, and pydantic takes any
        if as_ours.startswith(PREFIX) and as_ours not in known and as_ours not in TOLD_TO_TESTS:
            nearest = get_close_matches(as_ours, known, n=1, cutoff=0)[0]
            return f"There is no variable {name}: if {nearest} is meant, set that; unset {name} in any case."
    return None
