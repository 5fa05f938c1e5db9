"""What server and runner say to each other: a program one way, how it went the other.

A SEQPACKET socket, so a message arrives whole or not at all. A runner is hostile once it has its program: of what it
says then, only a goodbye of exactly the right size is read, and believed no further than an exit code would be; and if
the caller wants them, hints and what the program shows (`showing.py`).
A program with its files that is long travels as a sealed memory file (memfd_create(2)), because the kernel refuses long
messages (measured: 212,992 bytes, net.core.wmem_max).
"""

import fcntl
import os
import struct
import sys
from array import array
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

assert sys.platform == "linux"

from _socket import CMSG_SPACE, SCM_RIGHTS, SOL_SOCKET, socket

MAX_FAULT_BYTES: Final = 500
MAX_PROMPT_BYTES: Final = 1024

READY: Final = b"ready"
TERMINAL: Final = b"terminal"
"""With it comes the program's terminal, if it has one: both sides. The runner waits until the server says that it has
them, and takes no more."""
TAKEN: Final = b"taken"
BEGUN: Final = b"begun"
"""The last word that is ours: after it only a goodbye, hints and what is shown are listened to."""
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
# A program of more bytes travels as a file.
_MOST_IN_A_MESSAGE: Final = 32 * 1024
# What an encoded program begins with: how many arguments, variables and files, and how long its code is.
_HEAD: Final = struct.Struct("=4Q")
_LENGTH_BYTES: Final = 8
_COUNTS_BYTES: Final = _HEAD.size - _LENGTH_BYTES
_RIGHTS_BYTES: Final = CMSG_SPACE(array("i").itemsize)
_SO_PASSRIGHTS: Final = 83  # asm-generic/socket.h, Linux 6.16


class Order(NamedTuple):
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


def take_descriptors(channel: socket, takes: bool) -> bool:
    """Whether whoever is at the other end may send descriptors to this one; False where that cannot be said.

    The last one to close a file waits for it: with SO_LINGER a socket is closed when its peer has read all, or after
    years (socket(7)). A program could have the server be that last one.
    """
    try:
        channel.setsockopt(SOL_SOCKET, _SO_PASSRIGHTS, takes)
    except OSError:
        return False
    return True


def send_program(channel: socket, order: Order, program: bytes) -> None:
    """Hand a run to a blank runner. Raises OSError when it is gone or no memory file can be had."""
    if len(program) <= _MOST_IN_A_MESSAGE:
        channel.send(_ORDER.pack(*order) + program)
        return
    sealed = _sealed(program)
    try:
        channel.sendmsg([_ORDER.pack(*order)], [(SOL_SOCKET, SCM_RIGHTS, array("i", [sealed]))])
    finally:
        os.close(sealed)


def receive_program(channel: socket) -> tuple[Order, bytes] | None:
    """What to do, and an encoded program; None when the server wants no run any more."""
    data, rights, _, _ = channel.recvmsg(_ORDER.size + _MOST_IN_A_MESSAGE, _RIGHTS_BYTES)
    if len(data) < _ORDER.size:
        return None
    order = Order(*_ORDER.unpack_from(data))
    if not rights:
        return order, data[_ORDER.size :]
    descriptor: int = memoryview(rights[0][2]).cast("i")[0]
    try:
        return order, os.pread(descriptor, os.fstat(descriptor).st_size, 0)
    finally:
        os.close(descriptor)


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


class Program(NamedTuple):
    """A run as its runner gets it."""

    code: bytes
    args: tuple[bytes, ...]
    env: tuple[tuple[bytes, bytes], ...]
    files: tuple[tuple[bytes, bytes], ...]
    """Path and content."""


def encode_program(
    code: bytes, args: Iterable[str], env: Mapping[str, str], files: Iterable[tuple[str, bytes]]
) -> bytes:
    """How many of each there are, then the length of every part, then the parts, of which the code is the first."""
    parts = [code]
    counts = []
    for group in (
        [_as_given(argument) for argument in args],
        [_as_given(text) for pair in env.items() for text in pair],
        [part for path, content in files for part in (path.encode(), content)],
    ):
        counts.append(len(group))
        parts += group
    head = struct.pack(f"={3 + len(parts)}Q", *counts, *(len(part) for part in parts))
    return b"".join([head, *parts])


def _as_given(text: str) -> bytes:
    """What the command line was given need not be UTF-8: Python keeps such bytes as surrogates (PEP 383)."""
    return text.encode("utf-8", "surrogateescape")


def decode_program(data: bytes) -> Program:
    """See encode_program. Called inside the sandbox only."""
    arguments, variables, files, _ = _HEAD.unpack_from(data)
    # Most have nothing but code, and whatever is done here copies pages that were shared.
    if arguments == variables == files == 0:
        return Program(data[_HEAD.size :], (), (), ())
    lengths = struct.unpack_from(f"={1 + arguments + variables + files}Q", data, _COUNTS_BYTES)
    view = memoryview(data)
    position = _COUNTS_BYTES + _LENGTH_BYTES * len(lengths)
    parts = []
    for length in lengths:
        parts.append(bytes(view[position : position + length]))
        position += length
    code, rest = parts[0], parts[1:]
    args, rest = rest[:arguments], rest[arguments:]
    return Program(code, tuple(args), _pairs(rest[:variables]), _pairs(rest[variables:]))


def _pairs(parts: list[bytes]) -> tuple[tuple[bytes, bytes], ...]:
    return tuple(zip(parts[::2], parts[1::2], strict=True))
