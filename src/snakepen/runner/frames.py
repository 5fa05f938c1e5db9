"""What server and runner say to each other: a program one way, how it went the other.

A SEQPACKET socket, so a message arrives whole or not at all. A runner is hostile once it has its program: of what it
says then, only a goodbye of exactly the right size is read, and believed no further than an exit code would be; and if
the caller wants them, hints and what the program shows (`showing.py`).
A program with its files travels as a sealed memory file (memfd_create(2)), because the kernel refuses long
messages (measured: 212,992 bytes, net.core.wmem_max).
"""

import fcntl
import os
import socket
import struct
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

assert sys.platform == "linux"

MAX_FAULT_BYTES: Final = 500
MAX_PROMPT_BYTES: Final = 1024

READY: Final = b"ready"
BEGUN: Final = b"begun"
"""The last word that is ours: after it only a goodbye, hints and what is shown are listened to. With it comes the
program's terminal, if it has one: the side that is read and written."""
_GOODBYE: Final = struct.Struct("=4si")
_GOODBYE_WORD: Final = b"bye!"
_FAULT_WORD: Final = b"fault "
_HINT_WORD: Final = b"input "


def goodbye(exit_code: int) -> bytes:
    """What a runner says when its program has ended and everything is flushed."""
    return _GOODBYE.pack(_GOODBYE_WORD, exit_code)


def read_goodbye(data: bytes) -> int | None:
    """The exit code, from 0 to 255; None when it is no goodbye."""
    if len(data) != _GOODBYE.size or not data.startswith(_GOODBYE_WORD):
        return None
    exit_code: int = _GOODBYE.unpack(data)[1]
    return exit_code if 0 <= exit_code <= 255 else None


def hint(prompt: str) -> bytes:
    """What a runner says when its program waits for input."""
    # So many characters are at least as many bytes.
    return (_HINT_WORD + prompt[:MAX_PROMPT_BYTES].encode("utf-8", "replace"))[: len(_HINT_WORD) + MAX_PROMPT_BYTES]


def read_hint(data: bytes) -> str | None:
    """The prompt; None when it is no hint."""
    if not data.startswith(_HINT_WORD):
        return None
    # A character may have been cut.
    return data[len(_HINT_WORD) :][:MAX_PROMPT_BYTES].decode("utf-8", "ignore")


def fault(problem: str) -> bytes:
    """What a runner says when it cannot do what is ours to do; before its program has begun."""
    return _FAULT_WORD + problem.encode("utf-8", "replace")[:MAX_FAULT_BYTES]


def read_fault(data: bytes) -> str | None:
    """What went wrong; None when nothing did."""
    if not data.startswith(_FAULT_WORD):
        return None
    return data[len(_FAULT_WORD) :][:MAX_FAULT_BYTES].decode("utf-8", "replace")


_ORDER: Final = struct.Struct("=qqqqq???HH")


@dataclass(frozen=True, slots=True)
class Order:
    """What a runner lowers its own limits to before it looks at its program (getrlimit(2)), and how to run that."""

    cpu_seconds: int
    data_bytes: int
    """On top of what the zygote has."""
    processes: int
    open_files: int
    file_bytes: int
    fresh: bool
    """By a new interpreter in its place, because what the program is given changes how one starts."""
    hints: bool
    """Whether to say when the program waits for input."""
    display: bool
    """Whether to show what it shows."""
    columns: int
    """Of the program's terminal; 0: it has none."""
    rows: int


def send_program(channel: socket.socket, order: Order, program: bytes) -> None:
    """Hand a run to a blank runner. Raises OSError when it is gone or no memory file can be had."""
    numbers = (order.cpu_seconds, order.data_bytes, order.processes, order.open_files, order.file_bytes)
    manner = (order.fresh, order.hints, order.display, order.columns, order.rows)
    sealed = _sealed(program)
    try:
        socket.send_fds(channel, [_ORDER.pack(*numbers, *manner)], [sealed])
    finally:
        os.close(sealed)


def receive_program(channel: socket.socket) -> tuple[Order, bytes] | None:
    """What to do, and an encoded program; None when the server wants no run any more."""
    data, descriptors, _, _ = socket.recv_fds(channel, _ORDER.size, 1)
    if len(data) != _ORDER.size or len(descriptors) != 1:
        return None
    try:
        program = os.pread(descriptors[0], os.fstat(descriptors[0]).st_size, 0)
    finally:
        os.close(descriptors[0])
    return Order(*_ORDER.unpack(data)), program


def _sealed(data: bytes) -> int:
    descriptor = os.memfd_create("program", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
        seals = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, seals)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


@dataclass(frozen=True, slots=True)
class Program:
    """A run as its runner gets it."""

    code: bytes
    args: tuple[bytes, ...]
    env: tuple[tuple[bytes, bytes], ...]
    files: tuple[tuple[bytes, bytes], ...]
    """Path and content."""


def encode_program(
    code: bytes, args: Iterable[str], env: Mapping[str, str], files: Iterable[tuple[str, bytes]]
) -> bytes:
    """Length and content of each part, in order; an empty length list never occurs, because code comes first."""
    parts = [code]
    counts = []
    for group in (
        [argument.encode() for argument in args],
        [text.encode() for pair in env.items() for text in pair],
        [part for path, content in files for part in (path.encode(), content)],
    ):
        counts.append(len(group))
        parts += group
    head = struct.pack(f"={3 + len(parts)}Q", *counts, *(len(part) for part in parts))
    return b"".join([head, *parts])


def decode_program(data: bytes) -> Program:
    """See encode_program. Called inside the sandbox only."""
    counts = struct.unpack_from("=3Q", data)
    lengths = struct.unpack_from(f"={1 + sum(counts)}Q", data, 24)
    view = memoryview(data)
    position = 24 + 8 * len(lengths)
    parts = []
    for length in lengths:
        parts.append(bytes(view[position : position + length]))
        position += length
    code, rest = parts[0], parts[1:]
    args = tuple(rest[: counts[0]])
    env = rest[counts[0] : counts[0] + counts[1]]
    files = rest[counts[0] + counts[1] :]
    return Program(code, args, _pairs(env), _pairs(files))


def _pairs(parts: list[bytes]) -> tuple[tuple[bytes, bytes], ...]:
    return tuple(zip(parts[::2], parts[1::2], strict=True))
