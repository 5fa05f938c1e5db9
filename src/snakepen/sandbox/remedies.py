"""What mends a layer that does not work on this host: commands and sentences, chosen by the error and the host.

The error says that something refuses; who that is, the host says. What is offered mends that cause alone, and never
gives more than is needed: no privileged container, no setting for the whole machine where one for the launcher will do.
"""

import errno
import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Self

assert sys.platform == "linux"

from snakepen.sandbox.layers import Layer

Container = Literal["", "docker", "podman", "kubernetes", "unknown"]

_DENIED: Final = (errno.EPERM, errno.EACCES)
_TOO_MANY: Final = (errno.ENOSPC, errno.EUSERS, errno.EMFILE)
_NOT_THERE: Final = (errno.ENOSYS, errno.EINVAL, errno.ENODEV, errno.EOPNOTSUPP)
_ENOUGH_NAMESPACES: Final = 15000
_CONTAINER_PAGE: Final = "docs/how-to/run-in-a-container.md"

# user_namespaces(7) and namespaces(7): how many of each kind a user may have.
_COUNTED: Final = {
    Layer.USERS: "user",
    Layer.NO_RIGHTS: "user",
    Layer.MOUNTS: "mnt",
    Layer.NETWORK: "net",
    Layer.IPC: "ipc",
    Layer.HOST_NAME: "uts",
    Layer.GROUP_NAMES: "cgroup",
    Layer.PROCESSES: "pid",
}
# What a namespace is asked for: refused together, when user namespaces are.
_NAMESPACED: Final = frozenset(
    {*_COUNTED, Layer.READ_ONLY, Layer.DISK, Layer.TERMINALS, Layer.ROOT, Layer.SANDBOX, Layer.ENTERING}
)
# What a server of root's does before it becomes somebody else.
_AS_ROOT: Final = frozenset({Layer.MOUNTS, Layer.READ_ONLY})
_MOUNTING: Final = frozenset({Layer.MOUNTS, Layer.READ_ONLY, Layer.DISK, Layer.TERMINALS, Layer.ROOT})


@dataclass(frozen=True, slots=True)
class HostFacts:
    """What tells who refuses. Nothing here decides whether a layer works: that is tried."""

    launcher: str
    """The launcher's interpreter, without links: what an AppArmor profile is bound to."""
    is_root: bool = False
    container: Container = ""
    filtered: bool = False
    """We run under a filter of system calls already (proc_pid_status(5), Seccomp)."""
    apparmor_restricts: bool = False
    """Ubuntu's kernel.apparmor_restrict_unprivileged_userns."""
    unprivileged_clone: bool = True
    """Debian's kernel.unprivileged_userns_clone."""
    most_namespaces: Mapping[str, int] | None = None
    """user.max_*_namespaces by kind, where they can be read."""
    unified_groups: bool = False
    """Control groups are those of version 2 only."""
    systemd: bool = False

    @classmethod
    def gather(cls, launcher: Path, *, root: Path = Path("/"), env: Mapping[str, str] = os.environ) -> Self:
        """Of this host; `root` is where its files are."""
        most = {
            path.name.removeprefix("max_").removesuffix("_namespaces"): int(_read(path) or -1)
            for path in (root / "proc/sys/user").glob("max_*_namespaces")
        }
        return cls(
            launcher=os.path.realpath(launcher),
            is_root=os.geteuid() == 0,
            container=_container(root, env),
            filtered=re.search(r"^Seccomp:\s*2$", _read(root / "proc/self/status"), re.MULTILINE) is not None,
            apparmor_restricts=_read(root / "proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1",
            unprivileged_clone=_read(root / "proc/sys/kernel/unprivileged_userns_clone") != "0",
            most_namespaces=most,
            unified_groups=(root / "sys/fs/cgroup/cgroup.controllers").exists(),
            systemd=(root / "run/systemd/system").is_dir(),
        )


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, ValueError):
        return ""


