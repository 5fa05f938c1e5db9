"""Each layer tried for real, in processes that are thrown away. `probes.py` starts it, on the launcher's interpreter.

The processes are those of the launcher, in the same order and with the same rights, so that what fails here would fail
there. Those that depend on nothing else go on beside the rest, in processes of their own.
"""

import errno
import fcntl
import os
import signal
import sys
from typing import Final

assert sys.platform == "linux"

from snakepen.sandbox import syscalls
from snakepen.sandbox.attempts import Trials, idle_process, named, refused
from snakepen.sandbox.init_program import init_program
from snakepen.sandbox.layers import Layer
from snakepen.sandbox.namespace_trials import NamespaceTrials

_HIGH: Final = 500


def main(out: int, attach_point: str, user: int | None) -> None:
    """`attach_point` and `user` as in the launcher's Config."""
    os.umask(0o022)
    server = os.getppid()
    trials = Trials(out)
    trials.attempt(Layer.INTERPRETER, lambda: sys.executable)
    trials.attempt(Layer.ARCHITECTURE, _architecture)
    waits = [
        trials.start((Layer.NO_NEW_PRIVILEGES, Layer.SYSTEM_CALLS), lambda: _system_calls(trials)),
        trials.start((Layer.LANDLOCK,), lambda: trials.attempt(Layer.LANDLOCK, _landlock)),
        trials.start((Layer.CONTROL_GROUPS,), lambda: _control_groups(trials, server)),
    ]
    trials.attempt(Layer.MEMORY_FILES, _memory_files)
    trials.attempt(Layer.DESCRIPTORS, _descriptors)
    trials.attempt(Layer.PROCESS_HANDLES, _process_handles)
    NamespaceTrials(trials, attach_point, user).attempt()
    for wait in waits:
        wait()


def _architecture() -> str:
    machine = os.uname().machine
    init_program(machine)
    return machine


def _memory_files() -> None:
    with named("memfd_create"):
        descriptor = os.memfd_create("trial", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        os.write(descriptor, b"program")
        with named("fcntl F_ADD_SEALS"):
            fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK)
        refused("Writing to a sealed file", lambda: os.write(descriptor, b"x"), errno.EPERM)
    finally:
        os.close(descriptor)


def _descriptors() -> None:
    with open(os.devnull, "rb") as file:
        high = fcntl.fcntl(file.fileno(), fcntl.F_DUPFD_CLOEXEC, _HIGH)
    syscalls.close_range(_HIGH, high)
    refused("Using a closed descriptor", lambda: os.fstat(high), errno.EBADF)


def _process_handles() -> None:
    pid = idle_process()
    try:
        with named("pidfd_open"):
            handle = os.pidfd_open(pid)
        try:
            with named("pidfd_send_signal"):
                signal.pidfd_send_signal(handle, signal.SIGKILL)
            with named("waitid P_PIDFD"):
                os.waitid(os.P_PIDFD, handle, os.WEXITED | os.WNOWAIT)
        finally:
            os.close(handle)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _system_calls(trials: Trials) -> None:
    """In a process of its own, which never gets rid of the filter."""
    from snakepen.sandbox import seccomp  # here, as in the next two, so that only this process takes the time

    trials.attempt(Layer.NO_NEW_PRIVILEGES, syscalls.set_no_new_privileges)

    def filtered() -> None:
        allowed = os.sched_getaffinity(0)
        os.sched_setaffinity(0, allowed)  # a call that anybody may make, and that the filter refuses
        for program in (seccomp.without_lingering(), seccomp.without_untracked_memory(), seccomp.filter_bytes()):
            syscalls.SystemCallFilter(program).load()
        refused("A filtered call", lambda: os.sched_setaffinity(0, allowed), errno.EPERM)

    trials.attempt(Layer.SYSTEM_CALLS, filtered, Layer.ARCHITECTURE, Layer.NO_NEW_PRIVILEGES)


def _landlock() -> str:
    """In a process of its own, which never gets rid of the rules."""
    from snakepen.sandbox.landlock import Landlock

    version = syscalls.landlock_version()
    # With version 0 this says why: ENOSYS when the kernel has none, EOPNOTSUPP when it is turned off (landlock(7)).
    null = os.open("/dev/null", os.O_PATH | os.O_CLOEXEC)
    rules = Landlock(version).ruleset(folders=(), files=(null,), terminals=())
    syscalls.set_no_new_privileges()
    os.close(os.open("/dev/zero", os.O_WRONLY))
    syscalls.landlock_restrict_self(rules)
    os.close(os.open("/dev/null", os.O_WRONLY))
    refused("Writing to another file", lambda: os.open("/dev/zero", os.O_WRONLY), errno.EACCES)
    return f"version {version}"


def _control_groups(trials: Trials, server: int) -> None:
    from snakepen.sandbox.group_trial import try_groups

    trials.attempt(Layer.CONTROL_GROUPS, lambda: try_groups(server))
