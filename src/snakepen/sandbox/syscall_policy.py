"""Which system calls a program is refused, and why: the data from which the filters in `filters/` are made.

A deny list, since an allow-list ends good programs: whatever is not named here is the kernel's to judge, but only up to
the highest number that was read through. After a change here: `make seccomp-filter`.

Three rules hold for all of it. A refusal is an error number, never a signal, so that libraries fall back as they do on
a kernel without the call. EPERM is for what is dangerous; ENOSYS for what a library is to believe absent. And a value
is compared as the kernel reads it: an int is 32 bits there, seccomp(2) shows 64, and whoever calls chooses the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

# Linux's own (errno(3)); the errno module has those of the system that makes or tests the filters.
EPERM: Final = 1
ENOSYS: Final = 38
EPROTONOSUPPORT: Final = 93
EAFNOSUPPORT: Final = 97

INT: Final = 0xFFFF_FFFF
POINTER: Final = 0xFFFF_FFFF_FFFF_FFFF


@dataclass(frozen=True, slots=True)
class DeniedCalls:
    """Calls that are refused whatever their arguments."""

    reason: str
    calls: tuple[str, ...]
    errno: int = EPERM


@dataclass(frozen=True, slots=True)
class OneOf:
    """The argument, as far as the mask shows it, is one of these."""

    argument: int
    values: tuple[int, ...]
    mask: int = INT


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The argument, as far as the mask shows it, is none of these."""

    argument: int
    values: tuple[int, ...]
    mask: int = INT


@dataclass(frozen=True, slots=True)
class AnyBit:
    """The argument has one of these bits; all 64 of them are looked at."""

    argument: int
    bits: int


Condition = OneOf | NoneOf | AnyBit


@dataclass(frozen=True, slots=True)
class DeniedArguments:
    """A call that is refused when all conditions hold. Of several rules for one call the first that holds decides."""

    reason: str
    call: str
    conditions: tuple[Condition, ...]
    errno: int = EPERM


@dataclass(frozen=True, slots=True)
class Machine:
    """One architecture: how the kernel names it, and the numbers that libseccomp may not know."""

    # The AUDIT_ARCH_* value that seccomp(2) shows.
    audit_arch: int
    # From, to: every number in between was read through. All others are answered with ENOSYS, so that a new kernel's
    # new call is refused before anybody here has heard of it. They hold the numbers of x32 too (bit 30 is set).
    audited: tuple[tuple[int, int], ...]
    # Calls that are named below.
    numbers: Mapping[str, int]
    # What makes memory that belongs to no process, so that RLIMIT_DATA (setrlimit(2)) does not see it.
    untracked_memory: Mapping[str, int]
    # setsockopt(2), for the kernels with which one of its options is refused.
    set_socket_option: int


# Since 424 a call has one number on all architectures. The highest that was read through is file_setattr, 469.
_RECENT: Final = MappingProxyType(
    {
        "cachestat": 451,
        "fchmodat2": 452,
        "map_shadow_stack": 453,
        "futex_wake": 454,
        "futex_wait": 455,
        "futex_requeue": 456,
        "statmount": 457,
        "listmount": 458,
        "lsm_get_self_attr": 459,
        "lsm_set_self_attr": 460,
        "lsm_list_modules": 461,
        "mseal": 462,
        "setxattrat": 463,
        "getxattrat": 464,
        "listxattrat": 465,
        "removexattrat": 466,
        "open_tree_attr": 467,
        "file_getattr": 468,
        "file_setattr": 469,
    }
)

MACHINES: Final[Mapping[str, Machine]] = MappingProxyType(
    {
        "x86_64": Machine(
            audit_arch=0xC000_003E,
            audited=((0, 336), (424, 469)),
            numbers=MappingProxyType({"uretprobe": 335, "uprobe": 336, **_RECENT}),
            untracked_memory=MappingProxyType({"memfd_create": 319, "shmget": 29, "msgget": 68, "semget": 64}),
            set_socket_option=54,
        ),
        "aarch64": Machine(
            audit_arch=0xC000_00B7,
            audited=((0, 243), (260, 294), (424, 469)),
            numbers=_RECENT,
            untracked_memory=MappingProxyType({"memfd_create": 279, "shmget": 194, "msgget": 186, "semget": 190}),
            set_socket_option=208,
        ),
    }
)


