"""What server, launcher, zygotes and runners say to each other: fixed frames, descriptors beside them.

    server ──MAKER, ZYGOTE──> launcher                the same names back, each with the socket of a new process
    server ──SANDBOX, RESIZE──> maker                 SANDBOX with what was asked for, RESIZED
    server ──FORK──> zygote                           UP once, then FORKED and ENDED for each runner

Every channel is a SEQPACKET socket, so a frame arrives whole or not at all. Nothing that a program wrote is ever
parsed by launcher or zygote: they see fixed structs and descriptors. What server and runner say to each other is in
`runner/frames.py`.
"""

import errno
import json
import os
import struct
import sys
from array import array
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import IntEnum
from typing import Final, NamedTuple, Self

assert sys.platform == "linux"

from _socket import CMSG_SPACE, MSG_CTRUNC, SCM_RIGHTS, SOL_SOCKET, socket

_FRAME: Final = struct.Struct("=iiqqq")
MAX_DESCRIPTORS: Final = 8
_RIGHTS_BYTES: Final = CMSG_SPACE(MAX_DESCRIPTORS * array("i").itemsize)
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
    LOST = 11
    """To a maker: the sandbox of this number did not arrive, end it. Seen by the server itself: descriptors were lost
    on their way to it, or could not be sent; `a` is the errno."""


# Looked up, because to call Kind runs code of `enum`, and a zygote copies the page of each object that it looks at.
_KINDS: Final = {int(kind): kind for kind in Kind}


class Frame(NamedTuple):
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
        kind, number, a, b, c = _FRAME.unpack(data)
        if kind not in _KINDS:
            raise ValueError("no kind of frame")
        return cls(_KINDS[kind], number, a, b, c)

    def encode(self) -> bytes:
        return _FRAME.pack(*self)


class DescriptorsLostError(OSError):
    """There were more descriptors beside this frame than we may open (recvmsg(2), MSG_CTRUNC)."""

    def __init__(self, frame: Frame, descriptors: Sequence[int]) -> None:
        super().__init__(errno.EMFILE, "descriptors were lost on their way")
        self.frame = frame
        self.descriptors = descriptors
        """Those that came, for whoever catches this to close."""


def send_frame(channel: socket, frame: Frame, descriptors: Sequence[int] = ()) -> None:
    """Raises BlockingIOError when the channel is full, BrokenPipeError when nobody reads it any more."""
    rights = [(SOL_SOCKET, SCM_RIGHTS, array("i", descriptors))] if descriptors else []
    channel.sendmsg([frame.encode()], rights)


def receive_frame(channel: socket) -> tuple[Frame, list[int]] | None:
    """The next frame with its descriptors, or None at the end.

    Raises BlockingIOError when there is none now, ValueError when it is no frame, and DescriptorsLostError.
    """
    try:
        data, rights, flags, _ = channel.recvmsg(_FRAME.size, _RIGHTS_BYTES)
    except ConnectionResetError:  # closed before everything that we sent was read
        return None
    if not data:
        return None
    descriptors = [] if not rights else memoryview(rights[0][2]).cast("i").tolist()
    try:
        frame = Frame.decode(data)
    except ValueError:
        for descriptor in descriptors:
            os.close(descriptor)
        raise
    if flags & MSG_CTRUNC:
        raise DescriptorsLostError(frame, descriptors)
    return frame, descriptors


def refuse(channel: socket, lost: DescriptorsLostError) -> None:
    """Say of what was asked for that it FAILED, because not all came that is needed for it."""
    for descriptor in lost.descriptors:
        os.close(descriptor)
    with suppress(BrokenPipeError):  # the server is gone; the next frame says so
        send_frame(channel, Frame(Kind.FAILED, lost.frame.number, errno.EMFILE))


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
    side_by_side_bytes: int = 0
    """What its objects take, about, when that is so much that they should lie side by side: snakepen.sandbox.heap."""

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
    groups_of_a_run: int
    """How many control groups a runner joins."""
    groups: tuple[str, ...]
    """Folders of cgroups that are the launcher's to remove when the server is gone."""
    zygotes: tuple[ZygoteConfig, ...]

    def encode(self) -> bytes:
        data = json.dumps(asdict(self)).encode()
        assert len(data) <= _CONFIG_BYTES
        return data

    @classmethod
    def receive(cls, channel: socket) -> Self:
        """Raises ValueError when the server is gone before it said anything."""
        given = json.loads(channel.recv(_CONFIG_BYTES))
        zygotes = tuple(ZygoteConfig(**{**zygote, "modules": tuple(zygote["modules"])}) for zygote in given["zygotes"])
        return cls(**{**given, "groups": tuple(given["groups"]), "zygotes": zygotes})
