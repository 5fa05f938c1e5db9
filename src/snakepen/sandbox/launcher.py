"""The launcher: a small process that forks makers of sandboxes and zygotes, and nothing else.

Three processes, each the parent of the next:

- the *keeper* is what the server starts. It waits, and when the rest is gone and the server without a word, it removes
  the cgroups that a server which was killed left behind. It keeps the server's user.
- the *anchor* builds the root for programs, becomes an ordinary user, and enters the namespaces in which everything
  else lives. It then waits too: its pidfd is the way home from a sandbox.
- the *launcher* itself is PID 1 of a process namespace, so that whatever ends it ends every zygote and sandbox.

Each dies with its parent, and the launcher also when the server's end of its socket closes. It imports nothing
that it has no use for, holds no secret, and reads fixed frames of the server only.
"""

import os
import resource
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final, NoReturn

assert sys.platform == "linux"

from snakepen.runner.below import calls_left
from snakepen.runner.shelf import Shelf
from snakepen.sandbox import syscalls
from snakepen.sandbox.init_program import init_program
from snakepen.sandbox.namespaces import HOST_NAME, NAMESPACES
from snakepen.sandbox.protocol import Config, Frame, Kind, receive_frame, send_frame
from snakepen.sandbox.sandboxes import SandboxMaker, make_sandboxes
from snakepen.sandbox.template import build_template, enter_template
from snakepen.sandbox.users import become_user, enter_user_namespace
from snakepen.sandbox.zygote import Equipment, Start, zygote

_GROUP_SECONDS: Final = 5.0


def main(control_descriptor: int, plain_modules: frozenset[str], shelf: Shelf) -> NoReturn:
    """`plain_modules` are those that any interpreter has when its program begins; the shelf has recorded all others."""
    syscalls.set_name("snakepen-keeper")
    left = calls_left()  # here, where a function of a program's first level would be
    os.umask(0o022)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    control = socket.socket(fileno=control_descriptor)
    control.set_inheritable(False)  # else PID 1 of every sandbox would have it
    config = Config.receive(control)
    _watch_over(lambda: _anchor(config, control, Start(plain_modules, shelf, left)), control)
    # A byte says that the server lives and keeps its groups; it has the only other end (LauncherProcess.hang_up).
    if not os.read(0, 1):
        _remove_groups(config.groups)
    os._exit(0)


def _watch_over(act: Callable[[], NoReturn], control: socket.socket) -> None:
    """Fork a child that acts, never returns, and dies with us; come back when it has ended."""
    us = os.getpid()
    pid = os.fork()
    if pid == 0:
        syscalls.die_with_parent()
        if os.getppid() not in (us, 0):  # we died before; 0 is how a new process namespace sees us
            os._exit(1)
        act()
    control.close()
    os.waitpid(pid, 0)


def _anchor(config: Config, control: socket.socket, start: Start) -> NoReturn:
    syscalls.set_name("snakepen-anchor")
    equipment = Equipment.gather(config, start)
    init = init_program(os.uname().machine)
    root = None
    if config.drop_to_user is not None:
        syscalls.unshare(syscalls.CLONE_NEWNS)
        root = build_template(config, init)  # as root: the interpreter may lie where nobody else can enter
        become_user(config.drop_to_user)
    enter_user_namespace(NAMESPACES)
    root = root or build_template(config, init)
    syscalls.set_host_name(HOST_NAME)  # what is imported ahead may ask for it and keep it
    home = os.pidfd_open(os.getpid())
    syscalls.unshare(syscalls.CLONE_NEWPID)
    _watch_over(lambda: _launch(equipment, control, root, home), control)
    os._exit(0)


def _launch(equipment: Equipment, control: socket.socket, root: str, home: int) -> NoReturn:
    syscalls.set_name("snakepen-launch")
    enter_template(root)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps: nobody here waits for anyone
    own_processes = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
    send_frame(control, Frame(Kind.UP))
    while True:
        received = receive_frame(control)
        if received is None:
            os._exit(0)
        frame, _ = received
        try:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            child = syscalls.fork()
        except OSError as error:  # as when this user may have no more processes: what there is goes on
            print(f"fork: {error}", file=sys.stderr, flush=True)  # noqa: T201  -- the server logs it
            with suppress(BrokenPipeError):
                send_frame(control, Frame(Kind.FAILED, frame.number, error.errno or 0))
            continue
        if child == 0:
            ours.close()
            control.close()
            if frame.kind is Kind.MAKER:
                make_sandboxes(theirs, SandboxMaker(equipment.config, equipment.landlock, home, own_processes))
            zygote(equipment, equipment.config.zygotes[frame.a], theirs, own_processes)
        theirs.close()
        with suppress(BrokenPipeError):  # the server is gone; the next frame says so
            send_frame(control, frame, [ours.fileno()])
        ours.close()


def _remove_groups(groups: tuple[str, ...]) -> None:
    """cgroups(7): a group can be removed when nobody is in it; the dying leave in their own time."""
    deadline = time.monotonic() + _GROUP_SECONDS
    left = [group for group in groups if os.path.isdir(group)]
    while left and time.monotonic() < deadline:
        left = [group for group in left if not _removed(group)]
        select.select([], [], [], 0.01)


def _removed(group: str) -> bool:
    try:
        for entry in os.scandir(group):
            if entry.is_dir(follow_symlinks=False):
                os.rmdir(entry.path)
        os.rmdir(group)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True
