"""Classic BPF as seccomp(2) takes it: instructions, labels, and the bytes that they become."""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

# What seccomp(2) lets a filter look at: struct seccomp_data. Both architectures are little-endian.
NUMBER: Final = 0
ARCHITECTURE: Final = 4

# What it may answer.
ALLOW: Final = 0x7FFF_0000
KILL_PROCESS: Final = 0x8000_0000
_ERRNO: Final = 0x0005_0000

_LOAD: Final = 0x20  # BPF_LD | BPF_W | BPF_ABS
_AND: Final = 0x54  # BPF_ALU | BPF_AND | BPF_K
_EQUAL: Final = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_GREATER: Final = 0x25  # BPF_JMP | BPF_JGT | BPF_K
_AT_LEAST: Final = 0x35  # BPF_JMP | BPF_JGE | BPF_K
_HAS_BIT: Final = 0x45  # BPF_JMP | BPF_JSET | BPF_K
_ANSWER: Final = 0x06  # BPF_RET | BPF_K

INSTRUCTION: Final = struct.Struct("<HBBI")


@dataclass(frozen=True, slots=True)
class Instruction:
    """One step; a test goes on at the label `yes` or `no`, or at the next instruction where there is none."""

    code: int
    value: int
    yes: str = ""
    no: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A place to go on at, further down: there is no way back up in a filter."""

    name: str


Program = Sequence[Instruction | Label]


def argument(index: int) -> int:
    """Where the lower half of an argument is; the upper is 4 bytes on."""
    return 16 + 8 * index


def load(offset: int) -> Instruction:
    return Instruction(_LOAD, offset)


def keep(bits: int) -> Instruction:
    return Instruction(_AND, bits)


def equal(value: int, *, yes: str = "", no: str = "") -> Instruction:
    return Instruction(_EQUAL, value, yes, no)


def greater(value: int, *, yes: str = "", no: str = "") -> Instruction:
    return Instruction(_GREATER, value, yes, no)


def at_least(value: int, *, yes: str = "", no: str = "") -> Instruction:
    return Instruction(_AT_LEAST, value, yes, no)


def has_bit(bits: int, *, yes: str = "", no: str = "") -> Instruction:
    return Instruction(_HAS_BIT, bits, yes, no)


def answer(action: int) -> Instruction:
    return Instruction(_ANSWER, action)


def refusal(errno: int) -> Instruction:
    return Instruction(_ANSWER, _ERRNO | errno)


def only_architecture(audit_arch: int) -> Program:
    """Ends whoever calls by the numbers of another architecture, then has the number of the call at hand."""
    return (
        load(ARCHITECTURE),
        equal(audit_arch, yes="architecture"),
        answer(KILL_PROCESS),
        Label("architecture"),
        load(NUMBER),
    )


def assemble(program: Iterable[Instruction | Label]) -> bytes:
    """The bytes; a label at the end is the first instruction of whatever is put behind them."""
    instructions: list[Instruction] = []
    places: dict[str, int] = {}
    for item in program:
        if isinstance(item, Instruction):
            instructions.append(item)
        elif item.name in places:
            raise ValueError(f"The label {item.name} is there twice: give one of them another name.")
        else:
            places[item.name] = len(instructions)
    return b"".join(
        INSTRUCTION.pack(
            step.code,
            places[step.yes] - here if step.yes else 0,
            places[step.no] - here if step.no else 0,
            step.value,
        )
        for here, step in enumerate(instructions, start=1)
    )
