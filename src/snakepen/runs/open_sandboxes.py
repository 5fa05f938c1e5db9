"""Putting the sandboxed host together: what this machine has, what the launcher is told."""

import os
import resource
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

assert sys.platform == "linux"

import structlog

from snakepen.environments.environment import Environment
from snakepen.limits import MAX_CODE_BYTES, MAX_FILES
from snakepen.runs.pool import Pool, PoolSize
from snakepen.runs.private_folder import temporary_folder
from snakepen.runs.sandboxed import Defaults, SandboxHost, disk_size
from snakepen.sandbox import syscalls
from snakepen.sandbox.cgroups import Groups, open_groups
from snakepen.sandbox.probes import Probe, probe_host
from snakepen.sandbox.protocol import Config, ZygoteConfig
from snakepen.sandbox.remedies import HostFacts

log = structlog.get_logger()

# Who everything below a server of root's is: in a range that no distribution gives to anybody
# (systemd.io/UIDS-GIDS: 60578 to 60705 are unused).
SANDBOX_USER: Final = 60650
_DISK_FILES: Final = 65536

_NOT_MADE: Final = "the environment is not made yet"
_TRIED_BY_OURS: Final = (
    "The layers were tried with the server's own interpreter. Whether an AppArmor profile allows them to the launcher "
    "shows only when the environment is made."
)
_MAKE: Final = "snakepen environment make"


def open_sandboxes(
    environment: Environment,
    size: PoolSize,
    *,
    defaults: Defaults,
    most_open_files: int,
    kinds: tuple[ZygoteConfig, ...],
) -> SandboxHost:
    """A host whose pool is to be opened; the first runs wait until its launcher is up."""
    _open_as_many_files_as_we_may()
    groups = open_groups()
    config = Config(
        python=str(environment.python),
        prefix=str(environment.folder),
        base_prefix=sys.base_prefix,
        attach_point=os.fspath(temporary_folder()),
        drop_to_user=_drop_to_user(),
        disk_bytes=disk_size(defaults.disk_bytes, MAX_CODE_BYTES, MAX_FILES),
        disk_files=_DISK_FILES,
        memory_is_counted=groups is not None,
        control_descriptor=most_open_files,
        groups_of_a_run=groups.joins if groups is not None else 0,
        groups=tuple(str(folder) for folder in groups.folders) if groups is not None else (),
        zygotes=kinds,
    )
    pool = Pool(environment.launcher_python, config, groups, size, memory_bytes=defaults.memory_bytes)
    return SandboxHost(environment, pool, layers(groups), defaults)


def _open_as_many_files_as_we_may() -> None:
    """A sandbox takes a dozen descriptors of ours. The soft limit is for who uses select(2), as we do not."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def try_layers(environment: Environment) -> list[Probe]:
    """Every layer tried on this host, by the environment's launcher, or by our own interpreter before there is one."""
    is_made = environment.manifest is not None
    probes = probe_host(
        environment.launcher_python if is_made else Path(sys.executable),
        attach_point=os.fspath(temporary_folder()),
        drop_to_user=_drop_to_user(),
        facts=HostFacts.gather(environment.launcher_python),
    )
    if not is_made:
        first = probes[0]
        probes[0] = replace(first, state="soft", detail=_NOT_MADE, meaning=_TRIED_BY_OURS, remedy=(_MAKE,))
    return probes


def _drop_to_user() -> int | None:
    return SANDBOX_USER if os.geteuid() == 0 else None


def layers(groups: Groups | None) -> dict[str, Literal["on", "soft", "off"]]:
    """What holds on this machine; `soft` is held by us, looking on, and not by the kernel."""
    counted: Literal["on", "soft"] = "on" if groups is not None else "soft"
    return {
        "time": "on",
        "output": "on",
        "namespaces": "on",
        "filesystem": "on",
        "network": "on",
        "system_calls": "on",
        "landlock": "on" if syscalls.landlock_version() else "off",
        "memory": counted,
        "cpu": counted,
        "processes": "on",
        "disk": "on",
        "open_files": "on",
    }
