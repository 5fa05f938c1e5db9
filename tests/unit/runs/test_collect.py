"""Looking through a workspace: what counts, in which order, and where it stops."""

import os
import sys
from collections.abc import Iterator, Mapping
from io import FileIO
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("trees like these need POSIX", allow_module_level=True)
assert sys.platform != "win32"

from snakepen.executor import Made
from snakepen.limits import MAX_ARTIFACT_BYTES, MAX_ARTIFACT_DEPTH, MAX_ARTIFACTS, MAX_FILE_PATH_BYTES
from snakepen.runs import collect
from snakepen.runs.collect import Collected, NotTaken, Search, SearchTime, Source
from snakepen.runs.folder import Folder, descend, open_folder
from snakepen.wire.run import SkipReason


class Copies:
    """Has the chunks of each copy, and where they were."""

    def __init__(self) -> None:
        self.chunks: dict[str, list[tuple[int, bytes]]] = {}

    def put(self, path: str, source: Source) -> None:
        self.chunks[path] = list(source.chunks())

    def whole(self, path: str) -> bytes:
        assert [at for at, _ in self.chunks[path]] == sorted(at for at, _ in self.chunks[path])
        return b"".join(data for _, data in self.chunks[path])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "workspace"
    made.mkdir()
    (made / "main.py").write_bytes(b"the program")
    return made


def looked_through(folder: Path, given: Mapping[str, bytes] | None = None) -> tuple[Collected, Copies]:
    root, copies = open_folder(folder), Copies()
    try:
        search = Search(root, given or {}, lambda: False)
        would = search.would_find_any()
        found = search.collect(copies)
    finally:
        root.close()
    assert would == bool(found.made or any(found.skipped.values()))
    assert {one.path for one in found.made} == set(copies.chunks)
    return found, copies


def write(path: Path, content: bytes = b"x") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def skipped(found: Collected) -> dict[SkipReason, int]:
    return {reason: count for reason, count in found.skipped.items() if count}


def test_nothing_is_found_where_nothing_is(folder: Path) -> None:
    found, _ = looked_through(folder)
    assert (found.made, skipped(found)) == ([], {})


def test_files_are_found_by_path_with_what_is_in_them(folder: Path) -> None:
    write(folder / "b", b"1")
    write(folder / "a/z", b"22")
    write(folder / "a.txt", b"333")
    write(folder / "sub/main.py", b"not the program")
    found, copies = looked_through(folder)
    assert found.made == [Made("a.txt", 3), Made("a/z", 2), Made("b", 1), Made("sub/main.py", 15)]
    assert copies.whole("a/z") == b"22"
    assert skipped(found) == {}


def test_a_folder_in_the_place_of_the_program_hides_nothing(folder: Path) -> None:
    (folder / "main.py").unlink()
    write(folder / "main.py/main.py", b"made")
    found, _ = looked_through(folder)
    assert found.made == [Made("main.py/main.py", 4)]


@pytest.mark.parametrize(
    "name", [".hidden", ".config/x", "__pycache__/x.pyc", "a/__pycache__/x.pyc", "a/.b/c", "main.py"]
)
def test_what_is_incidental_is_not_even_counted(folder: Path, name: str) -> None:
    write(folder / name)
    found, _ = looked_through(folder)
    assert (found.made, skipped(found)) == ([], {})


