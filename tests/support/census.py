"""What exists now: our processes, our folders, this process's descriptors and threads."""

import os
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Self

PROC = Path("/proc")


@dataclass(frozen=True)
class Census:
    processes: frozenset[str]
    folders: frozenset[str]
    descriptors: int
    threads: frozenset[str]

    @classmethod
    def take(cls) -> Self:
        return cls(_processes(), _folders(), _descriptors(), frozenset(t.name for t in threading.enumerate()))

    def more_than(self, before: "Census") -> list[str]:
        """What is here now and was not before, a line each."""
        lines = [f"process {line}" for line in sorted(self.processes - before.processes)]
        lines += [f"folder {name}" for name in sorted(self.folders - before.folders)]
        lines += [f"thread {name}" for name in sorted(self.threads - before.threads)]
        # A few are kept by libraries for good (the random pool, the event loop's own).
        if self.descriptors > before.descriptors + 3:
            lines.append(f"descriptors: {self.descriptors}, before {before.descriptors}")
        return lines


def _processes() -> frozenset[str]:
    """Processes that descend from this one, or stand in this session's temporary folder. Linux only."""
    found = set()
    if not PROC.is_dir():
        return frozenset()
    parents = _parents()
    for pid in parents:
        try:
            folder = os.readlink(PROC / str(pid) / "cwd")
            command = (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue  # gone, or not ours to see
        if folder.startswith(tempfile.gettempdir()) or _descends(pid, parents):
            found.add(f"{pid} {command[:120]} in {folder}")
    return frozenset(found)


def _parents() -> dict[int, int]:
    parents = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text("utf-8", "replace")
            except OSError:
                continue
            # proc_pid_stat(5): the name is in parentheses and may hold anything; the parent is the second field after.
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    return parents


def _descends(pid: int, parents: dict[int, int]) -> bool:
    while pid := parents.get(pid, 0):
        if pid == os.getpid():
            return True
    return False


def _folders() -> frozenset[str]:
    return frozenset(str(path) for path in Path(tempfile.gettempdir()).iterdir())


def _descriptors() -> int:
    return len(os.listdir(PROC / "self" / "fd")) if PROC.is_dir() else 0
