"""Every layer is tried: it works here, and each attempt fails when the kernel refuses what it is made of."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from tests.support.cases import the_rest_long
from tests.support.confined import confined, refusing

if sys.platform != "linux":
    pytest.skip("tries layers of Linux", allow_module_level=True)
assert sys.platform == "linux"

from snakepen.environments.environment import find_environment
from snakepen.runs.open_sandboxes import SANDBOX_USER, layers, try_layers
from snakepen.sandbox.cgroups import open_groups, own_groups
from snakepen.sandbox.layers import MEANINGS, OPTIONAL, Layer
from snakepen.sandbox.namespaces import NAMESPACES
from snakepen.sandbox.probes import Probe, probe_host
from snakepen.sandbox.remedies import HostFacts
from snakepen.sandbox.syscalls import (
    CLONE_NEWCGROUP,
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWPID,
    CLONE_NEWUSER,
    CLONE_NEWUTS,
    MS_NODEV,
    MS_NOEXEC,
    MS_NOSUID,
)
from snakepen.settings import load_settings

pytestmark = pytest.mark.slow

IS_ROOT: Final = os.geteuid() == 0
USER: Final = SANDBOX_USER if IS_ROOT else None
NOWHERE: Final = HostFacts("/nowhere/python")
# Who tried: groups of others come and go, those of servers that other tests kill among them.
TRIED: Final = {os.getpid()}

ENOSYS: Final = 38
EOPNOTSUPP: Final = 95
PR_SET_NO_NEW_PRIVS: Final = 38
PR_SET_SECCOMP: Final = 22

PROBE: Final = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from snakepen.sandbox.probes import probe_host
from snakepen.sandbox.remedies import HostFacts
user = json.loads(sys.argv[1])
facts = HostFacts.gather(Path("/nowhere/python"), env={})
probes = probe_host(Path(sys.executable), attach_point="/tmp", drop_to_user=user, facts=facts)
print(json.dumps([asdict(probe) for probe in probes]))
"""


def probed(*filters: bytes, first: Sequence[str] = ("filters",), user: int | None = USER) -> dict[Layer, Probe]:
    """What is found where the kernel refuses something."""
    command = confined([sys.executable, "-c", PROBE, json.dumps(user)], *filters, first=first)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        TRIED.add(process.pid)
        try:
            printed, complained = process.communicate(timeout=60)
        finally:
            process.kill()
    assert (process.returncode, complained) == (0, "")
    found: list[dict[str, Any]] = json.loads(printed)
    probes = [Probe(**{**one, "name": Layer(one["name"]), "remedy": tuple(one["remedy"])}) for one in found]
    return {probe.name: probe for probe in probes}


def not_working(probes: dict[Layer, Probe]) -> set[Layer]:
    return {name for name, probe in probes.items() if probe.state != "works"}


def without_groups(names: set[Layer]) -> set[Layer]:
    """An ordinary user has seldom control groups."""
    return names - {Layer.CONTROL_GROUPS}


def by_layer(value: bytes | Layer) -> str:
    return value if isinstance(value, Layer) else "refused"


def test_every_layer_works_on_this_host() -> None:
    probes = try_layers(find_environment(load_settings().data_dir))
    assert {probe.name: probe.detail for probe in probes if probe.state == "missing"} == {}
    expected = [layer for layer in Layer if layer is not Layer.ORDINARY_USER or IS_ROOT]
    assert [probe.name for probe in probes] == expected
    assert all(probe.meaning == "" and probe.remedy == () for probe in probes if probe.state == "works")
    assert probes[0].detail.endswith("launcher/bin/python")


def test_what_is_soft_is_what_the_health_answer_calls_so() -> None:
    states = {probe.name: probe.state for probe in try_layers(find_environment(load_settings().data_dir))}
    groups = open_groups()
    told = layers(groups)
    if groups is not None:
        groups.close()
    assert (told["memory"] == "on") == (states[Layer.CONTROL_GROUPS] == "works")
    assert (told["landlock"] == "on") == (states[Layer.LANDLOCK] == "works")
    assert {name for name, state in states.items() if state == "soft"} <= OPTIONAL


