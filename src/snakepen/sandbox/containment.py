"""How a blank runner gives everything up, step by step. When `contain` returns there is nothing left to give.

Each step is one line of the list, in an order that matters, and raises OSError when it cannot be done: then the
runner never runs anything. The reasons are beside the steps; `docs/explanation/sandbox.md` tells the whole.
"""

import os
import resource
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

assert sys.platform == "linux"

from snakepen.sandbox import syscalls
from snakepen.sandbox.namespaces import NAMESPACES
from snakepen.sandbox.rehearsal import Foreseen
from snakepen.sandbox.template import WORKSPACE

# core(5): a limit of 1 and not of 0, because a kernel that pipes dumps to a program does so for 0 as well.
_CORE_BYTES: Final = 1
_HIGHEST: Final = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class Entry:
    """What a runner brings with it from its zygote."""

    sandbox: int
    """A pidfd of the PID 1 of its sandbox, whose process namespace it was born in."""
    rules: int | None
    """What Landlock shall hold, where this kernel has it."""
    groups: Sequence[int]
    """Files to write to, opened by the server, which may."""
    foreseen: Foreseen
    """What it will write to."""
    stdin: int
    stdout: int
    stderr: int
    control: int
    control_descriptor: int
    filters: Sequence[syscalls.SystemCallFilter]


def contain(entry: Entry) -> None:
    """Raises OSError at the first step that fails."""
    resource.setrlimit(resource.RLIMIT_CORE, (_CORE_BYTES, _CORE_BYTES))  # the other limits come with the program
    _join_groups(entry.groups)
    entry.foreseen.copy()  # counted in these groups, and before the steps below write to many of the same pages
    syscalls.setns(entry.sandbox, NAMESPACES & ~syscalls.CLONE_NEWCGROUP)
    # One that is made after joining its groups: seen from inside, those are the root, and no path of the host shows.
    syscalls.unshare(syscalls.CLONE_NEWCGROUP)
    # Here and not by the launcher: a procfs shows the process namespace of whoever mounts it.
    syscalls.mount("proc", "/proc", syscalls.MS_NOSUID | syscalls.MS_NODEV | syscalls.MS_NOEXEC, "subset=pid")
    os.chdir(WORKSPACE)
    os.setsid()  # no controlling terminal, and a group of its own
    rules = _keep_only_own_descriptors(entry)
    # Never mapped: in the namespace around it this process has no rights any more, and in this one it is nobody.
    # The memory and the files of PID 1 are out of its reach from here on, and a user namespace inside of this one
    # cannot be made.
    syscalls.unshare(syscalls.CLONE_NEWUSER)
    syscalls.drop_all_capabilities()  # those over the new namespace, which are all
    syscalls.set_no_new_privileges()
    syscalls.set_dumpable()  # so that the trusted side may read how much memory it really holds: proc_pid_smaps(5)
    if rules is not None:
        syscalls.landlock_restrict_self(rules)
        os.close(rules)
    for system_call_filter in entry.filters:  # last, because it refuses most of the calls above
        system_call_filter.load()


def _join_groups(groups: Sequence[int]) -> None:
    for descriptor in groups:
        os.write(descriptor, b"0")  # cgroups(7): whoever writes; the right to is the opener's


def _keep_only_own_descriptors(entry: Entry) -> int | None:
    """Where the rules are now, which are to be closed as well."""
    for source, target in ((entry.stdin, 0), (entry.stdout, 1), (entry.stderr, 2)):
        os.dup2(source, target)
    os.dup2(entry.control, entry.control_descriptor, inheritable=False)
    first, rules = 3, None
    if entry.rules is not None:
        first, rules = 4, 3
        if entry.rules != rules:
            os.dup2(entry.rules, rules, inheritable=False)
    syscalls.close_range(first, entry.control_descriptor - 1)
    syscalls.close_range(entry.control_descriptor + 1, _HIGHEST)
    return rules
