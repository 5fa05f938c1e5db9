"""The namespaces that a sandbox has of its own, and what is done in empty ones."""

import fcntl
import socket
import struct
import sys
from typing import Final

assert sys.platform == "linux"

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
_SIOCGIFFLAGS: Final = 0x8913
_SIOCSIFFLAGS: Final = 0x8914
_IFF_UP: Final = 1
_IFREQ: Final = struct.Struct("16sh22x")
_MOST_TERMINALS: Final = 32


def bring_up_loopback() -> None:
    """A new network namespace has a loopback that is down (network_namespaces(7)): programs talk to themselves."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as any_socket:
        flags = _IFREQ.unpack(fcntl.ioctl(any_socket, _SIOCGIFFLAGS, _IFREQ.pack(b"lo", 0)))[1]
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, _IFREQ.pack(b"lo", flags | _IFF_UP))


def mount_terminals(target: str) -> None:
    """A devpts of its own (devpts(5)): terminals that nobody else can open. All of them together have one bound
    (kernel.pty.max), so each sandbox has a small one.
    """
    syscalls.mount(
        "devpts",
        target,
        syscalls.MS_NOSUID | syscalls.MS_NOEXEC,
        f"newinstance,ptmxmode=0666,mode=0620,max={_MOST_TERMINALS}",
    )