def around() -> tuple[object, ...]:
    """What of this process and this machine a trial could change."""
    status = Path("/proc/self/status").read_text()
    kept = [line for line in status.splitlines() if line.startswith(("Cap", "NoNewPrivs", "Seccomp", "Uid"))]
    namespaces = [os.readlink(f"/proc/self/ns/{name}") for name in sorted(os.listdir("/proc/self/ns"))]
    groups = [path.name for folder in own_groups().values() for path in folder.glob("snakepen-*-*")]
    left = [name for name in groups if int(name.split("-")[1]) in TRIED]
    folders = [set(os.listdir(folder)) for folder in ("/", "/usr")]
    return kept, namespaces, Path("/proc/self/mountinfo").read_text(), os.uname(), left, folders


def test_nothing_of_the_caller_changes_and_nothing_is_left() -> None:
    before = around()
    probe_host(Path(sys.executable), attach_point="/tmp", drop_to_user=USER, facts=NOWHERE)
    assert around() == before


@pytest.mark.long
@pytest.mark.parametrize(
    ("denied", "layer"),
    [
        (refusing("memfd_create"), Layer.MEMORY_FILES),
        (refusing("close_range", ENOSYS), Layer.DESCRIPTORS),
        (refusing("pidfd_open", ENOSYS), Layer.PROCESS_HANDLES),
        (refusing("pidfd_send_signal"), Layer.PROCESS_HANDLES),
        (refusing("prctl", 22, values={0: PR_SET_NO_NEW_PRIVS}), Layer.NO_NEW_PRIVILEGES),
        (refusing("prctl", 22, values={0: PR_SET_SECCOMP}), Layer.SYSTEM_CALLS),
        (refusing("landlock_create_ruleset", ENOSYS), Layer.LANDLOCK),
        (refusing("unshare", bits={0: CLONE_NEWUSER}), Layer.USERS),
        (refusing("unshare", bits={0: CLONE_NEWNS}), Layer.MOUNTS),
        (refusing("unshare", bits={0: CLONE_NEWNET}), Layer.NETWORK),
        (refusing("unshare", bits={0: CLONE_NEWIPC}), Layer.IPC),
        (refusing("unshare", bits={0: CLONE_NEWUTS}), Layer.HOST_NAME),
        (refusing("unshare", bits={0: CLONE_NEWCGROUP}), Layer.GROUP_NAMES),
        (refusing("unshare", bits={0: CLONE_NEWPID}), Layer.PROCESSES),
        (refusing("sethostname"), Layer.HOST_NAME),
        (refusing("mount"), Layer.MOUNTS),
        (refusing("open_tree"), Layer.READ_ONLY),
        (refusing("mount_setattr", ENOSYS), Layer.READ_ONLY),
        (refusing("move_mount"), Layer.READ_ONLY),
        (refusing("fspick"), Layer.DISK),
        (refusing("fsconfig"), Layer.DISK),
        (refusing("mount", values={3: MS_NOSUID | MS_NOEXEC}), Layer.TERMINALS),
        (refusing("mount", values={3: MS_NOSUID | MS_NODEV | MS_NOEXEC}), Layer.PROCFS),
        (refusing("pivot_root"), Layer.ROOT),
        (refusing("setns"), Layer.SANDBOX),
        (refusing("setns", values={1: NAMESPACES & ~CLONE_NEWCGROUP}), Layer.ENTERING),
        (refusing("capset"), Layer.NO_RIGHTS),
        (refusing("prlimit64"), Layer.PROCESS_LIMIT),
    ],
    ids=by_layer,
)
def test_a_call_that_is_refused_is_a_layer_that_does_not_work(denied: bytes, layer: Layer) -> None:
    probe = probed(denied)[layer]
    assert probe.state == ("soft" if layer in OPTIONAL else "missing")
    assert probe.was_tried
    assert probe.detail.endswith(("(EPERM)", "(ENOSYS)", "(EINVAL)")) or layer is Layer.PROCESS_LIMIT
    assert probe.meaning == MEANINGS[layer]
    assert probe.remedy


@pytest.mark.skipif(not IS_ROOT, reason="only a server of root's becomes somebody else")
def test_a_root_that_cannot_become_an_ordinary_user_is_told() -> None:
    probes = probed(refusing("setresuid"))
    assert probes[Layer.ORDINARY_USER].state == "missing"
    assert "setresuid 60650" in probes[Layer.ORDINARY_USER].detail
    assert probes[Layer.USERS].detail == "not tried: needs ordinary user"


