"""The count of a body's structure, against a parser of its own."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snakepen.api.body import JsonStructure
from snakepen.errors import InvalidJson
from snakepen.limits import MAX_JSON_COMMAS, MAX_JSON_STRUCTURE_BYTES

VALUES = st.recursive(
    st.text() | st.integers() | st.booleans() | st.none() | st.text(alphabet='\\"/x'),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(alphabet='a"\\\\é'), inner),
    max_leaves=20,
)


def structure_of(text: str) -> tuple[int, int]:
    """One character after the other, as the grammar has it: how many are structure, and how many of them commas."""
    count, commas, in_string, escaped = 0, 0, False, False
    for character in text:
        if not in_string:
            count += 1
            commas += character == ","
            in_string = character == '"'
        elif escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == '"':
            count += 1
            in_string = False
    return count, commas


@given(VALUES, st.booleans(), st.integers(1, 30))
def test_it_counts_what_is_outside_of_strings_however_it_is_cut(value: Any, ascii_only: bool, size: int) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    data = text.encode()
    counter = JsonStructure()
    for start in range(0, len(data), size):
        counter.feed(data[start : start + size])
        counter.feed(b"")
    assert (counter.count, counter.commas) == structure_of(text)


def test_too_much_is_refused_before_it_is_all_there() -> None:
    counter = JsonStructure()
    while counter.count + 3000 <= MAX_JSON_STRUCTURE_BYTES:
        counter.feed(b"[  " * 1000)
    with pytest.raises(InvalidJson):
        counter.feed(b"[  " * 1000)


def test_too_many_values_are_refused_before_they_are_looked_at() -> None:
    counter = JsonStructure()
    counter.feed(b"0," * MAX_JSON_COMMAS)
    with pytest.raises(InvalidJson):
        counter.feed(b",")


def test_long_strings_are_not_structure() -> None:
    counter = JsonStructure()
    counter.feed(b'{"code": "')
    for _ in range(100):
        counter.feed(b'x,[]{}\\" ' * 10_000)
    counter.feed(b'"}')
    assert (counter.count, counter.commas) == structure_of('{"code": ""}')
