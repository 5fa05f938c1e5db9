"""How a blank runner gives everything up, step by step. When all are made there is nothing left to give.

Each step is one line of the list, in an order that matters, and raises OSError when it cannot be done: then the
runner never runs anything. The reasons are beside the steps; `docs/explanation/sandbox.md` tells the whole.

The list is made once, by the zygote, because what a fork does costs by the page: `sandbox/prepared.py`.
"""

import resource
import struct
import sys
from collections.abc import Sequence
from typing import Final

assert sys.platform == "linux"

from snakepen.sandbox import syscalls
from snakepen.sandbox.namespaces import NAMESPACES
from snakepen.sandbox.prepared import Calls, Number
from snakepen.sandbox.rehearsal import Foreseen
from snakepen.sandbox.template import WORKSPACE

# core(5): a limit of 1 and not of 0, because a kernel that pipes dumps to a program does so for 0 as well.
_CORE_BYTES: Final = 1
_PENDING_SIGNALS: Final = 1024
_HIGHEST: Final = 0xFFFF_FFFF
_RULES: Final = 3


class Containment:
    """The steps of one zygote's runners. What differs from one to the next is told before it is forked."""

    def __init__(
        self,
        *,
        groups: int,
        has_rules: bool,
        control_descriptor: int,
        filters: Sequence[syscalls.SystemCallFilter],
    ) -> None:
        """How many control groups a runner joins, whether Landlock is to hold anything, where its socket shall be."""
        self._sandbox = Number()
        self._groups = [Number() for _ in range(groups)]
        self._rules = Number() if has_rules else None
        self._ends = [Number() for _ in range(4)]
        self._before = Calls()
        self._after = Calls()
        self._join_groups(self._before)
        self._enter_sandbox(self._after)
        self._keep_only_own_descriptors(self._after, control_descriptor)
        self._give_up_rights(self._after)
        for system_call_filter in filters:  # last, because it refuses most of the calls above
            self._after.add(*system_call_filter.call())

    def tell(self, given: Sequence[int], ends: Sequence[int]) -> None:
        """A pidfd of the PID 1 of a sandbox, whose process namespace the runner will be born in; what Landlock shall
        hold there; files of control groups, opened by the server, which may. Then standard input, output, error, and
        the socket to the server.
        """
        places = [self._sandbox, *([] if self._rules is None else [self._rules]), *self._groups, *self._ends]
        for place, descriptor in zip(places, (*given, *ends), strict=True):
            place.value = descriptor

    def make(self, foreseen: Foreseen) -> None:
        """Raises OSError at the first step that fails. `foreseen`: what this runner will write to."""
        self._before.make()
        foreseen.copy()  # counted in its groups, and before the steps below write to many of the same pages
        self._after.make()

    def _join_groups(self, calls: Calls) -> None:
        self._limit(calls, resource.RLIMIT_CORE, _CORE_BYTES)
        for group in self._groups:
            calls.add("write", group, b"0", 1)  # cgroups(7): whoever writes; the right to is the opener's

    def _enter_sandbox(self, calls: Calls) -> None:
        calls.add("setns", self._sandbox, NAMESPACES & ~syscalls.CLONE_NEWCGROUP)
        # One that is made after joining its groups: seen from inside, those are the root, and no path of the host
        # shows.
        calls.add("unshare", syscalls.CLONE_NEWCGROUP)
        # Here and not by the launcher: a procfs shows the process namespace of whoever mounts it.
        flags = syscalls.MS_NOSUID | syscalls.MS_NODEV | syscalls.MS_NOEXEC
        calls.add("mount", b"proc", b"/proc", b"proc", flags, b"subset=pid")
        calls.add("chdir", WORKSPACE.encode())
        calls.add("setsid")  # no controlling terminal, and a group of its own

    def _keep_only_own_descriptors(self, calls: Calls, control_descriptor: int) -> None:
        *streams, control = self._ends
        for number, stream in enumerate(streams):
            calls.add("dup2", stream, number)
        calls.add("dup3", control, control_descriptor, syscalls.CLOSE_ON_EXECUTION)
        first = _RULES
        if self._rules is not None:
            calls.add("dup2", self._rules, _RULES)  # closed below
            first += 1
        calls.add(*syscalls.close_range_call(first, control_descriptor - 1))
        calls.add(*syscalls.close_range_call(control_descriptor + 1, _HIGHEST))

    def _give_up_rights(self, calls: Calls) -> None:
        # Never mapped: in the namespace around it this process has no rights any more, and in this one it is nobody.
        # The memory and the files of PID 1 are out of its reach from here on, and a user namespace inside of this one
        # cannot be made.
        calls.add("unshare", syscalls.CLONE_NEWUSER)
        for call in syscalls.drop_all_capabilities_calls():  # those over the new namespace, which are all
            calls.add(*call)
        # getrlimit(2): what is the same for every program. Only now: before, signals would be counted for all runners
        # together.
        for kind in (resource.RLIMIT_MEMLOCK, resource.RLIMIT_MSGQUEUE, resource.RLIMIT_NICE, resource.RLIMIT_RTPRIO):
            self._limit(calls, kind, 0)
        self._limit(calls, resource.RLIMIT_SIGPENDING, _PENDING_SIGNALS)
        calls.add(*syscalls.no_new_privileges_call())
        # So that the trusted side may read how much memory it really holds: proc_pid_smaps(5).
        calls.add(*syscalls.dumpable_call())
        if self._rules is not None:
            calls.add(*syscalls.landlock_restrict_self_call(_RULES))
            calls.add("close", _RULES)

    @staticmethod
    def _limit(calls: Calls, kind: int, most: int) -> None:
        """Soft and hard alike: none can be raised again. setrlimit(2), whose numbers are as wide as a register."""
        calls.add("setrlimit", kind, struct.pack("@LL", most, most))
