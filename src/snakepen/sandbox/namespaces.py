"""The namespaces that a sandbox has of its own, and what is done in empty ones."""

import fcntl
import struct
import sys
from typing import Final

assert sys.platform == "linux"

from _socket import AF_INET, SOCK_CLOEXEC, SOCK_DGRAM, socket

from snakepen.sandbox import syscalls

HOST_NAME: Final = "snakepen"

# What a sandbox has of its own, but for processes, which a setns(2) alone does not enter, and users, which its runner
# makes last of all.
NAMESPACES: Final = (
    syscalls.CLONE_NEWNS
    | syscalls.CLONE_NEWIPC
    | syscalls.CLONE_NEWUTS
    | syscalls.CLONE_NEWNET
    | syscalls.CLONE_NEWCGROUP
)
# netdevice(7)
_SIOCSIFFLAGS: Final = 0x8914
_IFF_UP: Final = 1
_LOOPBACK_UP: Final = struct.pack("16sh22x", b"lo", _IFF_UP)  # of its flags no other can be changed that matters
_MOST_TERMINALS: Final = 32


def bring_up_loopback() -> None:
    """A new network namespace has a loopback that is down (network_namespaces(7)): programs talk to themselves."""
    any_socket = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC)
    try:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, _LOOPBACK_UP)
    finally:
        any_socket.close()


def terminals_call(target: str) -> syscalls.Call:
    """A devpts of its own (devpts(5)): terminals that nobody else can open. All of them together have one bound
    (kernel.pty.max), so each sandbox has a small one.
    """
    return syscalls.mount_call(
        "devpts",
        target,
        syscalls.MS_NOSUID | syscalls.MS_NOEXEC,
        f"newinstance,ptmxmode=0666,mode=0620,max={_MOST_TERMINALS}",
    )