DENIED_CALLS: Final = (
    DeniedCalls(
        "clone3(2) has its flags behind a pointer, which a filter cannot follow; told ENOSYS, libc starts threads with "
        "clone(2), told EPERM it gives up",
        ("clone3",),
        ENOSYS,
    ),
    DeniedCalls(
        "the tree of files is laid out before the program starts, and stays so",
        (
            *("mount", "umount2", "pivot_root", "chroot"),
            *("open_tree", "move_mount", "fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr", "open_tree_attr"),
        ),
    ),
    DeniedCalls(
        "a new namespace comes with capabilities over it, and most holes of the last years began there",
        ("unshare", "setns"),
    ),
    DeniedCalls(
        "tells how the host is mounted",
        ("statmount", "listmount", "ustat", "sysfs"),
    ),
    DeniedCalls(
        "opens files by number, past the folders that hide them, as the first escapes from containers did",
        ("open_by_handle_at", "name_to_handle_at"),
    ),
    DeniedCalls(
        "sets attributes of files that no program has a use for, through a new and little used path",
        ("file_setattr",),
    ),
    DeniedCalls(
        "reaches into other processes",
        (
            *("ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "process_mrelease"),
            *("pidfd_getfd", "kcmp"),
        ),
    ),
    # uretprobe and uprobe are the kernel's own way back from a probe; newer kernels ask no filter about them (seen with
    # 6.18), and take them from nowhere else.
    DeniedCalls(
        "runs code in the kernel or watches it",
        ("bpf", "perf_event_open", "uretprobe", "uprobe", "lookup_dcookie"),
    ),
    DeniedCalls(
        "io_uring(7): most of the kernel's exploits of its years, and calls made through it pass no filter",
        ("io_uring_setup", "io_uring_enter", "io_uring_register"),
    ),
    DeniedCalls(
        "holds the kernel still at a place of the program's choice, which makes races reliable",
        ("userfaultfd",),
    ),
    DeniedCalls(
        "keyrings(7) are not wholly namespaced, and are kept after the process",
        ("keyctl", "add_key", "request_key"),
    ),
    DeniedCalls(
        "pages of the cache in pipes: the way of Dirty Pipe and its like; libraries fall back to reading and writing",
        ("splice", "vmsplice", "tee"),
    ),
    DeniedCalls(
        "tells what others do with files that are shared read-only, or what of them is in memory",
        ("fanotify_init", "fanotify_mark", "inotify_init", "inotify_init1", "inotify_add_watch", "cachestat"),
    ),
    DeniedCalls(
        "takes memory from the kernel's own map, and nobody counts it",
        ("memfd_secret",),
    ),
    DeniedCalls(
        "filters and rule sets of its own: attack surface, and supervising its children by them (seccomp_unotify(2))",
        (
            *("seccomp", "lsm_set_self_attr"),
            *("landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"),
        ),
    ),
    DeniedCalls(
        "takes more of the processors, disks or memory nodes than its share",
        (
            *("sched_setscheduler", "sched_setparam", "sched_setattr", "sched_setaffinity", "ioprio_set"),
            *("mbind", "move_pages", "migrate_pages", "set_mempolicy", "set_mempolicy_home_node"),
        ),
    ),
    DeniedCalls(
        "counted for the whole host (fs.aio-max-nr), so that one program could take it from a database beside it; told "
        "ENOSYS, programs read and write in another way",
        ("io_setup",),
        ENOSYS,
    ),
    # adjtimex(2) and clock_adjtime(2) read as well, but whether they read or set is behind a pointer; what programs
    # read clocks with, clock_gettime(2) and clock_getres(2), is not here.
    DeniedCalls(
        "sets the clocks of the host",
        ("clock_settime", "clock_adjtime", "settimeofday", "adjtimex"),
    ),
    DeniedCalls(
        "loads code into the kernel or replaces it",
        (
            *("kexec_load", "kexec_file_load"),
            *("init_module", "finit_module", "delete_module", "create_module", "query_module"),
        ),
    ),
    DeniedCalls(
        "administers the host",
        (
            *("reboot", "swapon", "swapoff", "quotactl", "quotactl_fd", "acct", "syslog", "vhangup"),
            *("sethostname", "setdomainname", "nfsservctl", "_sysctl"),
        ),
    ),
    DeniedCalls(
        "old ways to the hardware, to segments and to libraries, long unused and seldom looked at",
        ("iopl", "ioperm", "modify_ldt", "uselib"),
    ),
)


UNIX: Final = 1
INET: Final = 2
INET6: Final = 10
_TYPE: Final = 0xF  # socket(2): flags share the argument with the type
_STREAM: Final = 1
_DGRAM: Final = 2
_SEQPACKET: Final = 5
_TCP: Final = 6
_UDP: Final = 17

# clone(2), which takes no CLONE_NEWTIME: its bit is a part of the signal's number.
_NEWNS: Final = 0x0002_0000
_NEWCGROUP: Final = 0x0200_0000
_NEWUTS: Final = 0x0400_0000
_NEWIPC: Final = 0x0800_0000
_NEWUSER: Final = 0x1000_0000
_NEWPID: Final = 0x2000_0000
_NEWNET: Final = 0x4000_0000
_PARENT: Final = 0x0000_8000

_TIOCSTI: Final = 0x5412
_TIOCLINUX: Final = 0x541C
_TIOCSETD: Final = 0x5423

_PR_SET_SECCOMP: Final = 22
_PR_MCE_KILL: Final = 33
_PR_SET_MM: Final = 35
_PR_SCHED_CORE: Final = 62
_PR_SET_PTRACER: Final = 0x5961_6D61

_RLIMIT_CORE: Final = 4
# asm-generic/socket.h, of both architectures; setsockopt(2) calls it a level.
_SOL_SOCKET: Final = 1
_SO_ATTACH_FILTER: Final = 26
_SO_ATTACH_BPF: Final = 50
_SO_ATTACH_REUSEPORT_CBPF: Final = 51
_SO_ATTACH_REUSEPORT_EBPF: Final = 52
_F_SETLEASE: Final = 1024
_F_NOTIFY: Final = 1026
_PERSONALITY_QUERY: Final = 0xFFFF_FFFF
# inode(7): the bit that is set in the types of devices (and of links, which mknod(2) does not make), and in no other.
_DEVICE: Final = 0o020000

DENIED_ARGUMENTS: Final = (
    DeniedArguments(
        "as unshare(2)",
        "clone",
        (AnyBit(0, _NEWNS | _NEWCGROUP | _NEWUTS | _NEWIPC | _NEWUSER | _NEWPID | _NEWNET),),
    ),
    DeniedArguments(
        "makes a child of its parent, which is ours, did not start it and may never reap it (CLONE_PARENT)",
        "clone",
        (AnyBit(0, _PARENT),),
    ),
    DeniedArguments(
        "netlink, packet, crypto and machine sockets: large, seldom used parts of the kernel; vsock(7) is in no "
        "network namespace",
        "socket",
        (NoneOf(0, (UNIX, INET, INET6)),),
        EAFNOSUPPORT,
    ),
    DeniedArguments(
        "a Unix socket is a stream, datagrams or packets in order (unix(7))",
        "socket",
        (OneOf(0, (UNIX,)), NoneOf(1, (_STREAM, _DGRAM, _SEQPACKET), _TYPE)),
    ),
    DeniedArguments(
        "raw(7) and packet(7), which an ordinary user is told EPERM for too, and transports seldom looked at",
        "socket",
        (OneOf(0, (INET, INET6)), NoneOf(1, (_STREAM, _DGRAM), _TYPE)),
    ),
    DeniedArguments(
        "there is one protocol, by either of its two numbers (unix(7))",
        "socket",
        (OneOf(0, (UNIX,)), NoneOf(2, (0, UNIX))),
        EPROTONOSUPPORT,
    ),
    DeniedArguments(
        "TCP and UDP only: ICMP (1), SCTP, UDP-Lite, MPTCP and L2TP are seldom looked at",
        "socket",
        (OneOf(0, (INET, INET6)), NoneOf(2, (0, _TCP, _UDP))),
        EPROTONOSUPPORT,
    ),
    DeniedArguments(
        "pairs of anything else are of families that socket(2) refuses",
        "socketpair",
        (NoneOf(0, (UNIX,)),),
        EAFNOSUPPORT,
    ),
    # net.core.bpf_jit_limit (the kernel's admin-guide/sysctl/net.rst): past it no ordinary user's filter is compiled,
    # and where the kernel runs no others (CONFIG_BPF_JIT_ALWAYS_ON) that of a new sandbox could not be loaded either.
    DeniedArguments(
        "code in the kernel, which is to choose what a socket receives: attack surface, and counted for the whole host",
        "setsockopt",
        (
            OneOf(1, (_SOL_SOCKET,)),
            OneOf(2, (_SO_ATTACH_FILTER, _SO_ATTACH_BPF, _SO_ATTACH_REUSEPORT_CBPF, _SO_ATTACH_REUSEPORT_EBPF)),
        ),
    ),
    DeniedArguments(
        "types into the terminal (TIOCSTI, TIOCLINUX), or gives it a line discipline, which loads a module (TIOCSETD)",
        "ioctl",
        (OneOf(1, (_TIOCSTI, _TIOCLINUX, _TIOCSETD)),),
    ),
    DeniedArguments(
        "as seccomp(2); moves what /proc shows of the process; hardware errors and ptrace(2) as others are to see "
        "them; idles the other threads of a processor's core (PR_SCHED_CORE)",
        "prctl",
        (OneOf(0, (_PR_SET_SECCOMP, _PR_SET_MM, _PR_MCE_KILL, _PR_SCHED_CORE, _PR_SET_PTRACER)),),
    ),
    # core(5): for a pattern that is a pipe the limit does not count, and the handler runs on the host; only a limit of
    # exactly 1, which we set, means none (fs/coredump.c), so that lowering it to 0 would bring the handler back.
    DeniedArguments(
        "the limit on core files is what keeps the host's handler of crashes from being run",
        "setrlimit",
        (OneOf(0, (_RLIMIT_CORE,)),),
    ),
    DeniedArguments(
        "as setrlimit(2), by the call that libc makes for it; reading the limit stays",
        "prlimit64",
        (OneOf(1, (_RLIMIT_CORE,)), AnyBit(2, POINTER)),
    ),
    DeniedArguments(
        "holds up whoever opens a file (F_SETLEASE), or tells what others do in a folder (F_NOTIFY)",
        "fcntl",
        (OneOf(1, (_F_SETLEASE, _F_NOTIFY)),),
    ),
    DeniedArguments(
        "devices: no mount of the sandbox opens one, and without CAP_MKNOD there are whiteouts only; nobody needs them",
        "mknod",
        (AnyBit(1, _DEVICE),),
    ),
    DeniedArguments(
        "as mknod(2), by the call that libc makes for it",
        "mknodat",
        (AnyBit(2, _DEVICE),),
    ),
    DeniedArguments(
        "emulations of other systems, and the ones that switch address randomisation off; the query stays, and so does "
        "the plain personality",
        "personality",
        (NoneOf(0, (0, _PERSONALITY_QUERY)),),
    ),
)
