"""A machine for classic BPF, as little of it as seccomp(2) filters use: what a filter answers to a call.

It shares nothing with what made the filters, and is as strict as the kernel: it fails on an instruction that it does
not know, a load from elsewhere, a jump over the end, and a program that is longer than the kernel takes.
"""

import struct
from typing import Final

# seccomp(2): BPF_MAXINSNS.
MAX_INSTRUCTIONS: Final = 4096
MAX_64: Final = 2**64 - 1


def evaluate(program: bytes, *, arch: int, nr: int, args: tuple[int, ...] = ()) -> int:
    """The 32 bits that the filter answers."""
    padded = (*args, 0, 0, 0, 0, 0, 0)[:6]
    seen = struct.pack("<IIQ6Q", nr, arch, 0, *(value & MAX_64 for value in padded))
    steps = list(struct.iter_unpack("<HBBI", program))
    assert 0 < len(steps) <= MAX_INSTRUCTIONS
    accumulator = 0
    here = 0
    while True:
        code, yes, no, value = steps[here]
        here += 1
        if code == 0x06:
            return int(value)
        if code == 0x20:
            assert value % 4 == 0
            (accumulator,) = struct.unpack_from("<I", seen, value)
        elif code == 0x54:
            accumulator &= value
        elif code == 0x05:
            here += value
        else:
            tests = {
                0x15: accumulator == value,
                0x25: accumulator > value,
                0x35: accumulator >= value,
                0x45: bool(accumulator & value),
            }
            here += yes if tests[code] else no
