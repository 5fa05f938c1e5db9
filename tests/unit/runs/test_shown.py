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
from snakepen.limits import MAX_ALL_SHOWN_BYTES, MAX_SHOWN, MAX_SHOWN_BYTES
from snakepen.runner import display
from snakepen.runner.showing import ANSWER_BYTES, FULL, KEPT, PIECE_BYTES, REFUSED, Way, answer, body_of, frame
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


def test_the_numbers_are_those_of_the_limits() -> None:
    assert (*(MAX_SHOWN, MAX_SHOWN_BYTES, MAX_ALL_SHOWN_BYTES),) == (
        display.MOST,
        display.MOST_BYTES,
        display.MOST_ALL_BYTES,
    )


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
    for number in range(1, MAX_SHOWN + 3):
        heard.body(body_of({"text/plain": "x"}, None, None), number)
    assert heard.steps[-1] == answer(MAX_SHOWN + 2, FULL)
    assert heard.listener.shown[-3:] == [Shown({"text/plain": "x"}), None, None]
    large = Heard()
    for number in range(1, 5):
        large.body(body_of({"text/html": "x" * (MAX_ALL_SHOWN_BYTES // 3)}, None, None), number)
    assert [shown is not None for shown in large.listener.shown] == [True, True, False, False]


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
        assert heard.steps[-1] == answer(1, REFUSED if shown is None else KEPT)
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
    assert said == [None, None, "what is not what its media type says", None]
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