def _container(root: Path, env: Mapping[str, str]) -> Container:
    groups = _read(root / "proc/1/cgroup")
    if "KUBERNETES_SERVICE_HOST" in env or "kubepods" in groups:
        return "kubernetes"
    if (root / "run/.containerenv").exists() or "libpod" in groups:
        return "podman"
    if (root / ".dockerenv").exists() or "docker" in groups:
        return "docker"
    return "unknown" if re.search(r"containerd|lxc|machine\.slice", groups) else ""


def remedies(layer: Layer, number: int, facts: HostFacts) -> tuple[str, ...]:
    """What mends it, each a sentence or commands for a shell; `number` is the errno, 0 when there was none."""
    return tuple(_remedies(layer, number, facts))


def _remedies(layer: Layer, number: int, facts: HostFacts) -> Iterator[str]:
    if layer is Layer.INTERPRETER:
        yield "snakepen environment remake"
    elif layer is Layer.ARCHITECTURE:
        yield "Run Snakepen on x86_64 or aarch64, with a 64-bit Python."
    elif layer is Layer.CONTROL_GROUPS:
        yield _groups(number, facts)
    elif layer is Layer.LANDLOCK and number in _NOT_THERE:
        yield _landlock(number)
    elif layer is Layer.ORDINARY_USER:
        yield "Start the server as an ordinary user, or give this root CAP_SETUID and CAP_SETGID."
    elif layer in (Layer.PROCFS, Layer.INNER_PROCFS) and number in _DENIED:
        yield _procfs(facts)
    elif layer in _NAMESPACED and number in _TOO_MANY:
        yield _too_many(_COUNTED.get(layer), facts)
    elif layer in _NAMESPACED and number in _DENIED:
        yield from _refused(layer, number, facts)
    elif number in _DENIED and facts.container:
        yield _filter_of_container(facts)
    elif number in _NOT_THERE:
        yield "The kernel does not have this: Snakepen needs Linux 5.14 or later, as distributions build it."
    else:
        yield "No remedy is known. The kernel's log may say what refuses it: journalctl --dmesg"


def _refused(layer: Layer, number: int, facts: HostFacts) -> Iterator[str]:
    """EPERM or EACCES for a namespace, or for what needs one; each cause that the host shows."""
    causes = [
        (facts.is_root and layer in _AS_ROOT, _not_root(facts)),
        (not facts.unprivileged_clone, _sysctl("kernel.unprivileged_userns_clone=1", facts)),
        (facts.apparmor_restricts and not facts.container, apparmor_profile(facts.launcher)),
        (bool(facts.container), _policy_of_container(layer, number, facts)),
        (facts.filtered and not facts.container, _FILTER_OF_UNIT),
    ]
    found = [text for is_so, text in causes if is_so]
    yield from found or [_UNKNOWN_REFUSAL]


_FILTER_OF_UNIT: Final = (
    "A filter of system calls is in force already. Where a service unit starts Snakepen, take RestrictNamespaces= and "
    "SystemCallFilter= out of it."
)
_UNKNOWN_REFUSAL: Final = (
    "Something else refuses: a security module such as SELinux, or a chroot, in which nobody can make a user "
    "namespace (unshare(2)). The kernel's log may name it: journalctl --dmesg"
)


def apparmor_profile(launcher: str) -> str:
    """The commands that let this one interpreter make user namespaces, and no other program."""
    path = re.sub(r'([\\"*?\[\]{}^])', r"\\\1", launcher)
    return f"""\
sudo tee /etc/apparmor.d/snakepen <<'END'
abi <abi/4.0>,
include <tunables/global>

profile snakepen "{path}" flags=(unconfined) {{
  userns,
}}
END
sudo apparmor_parser -r /etc/apparmor.d/snakepen"""


def _sysctl(setting: str, facts: HostFacts) -> str:
    where = "# On the host of the container:\n" if facts.container else ""
    return (
        f"{where}echo '{setting}' | sudo tee -a /etc/sysctl.d/60-snakepen.conf\n"
        "sudo sysctl -p /etc/sysctl.d/60-snakepen.conf"
    )


