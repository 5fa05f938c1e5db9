"""Who wants events."""

import pytest

from snakepen.api.stream import wants_events


@pytest.mark.parametrize(
    "accept",
    [
        *("text/event-stream", "Text/Event-Stream", "text/event-stream;charset=utf-8", "text/event-stream, */*"),
        *("text/event-stream;q=0.9, application/json;q=0.8", "text/event-stream, application/json;q=0.5"),
        *("text/*", "application/json;q=0, text/event-stream;q=0.1", "text/event-stream ; q=1 , */* ; q=0.1"),
    ],
)
def test_events_are_for_who_prefers_them(accept: str) -> None:
    assert wants_events(accept)


@pytest.mark.parametrize(
    "accept",
    [
        *("", "*/*", "application/json", "application/json, text/plain, */*", "application/json, text/event-stream"),
        *("text/event-stream, application/json", "text/event-stream;q=0", "text/event-stream;q=0, */*"),
        *("text/event-stream;q=0.5, */*", "text/*;q=0.5, application/*", "image/png", ",;q=,", "text/event-stream;q=x"),
        *("text/event-stream;q=2", "text/event-stream;q=nan", "text/html, application/xhtml+xml, */*;q=0.8"),
    ],
)
def test_json_is_for_everybody_else(accept: str) -> None:
    assert not wants_events(accept)
