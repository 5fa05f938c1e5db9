"""Control groups: version 2 on a folder that looks like one, because few machines have both versions to try."""

import errno
import os
import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("control groups are Linux's", allow_module_level=True)
assert sys.platform == "linux"

from snakepen.sandbox import cgroups
from snakepen.sandbox.cgroups import GroupsV1, GroupsV2, open_groups

KERNEL_FILES = {
    "cgroup.procs": "",
    "cpu.stat": "usage_usec 1500000\nuser_usec 1\n",
    "memory.events": "low 0\nhigh 0\nmax 3\noom 1\noom_kill 0\n",
    "memory.max": "max\n",
    "memory.oom.group": "0\n",
    "memory.peak": "4096\n",
    "memory.swap.max": "max\n",
    "cgroup.subtree_control": "",
}


def fill(folder: Path) -> None:
    """What the kernel puts into a group that is made."""
    for name, content in KERNEL_FILES.items():
        (folder / name).write_text(content)


@pytest.fixture
def hierarchy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A delegated subtree of version 2, which fills the groups that are made in it."""
    make = os.mkdir

    def mkdir(path: str | Path, mode: int = 0o777, *, dir_fd: int | None = None) -> None:
        make(path, mode, dir_fd=dir_fd)
        if str(path).startswith(str(tmp_path / "tree")):
            fill(Path(path))

    own = tmp_path / "tree" / "user.slice" / "app.scope"
    own.mkdir(parents=True)
    fill(own)
    (own / "cgroup.controllers").write_text("cpu memory pids\n")
    (tmp_path / "process").mkdir()
    (tmp_path / "process" / "cgroup").write_text("0::/user.slice/app.scope\n")
    (tmp_path / "mountinfo").write_text(f"30 1 0:26 / {tmp_path}/tree rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n")
    monkeypatch.setattr(os, "mkdir", mkdir)
    return tmp_path


def test_a_delegated_subtree_is_used(hierarchy: Path) -> None:
    groups = open_groups(hierarchy / "process", hierarchy / "mountinfo")
    assert isinstance(groups, GroupsV2)
    own = hierarchy / "tree/user.slice/app.scope"
    # No group may have both processes and controlled children (cgroups(7)): we are in a leaf now.
    assert (own / "snakepen-server/cgroup.procs").read_text() == str(os.getpid())
    assert (own / "cgroup.subtree_control").read_text() == "+memory"
    (folder,) = groups.folders
    assert folder.parent == own
    assert (folder / "cgroup.subtree_control").read_text() == "+memory"


def test_what_was_rearranged_is_put_back(hierarchy: Path) -> None:
    groups = open_groups(hierarchy / "process", hierarchy / "mountinfo")
    assert groups is not None
    own = hierarchy / "tree/user.slice/app.scope"
    for folder in (*groups.folders, own / "snakepen-server"):
        for file in folder.iterdir():
            file.unlink()  # the kernel's files do not keep a group from being removed
    groups.close()
    assert (own / "cgroup.subtree_control").read_text() == "-memory"
    assert (own / "cgroup.procs").read_text() == str(os.getpid())
    assert [entry.name for entry in own.iterdir() if entry.is_dir()] == []


def test_where_others_are_in_our_group_nothing_is_rearranged(hierarchy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = hierarchy / "tree/user.slice/app.scope"
    set_ = cgroups._set

    def set_if_alone(file: str, value: object) -> None:
        if file == f"{own}/cgroup.subtree_control" and str(value).startswith("+"):
            for kernels in (own / "snakepen-server").iterdir():
                kernels.unlink()
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))
        set_(file, value)

    monkeypatch.setattr(cgroups, "_set", set_if_alone)
    assert open_groups(hierarchy / "process", hierarchy / "mountinfo") is None
    assert (own / "cgroup.procs").read_text() == str(os.getpid())
    assert not (own / "snakepen-server").exists()


def test_a_group_limits_counts_and_tells(hierarchy: Path) -> None:
    groups = open_groups(hierarchy / "process", hierarchy / "mountinfo")
    assert groups is not None
    group = groups.make(7)
    folder = groups.folders[0] / "7"
    assert (folder / "memory.oom.group").read_text() == "1\n"
    assert (
        folder / "memory.swap.max"
    ).read_text() == "0ax\n"  # a file is written over in place; the kernel takes it whole
    group.limit(memory_bytes=123456)
    assert (folder / "memory.max").read_text() == "123456"
    os.write(group.join[0], b"0")
    assert (folder / "cgroup.procs").read_text() == "0"
    assert group.cpu_seconds() == 1.5
    assert group.peak_bytes() == 4096
    assert not group.ran_out_of_memory()
    (folder / "memory.events").write_text("oom 2\noom_kill 1\n")
    assert group.ran_out_of_memory()
    assert not group.remove()  # files are in it: as when somebody is
    before = len(os.listdir("/proc/self/fd"))
    group.close()
    assert len(os.listdir("/proc/self/fd")) < before
    for file in folder.iterdir():
        file.unlink()
    assert group.remove()
    assert group.remove()


@pytest.mark.parametrize("controllers", ["", "cpu pids\n"])
def test_without_the_memory_controller_there_are_none(hierarchy: Path, controllers: str) -> None:
    (hierarchy / "tree/user.slice/app.scope/cgroup.controllers").write_text(controllers)
    assert open_groups(hierarchy / "process", hierarchy / "mountinfo") is None


def test_without_any_hierarchy_there_are_none(hierarchy: Path) -> None:
    (hierarchy / "mountinfo").write_text("22 1 0:21 / /proc rw - proc proc rw\n")
    assert open_groups(hierarchy / "process", hierarchy / "mountinfo") is None


def test_a_server_that_is_started_in_the_leaf_of_another_makes_its_groups_beside_it(hierarchy: Path) -> None:
    leaf = hierarchy / "tree/user.slice/app.scope/snakepen-server"
    leaf.mkdir()
    fill(leaf)
    (leaf / "cgroup.controllers").write_text("memory\n")
    (hierarchy / "process/cgroup").write_text("0::/user.slice/app.scope/snakepen-server\n")
    groups = open_groups(hierarchy / "process", hierarchy / "mountinfo")
    assert groups is not None
    assert groups.folders[0].parent == leaf.parent


def test_what_a_killed_server_left_is_swept(hierarchy: Path) -> None:
    own = hierarchy / "tree/user.slice/app.scope"
    gone = own / "snakepen-999999999-1"
    (gone / "3").mkdir(parents=True)
    for file in (*gone.glob("*.*"), *gone.glob("3/*")):
        file.unlink()  # the kernel's files do not keep a group from being removed
    groups = open_groups(hierarchy / "process", hierarchy / "mountinfo")
    assert groups is not None
    assert not gone.exists()


def test_here_a_group_of_version_1_holds_what_it_says() -> None:
    groups = open_groups()
    if not isinstance(groups, GroupsV1):
        pytest.skip("no control groups of version 1 that we may write to")
    try:
        group = groups.make(1)
        for limit in (64 << 20, 512 << 20, 32 << 20):
            group.limit(memory_bytes=limit)
            file = groups.folders[0] / "1" / "memory.limit_in_bytes"
            assert int(file.read_text()) == limit
        assert group.cpu_seconds() == 0
        assert not group.ran_out_of_memory()
        group.close()
        assert group.remove()
    finally:
        groups.close()
    assert not any(folder.exists() for folder in groups.folders)
