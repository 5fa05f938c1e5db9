"""The processes of a server, as proc_pid_stat(5) tells them. Linux only; elsewhere none are found."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
# docs/explanation/sandbox.md: keeper, anchor, launcher, zygote, runner.
_RUNNER_DEPTH: Final = 5


@dataclass(frozen=True, slots=True)
class Runner:
    """A process that waits for a program, or runs one."""

    pid: int
    zygote: int
    children: tuple[int, ...]


def runners(server: int) -> list[Runner]:
    """Of a server at isolation level `namespaces`; none at another."""
    below = _children()
    level = [server]
    for _ in range(_RUNNER_DEPTH - 1):
        level = [child for pid in level for child in below.get(pid, [])]
    return [
        Runner(pid, zygote, tuple(below.get(pid, ())))
        for zygote in level
        if _name(zygote).startswith("python")  # beside the zygotes are those that make sandboxes
        for pid in below.get(zygote, [])
    ]


def first_of(runner: int) -> int | None:
    """PID 1 of the sandbox that a runner is in; None where this user may not see it."""
    try:
        space = os.readlink(_PROC / str(runner) / "ns" / "pid")
    except OSError:
        return None
    for pid in _pids():
        with suppress(OSError):
            if pid != runner and _name(pid).endswith("init") and os.readlink(_PROC / str(pid) / "ns" / "pid") == space:
                return pid
    return None


def private_bytes(pid: int) -> int:
    """proc_pid_smaps(5): what no other process shares. Raises OSError when it is gone."""
    lines = (_PROC / str(pid) / "smaps_rollup").read_text("ascii").splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Private_"))


def _pids() -> Iterator[int]:
    return (int(name) for name in os.listdir(_PROC) if name.isdigit()) if _PROC.is_dir() else iter(())


def _name(pid: int) -> str:
    try:
        return (_PROC / str(pid) / "comm").read_text("utf-8", "replace").strip()
    except OSError:
        return ""


def _children() -> dict[int, list[int]]:
    below: dict[int, list[int]] = {}
    for pid in _pids():
        with suppress(OSError):
            stat = (_PROC / str(pid) / "stat").read_text("utf-8", "replace")
            below.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(pid)
    return below
