"""The filters of system calls that a program runs under, as bytes for seccomp(2): the main one and a stricter second.

The main one was made before (`filters/README.md`), so that nothing but the kernel is needed here. Filters stack: all of
them are asked, and the strictest answer counts. The main one refuses to load any more, so it is loaded last.
"""

import platform
import sys
from pathlib import Path
from typing import Final

from snakepen.sandbox import bpf
from snakepen.sandbox.syscall_policy import EPERM, MACHINES

# asm-generic/socket.h. They are ints, of which the kernel reads the lower half.
_SOL_SOCKET: Final = 1
_SO_LINGER: Final = 13
_FILTERS: Final = Path(__file__).parent / "filters"


class UnsupportedMachine(OSError):
    """There is no filter for this architecture; `str(error)` is one sentence that says what to do."""


def filter_bytes(machine: str | None = None) -> bytes:
    """The main filter of an architecture as uname(2) names it; without one, that of this interpreter."""
    return (_FILTERS / f"{_supported(machine)}.bpf").read_bytes()


def without_untracked_memory(machine: str | None = None) -> bytes:
    """The second filter, for where no control group counts memory: none that would belong to no process.

    It has to be loaded before the main one.
    """
    supported = MACHINES[_supported(machine)]
    program: list[bpf.Instruction | bpf.Label] = [*bpf.only_architecture(supported.audit_arch)]
    program += [bpf.equal(number, yes="refused") for number in supported.untracked_memory.values()]
    program += [bpf.answer(bpf.ALLOW), bpf.Label("refused"), bpf.refusal(EPERM)]
    return bpf.assemble(program)


def without_lingering(machine: str | None = None) -> bytes:
    """The second filter, for kernels with which the server cannot refuse descriptors (frames.take_descriptors): none is
    made then that takes its time to close.

    It too has to be loaded before the main one.
    """
    supported = MACHINES[_supported(machine)]
    return bpf.assemble(
        [
            *bpf.only_architecture(supported.audit_arch),
            bpf.equal(supported.set_socket_option, no="allowed"),
            bpf.load(bpf.argument(1)),
            bpf.equal(_SOL_SOCKET, no="allowed"),
            bpf.load(bpf.argument(2)),
            bpf.equal(_SO_LINGER, yes="refused"),
            bpf.Label("allowed"),
            bpf.answer(bpf.ALLOW),
            bpf.Label("refused"),
            bpf.refusal(EPERM),
        ]
    )


def _supported(machine: str | None) -> str:
    # uname(2) tells what the kernel is; a 32-bit interpreter on it makes the calls of another architecture.
    if machine is None and sys.maxsize < 2**32:
        raise UnsupportedMachine("This Python is a 32-bit program, which Snakepen has no filter for: use a 64-bit one.")
    name = machine or platform.machine()
    if name not in MACHINES:
        known = " or ".join(sorted(MACHINES))
        raise UnsupportedMachine(
            f"Snakepen has no filter of system calls for {name}: run it on {known}, or without isolation, for code "
            "that you trust."
        )
    return name
