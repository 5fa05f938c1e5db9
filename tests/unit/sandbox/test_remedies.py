"""What is offered mends the cause that the error and the host show, and no more than that."""

import errno
import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

if sys.platform != "linux":
    pytest.skip("mends layers of Linux", allow_module_level=True)
assert sys.platform == "linux"

from scripts.make_container_seccomp import ADDED, with_ours
from tests.support.client import ROOT

from snakepen.sandbox.layers import MEANINGS, Layer
from snakepen.sandbox.remedies import HostFacts, apparmor_profile, remedies

LAUNCHER: Final = "/home/ada/.local/share/snakepen/environments/standard-0/launcher/bin/python"
HOST: Final = HostFacts(LAUNCHER, unified_groups=True, systemd=True)
UBUNTU: Final = replace(HOST, apparmor_restricts=True)
DOCKER: Final = replace(HOST, container="docker", filtered=True, systemd=False)
PODMAN: Final = replace(DOCKER, container="podman")
KUBERNETES: Final = replace(DOCKER, container="kubernetes")

PROFILE: Final = f"""\
sudo tee /etc/apparmor.d/snakepen <<'END'
abi <abi/4.0>,
include <tunables/global>

profile snakepen "{LAUNCHER}" flags=(unconfined) {{
  userns,
}}
END
sudo apparmor_parser -r /etc/apparmor.d/snakepen"""


@pytest.mark.parametrize(
    ("layer", "number", "facts", "parts"),
    [
        (Layer.USERS, errno.EPERM, UBUNTU, [PROFILE]),
        (Layer.USERS, errno.EACCES, UBUNTU, [PROFILE]),
        (Layer.NETWORK, errno.EPERM, UBUNTU, [PROFILE]),
        (Layer.MOUNTS, errno.EACCES, UBUNTU, [PROFILE]),
        (Layer.USERS, errno.EPERM, replace(HOST, unprivileged_clone=False), ["kernel.unprivileged_userns_clone=1"]),
        (Layer.USERS, errno.ENOSPC, replace(HOST, most_namespaces={"user": 0}), ["user.max_user_namespaces=15000"]),
        (Layer.NETWORK, errno.ENOSPC, replace(HOST, most_namespaces={"net": 0}), ["user.max_net_namespaces=15000"]),
        (Layer.SANDBOX, errno.ENOSPC, replace(HOST, most_namespaces={"user": 9999, "ipc": 7}), ["max_ipc_namespaces"]),
        (Layer.USERS, errno.ENOSPC, replace(HOST, most_namespaces={"user": 30000}), ["all of them are in use", "lsns"]),
        (Layer.USERS, errno.EPERM, replace(HOST, filtered=True), ["RestrictNamespaces="]),
        (Layer.USERS, errno.EPERM, HOST, ["SELinux", "chroot"]),
        (Layer.USERS, errno.EINVAL, HOST, ["Linux 5.14"]),
        (
            Layer.USERS,
            errno.EPERM,
            DOCKER,
            ["--security-opt seccomp=snakepen-seccomp.json", "make_container_seccomp.py"],
        ),
        (Layer.USERS, errno.EPERM, PODMAN, ["podman run --security-opt seccomp=snakepen-seccomp.json"]),
        (Layer.USERS, errno.EPERM, KUBERNETES, ["seccompProfile: {type: Localhost"]),
        (
            Layer.USERS,
            errno.EPERM,
            replace(DOCKER, apparmor_restricts=True),
            ["apparmor=snakepen-container", "seccomp="],
        ),
        (Layer.ROOT, errno.EPERM, DOCKER, ["--security-opt seccomp="]),
        (Layer.MOUNTS, errno.EACCES, DOCKER, ["--security-opt apparmor=snakepen-container"]),
        (Layer.MOUNTS, errno.EACCES, KUBERNETES, ["appArmorProfile: {type: Localhost"]),
        (Layer.MOUNTS, errno.EPERM, replace(DOCKER, is_root=True), ["docker run --user 1000", "CAP_SYS_ADMIN"]),
        (Layer.MOUNTS, errno.EPERM, replace(HOST, is_root=True), ["User= in a service unit"]),
        (Layer.PROCFS, errno.EPERM, DOCKER, ["--security-opt systempaths=unconfined"]),
        (Layer.PROCFS, errno.EPERM, PODMAN, ["--security-opt unmask=ALL"]),
        (Layer.INNER_PROCFS, errno.EPERM, KUBERNETES, ["procMount: Unmasked", "hostUsers: false"]),
        (Layer.PROCFS, errno.EPERM, HOST, ["findmnt", "ProtectKernelTunables="]),
        (Layer.CONTROL_GROUPS, errno.EACCES, HOST, ["systemd-run --user --scope -p Delegate=yes snakepen serve"]),
        (Layer.CONTROL_GROUPS, errno.EBUSY, replace(HOST, is_root=True), ["systemd-run --scope -p Delegate=yes"]),
        (Layer.CONTROL_GROUPS, errno.EACCES, replace(HOST, systemd=False), ["cgroups(7)"]),
        (Layer.CONTROL_GROUPS, errno.EACCES, replace(HOST, unified_groups=False), ["unified_cgroup_hierarchy=1"]),
        (Layer.CONTROL_GROUPS, errno.EROFS, DOCKER, ["--security-opt writable-cgroups=true"]),
        (Layer.CONTROL_GROUPS, errno.EROFS, PODMAN, ["unmask=/sys/fs/cgroup"]),
        (Layer.CONTROL_GROUPS, errno.EROFS, KUBERNETES, ["cgroup_writable = true"]),
        (Layer.LANDLOCK, errno.EOPNOTSUPP, HOST, ["lsm="]),
        (Layer.LANDLOCK, errno.ENOSYS, HOST, ["5.13"]),
        (Layer.LANDLOCK, errno.EPERM, DOCKER, ["seccomp=snakepen-seccomp.json"]),
        (Layer.DESCRIPTORS, errno.ENOSYS, HOST, ["Linux 5.14"]),
        (Layer.DESCRIPTORS, errno.EPERM, DOCKER, ["seccomp=snakepen-seccomp.json"]),
        (Layer.PROCESS_LIMIT, 0, HOST, ["journalctl --dmesg"]),
        (Layer.ORDINARY_USER, errno.EPERM, HOST, ["CAP_SETUID"]),
        (Layer.ARCHITECTURE, 0, HOST, ["x86_64"]),
        (Layer.INTERPRETER, errno.ENOENT, HOST, ["snakepen environment remake"]),
    ],
)
def test_the_remedy_is_that_of_the_cause(layer: Layer, number: int, facts: HostFacts, parts: list[str]) -> None:
    offered = "\n".join(remedies(layer, number, facts))
    for part in parts:
        assert part in offered


