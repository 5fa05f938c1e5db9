"""Clients of POST /api/generate: events as they come, each checked against the OpenAPI document."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from tests.support.client import Api, document

DraftEvent = dict[str, Any]


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator({"$ref": "#/components/schemas/GenerateEvent", "components": document()["components"]})


def parsed(lines: Iterable[str]) -> Iterator[DraftEvent]:
    """The events of a stream; a comment is one of type ':'."""
    name = ""
    for line in lines:
        if line.startswith(":"):
            yield {"type": ":"}
        elif line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            event: DraftEvent = json.loads(line.removeprefix("data: "))
            _validator().validate(event)
            assert event["type"] == name
            yield event
        else:
            assert line == ""


@contextmanager
def drafting(api: Api, prompt: str, **fields: Any) -> Iterator[Iterator[DraftEvent]]:
    """The events of a request that has to be taken; leaving hangs up."""
    with api.http.stream("POST", "/api/generate", json={"prompt": prompt, **fields}) as response:
        assert response.status_code == 200, response.read()
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["x-accel-buffering"] == "no"
        yield parsed(response.iter_lines())


def drafted(api: Api, prompt: str, **fields: Any) -> list[DraftEvent]:
    """All events: a source first, and one end."""
    with drafting(api, prompt, **fields) as events:
        found = list(events)
    assert found[0]["type"] == "source"
    assert [event["type"] for event in found if event["type"] in ("done", "refused")] == [found[-1]["type"]]
    return found


def joined(events: Iterable[DraftEvent], kind: str) -> str:
    return "".join(event["delta"] for event in events if event["type"] == kind)
