"""PID 1 of every sandbox: a program of a few instructions that does nothing, made here byte by byte.

A process namespace needs a first process: it keeps the namespaces alive until it is killed, and to kill it is to kill
everything in there (pid_namespaces(7)). It must hold nothing that is worth having: this one has two pages of
memory, no descriptor and no code but `pause()` in a loop. The launcher starts it with SIGCHLD ignored, which
execve(2) keeps, so the kernel itself reaps the orphans that become its children.

Made here, because nothing on the host is sure to be there, and small: a forked Python costs 3 ms, this 0.2 (measured).
"""

import struct
from typing import Final

# By the names of platform.machine(). pause(2) where there is one; ppoll(NULL, 0, NULL, NULL), which waits as long.
_X86_64: Final = bytes.fromhex(
    "b822000000"  # mov eax, 34 (pause)
    "0f05"  # syscall
    "ebf7"  # jmp back to the start
)
_AARCH64: Final = bytes.fromhex(
    "000080d2"  # mov x0, #0
    "010080d2"  # mov x1, #0
    "020080d2"  # mov x2, #0
    "030080d2"  # mov x3, #0
    "280980d2"  # mov x8, #73 (ppoll)
    "010000d4"  # svc #0
    "faffff17"  # b back to the start
)
_CODE: Final = {"x86_64": (62, _X86_64), "aarch64": (183, _AARCH64)}  # elf(5): EM_X86_64, EM_AARCH64

_BASE: Final = 0x400000
_HEADERS: Final = 64 + 56


def init_program(machine: str) -> bytes:
    """An executable (elf(5)) for this architecture. Raises OSError when there is none."""
    if machine not in _CODE:
        raise OSError(
            f"Snakepen's sandbox knows the architectures {', '.join(sorted(_CODE))}; this machine is {machine}."
        )
    elf_machine, code = _CODE[machine]
    entry = _BASE + _HEADERS
    size = _HEADERS + len(code)
    header = struct.pack(
        "<16sHHIQQQIHHHHHH",
        b"\x7fELF\x02\x01\x01",  # 64 bits, little end first
        *(2, elf_machine, 1, entry, 64, 0, 0),  # ET_EXEC; its program header follows this one
        *(64, 56, 1, 0, 0, 0),
    )
    readable_executable, alignment = 5, 0x1000
    segment = struct.pack("<IIQQQQQQ", 1, readable_executable, 0, _BASE, _BASE, size, size, alignment)
    return header + segment + code