@pytest.mark.parametrize(
    ("pretended", "layer"),
    the_rest_long(
        [
            (refusing("unshare", 0, bits={0: CLONE_NEWNET}), Layer.NETWORK),
            (refusing("mount_setattr", 0), Layer.READ_ONLY),
            (refusing("prctl", 0, values={0: PR_SET_SECCOMP}), Layer.SYSTEM_CALLS),
            (refusing("capset", 0), Layer.NO_RIGHTS),
        ],
        [
            (refusing("unshare", 0, bits={0: CLONE_NEWNS}), Layer.MOUNTS),
            (refusing("unshare", 0, bits={0: CLONE_NEWIPC}), Layer.IPC),
            (refusing("unshare", 0, bits={0: CLONE_NEWUTS}), Layer.HOST_NAME),
            (refusing("unshare", 0, bits={0: CLONE_NEWCGROUP}), Layer.GROUP_NAMES),
            (refusing("mount", 0), Layer.MOUNTS),
            (refusing("fsconfig", 0), Layer.DISK),
            (refusing("close_range", 0), Layer.DESCRIPTORS),
            (refusing("fcntl", 0, values={1: 1033}), Layer.MEMORY_FILES),
            (refusing("landlock_restrict_self", 0), Layer.LANDLOCK),
            (refusing("pivot_root", 0), Layer.ROOT),
            (refusing("prlimit64", 0), Layer.PROCESS_LIMIT),
        ],
    ),
    ids=by_layer,
)
def test_a_call_that_pretends_to_have_worked_is_found_out(pretended: bytes, layer: Layer) -> None:
    """And nothing is written then to what is this machine's."""
    before = around()
    probe = probed(pretended)[layer]
    assert (probe.state != "works", probe.was_tried) == (True, True), probe
    assert around() == before


def test_one_failure_hides_no_other() -> None:
    """What does not need it is tried all the same; what does says what it waits for."""
    probes = probed(refusing("unshare", bits={0: CLONE_NEWNET | CLONE_NEWUTS}), refusing("close_range", ENOSYS))
    broken = without_groups(not_working(probes))
    tried = {name for name in broken if probes[name].was_tried}
    assert tried == {Layer.NETWORK, Layer.HOST_NAME, Layer.DESCRIPTORS, Layer.SANDBOX}
    assert {probes[name].detail for name in broken - tried} == {"not tried: needs sandbox"}


def test_without_user_namespaces_the_independent_layers_are_still_told() -> None:
    probes = probed(refusing("unshare", bits={0: CLONE_NEWUSER}))
    for layer in (Layer.SYSTEM_CALLS, Layer.LANDLOCK, Layer.PROCESS_HANDLES, Layer.MEMORY_FILES):
        assert probes[layer].state == "works"
    assert probes[Layer.USERS].detail.startswith("unshare 0x1")
    assert probes[Layer.NETWORK].detail == "not tried: needs user namespace"
    assert not probes[Layer.NETWORK].was_tried
    assert probes[Layer.NETWORK].remedy == ()


def test_an_attempt_that_ends_its_process_is_told() -> None:
    """Filters of some containers do not refuse: they end who calls."""
    probes = probed(refusing("unshare", None, bits={0: CLONE_NEWUSER}))
    assert probes[Layer.USERS].detail == "the process that tried it was ended by Bad system call"
    assert "seccomp=" in probes[Layer.USERS].remedy[0] or "filter of system calls" in probes[Layer.USERS].remedy[0]
    assert probes[Layer.LANDLOCK].state == "works"


def test_no_user_namespaces_left_is_told_with_the_sysctl() -> None:
    probe = probed(first=("namespaces", "no user namespaces"), user=None)[Layer.USERS]
    assert probe.state == "missing"
    assert probe.detail.endswith("(ENOSPC)")
    assert "user.max_user_namespaces=15000" in probe.remedy[0]


def test_a_masked_proc_is_told_by_procfs_alone() -> None:
    probes = probed(first=("namespaces", "masked proc"), user=None)
    tried = {name for name in not_working(probes) if probes[name].was_tried} - {Layer.CONTROL_GROUPS}
    assert tried == {Layer.PROCFS}
    assert probes[Layer.PROCFS].detail.endswith("(EPERM)")


def test_the_procfs_of_sandboxes_is_told_apart() -> None:
    """It is the one that has options: their address is not zero."""
    denied = refusing("mount", values={3: MS_NOSUID | MS_NODEV | MS_NOEXEC}, bits={4: 0xFFFF_FFFF})
    assert without_groups(not_working(probed(denied))) == {Layer.INNER_PROCFS}


