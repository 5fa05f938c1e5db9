"""The layers between a program and the host, by name: what each is for, and what can be missing.

A layer is one thing that the kernel has to do for us. `trials.py` tries each, `remedies.py` knows how to mend it.
"""

from enum import StrEnum
from typing import Final


class Layer(StrEnum):
    """In the order in which they are tried; each may need ones that stand before it."""

    INTERPRETER = "interpreter"
    ARCHITECTURE = "architecture"
    MEMORY_FILES = "memory files"
    DESCRIPTORS = "descriptors"
    PROCESS_HANDLES = "process handles"
    NO_NEW_PRIVILEGES = "no new privileges"
    SYSTEM_CALLS = "system calls"
    LANDLOCK = "landlock"
    CONTROL_GROUPS = "control groups"
    ORDINARY_USER = "ordinary user"
    USERS = "user namespace"
    MOUNTS = "mount namespace"
    READ_ONLY = "read-only mounts"
    DISK = "disk"
    TERMINALS = "terminals"
    NETWORK = "network namespace"
    IPC = "ipc namespace"
    HOST_NAME = "uts namespace"
    GROUP_NAMES = "cgroup namespace"
    PROCESSES = "process namespace"
    PROCFS = "procfs"
    ROOT = "root"
    SANDBOX = "sandbox"
    ENTERING = "entering a sandbox"
    INNER_PROCFS = "procfs in a sandbox"
    NO_RIGHTS = "no rights"
    PROCESS_LIMIT = "process limit"


# Those of the launcher's namespaces, and of the sandboxes in them.
NAMESPACED: Final = tuple(Layer)[tuple(Layer).index(Layer.ORDINARY_USER) :]
# Those that are tried in the launcher's process namespace.
OF_FIRST: Final = NAMESPACED[NAMESPACED.index(Layer.PROCFS) :]
# Those that are tried inside of a sandbox.
OF_INSIDE: Final = NAMESPACED[NAMESPACED.index(Layer.ENTERING) :]

# Without these the level is the same, and something else stands in: what they hold is `soft`.
OPTIONAL: Final = frozenset({Layer.LANDLOCK, Layer.CONTROL_GROUPS})

# What it is for, and so what is lost without it.
MEANINGS: Final = {
    Layer.INTERPRETER: "The interpreter that the launcher is started with; the launcher makes every sandbox.",
    Layer.ARCHITECTURE: "The filter of system calls and the first process of a sandbox are made for this machine.",
    Layer.MEMORY_FILES: "A program reaches its sandbox as a file in memory that nobody can change any more.",
    Layer.DESCRIPTORS: "Nothing that the launcher has open reaches a program.",
    Layer.PROCESS_HANDLES: "A sandbox is ended by a handle that never stands for another process.",
    Layer.NO_NEW_PRIVILEGES: "No file that a program executes gives it rights; the two layers below need this.",
    Layer.SYSTEM_CALLS: "Programs cannot make the calls that most holes of the kernel were found in.",
    Layer.LANDLOCK: "A second check of which files may be written. Without it the mounts alone decide that.",
    Layer.CONTROL_GROUPS: (
        "The kernel counts the memory and the processor time of a whole run. Without it the server checks, again "
        "and again, and ends a run that went over: memory and cpu are soft."
    ),
    Layer.ORDINARY_USER: "When root runs the server, everything below it belongs to a user who owns nothing.",
    Layer.USERS: "In a user namespace an ordinary user may make all the others; every layer below needs it.",
    Layer.MOUNTS: "Programs see a file system of their own, and none of this machine's.",
    Layer.READ_ONLY: "Programs cannot change what they are shown of this machine.",
    Layer.DISK: "What a program writes is kept in memory, gone with it, and limited.",
    Layer.TERMINALS: "Programs have terminals of their own that nobody else can open.",
    Layer.NETWORK: "Programs have a loopback of their own, and no other network.",
    Layer.IPC: "Programs cannot reach each other's shared memory and queues.",
    Layer.HOST_NAME: "Programs do not see this machine's name.",
    Layer.GROUP_NAMES: "Programs do not see the control groups that this machine counts them in.",
    Layer.PROCESSES: "Programs see their own processes only, and all of them end at once.",
    Layer.PROCFS: "The file system of processes can be mounted: most programs need it.",
    Layer.ROOT: "The files of this machine are out of reach, for good.",
    Layer.SANDBOX: "One sandbox inside of the launcher's namespaces for each program, with its first process.",
    Layer.ENTERING: "A warm interpreter can enter a sandbox that was made earlier.",
    Layer.INNER_PROCFS: "A program sees its own processes in /proc, and nothing of the machine's.",
    Layer.NO_RIGHTS: "A program has no capability left, and no way to get one.",
    Layer.PROCESS_LIMIT: "The number of processes is counted for each sandbox, and limited.",
}

# How an attempt went.
WORKS: Final = "works"
FAILED: Final = "failed"
UNTRIED: Final = "untried"