def test_something_is_offered_whatever_happens_and_never_everything() -> None:
    for facts in (HOST, UBUNTU, DOCKER, PODMAN, KUBERNETES, replace(DOCKER, container="unknown", unified_groups=False)):
        for layer in Layer:
            for number in (0, *errno.errorcode):
                offered = remedies(layer, number, facts)
                assert offered
                assert not any(word in "".join(offered) for word in ("privileged", "unconfined,", "seccomp=unconfined"))


def test_a_profile_for_apparmor_is_only_offered_where_apparmor_refuses() -> None:
    for facts in (HOST, DOCKER, replace(HOST, filtered=True)):
        assert "apparmor_parser" not in "".join(remedies(Layer.USERS, errno.EPERM, facts))


def test_what_root_may_not_is_only_told_where_it_still_is_root() -> None:
    root = replace(UBUNTU, is_root=True)
    assert "CAP_SYS_ADMIN" in remedies(Layer.MOUNTS, errno.EPERM, root)[0]
    assert remedies(Layer.DISK, errno.EPERM, root) == (PROFILE,)


def test_several_causes_are_all_told() -> None:
    offered = remedies(Layer.USERS, errno.EPERM, replace(UBUNTU, unprivileged_clone=False, filtered=True))
    assert [text.split()[0] for text in offered] == ["echo", "sudo", "A"]


