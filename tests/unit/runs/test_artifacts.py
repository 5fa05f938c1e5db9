"""What is kept of runs: how much, for how long, and nothing afterwards."""

import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from io import FileIO
from pathlib import Path

import pytest
from tests.support.runs import wait_for

from snakepen.executor import Made
from snakepen.runs import artifacts
from snakepen.runs.artifacts import Artifacts, Keeping
from snakepen.runs.collect import Collected
from snakepen.runs.folder import open_folder
from snakepen.runs.remains import Remains, remains_of
from snakepen.wire.run import SkipReason

BLOCK = artifacts._BLOCK_BYTES


def workspace(folder: Path, files: Mapping[str, bytes]) -> Remains:
    folder.mkdir()
    for path, content in files.items():
        (folder / path).write_bytes(content)
    return Remains(open_folder(folder))


@asynccontextmanager
async def kept(parent: Path, keeping: Keeping | None = None) -> AsyncIterator[Artifacts]:
    opened = Artifacts(keeping, parent)
    try:
        yield opened
    finally:
        opened.close()
    assert not ours(parent)


async def collect(kept: Artifacts, run_id: str, parent: Path, files: Mapping[str, bytes]) -> Collected:
    remains = workspace(parent / run_id, files)
    try:
        return await kept.collect(run_id, remains, {}, lambda: False)
    finally:
        remains.close()


async def read(kept: Artifacts, run_id: str, path: str) -> bytes | None:
    file = await kept.open(run_id, path)
    if file is None:
        return None
    with file:
        return file.read()


def ours(parent: Path) -> list[Path]:
    return sorted(parent.glob("snakepen-artifacts-*"))


def stored(parent: Path) -> list[Path]:
    return [path for folder in ours(parent) if folder.is_dir() for path in folder.iterdir()]


async def test_it_has_what_was_collected_under_names_of_its_own(tmp_path: Path) -> None:
    async with kept(tmp_path) as store:
        found = await collect(store, "run_1", tmp_path, {"a.txt": b"a", "../b".replace("/", "∕"): b"bb"})
        assert len(found.made) == 1  # a name that begins with a dot is a setting
        assert await read(store, "run_1", "a.txt") == b"a"
        assert [path.name for path in stored(tmp_path)] == ["1"]
        folder, _ = ours(tmp_path)
        if sys.platform != "win32":
            assert folder.stat().st_mode & 0o077 == 0


async def test_until_something_is_kept_there_is_no_folder(tmp_path: Path) -> None:
    async with kept(tmp_path) as store:
        await collect(store, "run_1", tmp_path, {})
        assert not ours(tmp_path)


@pytest.mark.parametrize("amid", ["a file", "files"])
async def test_of_a_run_that_nobody_wants_nothing_is_kept(tmp_path: Path, amid: str) -> None:
    def is_left() -> bool:
        copies = stored(tmp_path)
        return bool(copies) if amid == "a file" else any(copy.stat().st_size for copy in copies)

    remains = workspace(tmp_path / "run_1", {"a": b"a", "b": b"b"})
    async with kept(tmp_path) as store:
        await store.collect("run_1", remains, {}, is_left)
        assert await read(store, "run_1", "a") is None
        assert stored(tmp_path) == []
    remains.close()


async def test_it_is_gone_when_its_time_is_up(tmp_path: Path) -> None:
    async with kept(tmp_path, Keeping(seconds=0.05)) as store:
        await collect(store, "run_1", tmp_path, {"a": b"a"})
        await collect(store, "run_2", tmp_path, {"a": b"a"})
        await wait_for(lambda: not stored(tmp_path))
        assert await read(store, "run_1", "a") is None
        await collect(store, "run_3", tmp_path, {"a": b"a"})
        await wait_for(lambda: not stored(tmp_path))


async def test_it_cannot_be_had_a_moment_longer(tmp_path: Path) -> None:
    async with kept(tmp_path, Keeping(seconds=1e-9)) as store:
        store._expire = lambda: None  # type: ignore[method-assign]  # nobody has removed it yet
        await collect(store, "run_1", tmp_path, {"a": b"a"})
        assert len(stored(tmp_path)) == 1
        assert await read(store, "run_1", "a") is None


