"""Making one sandbox: empty namespaces, a disk in memory, a PID 1. Makers do it, ahead of time.

A sandbox is used once. It is made by entering new namespaces, setting them up, starting PID 1 in them and going back:
no fork of an interpreter, so that it costs about a millisecond.
"""

import os
import signal
import sys
from _socket import socket
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Final, NoReturn

assert sys.platform == "linux"

from snakepen.sandbox import syscalls
from snakepen.sandbox.landlock import Landlock
from snakepen.sandbox.namespaces import NAMESPACES, bring_up_loopback, terminals_call
from snakepen.sandbox.prepared import Calls
from snakepen.sandbox.protocol import Config, DescriptorsLostError, Frame, Kind, receive_frame, refuse, send_frame
from snakepen.sandbox.template import DISK, DISK_FOLDERS, EMPTY, INIT, WORKSPACE, covered_paths

_NO_STREAMS: Final = tuple((os.POSIX_SPAWN_CLOSE, descriptor) for descriptor in range(3))
_WRITABLE_DEVICES: Final = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_TERMINALS: Final = "/dev/pts"
_OWN_TERMINAL: Final = "/dev/tty"
# So many that the server has not looked at yet can still be ended; more would stay as long as the launcher.
_REMEMBERED: Final = 64


class SandboxMaker:
    """Makes sandboxes from the launcher's namespaces, and always comes back to them."""

    def __init__(self, config: Config, landlock: Landlock | None, home: int, own_processes: int) -> None:
        """A pidfd of a process that stays in the launcher's own namespaces, and the process namespace of its own."""
        self._landlock = landlock
        # The same files in every sandbox: what Landlock holds is the file, whatever way leads to it.
        self._devices = [os.open(path, os.O_PATH | os.O_CLOEXEC) for path in _WRITABLE_DEVICES]
        self._own_terminal = os.open(_OWN_TERMINAL, os.O_PATH | os.O_CLOEXEC)
        self._begin, self._furnish, self._go_home = Calls(), Calls(), Calls()
        self._begin.add("unshare", NAMESPACES | syscalls.CLONE_NEWPID)
        _mount_disk(self._furnish, f"size={config.disk_bytes},nr_inodes={config.disk_files},mode=755")
        covered = covered_paths(config)
        for folder in _folders_down_to(covered.values()):
            self._furnish.add("mkdir", folder.encode(), 0o755)
        for held, path in covered.items():
            self._furnish.add(*syscalls.mount_call(None, path, syscalls.MS_BIND | syscalls.MS_REC, source=held))
        self._furnish.add(*terminals_call(_TERMINALS))
        self._go_home.add("setns", home, NAMESPACES)
        self._go_home.add("setns", own_processes, syscalls.CLONE_NEWPID)

    def make(self) -> list[int]:
        """A pidfd of PID 1, the workspace, and what Landlock is to hold there, where this kernel has it.

        Raises OSError; then nothing of it is left.
        """
        made: list[int] = []
        try:
            self._begin.make()
            bring_up_loopback()
            self._furnish.make()
            made.append(os.open(WORKSPACE, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC))
            if self._landlock is not None:  # here, because to build them in a fork would copy pages
                made.append(
                    self._landlock.ruleset(
                        folders=DISK_FOLDERS, files=self._devices, terminals=(_TERMINALS, self._own_terminal)
                    )
                )
            made.insert(0, self._start_init())
        except BaseException:
            for descriptor in made:
                os.close(descriptor)
            raise
        finally:
            self._go_home.make()
        return made

    def _start_init(self) -> int:
        pid = os.posix_spawn(INIT, ["init"], {}, file_actions=_NO_STREAMS)
        try:
            return os.pidfd_open(pid)
        except OSError:
            os.kill(pid, signal.SIGKILL)
            raise


def make_sandboxes(channel: socket, maker: SandboxMaker) -> NoReturn:
    """Serve SANDBOX and RESIZE frames until the server hangs up.

    More than one process does this: most of the time that a sandbox takes is waiting, for locks of the kernel's network
    and for PID 1 to be started (measured: 1 ms of work, 3 to 5 ms in all on busy processors).
    """
    syscalls.set_name("snakepen-maker")
    sent: deque[tuple[int, int]] = deque()
    while True:
        try:
            received = receive_frame(channel)
        except DescriptorsLostError as lost:
            refuse(channel, lost)
            continue
        if received is None:
            os._exit(0)
        frame, descriptors = received
        try:
            _serve(channel, frame, descriptors, maker, sent)
        except BrokenPipeError:  # the server is gone
            os._exit(0)
        except OSError as error:
            print(f"{frame.kind.name}: {error}", file=sys.stderr, flush=True)  # noqa: T201  -- the server logs it
            send_frame(channel, Frame(Kind.FAILED, frame.number, error.errno or 0))
        for descriptor in descriptors:
            os.close(descriptor)


def _serve(
    channel: socket, frame: Frame, descriptors: list[int], maker: SandboxMaker, sent: deque[tuple[int, int]]
) -> None:
    """`sent`: numbers and pidfds of PID 1 of the last sandboxes, which may not have arrived."""
    match frame.kind:
        case Kind.SANDBOX:
            init, *others = made = maker.make()
            try:
                send_frame(channel, frame, made)
            except OSError:
                signal.pidfd_send_signal(init, signal.SIGKILL)
                os.close(init)
                raise
            finally:
                for descriptor in others:
                    os.close(descriptor)
            sent.append((frame.number, init))
            if len(sent) > _REMEMBERED:
                os.close(sent.popleft()[1])
        case Kind.LOST:
            for number, init in sent:
                if number == frame.number:
                    with suppress(ProcessLookupError):
                        signal.pidfd_send_signal(init, signal.SIGKILL)
        case Kind.RESIZE:
            syscalls.resize_disk(descriptors[0], frame.a)
            send_frame(channel, Frame(Kind.RESIZED, frame.number))
        case _:
            raise ValueError(f"the server sent {frame.kind.name}")


def _folders_down_to(paths: Iterable[str]) -> list[str]:
    """Those that are not there yet on an empty disk, outer ones first."""
    folders = {str(folder) for path in paths for folder in (PurePosixPath(path), *PurePosixPath(path).parents)}
    return sorted(folder for folder in folders if any(folder.startswith(f"{disk}/") for disk in DISK_FOLDERS))


def _mount_disk(calls: Calls, options: str) -> None:
    """One tmpfs behind three folders, so that one limit holds for all that a program writes."""
    calls.add(*syscalls.mount_call("tmpfs", DISK, syscalls.MS_NOSUID | syscalls.MS_NODEV, options))
    for target, name in DISK_FOLDERS.items():
        folder = f"{DISK}/{name}"
        calls.add("mkdir", folder.encode(), 0o755)
        if target != WORKSPACE:  # as everywhere: for all who are in there, each for himself
            calls.add("chmod", folder.encode(), 0o1777)
        calls.add(*syscalls.mount_call(None, target, syscalls.MS_BIND, source=folder))
    # Its root is covered, because to take a mount away costs more than to add one (the kernel waits for readers).
    calls.add(*syscalls.mount_call(None, DISK, syscalls.MS_BIND, source=EMPTY))
