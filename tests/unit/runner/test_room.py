"""Which updates of a program come while it runs: enough at first, and some for as long as it goes on."""

import itertools

import pytest

from snakepen.runner import room

Bundle = dict[str, str | bytes]
SMALL: Bundle = {"text/plain": "x"}
FIGURE: Bundle = {"text/plain": "Figure 1.", "image/png": bytes(45_000)}


class Clock:
    """Stands still until it is told."""

    seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(room, "_now", clock)
    return clock


@pytest.mark.parametrize(("bundle", "at_once"), [(SMALL, 450), (FIGURE, 45)])
def test_those_of_a_moment_come_as_they_come_and_no_more(clock: Clock, bundle: Bundle, at_once: int) -> None:
    updates = room.Updates()
    updates.passed(bundle, "a", None)
    clock.seconds += 1
    sent = [bool(updates.passed(bundle, None, "a")) for _ in range(2000)]
    assert at_once <= sent.count(True) < at_once + 10
    assert all(sent[:at_once])
    assert updates.rest() == [(bundle, None, "a")]


@pytest.mark.parametrize("bundle", [SMALL, FIGURE])
def test_some_come_for_an_hour(clock: Clock, bundle: Bundle) -> None:
    updates = room.Updates()
    updates.passed(bundle, "a", None)
    times = []
    for _ in range(36_000):
        clock.seconds += 0.1
        if updates.passed(bundle, None, "a"):
            times.append(clock.seconds)
    rests = [after - before for before, after in itertools.pairwise([*times, clock.seconds])]
    assert max(rests) < 360
    assert len(times) < room.MOST_UPDATES - room.MOST
    assert sum(room._bytes_of(data) for data in bundle.values()) * len(times) < room.MOST_UPDATE_BYTES - room.MOST_BYTES
