"""Values as text: of lists and the like what a person reads best, and JSON that every reader takes.

Of what only a program can make large, as much is written as anybody reads. Portable, see `display.py`.
"""

from __future__ import annotations

import itertools
import sys
from _collections_abc import Mapping

from snakepen.runner.own_builtins import keep_own_builtins
from snakepen.runner.reports import pass_on, report

keep_own_builtins(globals())

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, Final

MOST_CHARACTERS: Final = 65536
_LINE_CHARACTERS: Final = 79
_MOST_ITEMS: Final = 1000
_MOST_DEEP: Final = 100
_DIGITS_A_BIT: Final = 0.30103
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
    """Its `repr`, long containers one item a line. Of the first exception in a `repr` of the program's is told."""
    layout = _Layout()
    text = layout.of(value, indent=0)
    return f"{text[:MOST_CHARACTERS]}… (more)" if layout.is_over else cut(text)


def cut(text: str) -> str:
    """As much as anybody reads, and how much that is not."""
    if len(text) <= MOST_CHARACTERS:
        return text
    return f"{text[:MOST_CHARACTERS]}… ({len(text) - MOST_CHARACTERS:,} characters more)"


class _Layout:
    """One value's, from its leaves up: what is longer than anybody reads is not looked at to its end."""

    def __init__(self) -> None:
        self._left = MOST_CHARACTERS
        self._around: list[int] = []
        """What the item is in that is laid out now."""
        self._has_told = False
        self.is_over = False

    def of(self, value: object, *, indent: int) -> str:
        kind: Any = type(value)
        items: Any = value
        brackets = _BRACKETS.get(kind)
        if brackets is None or not items or len(self._around) > _MOST_DEEP:
            text = self._repr(value)
            self._left -= len(text)
            return text
        if id(value) in self._around:
            return "{...}" if kind is dict else "(...)" if kind is tuple else "[...]"
        opening, closing = brackets
        self._around.append(id(value))
        shown = list(self._items(items, indent=indent + len(opening)))
        self._around.pop()
        if kind is tuple and len(items) == 1:
            shown[0] += ","
        whole = opening + ", ".join(shown) + closing
        if len(whole) + indent <= _LINE_CHARACTERS and "\n" not in whole:
            return whole
        return opening + _lines(shown, indent + len(opening), one_a_line=kind is dict) + closing

    def _items(self, items: Any, *, indent: int) -> Iterator[str]:  # noqa: ANN401  -- one of five types
        """Each as it is to be written; of very many the first."""
        of_mapping = type(items) is dict
        for count, item in enumerate(items.items() if of_mapping else items):
            if self._left < 0 and count:
                self.is_over = True
                return
            if count == _MOST_ITEMS:
                yield f"... {len(items) - count:,} more"
                return
            if of_mapping:
                key = self._repr(item[0])
                yield f"{key}: {self.of(item[1], indent=indent + len(key) + 2)}"
            else:
                yield self.of(item, indent=indent)

    def _repr(self, value: object) -> str:
        try:
            return repr(value)
        except Exception as error:
            pass_on(error)
            if type(value) is int:  # sys.get_int_max_str_digits
                return f"<int of about {int(value.bit_length() * _DIGITS_A_BIT) + 1:,} digits>"
            if not self._has_told:
                self._has_told = True
                report(error)
            return object.__repr__(value)


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
