"""Admission by itself: bounds hold whatever comes and goes, in whatever order."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from snakepen.errors import Busy
from snakepen.runs import admission as admission_module
from snakepen.runs.admission import Admission, Place


def ignore(position: int) -> None: ...


class Model(RuleBasedStateMachine):
    """Random arrivals and departures against the simplest account of them."""

    def __init__(self) -> None:
        super().__init__()
        self.admission = Admission(running=2, queue=3, per_caller=3)
        self.places: list[Place] = []  # in order of arrival

    @rule(caller=st.sampled_from("abc"))
    def arrive(self, caller: str) -> None:
        full = len(self.places) >= 5
        share = sum(place.caller == caller for place in self.places) >= 3
        if full or share:
            with pytest.raises(Busy) as refused:
                self.admission.ask(caller, ignore)
            assert 1 <= refused.value.retry_after_seconds <= 60
        else:
            self.places.append(self.admission.ask(caller, ignore))

    @rule(index=st.integers(0, 4))
    def leave(self, index: int) -> None:
        if index < len(self.places):
            place = self.places.pop(index)
            place.leave()
            place.leave()  # once too often changes nothing

    @invariant()
    def first_come_first_served(self) -> None:
        waiting = [place for place in self.places if place.position]
        assert [place.position for place in waiting] == list(range(1, len(waiting) + 1))
        running = len(self.places) - len(waiting)
        assert running <= 2
        assert not waiting or running == 2
        assert (self.admission.running, self.admission.queued) == (running, len(waiting))
        assert self.admission.free == 2 - running


Model.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestAdmission = Model.TestCase


def test_a_place_is_told_of_each_move() -> None:
    admission = Admission(running=1, queue=5, per_caller=9)
    positions: list[int] = []
    first, second = (admission.ask("a", ignore) for _ in range(2))
    third = admission.ask("a", positions.append)
    assert (third.position, positions) == (2, [])
    second.leave()
    first.leave()
    assert positions == [1, 0]


async def test_when_to_come_back_follows_the_queue_and_the_length_of_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(admission_module, "monotonic", lambda: now)

    def told(queue: int) -> int:
        admission = Admission(running=1, queue=queue, per_caller=99)
        nonlocal now
        for _ in range(60):
            place = admission.ask("a", ignore)
            now += 5  # a run takes five seconds
            place.leave()
        for _ in range(queue + 1):
            admission.ask("a", ignore)
        with pytest.raises(Busy) as refused:
            admission.ask("a", ignore)
        return refused.value.retry_after_seconds

    assert told(0) in (4, 5)
    assert told(3) in (19, 20)
    assert told(50) == 60


async def test_waiting_does_not_count_as_running(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(admission_module, "monotonic", lambda: now)
    admission = Admission(running=1, queue=1, per_caller=99)
    first, second = admission.ask("a", ignore), admission.ask("a", ignore)
    now += 1000
    second_waited = second.position
    first_began = first.since
    first.leave()
    assert (second_waited, first_began, second.since) == (1, 0.0, 1000)


async def test_without_a_queue_it_is_run_or_refuse() -> None:
    admission = Admission(running=1, queue=0, per_caller=9)
    place = admission.ask("a", ignore)
    with pytest.raises(Busy):
        admission.ask("b", ignore)
    place.leave()
    admission.ask("b", ignore).leave()
