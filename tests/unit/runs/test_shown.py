"""What comes from a program's socket: put together, or refused; and the socket that has no frames of its own."""

import asyncio
import base64
import socket
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.runs import wait_for

if sys.platform == "win32":
    pytest.skip("nothing is shown there", allow_module_level=True)
assert sys.platform != "win32"

from snakepen.executor import MEDIA_TYPES, Shown, Stream
from snakepen.limits import MAX_SHOWN_BYTES, MIB
from snakepen.runner import room, texts
from snakepen.runner.display import Displayer
from snakepen.runner.showing import (
    ANSWER_BYTES,
    FULL,
    KEPT,
    LARGE,
    PARTLY,
    PIECE_BYTES,
    REFUSED,
    Way,
    answer,
    body_of,
    frame,
)
from snakepen.runs.shown import ShownSocket, Shows

Bundle = dict[str, str | bytes]
PNG = b"\x89PNG\r\n\x1a\n"


class Listener:
    """Keeps what it is told, in order."""

    def __init__(self) -> None:
        self.shown: list[Shown | None] = []
        self.on_shown: Callable[[], None] = lambda: None

    def child_started(self, child: Any) -> None: ...
    def child_said(self, stream: Stream, data: bytes) -> None: ...
    def child_asked(self, prompt: str) -> None: ...

    def child_showed(self, shown: Shown | None) -> None:
        self.shown.append(shown)
        self.on_shown()


class Heard:
    """Shows, with everything around them kept in order."""

    def __init__(self) -> None:
        self.listener = Listener()
        self.steps: list[object] = []
        self.listener.on_shown = lambda: self.steps.append("told")
        self.shows = Shows(self.listener, lambda: self.steps.append("caught up"), self.steps.append)

    def body(self, body: bytes, number: int = 1) -> None:
        for start in range(0, len(body), PIECE_BYTES):
            self.shows.hear(frame(number, len(body), body[start : start + PIECE_BYTES]))


def test_the_number_of_one_thing_is_that_of_the_limits() -> None:
    assert room.MOST_BYTES == MAX_SHOWN_BYTES


@pytest.mark.skipif(sys.platform != "linux", reason="sandboxes are Linux's, and with them such sockets")
def test_what_was_said_is_heard_when_who_said_it_went_without_reading_an_answer() -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours:
        body = body_of({"text/plain": "x"}, None, None)
        for number in (1, 2, 3):
            theirs.send(frame(number, len(body), body))
        ours.send(answer(1, KEPT))
        theirs.close()
        heard = Heard()
        heard.shows.drain(lambda: ours.recv(1000))
        assert heard.listener.shown == [Shown({"text/plain": "x"})] * 3


def test_what_was_written_is_read_before_it_is_told_and_then_it_is_answered() -> None:
    heard = Heard()
    heard.body(body_of({"text/plain": "é", "image/png": PNG}, "a", "b"))
    assert heard.listener.shown == [
        Shown({"text/plain": "é", "image/png": base64.b64encode(PNG).decode()}, display_id="a", update_of="b")
    ]
    assert heard.steps == ["caught up", "told", answer(1, KEPT)]


def test_nobody_is_answered_while_it_is_paused() -> None:
    heard = Heard()
    heard.listener.on_shown = heard.shows.pause
    heard.body(body_of({"text/plain": "x"}, None, None))
    assert answer(1, KEPT) not in heard.steps
    heard.shows.resume()
    heard.shows.resume()
    assert heard.steps.count(answer(1, KEPT)) == 1


