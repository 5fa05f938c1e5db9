"""The folder of a plain run: made whole or not at all, and gone afterwards whatever was done to it."""

import os
import sys
from pathlib import Path

import pytest

from snakepen.errors import InvalidRequest
from snakepen.executor import WorkspaceFile
from snakepen.runs.private_folder import remove_tree
from snakepen.runs.workspace import Workspaces


def test_a_workspace_holds_the_program_and_its_files(tmp_path: Path) -> None:
    workspaces = Workspaces(tmp_path)
    folder = workspaces.create("run_1", b"code\xff", [WorkspaceFile("a/b/c.txt", b"c"), WorkspaceFile("d", b"")])
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == {"main.py", "a/b/c.txt", "d"}
    assert (folder / "main.py").read_bytes() == b"code\xff"
    if sys.platform != "win32":
        assert folder.stat().st_mode & 0o077 == 0
    workspaces.close()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_the_disk_refuses_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    workspaces = Workspaces(tmp_path)
    with pytest.raises(InvalidRequest) as refused:
        workspaces.create("run_1", b"", [WorkspaceFile("ok", b""), WorkspaceFile("main.py", b"again")])
    assert refused.value.details[0].field == "files.1.path"
    assert list(workspaces.root.iterdir()) == []
    workspaces.close()


def test_closing_twice_is_closing_once(tmp_path: Path) -> None:
    workspaces = Workspaces(tmp_path)
    workspaces.close()
    workspaces.close()


def test_two_servers_do_not_sweep_each_other(tmp_path: Path) -> None:
    first, second = Workspaces(tmp_path), Workspaces(tmp_path)
    assert first.root.is_dir()
    assert second.root.is_dir()
    first.close()
    assert second.root.is_dir()
    second.close()


def test_what_a_killed_server_left_is_swept_with_its_half_removed_folders(tmp_path: Path) -> None:
    left = [tmp_path / "snakepen-runs-dead", tmp_path / "snakepen-runs-dead.gone-1"]
    for folder in left:
        (folder / "run").mkdir(parents=True)
    (tmp_path / "snakepen-runs-dead.lock").touch()
    (tmp_path / "another").mkdir()
    workspaces = Workspaces(tmp_path)
    assert not any(folder.exists() for folder in left)
    workspaces.close()
    assert [path.name for path in tmp_path.iterdir()] == ["another"]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
@pytest.mark.parametrize("kind", ["missing", "locked", "plain"])
def test_what_holds_the_folder_is_left_as_it_is(tmp_path: Path, kind: str) -> None:
    parent = tmp_path / "parent"
    parent.mkdir()
    folder = parent / "run"
    if kind != "missing":
        folder.mkdir()
        (folder / "file").write_text("x")
    if kind == "locked":
        folder.chmod(0)
    parent.chmod(0o1777)
    remove_tree(folder)
    assert parent.stat().st_mode & 0o7777 == 0o1777
    assert not folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_folders_that_were_locked_are_removed(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    inner = folder / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "file").write_text("x")
    (folder / "link").symlink_to(tmp_path)
    for path in (inner / "file", inner, folder / "a", folder):
        path.chmod(0)
    remove_tree(folder)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="relative folders deeper than a path may be")
def test_folders_deeper_than_any_path_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for _ in range(1500):  # longer than a path may be, and deeper than Python calls
        os.mkdir("deep")
        os.chdir("deep")
    Path("file").write_text("x")
    os.chdir(tmp_path)
    remove_tree(folder)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_folder_that_became_a_link_is_unlinked_and_nothing_behind_it_is_touched(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").write_text("x")
    kept.chmod(0o755)
    (tmp_path / "run").symlink_to(kept)
    remove_tree(tmp_path / "run")
    assert not (tmp_path / "run").is_symlink()
    assert (kept / "file").read_text() == "x"
    assert kept.stat().st_mode & 0o777 == 0o755


def test_a_folder_that_became_a_file_is_removed(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("x")
    remove_tree(tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_are_removed_and_what_they_point_to_is_kept(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").write_text("x")
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "link").symlink_to(kept)
    (folder / "file").symlink_to(kept / "file")
    remove_tree(folder)
    assert (kept / "file").read_text() == "x"
    assert not folder.exists()
