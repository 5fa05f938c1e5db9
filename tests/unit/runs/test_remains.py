"""What a run leaves: seen at one glance, and waited for."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.support.connections import turns
from tests.support.watching import nothing_more_watched

if sys.platform != "linux":
    pytest.skip("sandboxes are Linux's", allow_module_level=True)
assert sys.platform == "linux"

from snakepen.runs import remains
from snakepen.runs.folder import open_folder
from snakepen.runs.remains import Remains, remains_of, remains_of_sandbox


@pytest.fixture(autouse=True)
def _nothing_left_open() -> Iterator[None]:
    before = len(os.listdir("/proc/self/fd"))
    yield
    assert len(os.listdir("/proc/self/fd")) == before


@contextmanager
def child() -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    with subprocess.Popen(["sleep", "600"]) as process:
        pidfd = os.pidfd_open(process.pid)
        try:
            yield pidfd, process
        finally:
            os.close(pidfd)
            process.kill()


def holds_anything(folder: Path) -> bool:
    found = remains_of(folder)
    disk = os.open(folder, os.O_RDONLY)
    with child() as (init, _):
        in_sandbox = remains_of_sandbox(disk, init)
    os.close(disk)
    assert (found is None) == (in_sandbox is None)
    if found is None or in_sandbox is None:
        return False
    found.close()
    in_sandbox.close()
    return True


def test_a_glance_tells_whether_there_is_anything(tmp_path: Path) -> None:
    (tmp_path / "main.py").touch()
    for name in (".cache", "__pycache__"):
        (tmp_path / name).mkdir()
    assert not holds_anything(tmp_path)
    (tmp_path / "made").touch()
    assert holds_anything(tmp_path)


def test_a_folder_in_the_place_of_the_program_is_something(tmp_path: Path) -> None:
    (tmp_path / "main.py").mkdir()
    assert holds_anything(tmp_path)


def test_where_there_is_much_that_does_not_count_somebody_has_to_look(tmp_path: Path) -> None:
    for number in range(1000):
        (tmp_path / f".{number}").touch()
    assert holds_anything(tmp_path)


def test_a_glance_can_be_had_again(tmp_path: Path) -> None:
    (tmp_path / "made").touch()
    disk = os.open(tmp_path, os.O_RDONLY)
    with child() as (init, _):
        for _ in range(3):
            found = remains_of_sandbox(disk, init)
            assert found is not None
            assert [entry.name for entry in found.folder.entries()] == ["made"]
            found.close()
    os.close(disk)


@pytest.mark.parametrize("kind", ["gone", "file", "link"])
def test_a_folder_that_was_put_away_is_nothing(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "workspace"
    if kind == "file":
        folder.touch()
    elif kind == "link":
        (tmp_path / "made").touch()
        folder.symlink_to(tmp_path)
    assert remains_of(folder) is None


async def test_the_end_is_waited_for(tmp_path: Path) -> None:
    with child() as (init, process):
        found = Remains(open_folder(tmp_path), os.dup(init))
        process.kill()
        await found.at_rest()
        found.close()


async def test_who_does_not_end_is_not_waited_for_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remains, "_END_SECONDS", 0.01)
    with child() as (init, process):
        found = Remains(open_folder(tmp_path), os.dup(init))
        await found.at_rest()
        found.close()
        assert process.poll() is None


async def test_where_nobody_can_be_waited_for_nobody_is(tmp_path: Path) -> None:
    found = Remains(open_folder(tmp_path))
    await found.at_rest()
    found.close()


async def test_who_cannot_be_watched_is_given_a_moment_and_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with child() as (init, process):
        found = Remains(open_folder(tmp_path), os.dup(init))
        with nothing_more_watched():
            await found.at_rest()
            monkeypatch.setattr(remains, "WATCH_AGAIN_SECONDS", 3600)
            resting = asyncio.create_task(found.at_rest())
            await turns()
            assert not resting.done()
            resting.cancel()
            await asyncio.wait([resting])
        found.close()
        assert process.poll() is None
