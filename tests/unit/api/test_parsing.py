"""JSON as callers send it, against the parser of the standard library."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snakepen.api.parsing import parse_json
from snakepen.errors import FieldProblem, InvalidJson, InvalidRequest
from snakepen.limits import MAX_JSON_COMMAS

VALUES = st.recursive(
    st.text() | st.integers() | st.floats(allow_nan=False) | st.booleans() | st.none(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=2), inner),
    max_leaves=20,
)


@given(VALUES)
def test_what_has_no_name_twice_is_what_it_always_is(value: Any) -> None:
    assert parse_json(json.dumps(value).encode()) == value


@given(st.lists(st.tuples(st.sampled_from("abc"), VALUES), max_size=6))
def test_an_object_is_refused_when_a_name_is_there_twice_and_only_then(pairs: list[tuple[str, Any]]) -> None:
    text = "{" + ",".join(f"{json.dumps(name)}:{json.dumps(value)}" for name, value in pairs) + "}"
    names = [name for name, _ in pairs]
    repeated = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if not repeated:
        assert parse_json(text.encode()) == dict(pairs)
        return
    with pytest.raises(InvalidRequest) as refused:
        parse_json(text.encode())
    assert refused.value.details == (FieldProblem(repeated[0], "is there twice: give it once"),)


def test_of_many_in_the_depth_one_is_named_and_no_more_of_its_path_than_is_told() -> None:
    deep = '{"a":' * 200 + "[" + "{}," * (MAX_JSON_COMMAS - 2) + '{"b":1,"b":2}]' + "}" * 200
    with pytest.raises(InvalidRequest) as refused:
        parse_json(deep.encode())
    assert [detail.field for detail in refused.value.details] == [("a." * 200)[:80]]


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b'{"a": 1}}', b"[" * 100_000, b"1" * 10_000], ids=ascii)
def test_what_is_none_is_told_in_the_callers_sentence(data: bytes) -> None:
    with pytest.raises(InvalidJson, match=r"^It is none\.$"):
        parse_json(data, not_json="It is none.")