@pytest.mark.parametrize(
    "name",
    [
        b"new\nline", b"\xff", b"bell\x07", b"esc\x1b[31m", b"del\x7f", "c1\x9b31m".encode(), b"tab\t", b"\xed\xa0\x80",
        b"\xc0\xaf", "rtl\u202egpj.exe".encode(), "isolate\u2067x".encode(), "mark\u200fx".encode(),
        "alm\u061cx".encode(), "line\u2028x".encode(), b" ", "\ufeff".encode(), " \u200b\u2060 ".encode(),
        "\u3164".encode(), "\u2800".encode(), "\u202f".encode(), "\U000e0041".encode(), "\u0301".encode(),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_name_that_shows_as_another_is_counted_and_not_taken(folder: Path, name: bytes, kind: str) -> None:
    if kind == "file":
        write(Path(os.fsdecode(os.fsencode(folder) + b"/" + name)))
    else:
        write(Path(os.fsdecode(os.fsencode(folder) + b"/" + name)) / "x")
    found, _ = looked_through(folder)
    assert (found.made, skipped(found)) == ([], {SkipReason.BAD_NAME: 1})


@pytest.mark.parametrize(
    "name",
    [
        "-rf", "--help", "a b", "...", "..x", "~", "$(reboot)", "<script>", "C:", "a\\b", "%2e%2e", "é", "e\u0301",
        "a\u202fb", "\ufeffa", "\u30fb", "\u2603", "\U0001f469\u200d\U0001f4bb",
        "\u0646\u06cc\u0645\u200c\u0641\u0627\u0635\u0644\u0647", "n" * 255,
    ],
)  # fmt: skip
def test_a_name_that_is_odd_is_a_name(folder: Path, name: str) -> None:
    write(folder / name)
    found, _ = looked_through(folder)
    expected = [] if name.startswith(".") else [Made(name, 1)]
    assert (found.made, skipped(found)) == (expected, {})


def test_a_path_has_a_length(folder: Path) -> None:
    part = "n" * 200
    parts = MAX_FILE_PATH_BYTES // len(part)
    write(folder.joinpath(*[part] * parts) / "kept")
    write(folder.joinpath(*[part] * parts) / ("n" * 200))
    found, _ = looked_through(folder)
    assert [one.path for one in found.made] == ["/".join([*[part] * parts, "kept"])]
    assert skipped(found) == {SkipReason.BAD_NAME: 1}


def test_a_path_has_so_many_parts(folder: Path) -> None:
    deepest = folder.joinpath(*["d"] * (MAX_ARTIFACT_DEPTH - 1))
    write(deepest / "kept")
    write(deepest / "d" / "lost")
    write(deepest / "e" / "f" / "lost")
    found, _ = looked_through(folder)
    assert [one.path.count("/") + 1 for one in found.made] == [MAX_ARTIFACT_DEPTH]
    assert skipped(found) == {SkipReason.TOO_DEEP: 2}


def test_so_many_are_taken_those_nearest_to_the_top_and_the_rest_is_counted(folder: Path) -> None:
    for number in range(MAX_ARTIFACTS - 1):
        write(folder / "a" / f"{number}")
    write(folder / "a" / "b" / "c")
    write(folder / "z")
    found, _ = looked_through(folder)
    assert len(found.made) == MAX_ARTIFACTS
    assert found.made[-1].path == "z"
    assert "a/b/c" not in {one.path for one in found.made}
    assert skipped(found) == {SkipReason.TOO_MANY: 1}


def test_what_is_no_file_is_never_opened(folder: Path, tmp_path: Path) -> None:
    write(tmp_path / "canary", b"canary")
    (folder / "link").symlink_to(tmp_path / "canary")
    (folder / "relative").symlink_to("../canary")
    (folder / "folder").symlink_to(tmp_path)
    (folder / "dangling").symlink_to("nowhere")
    (folder / "loop").symlink_to("loop")
    os.mkfifo(folder / "pipe")
    found, _ = looked_through(folder)
    assert (found.made, skipped(found)) == ([], {SkipReason.NOT_A_FILE: 6})


def test_a_file_that_became_something_else_since_it_was_seen_is_not_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "canary", b"canary")
    write(folder / "a")
    write(folder / "b")
    write(folder / "c")
    take = collect._take

    def swapped_first(found: collect._File, copies: collect.Copies, time: SearchTime) -> int:
        (folder / found.name).unlink()
        if found.name == "a":
            (folder / "a").symlink_to(tmp_path / "canary")
        elif found.name == "b":
            os.mkfifo(folder / "b")
        return take(found, copies, time)

    monkeypatch.setattr(collect, "_take", swapped_first)
    found, _ = looked_through(folder)
    assert found.made == []
    assert skipped(found) == {SkipReason.UNREADABLE: 2, SkipReason.NOT_A_FILE: 1}  # a link, nothing; a pipe


def test_a_folder_that_became_a_link_since_it_was_seen_is_not_entered(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "outside" / "canary", b"canary")
    write(folder / "a" / "x")

    def swapped_first(root: Folder, parts: tuple[str, ...]) -> Folder:
        if parts and not (folder / "a").is_symlink():
            (folder / "a").rename(folder / ".b")
            (folder / "a").symlink_to(tmp_path / "outside")
        return descend(root, parts)

    monkeypatch.setattr(collect, "descend", swapped_first)
    root, copies = open_folder(folder), Copies()
    found = Search(root, {}, lambda: False).collect(copies)
    root.close()
    assert (found.made, skipped(found)) == ([], {SkipReason.UNREADABLE: 1})


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_its_owner_may_not_read_root_does_not_either(folder: Path, kind: str) -> None:
    write(folder / ("locked" if kind == "file" else "locked/x"))
    (folder / "locked").chmod(0)
    found, _ = looked_through(folder)
    (folder / "locked").chmod(0o700)
    assert (found.made, skipped(found)) == ([], {SkipReason.UNREADABLE: 1})


def test_another_file_system_is_not_entered(folder: Path) -> None:
    write(folder / "a" / "b")
    root = open_folder(folder)
    root.device += 1
    found = Search(root, {}, lambda: False).collect(Copies())
    root.close()
    assert (found.made, skipped(found)) == ([], {SkipReason.NOT_A_FILE: 1})


# Sizes -------------------------------------------------------------------------------------------------------------


def test_a_file_has_a_size_and_holes_count(folder: Path) -> None:
    for name, size in (("fits", MAX_ARTIFACT_BYTES), ("too large", MAX_ARTIFACT_BYTES + 1), ("a terabyte", 1 << 40)):
        with (folder / name).open("wb") as file:
            file.truncate(size)
    found, _ = looked_through(folder)
    assert found.made == [Made("fits", MAX_ARTIFACT_BYTES)]
    assert skipped(found) == {SkipReason.TOO_LARGE: 2}


def test_a_hole_is_not_read(folder: Path) -> None:
    with (folder / "sparse").open("wb") as file:
        file.write(b"start")
        file.seek(MAX_ARTIFACT_BYTES - 3)
        file.write(b"end")
    found, copies = looked_through(folder)
    assert found.made == [Made("sparse", MAX_ARTIFACT_BYTES)]
    assert sum(len(data) for _, data in copies.chunks["sparse"]) < 1 << 20
    at, last = copies.chunks["sparse"][-1]
    assert at + len(last) == MAX_ARTIFACT_BYTES
    assert last.endswith(b"end")


def test_a_file_that_grows_is_as_large_as_when_it_was_opened_and_one_that_was_cut_is_none(tmp_path: Path) -> None:
    path = tmp_path / "file"
    time = SearchTime(lambda: False)
    path.write_bytes(b"x" * 1000)
    with FileIO(path, "r") as file:
        path.write_bytes(b"y" * 2_000_000)
        assert b"".join(data for _, data in Source(file, 1000, time).chunks()) == b"y" * 1000
    with FileIO(path, "r") as file:
        chunks = Source(file, 2_000_000, time).chunks()
        next(chunks)
        path.write_bytes(b"")
        with pytest.raises(NotTaken):
            list(chunks)


# Given -------------------------------------------------------------------------------------------------------------


def test_what_was_given_is_found_when_it_is_not_the_same_any_more(folder: Path) -> None:
    large = bytes(range(256)) * 3000
    given = {
        "same": b"1",
        "empty": b"",
        "large": large,
        "sub/changed": b"12",
        "last": large,
        "shorter": b"123",
        "gone": b"",
    }
    for path, content in given.items():
        write(folder / path, content)
    (folder / "gone").unlink()
    write(folder / "sub/changed", b"13")
    write(folder / "last", large[:-1] + b"!")
    write(folder / "shorter", b"12")
    write(folder / "new", b"1")
    found, _ = looked_through(folder, given)
    assert [one.path for one in found.made] == ["last", "new", "shorter", "sub/changed"]


def test_what_was_given_and_is_a_link_now_is_no_file(folder: Path, tmp_path: Path) -> None:
    write(tmp_path / "same", b"1")
    (folder / "same").symlink_to(tmp_path / "same")
    found, _ = looked_through(folder, {"same": b"1"})
    assert skipped(found) == {SkipReason.NOT_A_FILE: 1}


# Too much ----------------------------------------------------------------------------------------------------------


def test_so_many_are_looked_at_and_what_is_left_is_counted_by_the_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collect, "MAX_LOOKED_AT", 10)
    for number in range(3):
        for name in "abcd":
            write(folder / f"{number}" / name)
    found, _ = looked_through(folder)
    assert len(found.made) == 6  # main.py, three folders, four files and two
    assert skipped(found) == {SkipReason.OUT_OF_TIME: 2}


@pytest.mark.parametrize("why", ["late", "unwanted"])
def test_when_it_is_over_it_is_over(folder: Path, monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    write(folder / "a")
    write(folder / "b" / "c")
    if why == "late":
        monkeypatch.setattr(collect, "COLLECTING_SECONDS", -1)
    root = open_folder(folder)
    found = Search(root, {}, lambda: why == "unwanted").collect(Copies())
    root.close()
    assert (found.made, skipped(found)) == ([], {SkipReason.OUT_OF_TIME: 1})


def test_when_it_is_over_amid_a_file_that_file_is_not_taken(folder: Path) -> None:
    write(folder / "a", b"x" * 1_000_000)
    write(folder / "b")
    looks = iter([False] * 4 + [True] * 100)
    root = open_folder(folder)
    found = Search(root, {}, lambda: next(looks)).collect(Copies())
    root.close()
    assert found.made == []
    assert skipped(found) == {SkipReason.OUT_OF_TIME: 2}


@pytest.fixture(autouse=True)
def _nothing_left_open() -> Iterator[None]:
    if sys.platform != "linux":
        yield
        return
    before = len(os.listdir("/proc/self/fd"))
    yield
    assert len(os.listdir("/proc/self/fd")) == before