def _too_many(kind: str | None, facts: HostFacts) -> str:
    most = facts.most_namespaces or {}
    if kind is None:
        kind = min(most, key=lambda name: most[name], default="user")
    setting = f"user.max_{kind}_namespaces"
    if most.get(kind, 0) >= _ENOUGH_NAMESPACES:
        return f"{setting} is {most[kind]}, and all of them are in use: 'lsns --type {kind}' shows by whom."
    return _sysctl(f"{setting}={_ENOUGH_NAMESPACES}", facts)


def _not_root(facts: HostFacts) -> str:
    ways = {"docker": "docker run --user 1000", "podman": "podman run --user 1000", "kubernetes": "runAsUser: 1000"}
    return (
        "This root may not mount (it has no CAP_SYS_ADMIN). Start the server as an ordinary user, which makes a user "
        f"namespace and may mount in that: {ways.get(facts.container, 'User= in a service unit')}"
    )


def _policy_of_container(layer: Layer, number: int, facts: HostFacts) -> str:
    """seccomp refuses with EPERM, AppArmor refuses mounts with EACCES; both by Docker's own defaults."""
    if facts.apparmor_restricts or (number == errno.EACCES and layer in _MOUNTING):
        option = {
            "docker": "docker run --security-opt apparmor=snakepen-container",
            "podman": "podman run --security-opt apparmor=snakepen-container",
            "kubernetes": "appArmorProfile: {type: Localhost, localhostProfile: snakepen-container}",
        }.get(facts.container, "an AppArmor profile for the container")
        both = f" And for the filter of system calls: {_filter_of_container(facts)}" if facts.filtered else ""
        return f"{option}, with the profile that {_CONTAINER_PAGE} shows, loaded on the host.{both}"
    return _filter_of_container(facts)


def _filter_of_container(facts: HostFacts) -> str:
    option = {
        "docker": "docker run --security-opt seccomp=snakepen-seccomp.json",
        "podman": "podman run --security-opt seccomp=snakepen-seccomp.json",
        "kubernetes": "seccompProfile: {type: Localhost, localhostProfile: snakepen-seccomp.json}",
    }.get(facts.container, "a filter of system calls for the container")
    return f"{option}, a file that scripts/make_container_seccomp.py makes ({_CONTAINER_PAGE})."


def _procfs(facts: HostFacts) -> str:
    """The kernel mounts a second procfs only where the whole of one is to be seen already."""
    option = {
        "docker": "docker run --security-opt systempaths=unconfined",
        "podman": "podman run --security-opt unmask=ALL",
        "kubernetes": "procMount: Unmasked in the container's securityContext, with hostUsers: false in the pod",
    }.get(facts.container)
    if option is not None:
        return f"Parts of /proc are masked in this container: {option}"
    return (
        "Something is mounted over parts of /proc ('findmnt --submounts /proc' shows what): unmount it. In a service "
        "unit ProtectKernelTunables=, ProtectKernelLogs= and ProcSubset= do it: take them out."
    )


def _landlock(number: int) -> str:
    if number == errno.EOPNOTSUPP:
        return (
            "Landlock is turned off: add it to the list in /sys/kernel/security/lsm, and give the whole list to the "
            "kernel as lsm=... on its command line."
        )
    return "Linux has Landlock from 5.13 on, where it is built with CONFIG_SECURITY_LANDLOCK=y."


def _groups(number: int, facts: HostFacts) -> str:
    if not facts.unified_groups:
        return (
            "Control groups of version 1 are root's alone: start the server as root, or start the machine with "
            "systemd.unified_cgroup_hierarchy=1 on the kernel's command line."
        )
    match facts.container:
        case "docker":
            return "docker run --security-opt writable-cgroups=true (Docker 28 or later)"
        case "podman":
            return "podman run --security-opt unmask=/sys/fs/cgroup"
        case "kubernetes":
            return (
                "cgroup_writable = true for the runtime in containerd's configuration (2.1 or later; the whole node)."
            )
    if not facts.systemd:
        return "Make a group, give it to the server's user, and start the server in it (cgroups(7), Delegation)."
    user = "" if facts.is_root else "--user "
    return (
        f"systemd-run {user}--scope -p Delegate=yes snakepen serve\n"
        "# or, in the service unit that starts it, in [Service]: Delegate=yes"
    )
