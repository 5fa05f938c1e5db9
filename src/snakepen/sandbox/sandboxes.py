"""Making one sandbox: empty namespaces, a disk in memory, a PID 1. Makers do it, ahead of time.

A sandbox is used once. It is made by entering new namespaces, setting them up, starting PID 1 in them and going back:
no fork of an interpreter, so that it costs about a millisecond.
"""

import os
import signal
import socket
import sys
from contextlib import ExitStack
from typing import Final, NoReturn

assert sys.platform == "linux"

from snakepen.sandbox import syscalls
from snakepen.sandbox.landlock import Landlock
from snakepen.sandbox.namespaces import HOST_NAME, NAMESPACES, bring_up_loopback, mount_terminals
from snakepen.sandbox.protocol import Config, Frame, Kind, receive_frame, send_frame
from snakepen.sandbox.template import DISK_FOLDERS, EMPTY, INIT, WORKSPACE, covered_paths

_NO_STREAMS: Final = tuple((os.POSIX_SPAWN_CLOSE, descriptor) for descriptor in range(3))
_DISK: Final = "/run"
_WRITABLE_DEVICES: Final = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_TERMINALS: Final = "/dev/pts"
_OWN_TERMINAL: Final = "/dev/tty"


class SandboxMaker:
    """Makes sandboxes from the launcher's namespaces, and always comes back to them."""

    def __init__(self, config: Config, landlock: Landlock | None, home: int, own_processes: int) -> None:
        """A pidfd of a process that stays in the launcher's own namespaces, and the process namespace of its own."""
        self._landlock = landlock
        self._home = home
        self._own_processes = own_processes
        self._covered = covered_paths(config)
        self._options = f"size={config.disk_bytes},nr_inodes={config.disk_files},mode=755"

    def make(self) -> list[int]:
        """A pidfd of PID 1, the workspace, and what Landlock is to hold there, where this kernel has it.

        Raises OSError; then nothing of it is left.
        """
        with ExitStack() as undo:
            undo.callback(self._go_home)
            syscalls.unshare(NAMESPACES | syscalls.CLONE_NEWPID)
            bring_up_loopback()
            _mount_disk(self._options)
            for held, path in self._covered.items():
                os.makedirs(path, mode=0o755, exist_ok=True)
                syscalls.mount(None, path, syscalls.MS_BIND | syscalls.MS_REC, source=held)
            mount_terminals(_TERMINALS)
            syscalls.set_host_name(HOST_NAME)
            on_failure = undo.enter_context(ExitStack())
            made = [os.open(WORKSPACE, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)]
            on_failure.callback(os.close, made[0])
            if self._landlock is not None:  # here, because to build them in a fork would copy pages
                made.append(
                    self._landlock.ruleset(
                        folders=DISK_FOLDERS, files=_WRITABLE_DEVICES, terminals=(_TERMINALS, _OWN_TERMINAL)
                    )
                )
                on_failure.callback(os.close, made[1])
            pid = os.posix_spawn(INIT, ["init"], {}, file_actions=_NO_STREAMS)
            on_failure.callback(os.kill, pid, signal.SIGKILL)
            made.insert(0, os.pidfd_open(pid))
            on_failure.pop_all()
            return made

    def _go_home(self) -> None:
        syscalls.setns(self._home, NAMESPACES)
        syscalls.setns(self._own_processes, syscalls.CLONE_NEWPID)


def make_sandboxes(channel: socket.socket, maker: SandboxMaker) -> NoReturn:
    """Serve SANDBOX and RESIZE frames until the server hangs up.

    More than one process does this: most of the time that a sandbox takes is waiting, for locks of the kernel's network
    and for PID 1 to be started (measured: 1 ms of work, 3 to 5 ms in all on busy processors).
    """
    syscalls.set_name("snakepen-maker")
    while True:
        received = receive_frame(channel)
        if received is None:
            os._exit(0)
        frame, descriptors = received
        try:
            _serve(channel, frame, descriptors, maker)
        except BrokenPipeError:  # the server is gone
            os._exit(0)
        except OSError as error:
            print(f"{frame.kind.name}: {error}", file=sys.stderr, flush=True)  # noqa: T201  -- the server logs it
            send_frame(channel, Frame(Kind.FAILED, frame.number, error.errno or 0))
        for descriptor in descriptors:
            os.close(descriptor)


def _serve(channel: socket.socket, frame: Frame, descriptors: list[int], maker: SandboxMaker) -> None:
    match frame.kind:
        case Kind.SANDBOX:
            made = maker.make()
            try:
                send_frame(channel, frame, made)
            finally:
                for descriptor in made:
                    os.close(descriptor)
        case Kind.RESIZE:
            syscalls.resize_disk(descriptors[0], frame.a)
            send_frame(channel, Frame(Kind.RESIZED, frame.number))
        case _:
            raise ValueError(f"the server sent {frame.kind.name}")


def _mount_disk(options: str) -> None:
    """One tmpfs behind three folders, so that one limit holds for all that a program writes."""
    flags = syscalls.MS_NOSUID | syscalls.MS_NODEV
    syscalls.mount("tmpfs", _DISK, flags, options)
    for target, name in DISK_FOLDERS.items():
        os.mkdir(f"{_DISK}/{name}")
        if target != WORKSPACE:  # as everywhere: for all who are in there, each for himself
            os.chmod(f"{_DISK}/{name}", 0o1777)  # noqa: S103  -- the sticky bit is set
        syscalls.mount(None, target, syscalls.MS_BIND, source=f"{_DISK}/{name}")
    # Its root is covered, because to take a mount away costs more than to add one (the kernel waits for readers).
    syscalls.mount(None, _DISK, syscalls.MS_BIND, source=EMPTY)
