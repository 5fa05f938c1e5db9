"""What server, launcher, zygotes and runners say to each other: fixed frames, descriptors beside them.

    server ──MAKER, ZYGOTE──> launcher                the same names back, each with the socket of a new process
    server ──SANDBOX, RESIZE──> maker                 the same back, with what was asked for
    server ──FORK──> zygote                           READY once, then FORKED and ENDED for each runner

Every channel is a SEQPACKET socket, so a frame arrives whole or not at all. Nothing that a program wrote is ever
parsed by launcher or zygote: they see fixed structs and descriptors. What server and runner say to each other is in
`runner/frames.py`.
"""

import errno
import json
import os
import socket
import struct
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import IntEnum
from typing import Final, Self

assert sys.platform == "linux"

_FRAME: Final = struct.Struct("=iiqqq")
MAX_DESCRIPTORS: Final = 8
_CONFIG_BYTES: Final = 65536
# What a blank runner takes to become one, and its sandbox to be there (measured: 2.5 MB), with room for other systems.
_BLANK_BYTES: Final = 4 << 20


class Kind(IntEnum):
    """What a frame is about."""

    UP = 1
    """From the launcher: it is where it should be. From a zygote: it has imported everything and waits."""
    FAILED = 2
    """Something asked for could not be made; `a` is the errno."""
    SANDBOX = 3
    """Make one; made: a pidfd of its PID 1, its workspace, and where there is Landlock its rules."""
    ZYGOTE = 4
    """Make one of kind `a` (an index into Config.zygotes); made: its socket."""
    RESIZE = 5
    """Give the disk that comes along `a` bytes; done."""
    FORK = 6
    """A blank runner into the sandbox whose pidfd comes first; then its rules, where there are any, and its groups."""
    FORKED = 7
    """Its control socket, standard input, output and error, and a pidfd of it."""
    ENDED = 8
    """Wait status `a`, processor time `b` in microseconds, ru_maxrss `c` in KiB (wait4(2))."""
    RESIZED = 9
    MAKER = 10
    """Make one that makes sandboxes; made: its socket."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message; `a`, `b` and `c` as its kind says."""

    kind: Kind
    number: int = 0
    """Of the sandbox, which is that of its runner and of its run too."""
    a: int = 0
    b: int = 0
    c: int = 0

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """Raises ValueError when it is none."""
        if len(data) != _FRAME.size:
            raise ValueError("not a frame")
        kind, *numbers = _FRAME.unpack(data)
        return cls(Kind(kind), *numbers)

    def encode(self) -> bytes:
        return _FRAME.pack(self.kind, self.number, self.a, self.b, self.c)


def send_frame(channel: socket.socket, frame: Frame, descriptors: Sequence[int] = ()) -> None:
    """Raises BlockingIOError when the channel is full, BrokenPipeError when nobody reads it any more."""
    socket.send_fds(channel, [frame.encode()], descriptors)


def receive_frame(channel: socket.socket) -> tuple[Frame, list[int]] | None:
    """The next frame with its descriptors, or None at the end. Raises BlockingIOError when there is none now;
    ValueError when it is no frame, OSError when descriptors of it were lost, and then closes those that came.
    """
    try:
        data, descriptors, flags, _ = socket.recv_fds(channel, _FRAME.size, MAX_DESCRIPTORS)
    except ConnectionResetError:  # closed before everything that we sent was read
        return None
    if not data:
        return None
    try:
        if flags & socket.MSG_CTRUNC:
            raise OSError(errno.EMFILE, "descriptors were lost on their way")
        return Frame.decode(data), descriptors
    except (OSError, ValueError):
        for descriptor in descriptors:
            os.close(descriptor)
        raise


@dataclass(frozen=True, slots=True)
class ZygoteConfig:
    """A kind of warm interpreter."""

    name: str
    modules: tuple[str, ...]
    """What it imports ahead of time, in this order."""
    warm_up: str
    """Python that it runs before its first fork; ours, never a program's."""
    rehearsal: str
    """A program like those that will come, also ours: see snakepen.sandbox.rehearsal."""
    foreseen_bytes: int
    """What a blank runner copies ahead at the most."""

    @property
    def blank_bytes(self) -> int:
        """What a blank runner of it holds at the most, of its own and of its sandbox's."""
        return _BLANK_BYTES + self.foreseen_bytes


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that the launcher is told: no secret, because every program can read it in its own memory."""

    python: str
    """The environment's interpreter, as programs see it."""
    prefix: str
    """The environment."""
    base_prefix: str
    """The interpreter that it stands on."""
    attach_point: str
    """Any folder: in the launcher's own view of the file system it is covered while the root is being made."""
    drop_to_user: int | None
    """When started as root: who everything below the server is."""
    disk_bytes: int
    disk_files: int
    memory_is_counted: bool
    """Whether a cgroup counts what a program holds; without one, what nobody could count is refused."""
    control_descriptor: int
    """Where a runner keeps its socket: above all that a program may open."""
    groups: tuple[str, ...]
    """Folders of cgroups that are the launcher's to remove when the server is gone."""
    zygotes: tuple[ZygoteConfig, ...]

    def encode(self) -> bytes:
        data = json.dumps(asdict(self)).encode()
        assert len(data) <= _CONFIG_BYTES
        return data

    @classmethod
    def receive(cls, channel: socket.socket) -> Self:
        """Raises ValueError when the server is gone before it said anything."""
        given = json.loads(channel.recv(_CONFIG_BYTES))
        zygotes = tuple(ZygoteConfig(**{**zygote, "modules": tuple(zygote["modules"])}) for zygote in given["zygotes"])
        return cls(**{**given, "groups": tuple(given["groups"]), "zygotes": zygotes})
