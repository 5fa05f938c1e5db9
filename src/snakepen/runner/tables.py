"""A pandas frame as a table that a page can sort and save: JSON by Table Schema (Frictionless Data).

    {"schema": {"fields": [{"name", "title", "type"}], "primaryKey": [...]}, "data": [{name: value}],
     "total_rows": n, "total_columns": n}

The fields of the primary key are the index. A field whose name another has gets one of its own, and its title is as it
was. Of a large frame the first rows and columns are there; the totals say how large it is. Portable, see `display.py`.
"""

from __future__ import annotations

import sys

from snakepen.runner.own_builtins import keep_own_builtins
from snakepen.runner.reports import pass_on
from snakepen.runner.texts import json_string, json_text, plain

keep_own_builtins(globals())

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Final

MOST_ROWS: Final = 1000
MOST_COLUMNS: Final = 100
# Together with the schema less than who parses it takes (`runs/shown.py`), who counts in texts as well.
_MOST_BYTES: Final = 2 << 20
_MOST_COMMAS: Final = 105_000
_MOST_CONTAINERS: Final = 24_000
_MOST_CELL_CHARACTERS: Final = 1000
# What a reader that keeps numbers as doubles still tells apart.
_EXACT: Final = 1 << 53
_TYPES: Final = {"i": "integer", "u": "integer", "f": "number", "b": "boolean", "M": "datetime", "m": "string"}


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
    titled = [(name, cut.index.get_level_values(level)) for level, name in enumerate(_index_names(cut.index))]
    titled += [(_label(label), cut.iloc[:, place]) for place, label in enumerate(cut.columns)]
    taken: dict[str, None] = {}
    fields, described = [], []
    for title, values in titled:
        name = _new_name(title, taken)
        fields.append((name, values))
        described.append({"name": name} | ({} if name == title else {"title": title}) | {"type": _type(values.dtype)})
    schema = json_text({"fields": described, "primaryKey": [name for name, _ in fields[: cut.index.nlevels]]})
    data = ",".join(_rows(fields))
    return f'{{"schema":{schema},"data":[{data}],"total_rows":{rows},"total_columns":{columns}}}'


def with_readable_cells(value: Any) -> Any:  # noqa: ANN401  -- as above
    """The frame or series, with a text for each value that has none of its own. Raises what pandas raises."""
    return value.map(lambda cell: cell if _can_be_written(cell) else plain(cell))


def _can_be_written(value: object) -> bool:
    try:
        str(value)
    except Exception as error:
        pass_on(error)
        return False
    return True


def _written(value: object) -> str:
    """Its text, whatever its `str` does."""
    try:
        # Who reads P-1DT22H0M0S?
        written = None if type(value).__name__ == "Timedelta" else getattr(value, "isoformat", None)
        return str(written() if callable(written) else value)
    except Exception as error:
        pass_on(error)
        return plain(value)


def _rows(fields: list[tuple[str, Any]]) -> Iterator[str]:
    """As many as fit."""
    columns = [[f"{json_string(name)}:{_cell(value)}" for value in values.tolist()] for name, values in fields]
    size = commas = containers = 0
    for row in zip(*columns, strict=True):
        text = f"{{{','.join(row)}}},"
        size += len(text.encode("utf-8", "replace"))
        commas += text.count(",")
        containers += text.count("{") + text.count("[")
        if size > _MOST_BYTES or commas > _MOST_COMMAS or containers > _MOST_CONTAINERS:
            return
        yield text[:-1]


def _index_names(index: Any) -> list[str]:  # noqa: ANN401  -- as above
    if index.nlevels == 1:
        return ["index" if index.name is None else _label(index.name)]
    return [f"level_{level}" if name is None else _label(name) for level, name in enumerate(index.names)]


def _label(label: object) -> str:
    text = ", ".join(map(_written, label)) if isinstance(label, tuple) else _written(label)
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


def _cell(value: Any) -> str:  # noqa: ANN401  -- whatever a program has
    if value is None or value is True or value is False:
        return json_text(value)
    if isinstance(value, int):
        return json_text(value if abs(value) <= _EXACT else str(value))
    if isinstance(value, float):
        # Table Schema has words for these two; what is not there is null.
        return '"INF"' if value == float("inf") else '"-INF"' if value == float("-inf") else json_text(value)
    kind = type(value).__name__
    if kind in ("NaTType", "NAType") or (kind == "Decimal" and value.is_nan()):
        return "null"
    if kind == "longdouble":
        return _cell(float(value))
    text = _written(value)
    if len(text) > _MOST_CELL_CHARACTERS:
        text = f"{text[:_MOST_CELL_CHARACTERS]}…"
    return json_string(text)