def test_without_control_groups_it_is_soft() -> None:
    probe = probed(first=("namespaces", "hidden cgroups"), user=None)[Layer.CONTROL_GROUPS]
    assert probe.state == "soft"
    assert "memory and cpu are soft" in probe.meaning
    assert probe.remedy


IN_A_GROUP: Final = """
import os, subprocess, sys
from pathlib import Path
from snakepen.sandbox.group_trial import try_below
above = Path(sys.argv[1])
own = above / f"snakepen-test-{os.getpid()}"
own.mkdir()
try:
    (own / "cgroup.procs").write_text("0")
    try_below(own, os.getpid())
    print([path.name for path in own.iterdir() if path.is_dir()])
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, start_new_session=True) as other:
        try:
            try_below(own, os.getpid())
        except OSError as error:
            print(error.strerror)
finally:
    (above / "cgroup.procs").write_text("0")
    own.rmdir()
"""


def test_a_group_of_version_2_is_made_and_removed_where_the_server_is_alone() -> None:
    mounts = [line.split() for line in Path("/proc/self/mounts").read_text().splitlines()]
    above = next((mount[1] for mount in mounts if mount[2] == "cgroup2" and os.access(mount[1], os.W_OK)), None)
    if above is None or not IS_ROOT:
        pytest.skip("makes a group of version 2, which is root's")
    command = [sys.executable, "-c", IN_A_GROUP, above]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["[]", "the server is not alone in this group"]


def test_a_machine_without_a_filter_is_told() -> None:
    probes = probed(first=("32 bits",))
    assert probes[Layer.ARCHITECTURE].state == "missing"
    assert "x86_64" in probes[Layer.ARCHITECTURE].remedy[0]
    assert probes[Layer.SYSTEM_CALLS].detail == "not tried: needs architecture"


def test_landlock_that_is_turned_off_has_a_remedy_of_its_own() -> None:
    probe = probed(refusing("landlock_create_ruleset", EOPNOTSUPP))[Layer.LANDLOCK]
    assert probe.state == "soft"
    assert "lsm=" in probe.remedy[0]


@pytest.mark.parametrize("kind", ["missing", "not executable", "no interpreter", "silent"])
def test_a_launcher_that_does_not_start_is_told(kind: str, tmp_path: Path) -> None:
    python = tmp_path / "python"
    if kind != "missing":
        python.write_text(
            {"silent": "#!/bin/sh\nexec tail -f /dev/null\n"}.get(kind, "#!/bin/sh\necho no >&2\nexit 3\n")
        )
        python.chmod(0o644 if kind == "not executable" else 0o755)
    probes = probe_host(
        python, attach_point="/tmp", drop_to_user=None, facts=NOWHERE, seconds=1 if kind == "silent" else 60
    )
    assert probes[0].name is Layer.INTERPRETER
    assert probes[0].state == "missing"
    assert probes[0].remedy == ("snakepen environment remake",)
    words = {
        "missing": "No such file",
        "not executable": "Permission denied",
        "no interpreter": "no",
        "silent": "1 second",
    }
    assert words[kind] in probes[0].detail
    assert {probe.detail for probe in probes[1:]} == {"not tried: needs interpreter"}


# What Docker's default filter lets only the privileged call (profiles/seccomp of the Moby project), as far as it has
# to do with us; the rest is allowed to all.
OF_DOCKER: Final = (
    *("bpf", "fanotify_init", "fsconfig", "fsmount", "fsopen", "fspick", "lookup_dcookie", "mount", "mount_setattr"),
    *("move_mount", "open_tree", "perf_event_open", "quotactl", "quotactl_fd", "setdomainname", "sethostname", "setns"),
    *("syslog", "umount2", "unshare", "pivot_root", "chroot", "ptrace", "kcmp", "pidfd_getfd", "process_madvise"),
)


@pytest.mark.long
def test_what_is_added_to_dockers_filter_is_all_that_is_needed() -> None:
    from scripts.make_container_seccomp import ADDED

    assert set(ADDED) <= set(OF_DOCKER)
    still_refused = [refusing(name) for name in OF_DOCKER if name not in ADDED]
    no_new_namespaces = refusing("clone", bits={0: NAMESPACES | CLONE_NEWPID | CLONE_NEWUSER})
    assert without_groups(not_working(probed(*still_refused, no_new_namespaces, refusing("clone3", ENOSYS)))) == set()
    for name in ADDED:
        others = [refusing(other) for other in OF_DOCKER if other not in ADDED]
        assert without_groups(not_working(probed(*others, refusing(name)))), name
