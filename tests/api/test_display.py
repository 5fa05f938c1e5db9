"""What programs show, as a client gets it: in the answer, as server-sent events, over a WebSocket with a terminal."""

import base64
from typing import Any

import pytest
from tests.support.client import Api
from tests.support.live import LiveEvent, Socket, run_streamed

from snakepen.limits import MIB

pytestmark = pytest.mark.slow

TERMINAL = {"columns": 80, "rows": 24}
PROGRAM = """
import matplotlib.pyplot as plt
import pandas as pd

for number in range(1, 4):
    plt.plot([number, 1, 2])
    plt.title(f"Plot {number}")
    plt.show()
    print("after", number)
display(pd.DataFrame({"a": [1, 2]}))
print("é, then the end")
"the value"
"""
IN_ORDER = [
    *("Figure 1: Plot 1.", "after 1", "Figure 1: Plot 2.", "after 2", "Figure 1: Plot 3.", "after 3"),
    *("   a\n0  1\n1  2", "é, then the end", "'the value'"),
]
KINDS = [*[{"text/plain", "image/png"}] * 3, {"text/plain", "text/html", "application/vnd.dataresource+json"}]


def told(events: list[LiveEvent], stream: str) -> list[str]:
    """What was said and shown, in its order; what is said between two things that are shown, whole."""
    found: list[str] = []
    said = ""
    for event in events:
        if event["type"] == stream:
            said += event["text"]
        else:
            found += said.split("\n")[:-1]
            said = ""
        if event["type"] == "display":
            found.append(event["bundle"]["text/plain"])
    return [line.rstrip("\r") for line in found]


def check_bundles(bundles: list[dict[str, str]]) -> None:
    assert [set(bundle) for bundle in bundles] == [*KINDS, {"text/plain"}]
    pictures = [base64.b64decode(bundle["image/png"]) for bundle in bundles[:3]]
    assert all(picture.startswith(b"\x89PNG\r\n\x1a\n") for picture in pictures)
    assert len(set(pictures)) == 3


def test_the_answer_has_all_of_it_and_says_where_it_came(api: Api) -> None:
    answer = api.run(PROGRAM, display=True)
    check_bundles(answer["display"])
    assert answer["output"] == "after 1\nafter 2\nafter 3\né, then the end\n"
    assert answer["display_after"] == [0, 8, 16, 24, 40]
    assert (answer["error"], answer["truncated"]["display_dropped"], answer["return_code"]) == ("", 0, 0)


def test_events_come_in_its_order(api: Api) -> None:
    events = run_streamed(api, PROGRAM, display=True)
    assert told(events, "stdout") == IN_ORDER
    shown = [event for event in events if event["type"] == "display"]
    check_bundles([event["bundle"] for event in shown])
    assert all((event["display_id"], event["update_of"]) == (None, None) for event in shown)
    assert events[-1]["display"] == [event["bundle"] for event in shown]


@pytest.mark.parametrize("terminal", [None, TERMINAL], ids=["pipes", "terminal"])
def test_so_they_do_over_a_websocket(server: str, terminal: dict[str, int] | None) -> None:
    with Socket(server) as live:
        live.start(PROGRAM, terminal=terminal, display=True)
        events = live.until("finished")
    assert told(events, "terminal" if terminal else "stdout") == IN_ORDER
    check_bundles(events[-1]["display"])


def test_updates_say_of_what(api: Api) -> None:
    events = run_streamed(api, "meter = display(1, display_id='meter')\nmeter.update(2)", display=True)
    shown = [(e["bundle"], e["display_id"], e["update_of"]) for e in events if e["type"] == "display"]
    assert shown == [({"text/plain": "1"}, "meter", None), ({"text/plain": "2"}, None, "meter")]


LARGE = f"display({{'text/html': 'é\"' * {3 * MIB // 2}, 'text/plain': 'large'}}, raw=True)"


def test_what_is_large_is_whole(api: Api, server: str) -> None:
    expected = {"text/html": 'é"' * (3 * MIB // 2), "text/plain": "large"}
    answer: dict[str, Any] = api.post({"code": LARGE, "display": True}).json()
    assert answer["display"] == [expected]
    events = run_streamed(api, LARGE, display=True)
    assert [event["bundle"] for event in events if event["type"] == "display"] == [expected]
    assert events[-1]["display"] == [expected]
    with Socket(server) as live:
        live.start(LARGE, display=True)
        assert [event["bundle"] for event in live.until("finished") if event["type"] == "display"] == [expected]


def test_more_than_a_run_may_show_is_counted_and_told(api: Api) -> None:
    answer = api.run("for n in range(300): display(n)", display=True)
    assert (len(answer["display"]), answer["truncated"]["display_dropped"]) == (200, 100)
    assert answer["error"] == "Not shown: the rest; a run may show 200 things, 16 MiB in all.\n"


def test_without_it_there_is_no_display(api: Api) -> None:
    answer = api.run("display(1)\n2")
    assert answer["error"].splitlines()[-1] == "NameError: name 'display' is not defined"
    assert (answer["display"], answer["display_after"]) == ([], [])
