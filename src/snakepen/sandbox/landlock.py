"""Landlock (landlock(7)): which files may be written, enforced a second time, apart from the mounts.

What can be seen is decided by the mount namespace; this layer handles rights to write and nothing else. With version
6 and later it also keeps signals and abstract sockets inside of the sandbox, where they are anyway.
"""

import os
import struct
import sys
from collections.abc import Iterable
from typing import Final

assert sys.platform == "linux"

from snakepen.sandbox import syscalls

# linux/landlock.h, LANDLOCK_ACCESS_FS_*
_WRITE_FILE: Final = 1 << 1
_REMOVE: Final = 1 << 4 | 1 << 5
_MAKE: Final = sum(1 << bit for bit in range(6, 13))
_REFER: Final = 1 << 13  # version 2; without it os.replace from folder to folder is EXDEV
_TRUNCATE: Final = 1 << 14  # version 3
_IOCTL_DEV: Final = 1 << 15  # version 5
_SCOPE_ABSTRACT_SOCKETS: Final = 1 << 0  # version 6
_SCOPE_SIGNALS: Final = 1 << 1


class Landlock:
    """What this kernel's version of it can hold."""

    def __init__(self, version: int) -> None:
        self.version = version
        self._writing = _WRITE_FILE | _REMOVE | _MAKE
        if version >= 2:
            self._writing |= _REFER
        if version >= 3:
            self._writing |= _TRUNCATE
        self._file = _WRITE_FILE | (self._writing & _TRUNCATE)
        self._terminal = self._file
        handled = self._writing
        if version >= 5:
            handled |= _IOCTL_DEV
            self._terminal |= _IOCTL_DEV
        scopes = _SCOPE_ABSTRACT_SOCKETS | _SCOPE_SIGNALS if version >= 6 else 0
        # struct landlock_ruleset_attr grew with the versions: files, network, scopes.
        size = 24 if version >= 6 else 16 if version >= 4 else 8
        self._attributes = struct.pack("=QQQ", handled, 0, scopes)[:size]

    def ruleset(self, *, folders: Iterable[str], files: Iterable[int], terminals: Iterable[str | int]) -> int:
        """A descriptor for syscalls.landlock_restrict_self: writing is allowed beneath these, and nowhere else. Each is
        told by its path or, where it is the same whoever asks, as a descriptor (open(2), O_PATH).
        """
        ruleset = syscalls.landlock_create_ruleset(self._attributes)
        try:
            allowed: tuple[tuple[Iterable[str | int], int], ...]
            allowed = (folders, self._writing), (files, self._file), (terminals, self._terminal)
            for paths, rights in allowed:
                for path in paths:
                    if isinstance(path, int):
                        syscalls.landlock_allow_beneath(ruleset, path, rights)
                        continue
                    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
                    try:
                        syscalls.landlock_allow_beneath(ruleset, descriptor, rights)
                    finally:
                        os.close(descriptor)
        except BaseException:
            os.close(ruleset)
            raise
        return ruleset
