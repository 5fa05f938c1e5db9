"""Commands to which the kernel refuses something: real refusals, that end with the process they were made for."""

import platform
import sys
from collections.abc import Mapping, Sequence
from typing import Final

from tests.support.system_calls import ABSENT, CONDITIONAL, DENIED, ORDINARY

_NUMBERS: Final = {**(DENIED | ABSENT | CONDITIONAL | ORDINARY), "setresuid": {"x86_64": 117, "aarch64": 147}}

# What comes first in the process, by name; each is followed by the command.
FIRST: Final = {
    "filters": "",
    # A user namespace and a mount namespace of its own: what is changed in there is changed nowhere else.
    "namespaces": """
user, group = os.getuid(), os.getgid()
syscalls.unshare(syscalls.CLONE_NEWUSER | syscalls.CLONE_NEWNS)
for file, line in (("setgroups", "deny"), ("uid_map", f"0 {user} 1"), ("gid_map", f"0 {group} 1")):
    pathlib.Path("/proc/self", file).write_text(line)
syscalls.mount(None, "/", syscalls.MS_REC | syscalls.MS_PRIVATE)
""",
    # user_namespaces(7): the limit of this namespace alone, for those below it.
    "no user namespaces": "pathlib.Path('/proc/sys/user/max_user_namespaces').write_text('0')\n",
    # As container runtimes do it to files that tell too much.
    "masked proc": "syscalls.mount(None, '/proc/meminfo', syscalls.MS_BIND, source='/dev/null')\n",
    "hidden cgroups": "syscalls.mount('tmpfs', '/sys/fs/cgroup')\n",
    # personality(2), PER_LINUX32: uname(2) tells of a 32-bit machine.
    "32 bits": "import ctypes\nctypes.CDLL(None).personality(8)\n",
}
_START: Final = """
import os, pathlib, sys
from snakepen.sandbox import syscalls
{first}
syscalls.set_no_new_privileges()
split = sys.argv.index("--")
for program in sys.argv[1:split]:
    syscalls.SystemCallFilter(bytes.fromhex(program)).load()
os.execv(sys.argv[split + 1], sys.argv[split + 1 :])
"""


def refusing(
    call: str, errno: int | None = 1, *, bits: Mapping[int, int] | None = None, values: Mapping[int, int] | None = None
) -> bytes:
    """A filter that answers a call with an error, or with success and nothing done when that is 0; None: with the end.

    Only where each argument that is given, by its place, has one of the bits, or is the value.
    """
    assert sys.platform == "linux"
    from snakepen.sandbox import bpf
    from snakepen.sandbox.syscall_policy import MACHINES

    machine = platform.machine()
    program: list[bpf.Instruction | bpf.Label] = [*bpf.only_architecture(MACHINES[machine].audit_arch)]
    program += [bpf.equal(_NUMBERS[call][machine], no="allowed")]
    for place, some in (bits or {}).items():
        program += [bpf.load(bpf.argument(place)), bpf.has_bit(some, no="allowed")]
    for place, value in (values or {}).items():
        program += [bpf.load(bpf.argument(place)), bpf.equal(value, no="allowed")]
    program += [
        bpf.answer(bpf.KILL_PROCESS) if errno is None else bpf.refusal(errno),
        bpf.Label("allowed"),
        bpf.answer(bpf.ALLOW),
    ]
    return bpf.assemble(program)


def confined(command: Sequence[str], *filters: bytes, first: Sequence[str] = ("filters",)) -> list[str]:
    """The command, under filters, after what is done first."""
    start = _START.format(first="".join(FIRST[name] for name in first))
    return [sys.executable, "-c", start, *(program.hex() for program in filters), "--", *command]
