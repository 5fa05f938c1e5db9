"""How many blank runners of each kind are to be made: what is there is put into a pool that makes nothing."""

import sys
from itertools import count
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("sandboxes are Linux's", allow_module_level=True)
assert sys.platform == "linux"

from snakepen.limits import MIB
from snakepen.runs.pool import Pool, PoolSize, _Demand, _Zygote
from snakepen.runs.runners import Runner, State
from snakepen.sandbox.kinds import KINDS
from snakepen.sandbox.protocol import Config

READY = 4
MOST_BYTES = 256 * MIB
MANY = 100
NUMBERS = count()
LARGEST = max(range(len(KINDS)), key=lambda kind: KINDS[kind].blank_bytes)


@pytest.fixture
def pool() -> Pool:
    """All its warm interpreters are there."""
    config = Config(
        python="",
        prefix="",
        base_prefix="",
        attach_point="",
        drop_to_user=None,
        disk_bytes=0,
        disk_files=0,
        memory_is_counted=True,
        control_descriptor=0,
        groups_of_a_run=0,
        groups=(),
        zygotes=KINDS,
    )
    made = Pool(Path(), config, None, PoolSize(READY, MOST_BYTES, 1000), memory_bytes=MIB)
    made._current = [_Zygote(kind) for kind in range(len(KINDS))]
    made._zygotes = [zygote for zygote in made._current if zygote is not None]
    return made


def make_what_is_missing(pool: Pool) -> None:
    for kind, missing in enumerate(pool._missing()):
        for _ in range(missing):
            pool._ready[kind].append(runner(State.READY))
        for _ in range(-missing):
            pool._ready[kind].pop()


def runner(state: State) -> Runner:
    return Runner(next(NUMBERS), 0, 0, None, state)


def blank_bytes(pool: Pool) -> int:
    return sum(len(ready) * kind.blank_bytes for ready, kind in zip(pool._ready, KINDS, strict=True))


def test_without_demand_as_many_are_kept_as_are_to_be_ready(pool: Pool) -> None:
    make_what_is_missing(pool)
    assert {len(ready) for ready in pool._ready} == {READY}


def test_those_of_all_kinds_together_hold_no_more_than_they_may(pool: Pool) -> None:
    for demand in pool._demands:
        demand.see(MANY)
    make_what_is_missing(pool)
    assert MOST_BYTES - KINDS[LARGEST].blank_bytes < blank_bytes(pool) <= MOST_BYTES
    assert min(len(ready) for ready in pool._ready) >= READY
    assert pool._missing() == [0 for _ in KINDS]


@pytest.mark.parametrize("first", range(len(KINDS)))
def test_what_one_kind_has_another_gets_when_it_is_given_back(pool: Pool, first: int) -> None:
    pool._demands[first].see(MANY)
    make_what_is_missing(pool)
    had = len(pool._ready[first])
    assert had > READY
    for demand in pool._demands:
        demand.see(MANY)
    make_what_is_missing(pool)
    assert len(pool._ready[first]) == had
    pool._demands[first] = _Demand()
    for _ in range(2):
        make_what_is_missing(pool)
        assert blank_bytes(pool) <= MOST_BYTES
    assert len(pool._ready[first]) == READY
    assert max(map(len, pool._ready)) > READY


def test_those_who_wait_get_theirs_and_take_none_from_other_kinds(pool: Pool) -> None:
    pool._demands[LARGEST].see(MANY)
    make_what_is_missing(pool)
    kept = len(pool._ready[LARGEST])
    assert kept > READY
    waiting, zygote = pool._waiting[0], pool._zygotes[0]
    waiting.extend([None] * MANY)  # type: ignore[list-item]  # they are only counted
    assert pool._missing()[0] >= MANY - READY
    for _ in range(pool._missing()[0]):
        zygote.runners[next(NUMBERS)] = runner(State.FORKING)
    make_what_is_missing(pool)
    assert len(pool._ready[LARGEST]) == kept