def test_a_run_shows_so_many_and_so_much() -> None:
    heard = Heard()
    for number in range(1, room.MOST + 3):
        heard.body(body_of({"text/plain": "x"}, None, None), number)
    assert heard.steps[-1] == answer(room.MOST + 2, FULL)
    assert heard.listener.shown[-3:] == [Shown({"text/plain": "x"}), None, None]
    large = Heard()
    for number in range(1, 5):
        large.body(body_of({"text/html": "x" * (room.MOST_ALL_BYTES // 3)}, None, None), number)
    large.body(body_of({"text/plain": "small"}, None, None), 5)
    assert [shown is not None for shown in large.listener.shown] == [True, True, False, False, True]
    assert [step[-1] for step in large.steps if isinstance(step, bytes)] == [KEPT, KEPT, LARGE, LARGE, KEPT]


def verdicts(heard: Heard, *bodies: bytes) -> list[int]:
    before = len(heard.steps)
    for number, body in enumerate(bodies, start=before + 1):
        heard.body(body, number)
    return [step[-1] for step in heard.steps[before:] if isinstance(step, bytes)]


def test_updates_of_what_is_there_have_room_of_their_own_and_a_bound_of_their_own() -> None:
    heard = Heard()
    named, update = body_of({"text/plain": "x"}, "a", None), body_of({"text/plain": "x"}, None, "a")
    unknown = body_of({"text/plain": "x"}, None, "b")
    assert verdicts(heard, unknown, named, update) == [KEPT] * 3
    assert verdicts(heard, *[named] * room.MOST)[-3:] == [KEPT, FULL, FULL]
    assert verdicts(heard, body_of({"text/plain": "x"}, None, "c"), unknown) == [FULL, KEPT]
    assert verdicts(heard, *[update] * room.MOST_UPDATES)[-3:] == [KEPT, LARGE, LARGE]


def test_updates_are_held_to_so_many_bytes() -> None:
    heard = Heard()
    named, update = body_of({"text/plain": "x"}, "a", None), body_of({"text/plain": "x" * (7 * MIB)}, None, "a")
    assert verdicts(heard, named, *[update] * 3, named) == [KEPT, KEPT, KEPT, LARGE, KEPT]


@pytest.mark.parametrize(("size", "most"), [(1, 600), (MIB // 4, 60)])
def test_a_program_keeps_to_it_and_the_last_update_of_each_thing_comes(size: int, most: int) -> None:
    """What it holds back it sends before something new, and at the end, when there is room for anything."""
    heard = Heard()
    numbers = iter(range(1, 10**6))

    def send(bundle: Bundle, display_id: str | None, update_of: str | None) -> None:
        heard.body(body_of(bundle, display_id, update_of), next(numbers))

    displayer = Displayer(send)

    def show(text: object, display_id: str | None = None, update_of: str | None = None) -> None:
        displayer._show({"text/plain": str(text), "text/html": "x" * size}, display_id, update_of)

    def update_often(sign: int) -> None:
        for name in "ab":
            for number in range(1000):
                show(sign * number, None, name)

    show("a", "a")
    show("b", "b")
    update_often(1)
    show("new")
    update_often(-1)
    displayer._show({"text/html": "x" * (7 * MIB)}, None, "a")
    displayer.show_rest()
    assert {step[-1] for step in heard.steps if isinstance(step, bytes)} == {KEPT}
    told = [(shown.update_of, shown.bundle.get("text/plain")) for shown in heard.listener.shown if shown]
    assert len(told) < most
    if size == 1:
        place = told.index((None, "new"))
        assert {("a", "999"), ("b", "999")} <= set(told[:place])
    assert dict(told) == {None: "new", "a": None, "b": "-999"}


JSON = ("application/json", "application/vnd.dataresource+json", "application/vnd.plotly.v1+json")
NO_JSON = {
    "nothing": b"",
    "no JSON": b"alert(1)",
    "a word of Python's": b"[NaN]",
    "endless": b"1e5 2",
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "a long number": b"9" * 100_000,
    "no UTF-8": b'"\xff"',
    "many lists": b"[" + b"[]," * 25_000 + b"1]",
    "many numbers": b"[" + b"1," * 110_001 + b"1]",
    "long": b'"' + b"x" * (3 << 20) + b'"',
}


@pytest.mark.parametrize("name", NO_JSON)
def test_what_is_no_json_is_left_out_and_the_rest_is_shown(name: str) -> None:
    for number, kind in enumerate(JSON, start=1):
        heard = Heard()
        heard.body(body_of({"text/plain": "x", kind: NO_JSON[name], "text/html": "<b>"}, None, None), number)
        assert heard.listener.shown == [Shown({"text/plain": "x", "text/html": "<b>"})]
        assert heard.steps[-1] == answer(number, PARTLY)


def test_what_is_json_is_held_to_so_much_in_one_thing() -> None:
    """Whoever parses it holds up all others."""
    heard = Heard()
    most = b"[" + b"1," * 80_000 + b"1]"
    bundle: Bundle = {JSON[0]: most, JSON[1]: most, JSON[2]: "[1,1]", "text/plain": "x"}
    heard.body(body_of(bundle, None, None))
    assert heard.listener.shown == [Shown({JSON[0]: most.decode(), JSON[2]: "[1,1]", "text/plain": "x"})]


@given(st.recursive(st.none() | st.integers() | st.floats(allow_nan=False) | st.text(), st.lists, max_leaves=9))
def test_what_is_json_is_shown_as_it_is(value: object) -> None:
    heard = Heard()
    heard.body(body_of({"application/json": texts.json_text(value)}, None, None))
    assert heard.listener.shown == [Shown({"application/json": texts.json_text(value)})]


def test_what_is_none_is_left_out_alone() -> None:
    heard = Heard()
    heard.body(
        body_of(
            {"text/plain": "x", "text/html": b"\xff", "image/png": b"<script>", "image/jpeg": b"\xff\xd8\xffrest"},
            None,
            None,
        )
    )
    jpeg = base64.b64encode(b"\xff\xd8\xffrest").decode()
    assert heard.listener.shown == [Shown({"text/plain": "x", "image/jpeg": jpeg})]


@pytest.mark.parametrize("data", [b"1", b"no JSON"])
def test_a_medium_that_is_there_twice_makes_it_no_bundle(data: bytes) -> None:
    """Else 8 MiB could hold a million of them, which took the event loop for fifteen seconds."""
    heard = Heard()
    heard.body(body_of({"text/plain": "x"}, None, None) + body_of({"application/json": data}, None, None)[4:] * 2)
    assert heard.listener.shown == [None]
    assert heard.steps[-1] == answer(1, REFUSED)


def test_what_is_refused_counts_too_because_somebody_has_to_look_at_it() -> None:
    heard = Heard()
    for number in range(1, 5):
        heard.body(body_of({"application/json": "[" + "x" * (room.MOST_ALL_BYTES // 3)}, None, None), number)
    assert [step[-1] for step in heard.steps if isinstance(step, bytes)] == [REFUSED, REFUSED, LARGE, LARGE]


BODIES = st.one_of(
    st.binary(max_size=60),
    st.builds(
        lambda bundle, cut, more: body_of(bundle, "a", None)[:cut] + more,
        st.dictionaries(st.sampled_from(MEDIA_TYPES), st.binary(max_size=8)),
        st.integers(0, 60),
        st.binary(max_size=4),
    ),
)


@given(BODIES)
def test_whatever_a_body_is_it_is_shown_or_refused(body: bytes) -> None:
    heard = Heard()
    if body:
        heard.body(body)
        (shown,) = heard.listener.shown
        assert heard.steps[-1] in ([answer(1, REFUSED)] if shown is None else [answer(1, KEPT), answer(1, PARTLY)])
        assert shown is None or set(shown.bundle) <= set(MEDIA_TYPES)


@given(st.lists(st.binary(max_size=40) | st.builds(frame, st.integers(0, 3), st.integers(0, 9), st.binary(max_size=9))))
def test_whatever_is_said_nothing_breaks(said: list[bytes]) -> None:
    heard = Heard()
    for word in said:
        if not heard.shows.given_up:
            heard.shows.hear(word)
    assert len(heard.shows._body) <= 9


@pytest.mark.parametrize("kind", ["SOCK_STREAM", *(["SOCK_SEQPACKET"] if sys.platform == "linux" else [])])
async def test_a_way_leads_to_whoever_listens(kind: str) -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, getattr(socket, kind))
    listener = Listener()
    end = ShownSocket(ours, listener, lambda: None)
    way = Way(theirs.fileno())
    bundles: list[Bundle] = [{"text/plain": "x"}, {"text/html": "é" * 200_000}, {"image/png": b"no"}, {}]
    said = [await asyncio.to_thread(way.send, bundle, None, None) for bundle in bundles]
    await wait_for(lambda: len(listener.shown) == len(bundles))
    assert said == [None, None, "what is not what its media type says, or is too much JSON", None]
    assert listener.shown == [Shown({"text/plain": "x"}), Shown({"text/html": "é" * 200_000}), None, None]
    theirs.close()
    end.finish()
    end.close()


async def test_who_breaks_the_rules_of_a_stream_is_hung_up_on() -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    listener = Listener()
    end = ShownSocket(ours, listener, lambda: None)
    with theirs:
        theirs.sendall(b"nobody would say that" * 5000)
        await wait_for(lambda: listener.shown == [None])
        await wait_for(lambda: ours.fileno() == -1)
    end.finish()


def test_an_answer_to_something_earlier_is_passed_over() -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    with ours, theirs:
        ours.sendall(answer(0, FULL) + answer(1, KEPT))
        assert Way(theirs.fileno()).send({"text/plain": "x"}, None, None) is None
        assert len(answer(1, KEPT)) == ANSWER_BYTES
