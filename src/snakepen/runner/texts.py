"""Values as text: of lists and the like what a person reads best, and JSON that every reader takes.

Of what only a program can make large, as much is written as anybody reads. Portable, see `display.py`.
"""

from __future__ import annotations

import itertools
import sys
from _collections_abc import Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, Final

MOST_CHARACTERS: Final = 65536
_LINE_CHARACTERS: Final = 79
_MOST_ITEMS: Final = 1000
_MOST_DEEP: Final = 100
_BRACKETS: Final[dict[type, tuple[str, str]]] = {
    list: ("[", "]"),
    tuple: ("(", ")"),
    set: ("{", "}"),
    frozenset: ("frozenset({", "})"),
    dict: ("{", "}"),
}
# json.org: what a string may not hold as it is.
_ESCAPES: Final = {code: f"\\u{code:04x}" for code in range(32)} | {
    ord('"'): '\\"',
    ord("\\"): "\\\\",
    ord("\n"): "\\n",
    ord("\t"): "\\t",
}


class Printer:
    """What `_repr_pretty_` is given: it takes text, and knows nothing of lines."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def text(self, text: str) -> None:
        self._parts.append(text)

    def breakable(self, separator: str = " ") -> None:
        self._parts.append(separator)

    def pretty(self, value: object) -> None:
        self._parts.append(repr(value))

    def __str__(self) -> str:
        return "".join(self._parts)


def plain(value: object) -> str:
    """Its `repr`, long containers one item a line. Raises what a `repr` of the program's raises."""
    text = _plain(value, indent=0, deep=0)
    if len(text) <= MOST_CHARACTERS:
        return text
    return f"{text[:MOST_CHARACTERS]}… ({len(text) - MOST_CHARACTERS:,} characters more)"


def _plain(value: object, *, indent: int, deep: int) -> str:
    brackets = _BRACKETS.get(type(value))
    if brackets is None:
        return repr(value)
    items: Any = value
    if not items:
        return repr(value)
    if len(items) <= _MOST_ITEMS or deep:
        whole = repr(value)
        if len(whole) + indent <= _LINE_CHARACTERS or deep > _MOST_DEEP:
            return whole
    opening, closing = brackets
    indent += len(opening)
    shown = list(_items(items, indent=indent, deep=deep))
    if type(value) is tuple and len(items) == 1:
        shown[0] += ","
    return opening + _lines(shown, indent, one_a_line=type(value) is dict) + closing


def _lines(shown: list[str], indent: int, *, one_a_line: bool) -> str:
    """As many on a line as fit, of items that are short themselves."""
    parts, column = shown[:1], indent + len(shown[0])
    for before, item in itertools.pairwise(shown):
        column += len(item) + 2
        if one_a_line or "\n" in before or "\n" in item or column >= _LINE_CHARACTERS:
            parts.append(",\n" + " " * indent + item)
            column = indent + len(item)
        else:
            parts.append(", " + item)
    return "".join(parts)


def _items(items: Any, *, indent: int, deep: int) -> Iterator[str]:  # noqa: ANN401  -- one of five types
    """Each as it is to be written; of very many the first."""
    of_mapping = type(items) is dict
    for count, item in enumerate(items.items() if of_mapping else items):
        if count == _MOST_ITEMS:
            yield f"... {len(items) - count:,} more"
            return
        if of_mapping:
            key = repr(item[0])
            yield f"{key}: {_plain(item[1], indent=indent + len(key) + 2, deep=deep + 1)}"
        else:
            yield _plain(item, indent=indent, deep=deep + 1)


def json_text(value: object, deep: int = 0) -> str:
    """RFC 8259, with null for what is no number there. Raises ValueError when it is nested too deeply."""
    if value is None or value is True or value is False:
        return "null" if value is None else str(value).lower()
    if isinstance(value, str):
        return json_string(value)
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        return float.__repr__(value) if value - value == 0 else "null"
    if deep > _MOST_DEEP:
        raise ValueError("it is nested too deeply")
    if isinstance(value, Mapping):
        pairs = (f"{json_string(str(key))}:{json_text(item, deep + 1)}" for key, item in value.items())
        return f"{{{','.join(pairs)}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(json_text(item, deep + 1) for item in value)}]"
    scalar: Any = value
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(value, numpy.generic):
        return json_text(scalar.item(), deep + 1)
    return json_string(str(value))


def json_string(text: str) -> str:
    """With its quotes."""
    return f'"{text.translate(_ESCAPES)}"'


def joined(names: Iterable[str], *, most: int, characters: int) -> str:
    """A few of them, each on one line and cut where it is long."""
    shown = [" ".join(name.split())[:characters] for name in names]
    rest = len(shown) - most
    return ", ".join(shown[:most]) + (f" and {rest} more" if rest > 0 else "")