async def test_when_there_is_no_room_the_oldest_go(tmp_path: Path) -> None:
    size = 10_000
    async with kept(tmp_path, Keeping(disk_bytes=3 * (size + BLOCK))) as store:
        for number in range(5):
            found = await collect(store, f"run_{number}", tmp_path, {"a": bytes(size)})
            assert found.made == [Made("a", size)]
        assert [await read(store, f"run_{number}", "a") is not None for number in range(5)] == [False] * 2 + [True] * 3
        assert len(stored(tmp_path)) == 3
        assert sum(path.stat().st_size for path in stored(tmp_path)) <= 3 * size


async def test_what_somebody_reads_takes_its_room_until_it_is_closed(tmp_path: Path) -> None:
    async with kept(tmp_path, Keeping(disk_bytes=2 * (1000 + BLOCK))) as store:
        await collect(store, "run_1", tmp_path, {"a": bytes(1000)})
        first, second = await store.open("run_1", "a"), await store.open("run_1", "a")
        assert first is not None
        assert second is not None
        await collect(store, "run_2", tmp_path, {"a": bytes(1000)})
        await collect(store, "run_3", tmp_path, {"a": bytes(1000)})
        assert await read(store, "run_2", "a") is None  # of the first nothing would have been had
        with first, second:
            other = await store.open("run_3", "a")
            assert other is not None
            full = await collect(store, "run_4", tmp_path, {"a": bytes(1000)})
            assert full.skipped == {SkipReason.NO_ROOM: 1}
            assert first.read() == second.read() == bytes(1000)
        other.close()
        assert (await collect(store, "run_5", tmp_path, {"a": bytes(1000)})).made
        assert (await collect(store, "run_6", tmp_path, {"a": bytes(1000)})).made
        assert len(stored(tmp_path)) == 2


async def test_what_is_gone_and_still_read_counts_until_it_is_closed(tmp_path: Path) -> None:
    async with kept(tmp_path, Keeping(disk_bytes=2 * (1000 + BLOCK), seconds=0.05)) as store:
        await collect(store, "run_1", tmp_path, {"a": bytes(1000)})
        reading = await store.open("run_1", "a")
        assert reading is not None
        with reading:
            await wait_for(lambda: not store._store._kept)
            found = await collect(store, "run_2", tmp_path, {"a": bytes(1000), "b": bytes(1000)})
            assert (len(found.made), found.skipped) == (1, {SkipReason.NO_ROOM: 1})
            await wait_for(lambda: not store._store._kept)
        found = await collect(store, "run_3", tmp_path, {"a": bytes(1000), "b": bytes(1000)})
        assert len(found.made) == 2


async def test_a_run_that_fits_nowhere_is_kept_as_far_as_it_goes_and_counted(tmp_path: Path) -> None:
    async with kept(tmp_path, Keeping(disk_bytes=2 * (1000 + BLOCK))) as store:
        found = await collect(store, "run_1", tmp_path, {name: bytes(1000) for name in "abcd"} | {"e": b""})
        assert [one.path for one in found.made] == ["a", "b"]
        assert found.skipped == {SkipReason.NO_ROOM: 3}
        assert await read(store, "run_1", "b") == bytes(1000)


async def test_with_no_room_at_all_nothing_is_kept_and_no_folder_made(tmp_path: Path) -> None:
    async with kept(tmp_path, Keeping(disk_bytes=0)) as store:
        found = await collect(store, "run_1", tmp_path, {"a": b"", "b": b"x"})
        assert (found.made, found.skipped) == ([], {SkipReason.NO_ROOM: 2})
        assert not ours(tmp_path)


async def test_one_run_may_not_leave_more_than_its_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(artifacts, "MAX_ALL_ARTIFACTS_BYTES", 2 * (1000 + BLOCK))
    async with kept(tmp_path) as store:
        found = await collect(store, "run_1", tmp_path, {"a": bytes(1000), "b": bytes(5000), "c": bytes(1000)})
        assert [one.path for one in found.made] == ["a", "c"]
        assert found.skipped == {SkipReason.TOO_MANY: 1}
        assert len(stored(tmp_path)) == 2


async def test_what_was_not_taken_after_all_takes_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(artifacts, "MAX_ALL_ARTIFACTS_BYTES", 1000 + 2 * BLOCK)
    async with kept(tmp_path, Keeping(disk_bytes=6 * (1000 + BLOCK))) as store:
        for number in range(5):
            found = await collect(store, f"run_{number}", tmp_path, {"a": bytes(1000), "b": bytes(5000)})
            assert [one.path for one in found.made] == ["a"]
        assert len(stored(tmp_path)) == 5