def test_the_pages_show_what_is_offered() -> None:
    host = (ROOT / "docs/how-to/prepare-a-host.md").read_text("utf-8")
    shown = re.search(r'profile snakepen "([^"]+)"', host)
    assert shown
    lines = apparmor_profile(shown.group(1)).splitlines()
    lines[0], lines[-1] = f"$ {lines[0]}", f"$ {lines[-1]}"
    assert "\n".join(lines) in host
    container = (ROOT / "docs/how-to/run-in-a-container.md").read_text("utf-8")
    rule = re.search(r"```json\n(.*?)```", container, re.DOTALL)
    assert rule
    assert json.loads(rule.group(1))["names"] == list(ADDED)


def test_a_path_means_itself_in_the_profile() -> None:
    """apparmor.d(5): these have a meaning in a path."""
    assert r'"/home/\{a\}/\[b\]\*\?\"/python"' in apparmor_profile('/home/{a}/[b]*?"/python')


def test_a_sysctl_in_a_container_is_one_of_the_host() -> None:
    (offered,) = remedies(Layer.USERS, errno.ENOSPC, replace(DOCKER, most_namespaces={"user": 0}))
    assert offered.startswith("# On the host")


def files(root: Path, **content: str) -> Path:
    for name, text in content.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def test_facts_of_an_ubuntu(tmp_path: Path) -> None:
    root = files(
        tmp_path,
        proc__sys__kernel__apparmor_restrict_unprivileged_userns="1\n",
        proc__sys__user__max_user_namespaces="0\n",
        proc__sys__user__max_net_namespaces="63000\n",
        proc__self__status="Name:\tx\nSeccomp:\t0\n",
        proc__1__cgroup="0::/init.scope\n",
    )
    files(root / "sys/fs/cgroup", **{"cgroup.controllers": "cpu memory pids\n"})
    (root / "run/systemd/system").mkdir(parents=True)
    link = tmp_path / "python"
    link.symlink_to(sys.executable)
    facts = HostFacts.gather(link, root=root, env={})
    assert facts == HostFacts(
        str(Path(sys.executable).resolve()),
        is_root=facts.is_root,
        apparmor_restricts=True,
        most_namespaces={"user": 0, "net": 63000},
        unified_groups=True,
        systemd=True,
    )


@pytest.mark.parametrize(
    ("content", "env", "container"),
    [
        ({}, {}, ""),
        ({".dockerenv": ""}, {}, "docker"),
        ({"run__.containerenv": ""}, {}, "podman"),
        ({}, {"KUBERNETES_SERVICE_HOST": "10.0.0.1"}, "kubernetes"),
        ({"proc__1__cgroup": "0::/kubepods.slice/x\n"}, {}, "kubernetes"),
        ({"proc__1__cgroup": "4:memory:/docker/0123\n"}, {}, "docker"),
        ({"proc__1__cgroup": "0::/lxc/name\n"}, {}, "unknown"),
        ({"proc__1__cgroup": "0::/\n"}, {}, ""),
    ],
)
def test_a_container_is_told_by_its_traces(
    content: dict[str, str], env: dict[str, str], container: str, tmp_path: Path
) -> None:
    assert HostFacts.gather(Path("/x"), root=files(tmp_path, **content), env=env).container == container


def test_a_filter_and_debians_switch_are_seen(tmp_path: Path) -> None:
    root = files(tmp_path, proc__self__status="Seccomp:\t2\n", proc__sys__kernel__unprivileged_userns_clone="0\n")
    facts = HostFacts.gather(Path("/x"), root=root, env={})
    assert (facts.filtered, facts.unprivileged_clone) == (True, False)


def test_every_layer_has_its_meaning() -> None:
    assert set(MEANINGS) == set(Layer)
    assert all(text.endswith(".") for text in MEANINGS.values())


def test_a_container_filter_is_the_default_with_one_rule_more() -> None:
    default: dict[str, Any] = {
        "defaultAction": "SCMP_ACT_ERRNO",
        "archMap": [],
        "syscalls": [{"names": ["read"], "action": "SCMP_ACT_ALLOW"}],
    }
    ours = with_ours(default)
    assert ours["syscalls"][:-1] == default["syscalls"]
    assert ours["syscalls"][-1]["names"] == list(ADDED)
    assert ours["syscalls"][-1]["action"] == "SCMP_ACT_ALLOW"
    assert {name: value for name, value in ours.items() if name != "syscalls"} == {
        name: value for name, value in default.items() if name != "syscalls"
    }
