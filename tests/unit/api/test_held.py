"""Large answers that are being taken."""

import pytest
from tests.support.runs import wait_for

from snakepen.api import held as held_module
from snakepen.api.held import Leaving
from snakepen.limits import Patience


async def test_it_is_dropped_when_its_time_is_up_and_not_when_it_has_been_taken() -> None:
    leaving = Leaving(Patience(download_seconds=0.001, download_bytes_per_second=1e9))
    dropped: list[str] = []
    with leaving.place(1, lambda: dropped.append("taken")), leaving.place(0, lambda: dropped.append("small")):
        pass
    with leaving.place(1, lambda: dropped.append("late")):
        await wait_for(lambda: bool(dropped))
    assert dropped == ["late"]


async def test_its_time_grows_with_its_size() -> None:
    leaving = Leaving(Patience(download_seconds=0, download_bytes_per_second=1000))
    dropped: list[str] = []
    with leaving.place(10_000_000, lambda: dropped.append("large")), leaving.place(1, lambda: dropped.append("less")):
        await wait_for(lambda: bool(dropped))
    assert dropped == ["less"]


async def test_the_oldest_makes_room_for_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_module, "MAX_LEAVING_BYTES", 100)
    leaving = Leaving(Patience())
    dropped: list[int] = []
    with (
        leaving.place(40, lambda: dropped.append(0)),
        leaving.place(40, lambda: dropped.append(1)),
        leaving.place(20, lambda: dropped.append(2)),
    ):
        assert dropped == []
        with leaving.place(50, lambda: dropped.append(3)):
            assert dropped == [0, 1]
        with leaving.place(1000, lambda: dropped.append(4)):  # alone it may hold as much as it does
            assert dropped == [0, 1, 2]