@pytest.mark.skipif(sys.platform != "linux", reason="holes need a file system that has them")
async def test_a_hole_is_kept_as_a_hole(tmp_path: Path) -> None:
    async with kept(tmp_path, Keeping(disk_bytes=1 << 20)) as store:
        folder = tmp_path / "run_1"
        folder.mkdir()
        with (folder / "sparse").open("wb") as file:
            file.seek(10 << 20)
            file.write(b"end")
        remains = remains_of(folder)
        assert remains is not None
        found = await store.collect("run_1", remains, {}, lambda: False)
        remains.close()
        assert found.made == [Made("sparse", (10 << 20) + 3)]
        (copy,) = stored(tmp_path)
        if sys.platform != "win32":
            assert copy.stat().st_blocks * 512 < 1 << 20
        assert await read(store, "run_1", "sparse") == bytes(10 << 20) + b"end"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a full device")
async def test_a_full_disk_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with kept(tmp_path) as store:
        await collect(store, "run_1", tmp_path, {"a": b"a"})

        def full(path: Path, mode: str) -> FileIO:
            if mode == "rb":
                return FileIO(path, mode)
            FileIO(path, mode).close()
            return FileIO("/dev/full", "w")

        monkeypatch.setattr(artifacts, "FileIO", full)
        found = await collect(store, "run_2", tmp_path, {"a": b"a", "b": b"b"})
        assert (found.made, found.skipped) == ([], {SkipReason.NO_ROOM: 2})
        assert len(stored(tmp_path)) == 1
        assert await read(store, "run_1", "a") == b"a"


async def test_a_folder_that_cannot_be_made_is_no_fault(tmp_path: Path) -> None:
    async with kept(tmp_path) as store:
        (tmp_path / "file").touch()
        store._store._parent = tmp_path / "file"
        found = await collect(store, "run_1", tmp_path, {"a": b"a"})
        assert (found.made, found.skipped) == ([], {SkipReason.NO_ROOM: 1})


async def test_a_fault_of_ours_costs_the_files_and_not_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with kept(tmp_path) as store:

        def broken(*_: object) -> None:
            raise RuntimeError("broken")

        monkeypatch.setattr(store._store, "keep", broken)
        found = await collect(store, "run_1", tmp_path, {"a": b"a"})
        assert (found.made, found.skipped) == ([], {SkipReason.NO_ROOM: 1})


async def test_a_reader_goes_on_when_it_is_no_longer_kept(tmp_path: Path) -> None:
    if sys.platform == "win32":
        return
    async with kept(tmp_path, Keeping(seconds=0.05)) as store:
        await collect(store, "run_1", tmp_path, {"a": b"abc"})
        file = await store.open("run_1", "a")
        assert file is not None
        await wait_for(lambda: not stored(tmp_path))
        assert file.read() == b"abc"
        file.close()


def test_what_a_killed_server_kept_is_swept_by_the_next(tmp_path: Path) -> None:
    code = (
        "import asyncio, os, sys\nfrom pathlib import Path\n"
        "from tests.unit.runs.test_artifacts import collect\nfrom snakepen.runs.artifacts import Artifacts\n"
        "async def main():\n    parent = Path(sys.argv[1])\n    store = Artifacts(None, parent)\n"
        "    found = await collect(store, 'run_1', parent, {'a': b'a'})\n    assert found.made\n    os._exit(0)\n"
        "asyncio.run(main())"
    )
    root = Path(__file__).parents[3]
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], check=True, cwd=root, env={**os.environ, "PYTHONPATH": "."}
    )
    assert len(stored(tmp_path)) == 1
    store = Artifacts(None, tmp_path)
    assert not ours(tmp_path)
    store.close()


async def test_two_servers_have_each_their_own(tmp_path: Path) -> None:
    async with kept(tmp_path) as first:
        await collect(first, "run_1", tmp_path, {"a": b"1"})
        second = Artifacts(None, tmp_path)
        await collect(second, "run_2", tmp_path, {"a": b"2"})
        second.close()
        assert await read(first, "run_1", "a") == b"1"
        assert await read(second, "run_2", "a") is None


def test_by_default_it_is_below_the_folder_for_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    store = artifacts._Store(Keeping(), None)
    _, file = store.new_file()
    file.close()
    assert stored(tmp_path)
    store.close()
    assert list(tmp_path.iterdir()) == []
