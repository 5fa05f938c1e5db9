"""A pandas frame as a table that a page can sort and save: JSON by Table Schema (Frictionless Data).

    {"schema": {"fields": [{"name", "type"}], "primaryKey": [...]}, "data": [{name: value}],
     "total_rows": n, "total_columns": n}

The fields of the primary key are the index. Of a large frame the first rows and columns are there; the totals say how
large it is. Portable, see `display.py`.
"""

from __future__ import annotations

import sys

from snakepen.runner.texts import json_string, json_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Final

MOST_ROWS: Final = 1000
MOST_COLUMNS: Final = 100
_MOST_BYTES: Final = 2 << 20
_MOST_CELL_CHARACTERS: Final = 1000
# What a reader that keeps numbers as doubles still tells apart.
_EXACT: Final = 1 << 53
_TYPES: Final = {"i": "integer", "u": "integer", "f": "number", "b": "boolean", "M": "datetime", "m": "duration"}


def frame_of(value: object) -> Any:  # noqa: ANN401  -- pandas is the program's, and known by its name alone
    """The frame that it is, a series as one of one column; None for anything else."""
    pandas = sys.modules.get("pandas")
    if isinstance(value, getattr(pandas, "DataFrame", ())):
        return value
    if isinstance(value, getattr(pandas, "Series", ())):
        series: Any = value
        return series.to_frame("value" if series.name is None else series.name)
    return None


def table(frame: Any) -> str:  # noqa: ANN401  -- as above
    """The JSON; raises what pandas raises."""
    rows, columns = frame.shape
    cut = frame.iloc[:MOST_ROWS, :MOST_COLUMNS]
    names: dict[str, None] = {}
    index = [_new_name(label, names) for label in _index_names(cut.index)]
    fields = [(name, cut.index.get_level_values(level)) for level, name in enumerate(index)]
    fields += [(_new_name(_label(label), names), cut.iloc[:, place]) for place, label in enumerate(cut.columns)]
    described = [{"name": name, "type": _type(values.dtype)} for name, values in fields]
    schema = json_text({"fields": described, "primaryKey": index})
    data = ",".join(_rows(fields))
    return f'{{"schema":{schema},"data":[{data}],"total_rows":{rows},"total_columns":{columns}}}'


def _rows(fields: list[tuple[str, Any]]) -> Iterator[str]:
    """As many as fit."""
    columns = [[f"{json_string(name)}:{_cell(value)}" for value in values.tolist()] for name, values in fields]
    left = _MOST_BYTES
    for row in zip(*columns, strict=True):
        text = f"{{{','.join(row)}}}"
        left -= len(text)
        if left < 0:
            return
        yield text


def _index_names(index: Any) -> list[str]:  # noqa: ANN401  -- as above
    if index.nlevels == 1:
        return ["index" if index.name is None else _label(index.name)]
    return [f"level_{level}" if name is None else _label(name) for level, name in enumerate(index.names)]


def _label(label: object) -> str:
    text = ", ".join(map(str, label)) if isinstance(label, tuple) else str(label)
    return text[:_MOST_CELL_CHARACTERS]


def _new_name(name: str, taken: dict[str, None]) -> str:
    """Columns may share a name; the fields of a table do not."""
    unique, count = name, 0
    while unique in taken:
        count += 1
        unique = f"{name}.{count}"
    taken[unique] = None
    return unique


def _type(dtype: object) -> str:
    if str(dtype).startswith("str"):
        return "string"
    return _TYPES.get(str(getattr(dtype, "kind", "O")), "any")


def _cell(value: object) -> str:
    if value is None or value is True or value is False:
        return json_text(value)
    if isinstance(value, int):
        return json_text(value if abs(value) <= _EXACT else str(value))
    if isinstance(value, float):
        # Table Schema has words for these two; what is not there is null.
        return '"INF"' if value == float("inf") else '"-INF"' if value == float("-inf") else json_text(value)
    if type(value).__name__ in ("NaTType", "NAType"):
        return "null"
    written = getattr(value, "isoformat", None)
    text = written() if callable(written) else str(value)
    if len(text) > _MOST_CELL_CHARACTERS:
        text = f"{text[:_MOST_CELL_CHARACTERS]}…"
    return json_string(text)
