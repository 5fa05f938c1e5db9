"""System calls that Python's standard library does not have, each with what it is for. Linux only.

One thin function a call: arguments in, OSError out with the name of the call in it. What a fork makes is a `Call`, from
here or by its plain name, and made ready in `sandbox/prepared.py`. Numbers without a source are from the kernel's own
headers, and the same on every architecture that Snakepen runs on; those of calls above 423 are shared by all.
"""

import ctypes
import errno
import os
import struct
import sys
from array import array
from typing import Final

assert sys.platform == "linux"

# namespaces(7), clone(2)
CLONE_NEWNS: Final = 0x00020000
CLONE_NEWCGROUP: Final = 0x02000000
CLONE_NEWUTS: Final = 0x04000000
CLONE_NEWIPC: Final = 0x08000000
CLONE_NEWUSER: Final = 0x10000000
CLONE_NEWPID: Final = 0x20000000
CLONE_NEWNET: Final = 0x40000000

# mount(2)
MS_NOSUID: Final = 2
MS_NODEV: Final = 4
MS_NOEXEC: Final = 8
MS_BIND: Final = 4096
MS_REC: Final = 16384
MS_PRIVATE: Final = 1 << 18
_MNT_DETACH: Final = 2

# mount_setattr(2)
MOUNT_ATTR_RDONLY: Final = 0x1
MOUNT_ATTR_NOSUID: Final = 0x2
MOUNT_ATTR_NODEV: Final = 0x4
MOUNT_ATTR_NOEXEC: Final = 0x8

# madvise(2)
_MADV_POPULATE_WRITE: Final = 23
_MADV_COLLAPSE: Final = 25
_IOV_MAX: Final = 1024  # process_madvise(2)

_AT_FDCWD: Final = -100
_AT_EMPTY_PATH: Final = 0x1000
_AT_RECURSIVE: Final = 0x8000

# open_tree(2), move_mount(2), fspick(2), fsconfig(2)
_OPEN_TREE_CLONE: Final = 1
_OPEN_TREE_CLOEXEC: Final = os.O_CLOEXEC
_MOVE_MOUNT_F_EMPTY_PATH: Final = 4
_FSPICK_CLOEXEC: Final = 1
_FSPICK_EMPTY_PATH: Final = 8
_FSCONFIG_SET_STRING: Final = 1
_FSCONFIG_CMD_RECONFIGURE: Final = 7

_SYS_OPEN_TREE: Final = 428
_SYS_MOVE_MOUNT: Final = 429
_SYS_FSCONFIG: Final = 431
_SYS_FSPICK: Final = 433
_SYS_CLOSE_RANGE: Final = 436
_SYS_PROCESS_MADVISE: Final = 440
_SYS_MOUNT_SETATTR: Final = 442
_SYS_LANDLOCK_CREATE_RULESET: Final = 444
_SYS_LANDLOCK_ADD_RULE: Final = 445
_SYS_LANDLOCK_RESTRICT_SELF: Final = 446

# process_madvise(2) with the caller itself, linux/pidfd.h, Linux 6.15
_PIDFD_SELF: Final = -10000

# open(2)
CLOSE_ON_EXECUTION: Final = os.O_CLOEXEC

# prctl(2)
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_DUMPABLE: Final = 4
_PR_SET_NAME: Final = 15
_PR_SET_SECCOMP: Final = 22
_PR_CAPBSET_READ: Final = 23
_PR_CAPBSET_DROP: Final = 24
_PR_SET_SECUREBITS: Final = 28
_PR_SET_NO_NEW_PRIVS: Final = 38
_SECCOMP_MODE_FILTER: Final = 2

# capabilities(7): root is nobody special, no change of user keeps capabilities, none is ambient; all of it locked.
_SECUREBITS_ALL_LOCKED: Final = 0b11101111
# Larger than what malloc(3) keeps in lists of one size, smaller than what it maps by itself.
_LARGE_BYTES: Final = 100_000
_CAPABILITY_VERSION_3: Final = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)
# The same library, with the interpreter's lock held during a call: for processes with one thread.
_libc_locked = ctypes.PyDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long
_libc.malloc.restype = ctypes.c_void_p

