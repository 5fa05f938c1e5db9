"""Cases of a test of which only a few are for each change."""

from collections.abc import Iterable

import pytest


def the_rest_long(few: Iterable[object], rest: Iterable[object]) -> list[object]:
    """For parametrize: `few` tell most of what all tell; the `rest` are for `make test-long`."""
    return [*few, *(pytest.param(*_values(case), marks=pytest.mark.long) for case in rest)]


def _values(case: object) -> tuple[object, ...]:
    return case if isinstance(case, tuple) else (case,)
