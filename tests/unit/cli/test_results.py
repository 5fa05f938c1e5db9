"""What `snakepen run --artifacts` writes, and where: whatever a program called it, and whatever is there already."""

import base64
import io
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest

from snakepen.cli.results import Results, Saving, hint, plots, words_of
from snakepen.errors import SetupError
from snakepen.executor import Executor, Finished, Made, Resources, Shown
from snakepen.wire.run import RunStatus, SkipReason

posix = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")

PNG = base64.b64encode(b"\x89PNG one").decode()


class Shelf:
    """As much of an executor as is asked."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    async def artifact(self, run_id: str, path: str) -> BinaryIO | None:
        return io.BytesIO(self.files[path]) if path in self.files else None


def finished(**skipped: int) -> Finished:
    counts = {SkipReason(reason): count for reason, count in skipped.items()}
    return Finished(RunStatus.COMPLETED, 0, 0.1, Resources(None, None, whole=False), {}, executed=True, skipped=counts)


async def saved(folder: Path, files: Mapping[str, bytes], *shown: Shown, **skipped: int) -> tuple[list[str], bool]:
    """The lines, and whether something failed."""
    saving = Saving(folder)
    results = Results()
    for path, content in files.items():
        results.take(Made(path, len(content)))
    for one in shown:
        results.take(one)
    try:
        lines = await saving.save(results, finished(**skipped), cast(Executor, Shelf(files)), "run_1")
    finally:
        saving.close()
    return lines, saving.has_failed


def below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if not path.is_dir()}


async def test_files_are_put_where_they_were_in_folders_that_are_made(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there"
    files = {"a.txt": b"a", "deep/er/b.bin": bytes(300_000), "Grüße.txt": b""}
    lines, has_failed = await saved(folder, files)
    assert not has_failed
    assert below(folder) == files
    assert lines == [f"saved {folder / path}" for path in files]


async def test_what_is_not_there_is_said_with_its_reason(tmp_path: Path) -> None:
    lines, _ = await saved(tmp_path, {}, not_a_file=2, too_large=1, bad_name=0)
    assert lines == ["not saved: 2 not a file but a link, a pipe or the like; 1 too large."]


async def test_every_reason_has_its_words(tmp_path: Path) -> None:
    lines, _ = await saved(tmp_path, {}, **dict.fromkeys(SkipReason, 1))
    assert lines[0].count(";") == len(SkipReason) - 1


async def test_a_file_that_is_there_is_written_over_whole(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"longer than what comes")
    await saved(tmp_path, {"a.txt": b"new"})
    assert below(tmp_path) == {"a.txt": b"new"}


@pytest.mark.parametrize(
    "path",
    ["../out", "/out", "a/../../out", "./out", "a//out", "", ".", "..", "a/..", f"a{os.sep}..{os.sep}..{os.sep}out/.."],
)
async def test_no_name_leads_out_of_the_folder(tmp_path: Path, path: str) -> None:
    """None such comes from an executor of ours; this does not lean on it."""
    folder = tmp_path / "in" / "folder"
    lines, has_failed = await saved(folder, {path: b"x", "kept.txt": b"y"})
    assert has_failed
    assert "cannot be saved" in lines[0]
    assert below(tmp_path) == {"in/folder/kept.txt": b"y"}


@posix
@pytest.mark.parametrize("path", ["link", "folder/x"])
async def test_no_link_is_followed(tmp_path: Path, path: str) -> None:
    folder, outside = tmp_path / "in", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (outside / "kept").write_bytes(b"kept")
    (folder / "link").symlink_to(outside / "kept")
    (folder / "dangling").symlink_to(outside / "new")
    (folder / "folder").symlink_to(outside)
    lines, has_failed = await saved(folder, {path: b"x", "dangling": b"x"})
    assert has_failed
    assert all("a link" in line and "save to another folder" in line for line in lines)
    assert below(outside) == {"kept": b"kept"}


@posix
@pytest.mark.parametrize("kind", ["folder", "pipe"])
async def test_what_is_no_file_is_not_written_over(tmp_path: Path, kind: str) -> None:
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    lines, has_failed = await saved(tmp_path, {kind: b"x", "b": b"y"})
    assert has_failed
    assert lines[0].startswith(f"{tmp_path / kind} cannot be saved: ")
    assert lines[1] == f"saved {tmp_path / 'b'}"


@posix
async def test_the_folder_itself_may_be_a_link_of_its_owners(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    await saved(tmp_path / "link", {"a": b"x"})
    assert below(tmp_path / "real") == {"a": b"x"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a full device")
async def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "snakepen.runs.folder_posix.PosixFolder.new_file", lambda self, name: io.FileIO("/dev/full", "w")
    )
    lines, has_failed = await saved(tmp_path, {"a": b"x"})
    assert has_failed
    assert lines == [f"{tmp_path / 'a'} cannot be saved: No space left on device."]


async def test_what_is_no_longer_kept_is_said(tmp_path: Path) -> None:
    saving = Saving(tmp_path)
    results = Results()
    results.take(Made("a", 1))
    lines = await saving.save(results, finished(), cast(Executor, Shelf({})), "run_1")
    saving.close()
    assert saving.has_failed
    assert "cannot be saved" in lines[0]


@pytest.mark.parametrize("kind", ["file", "below a file"])
def test_a_folder_that_cannot_be_had_is_one_sentence(tmp_path: Path, kind: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SetupError, match="--artifacts"):
        Saving(tmp_path / "file" if kind == "file" else tmp_path / "file" / "x")


# Plots -------------------------------------------------------------------------------------------------------------


def shown(**bundle: str) -> Shown:
    return Shown({name.replace("_", "/").replace("svg", "svg+xml"): value for name, value in bundle.items()})


async def test_plots_are_numbered_and_saved_beside_the_files(tmp_path: Path) -> None:
    jpeg = base64.b64encode(b"\xff\xd8").decode()
    things = [
        shown(text_plain="<Figure>", image_png=PNG),
        shown(text_html="<table>"),
        shown(image_svg="<svg/>", text_plain="x"),
        shown(image_jpeg=jpeg),
    ]
    lines, has_failed = await saved(tmp_path, {"a.txt": b"a"}, *things)
    assert not has_failed
    assert below(tmp_path) == {
        "a.txt": b"a",
        "figure-1.png": b"\x89PNG one",
        "figure-2.svg": b"<svg/>",
        "figure-3.jpg": b"\xff\xd8",
    }
    assert lines[1:] == [f"saved {tmp_path / name}" for name in ("figure-1.png", "figure-2.svg", "figure-3.jpg")]


def test_of_several_kinds_the_best_is_saved() -> None:
    assert list(plots([shown(image_svg="<svg/>", image_png=PNG)], [])) == [("figure-1.png", b"\x89PNG one")]


def test_what_is_no_base64_is_no_plot() -> None:
    assert list(plots([shown(image_png="x"), shown(image_png="é"), shown(image_png="=", image_svg="<svg/>")], [])) == [
        ("figure-1.svg", b"<svg/>")
    ]


def test_a_plot_does_not_take_the_name_of_a_file_that_the_program_made() -> None:
    named = [name for name, _ in plots([shown(image_png=PNG)] * 3, ["figure-1.png", "figure-3.svg", "x/figure-2.png"])]
    assert named == ["figure-2.png", "figure-4.png", "figure-5.png"]


def test_a_newer_one_takes_the_place_of_those_it_updates() -> None:
    results = Results()
    newer: dict[str, Any] = {"image/svg+xml": "newer"}
    for event in (
        Shown({"image/svg+xml": "a"}, display_id="1"),
        Shown({"image/svg+xml": "b"}),
        Shown({"image/svg+xml": "c"}, display_id="1"),
        Shown(newer, update_of="1"),
        Shown({"image/svg+xml": "new"}, update_of="2"),
        Shown({"image/svg+xml": "newer than that"}, update_of="2"),
    ):
        results.take(event)
    assert [data for _, data in plots(results.shown, [])] == [b"newer", b"b", b"newer", b"newer than that"]


def test_what_is_shown_anew_under_a_name_takes_the_place_of_those_that_have_it() -> None:
    results = Results()
    for event in (
        Shown({"image/svg+xml": "a"}, display_id="1"),
        Shown({"image/svg+xml": "b"}),
        Shown({"image/svg+xml": "c"}),
        Shown({"image/svg+xml": "d"}, display_id="1"),
    ):
        results.take(event)
    assert [data for _, data in plots(results.shown, [])] == [b"d", b"b", b"c", b"d"]


@pytest.mark.parametrize(("count", "part"), [(0, None), (1, "a file, which is"), (3, "3 files, which are")])
def test_who_did_not_ask_for_files_is_told_how_to(count: int, part: str | None) -> None:
    lines = hint([Made(str(number), 1) for number in range(count)], b"print(1)", is_well=True)
    assert len(lines) == (part is not None)
    assert all(part is not None and part in line and "--artifacts" in line for line in lines)


@pytest.mark.parametrize(
    ("code", "is_well", "part"),
    [
        ("import matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()", True, "plots"),
        ("from matplotlib import pyplot\npyplot.show ()", False, "plots"),
        ("import matplotlib.pyplot as plt\nplt.savefig('a.png')", True, None),
        ("window.show()", True, None),
        ("display(1)", False, "display()"),
        ("display(1)", True, None),
        ("def display(x): pass\ndisplay(1)\n1 / 0", False, None),
        ("from IPython.display import display\ndisplay(1)", False, None),
    ],
)
def test_who_shows_something_without_a_folder_is_told_how_to(code: str, is_well: bool, part: str | None) -> None:
    lines = hint([], code.encode(), is_well=is_well)
    assert len(lines) == (part is not None)
    assert all(part is not None and part in line and "--artifacts DIR" in line for line in lines)


@pytest.mark.parametrize(
    ("bundle", "words"),
    [
        ({"text/plain": "a  b\n1  2", "text/html": "<table>"}, b"a  b\n1  2\n"),
        ({"text/latex": "$x$"}, b"$x$\n"),
        ({"text/markdown": "*x*", "text/plain": ""}, b"\n"),
        ({"text/plain": "<Figure>", "image/png": PNG}, b""),
        ({"text/plain": "no picture", "image/png": "?"}, b"no picture\n"),
        ({"text/html": "<b>"}, b""),
    ],
)
def test_what_is_no_plot_is_printed(bundle: dict[Any, str], words: bytes) -> None:
    assert words_of(Shown(bundle)) == words