Call = tuple[str, *tuple[object, ...]]
"""The name of a function of the C library, and its arguments."""


def as_argument(given: object) -> object:
    """As wide as a register, which is what every argument is passed in; the callee takes of it what is its own."""
    return ctypes.c_long(given) if isinstance(given, int) else given


def make(call: Call) -> None:
    """Now. Raises OSError."""
    name, *arguments = call
    _checked(getattr(_libc, name)(*map(as_argument, arguments)), f"{name}{tuple(arguments)}")


def _checked(result: int, call: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{call}: {os.strerror(number)}")
    return result


def _syscall(name: str, number: int, *arguments: object) -> int:
    result: int = _libc.syscall(ctypes.c_long(number), *arguments)
    return _checked(result, name)


def unshare(flags: int) -> None:
    """unshare(2). os.unshare exists from Python 3.12 on only."""
    _checked(_libc.unshare(ctypes.c_int(flags)), f"unshare {flags:#x}")


def setns(descriptor: int, flags: int) -> None:
    """setns(2); with a pidfd, every namespace in `flags` at once. os.setns exists from Python 3.12 on only."""
    _checked(_libc.setns(ctypes.c_int(descriptor), ctypes.c_int(flags)), f"setns {flags:#x}")


def mount_call(kind: str | None, target: str, flags: int = 0, options: str = "", source: str | None = None) -> Call:
    """mount(2): a file system of a kind, or with MS_BIND a part of one that is there."""
    names = (source or kind or "none").encode(), os.fsencode(target), kind.encode() if kind else None
    return "mount", *names, flags, options.encode() or None


def mount(kind: str | None, target: str, flags: int = 0, options: str = "", source: str | None = None) -> None:
    make(mount_call(kind, target, flags, options, source))


def detach(target: str) -> None:
    """umount2(2) with MNT_DETACH: gone from the tree at once, and for good when its last user is."""
    _checked(_libc.umount2(os.fsencode(target), ctypes.c_int(_MNT_DETACH)), f"umount {target}")


def clone_tree(path: str) -> int:
    """open_tree(2): a copy of what is mounted at `path` and below, attached nowhere yet."""
    flags = _OPEN_TREE_CLONE | _OPEN_TREE_CLOEXEC | _AT_RECURSIVE
    return _syscall(
        f"open_tree {path}", _SYS_OPEN_TREE, ctypes.c_int(_AT_FDCWD), os.fsencode(path), ctypes.c_uint(flags)
    )


def restrict_tree(descriptor: int, attributes: int) -> None:
    """mount_setattr(2), recursively: it keeps flags that a user namespace has locked, which a remount would drop."""
    wanted = struct.pack("=QQQQ", attributes, 0, 0, 0)
    flags = ctypes.c_uint(_AT_EMPTY_PATH | _AT_RECURSIVE)
    _syscall(
        "mount_setattr",
        _SYS_MOUNT_SETATTR,
        ctypes.c_int(descriptor),
        b"",
        flags,
        wanted,
        ctypes.c_size_t(len(wanted)),
    )


def restrict_mount(path: str, attributes: int) -> None:
    """mount_setattr(2) on one mount."""
    wanted = struct.pack("=QQQQ", attributes, 0, 0, 0)
    _syscall(
        f"mount_setattr {path}",
        _SYS_MOUNT_SETATTR,
        ctypes.c_int(_AT_FDCWD),
        os.fsencode(path),
        ctypes.c_uint(0),
        wanted,
        ctypes.c_size_t(len(wanted)),
    )


def attach_tree(descriptor: int, target: str) -> None:
    """move_mount(2): put a copy made by `clone_tree` where it shall be seen."""
    _syscall(
        f"move_mount {target}",
        _SYS_MOVE_MOUNT,
        ctypes.c_int(descriptor),
        b"",
        ctypes.c_int(_AT_FDCWD),
        os.fsencode(target),
        ctypes.c_uint(_MOVE_MOUNT_F_EMPTY_PATH),
    )


def resize_disk(descriptor: int, size_bytes: int) -> None:
    """fspick(2), fsconfig(2): another size for the tmpfs whose root `descriptor` is, from outside of its namespace."""
    picked = _syscall(
        "fspick", _SYS_FSPICK, ctypes.c_int(descriptor), b"", ctypes.c_uint(_FSPICK_EMPTY_PATH | _FSPICK_CLOEXEC)
    )
    try:
        size = b"%d" % size_bytes
        for command, key, value in (
            (_FSCONFIG_SET_STRING, b"size", size),
            (_FSCONFIG_CMD_RECONFIGURE, None, None),
        ):
            _syscall(
                "fsconfig",
                _SYS_FSCONFIG,
                ctypes.c_int(picked),
                ctypes.c_uint(command),
                key,
                value,
                ctypes.c_int(0),
            )
    finally:
        os.close(picked)


def pivot_into(new_root: str) -> None:
    """pivot_root(2) with both arguments ".", as its page tells: the old root is below the new one, and detached."""
    os.chdir(new_root)
    _checked(_libc.pivot_root(b".", b"."), "pivot_root")
    detach(".")
    os.chdir("/")


def set_host_name(name: str) -> None:
    """sethostname(2)."""
    make(("sethostname", name.encode(), len(name.encode())))


def _prctl(name: str, option: int, value: int = 0) -> None:
    zero = ctypes.c_ulong(0)
    _checked(_libc.prctl(ctypes.c_int(option), ctypes.c_ulong(value), zero, zero, zero), name)


def die_with_parent() -> None:
    """prctl(2) PR_SET_PDEATHSIG: SIGKILL when the thread that forked us is no more. A change of user clears it."""
    _prctl("PR_SET_PDEATHSIG", _PR_SET_PDEATHSIG, 9)


def tidy_heap() -> None:
    """malloc_trim(3), and then what sorts its leftovers: else the first large piece that a fork asks for makes the C
    library look through all that is free, and copy the page of each.
    """
    _libc.malloc_trim(ctypes.c_size_t(0))
    _libc.free(ctypes.c_void_p(_libc.malloc(ctypes.c_size_t(_LARGE_BYTES))))


def populate_calls(spans: "array[int]") -> list[Call]:
    """madvise(2) MADV_POPULATE_WRITE, Linux 5.14: pages as if each had been written to, without a fault for each.

    `spans`: starts and sizes in turn, 64 bits each: so it is an array of iovec(3type), which process_madvise(2) takes
    for the caller itself since Linux 6.15.
    """
    address, numbers = spans.buffer_info()
    return [
        (
            *("syscall", _SYS_PROCESS_MADVISE, _PIDFD_SELF, address + first * spans.itemsize),
            *(min(_IOV_MAX, (numbers - first) // 2), _MADV_POPULATE_WRITE, 0),
        )
        for first in range(0, numbers, 2 * _IOV_MAX)
    ]


def populate(spans: "array[int]") -> None:
    """The same, one by one, where nothing else is known."""
    for index in range(0, len(spans), 2):
        pages = ctypes.c_void_p(spans[index]), ctypes.c_size_t(spans[index + 1])
        _checked(_libc.madvise(*pages, ctypes.c_int(_MADV_POPULATE_WRITE)), "MADV_POPULATE_WRITE")


def collapse(start: int, size_bytes: int) -> None:
    """madvise(2) MADV_COLLAPSE, Linux 6.1: small pages become huge ones, now."""
    place = ctypes.c_void_p(start), ctypes.c_size_t(size_bytes)
    _checked(_libc.madvise(*place, ctypes.c_int(_MADV_COLLAPSE)), "MADV_COLLAPSE")


def set_name(name: str) -> None:
    """prctl(2) PR_SET_NAME: what ps(1) calls this process, in at most 15 bytes."""
    _checked(_libc.prctl(ctypes.c_int(_PR_SET_NAME), name.encode(), 0, 0, 0), "PR_SET_NAME")


def dumpable_call() -> Call:
    """prctl(2) PR_SET_DUMPABLE: a change of user made /proc/self root's, and us unable to write our own maps."""
    return "prctl", _PR_SET_DUMPABLE, 1, 0, 0, 0


def set_dumpable() -> None:
    make(dumpable_call())


def no_new_privileges_call() -> Call:
    """prctl(2) PR_SET_NO_NEW_PRIVS: whatever is executed from now on gains nothing; Landlock and seccomp demand it."""
    return "prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0


def set_no_new_privileges() -> None:
    make(no_new_privileges_call())


def drop_all_capabilities_calls() -> list[Call]:
    """capabilities(7): the bounding set, the special treatment of root, and all sets of this process."""
    capabilities = 0
    while _libc.prctl(_PR_CAPBSET_READ, ctypes.c_ulong(capabilities), 0, 0, 0) >= 0:
        capabilities += 1
    if ctypes.get_errno() != errno.EINVAL or capabilities == 0:  # EINVAL: the kernel has none of this number
        _checked(-1, "PR_CAPBSET_READ")
    return [
        *(("prctl", _PR_CAPBSET_DROP, capability, 0, 0, 0) for capability in range(capabilities)),
        ("prctl", _PR_SET_SECUREBITS, _SECUREBITS_ALL_LOCKED, 0, 0, 0),
        ("capset", struct.pack("=Ii", _CAPABILITY_VERSION_3, 0), bytes(24)),
    ]


def drop_all_capabilities() -> None:
    for call in drop_all_capabilities_calls():
        make(call)


def close_range_call(first: int, last: int) -> Call:
    """close_range(2): every descriptor from the first to the last."""
    return "syscall", _SYS_CLOSE_RANGE, first, last, 0


def close_range(first: int, last: int) -> None:
    make(close_range_call(first, last))


def landlock_version() -> int:
    """landlock_create_ruleset(2): the version of Landlock that this kernel has; 0 when it has none or it is off."""
    ask_version = ctypes.c_uint(1)
    version: int = _libc.syscall(ctypes.c_long(_SYS_LANDLOCK_CREATE_RULESET), None, ctypes.c_size_t(0), ask_version)
    return max(0, version)


def landlock_create_ruleset(attributes: bytes) -> int:
    """landlock_create_ruleset(2): a descriptor."""
    return _syscall(
        "landlock_create_ruleset",
        _SYS_LANDLOCK_CREATE_RULESET,
        attributes,
        ctypes.c_size_t(len(attributes)),
        ctypes.c_uint(0),
    )


def landlock_allow_beneath(ruleset: int, descriptor: int, rights: int) -> None:
    """landlock_add_rule(2) with LANDLOCK_RULE_PATH_BENEATH."""
    rule = struct.pack("=Qi", rights, descriptor)
    _syscall(
        "landlock_add_rule", _SYS_LANDLOCK_ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(1), rule, ctypes.c_uint(0)
    )


def landlock_restrict_self_call(ruleset: int) -> Call:
    """landlock_restrict_self(2): from now on, for good, also for all children."""
    return "syscall", _SYS_LANDLOCK_RESTRICT_SELF, ruleset, 0


def landlock_restrict_self(ruleset: int) -> None:
    make(landlock_restrict_self_call(ruleset))


class _SockFprog(ctypes.Structure):
    _fields_ = (("len", ctypes.c_ushort), ("filter", ctypes.c_void_p))


class SystemCallFilter:
    """A seccomp(2) program, ready in memory, so that loading it is one call."""

    def __init__(self, program: bytes) -> None:
        self._code = ctypes.create_string_buffer(program, len(program))
        self._header = _SockFprog(len(program) // 8, ctypes.addressof(self._code))

    def call(self) -> Call:
        """prctl(2) PR_SET_SECCOMP: the number of seccomp(2) differs between architectures, this does not."""
        return "prctl", _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(self._header), 0, 0

    def load(self) -> None:
        make(self.call())


def fork() -> int:
    """fork(2) without what Python does around it: its hooks cost half a millisecond of copied pages (measured).

    Only for a process with one thread, that reseeds and resets what the hooks would have: `sandbox/zygote.py`.
    """
    pid: int = _libc_locked.fork()
    return _checked(pid, "fork")
