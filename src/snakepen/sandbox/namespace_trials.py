"""The layers that are namespaces, or need some: the launcher's way into its own, and a runner's into a sandbox.

anchor, an ordinary user: enters the namespaces
  └─> first, PID 1 of a process namespace: enters the root, makes a sandbox
        └─> inside: enters that, gives up every right
"""

import errno
import os
import resource
import signal
import socket
import sys
from typing import Final

assert sys.platform == "linux"

from snakepen.sandbox import syscalls
from snakepen.sandbox.attempts import NotHeld, Trials, idle_process, named, refused
from snakepen.sandbox.init_program import init_program
from snakepen.sandbox.layers import NAMESPACED, OF_FIRST, OF_INSIDE, Layer
from snakepen.sandbox.namespaces import HOST_NAME, NAMESPACES, bring_up_loopback, terminals_call
from snakepen.sandbox.users import become_user, enter_user_namespace

_INIT: Final = "/.init"
_FOLDERS: Final = ("proc", "usr", "run", "dev/pts")
_READ_ONLY: Final = syscalls.MOUNT_ATTR_RDONLY | syscalls.MOUNT_ATTR_NOSUID | syscalls.MOUNT_ATTR_NODEV
_DISK_BYTES: Final = 64 << 10
_LINKS: Final = {
    "CLONE_NEWNS": "mnt",
    "CLONE_NEWNET": "net",
    "CLONE_NEWIPC": "ipc",
    "CLONE_NEWUTS": "uts",
    "CLONE_NEWCGROUP": "cgroup",
    "CLONE_NEWPID": "pid_for_children",
}


class NamespaceTrials:
    """The launcher's way into its namespaces, and a runner's into a sandbox."""

    def __init__(self, trials: Trials, root: str, user: int | None) -> None:
        self._trials = trials
        self._root = root
        self._user = user
        self._home = -1
        self._sandbox = -1

    def attempt(self) -> None:
        self._trials.apart(NAMESPACED, self._anchor)

    def _anchor(self) -> None:
        attempt = self._trials.attempt
        if self._user is None:
            attempt(Layer.USERS, lambda: enter_user_namespace(0))
            attempt(Layer.MOUNTS, self._mount, Layer.USERS)
            attempt(Layer.READ_ONLY, self._attach_read_only, Layer.MOUNTS)
        else:  # mounts first, as root, because what is mounted may lie where nobody else can enter
            attempt(Layer.MOUNTS, self._mount)
            attempt(Layer.READ_ONLY, self._attach_read_only, Layer.MOUNTS)
            attempt(Layer.ORDINARY_USER, self._become_ordinary)
            attempt(Layer.USERS, lambda: enter_user_namespace(syscalls.CLONE_NEWNS), Layer.ORDINARY_USER)
        attempt(Layer.DISK, self._disk, Layer.USERS, Layer.MOUNTS)
        attempt(Layer.TERMINALS, self._terminals, Layer.USERS, Layer.MOUNTS)
        attempt(Layer.NETWORK, _network, Layer.USERS)
        attempt(Layer.IPC, lambda: _unshare("CLONE_NEWIPC"), Layer.USERS)
        attempt(Layer.HOST_NAME, _host_name, Layer.USERS)
        attempt(Layer.GROUP_NAMES, lambda: _unshare("CLONE_NEWCGROUP"), Layer.USERS)
        attempt(Layer.PROCESSES, self._enter_processes, Layer.USERS, Layer.PROCESS_HANDLES)
        self._trials.apart(OF_FIRST, self._first, Layer.PROCESSES)

    def _mount(self) -> None:
        _unshare("CLONE_NEWNS")
        syscalls.mount(None, "/", syscalls.MS_REC | syscalls.MS_PRIVATE)
        before = os.stat(self._root).st_dev
        syscalls.mount("tmpfs", self._root, syscalls.MS_NOSUID | syscalls.MS_NODEV, "size=1m,mode=755")
        if os.stat(self._root).st_dev == before:  # then what follows would be written to the machine
            raise NotHeld("nothing was mounted")
        for folder in _FOLDERS:
            os.makedirs(f"{self._root}/{folder}")
        init = os.open(f"{self._root}{_INIT}", os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o555)
        os.write(init, init_program(os.uname().machine))
        os.close(init)

    def _attach_read_only(self) -> None:
        target = f"{self._root}/usr"
        tree = syscalls.clone_tree("/usr")
        syscalls.restrict_tree(tree, _READ_ONLY)
        syscalls.attach_tree(tree, target)
        os.close(tree)
        # A change that changes nothing where it is allowed: this is the machine's own folder.
        try:
            os.removexattr(target, "user.snakepen")
        except OSError as error:
            if error.errno == errno.EROFS:
                return
        raise NotHeld("it can be changed all the same")

    def _become_ordinary(self) -> str:
        assert self._user is not None
        with named(f"setresuid {self._user}"):
            become_user(self._user)
        return str(self._user)

    def _disk(self) -> None:
        """One page too much is refused, and fits when the disk has been made larger from outside."""
        place = f"{self._root}/run"
        syscalls.mount("tmpfs", place, syscalls.MS_NOSUID | syscalls.MS_NODEV, f"size={_DISK_BYTES},mode=755")
        disk = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        file = os.open(f"{place}/file", os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC)
        os.write(file, bytes(_DISK_BYTES))
        refused("Writing more than its size", lambda: os.write(file, b"x"), errno.ENOSPC)
        syscalls.resize_disk(disk, 2 * _DISK_BYTES)
        os.write(file, b"x")

    def _terminals(self) -> None:
        syscalls.make(terminals_call(f"{self._root}/dev/pts"))
        os.close(os.open(f"{self._root}/dev/pts/ptmx", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC))

    def _enter_processes(self) -> None:
        self._home = os.pidfd_open(os.getpid())
        _unshare("CLONE_NEWPID")  # for children only, unshare(2)

    def _first(self) -> None:
        attempt = self._trials.attempt
        attempt(Layer.PROCFS, self._procfs, Layer.MOUNTS)
        attempt(Layer.ROOT, self._enter_root, Layer.MOUNTS)
        attempt(Layer.SANDBOX, self._make_sandbox, Layer.ARCHITECTURE, Layer.PROCFS, Layer.ROOT)
        self._trials.apart(OF_INSIDE, self._inside, Layer.SANDBOX)

    def _procfs(self) -> None:
        syscalls.mount(None, self._root, syscalls.MS_BIND | syscalls.MS_REC, source=self._root)
        place = f"{self._root}/proc"
        syscalls.mount("proc", place, syscalls.MS_NOSUID | syscalls.MS_NODEV | syscalls.MS_NOEXEC)
        seen = [name for name in os.listdir(place) if name.isdigit()]
        if seen != ["1"]:
            raise NotHeld(f"{len(seen)} processes are seen in it")

    def _enter_root(self) -> None:
        syscalls.pivot_into(self._root)
        ours = {_INIT.strip("/"), *(folder.split("/")[0] for folder in _FOLDERS)}
        if set(os.listdir("/")) != ours:
            raise NotHeld("the old root is still there")
        syscalls.restrict_mount("/", _READ_ONLY)
        refused("Writing to it", lambda: os.open("/file", os.O_CREAT | os.O_WRONLY), errno.EROFS)

    def _make_sandbox(self) -> None:
        """As `SandboxMaker.make` does it: there, its first process, and back."""
        own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
        syscalls.unshare(NAMESPACES | syscalls.CLONE_NEWPID)
        pid = os.posix_spawn(_INIT, ["init"], {})
        self._sandbox = os.pidfd_open(pid)
        syscalls.setns(self._home, NAMESPACES)
        syscalls.setns(own, syscalls.CLONE_NEWPID)
        syscalls.setns(self._sandbox, syscalls.CLONE_NEWPID)

    def _inside(self) -> None:
        attempt = self._trials.attempt
        attempt(Layer.ENTERING, self._enter_sandbox)
        attempt(Layer.INNER_PROCFS, _inner_procfs, Layer.ENTERING)
        attempt(Layer.NO_RIGHTS, _give_up_rights, Layer.ENTERING)
        attempt(Layer.PROCESS_LIMIT, _process_limit, Layer.NO_RIGHTS)

    def _enter_sandbox(self) -> None:
        syscalls.setns(self._sandbox, NAMESPACES & ~syscalls.CLONE_NEWCGROUP)
        syscalls.unshare(syscalls.CLONE_NEWCGROUP)


def _unshare(name: str) -> None:
    """And look whether it is another one: what is changed next would otherwise be changed for this machine."""
    link = f"/proc/self/ns/{_LINKS[name]}"
    before = os.readlink(link)
    with named(f"unshare {name}"):
        syscalls.unshare(getattr(syscalls, name))
    try:
        after = os.readlink(link)
    except FileNotFoundError:  # namespaces(7): of a process namespace that has no process yet
        return
    if after == before:
        raise NotHeld("it is the same as before")


def _network() -> None:
    _unshare("CLONE_NEWNET")
    bring_up_loopback()
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())


def _host_name() -> None:
    _unshare("CLONE_NEWUTS")
    syscalls.set_host_name(HOST_NAME)


def _inner_procfs() -> None:
    syscalls.mount("proc", "/proc", syscalls.MS_NOSUID | syscalls.MS_NODEV | syscalls.MS_NOEXEC, "subset=pid")
    os.stat("/proc/self/status")
    if os.path.exists("/proc/meminfo"):
        raise NotHeld("subset=pid shows all of it")


def _give_up_rights() -> None:
    syscalls.unshare(syscalls.CLONE_NEWUSER)
    syscalls.drop_all_capabilities()
    syscalls.set_no_new_privileges()
    refused("Another mount namespace", lambda: syscalls.unshare(syscalls.CLONE_NEWNS), errno.EPERM)
    refused("Another user namespace", lambda: syscalls.unshare(syscalls.CLONE_NEWUSER), errno.EPERM)
    refused("The memory of PID 1", lambda: os.open("/proc/1/mem", os.O_RDONLY), errno.EACCES, errno.EPERM)


def _process_limit() -> None:
    """One more than us, which there would be none of if the processes outside were counted, and no second."""
    resource.setrlimit(resource.RLIMIT_NPROC, (2, 2))
    with named("fork within RLIMIT_NPROC"):
        pid = idle_process()
    try:
        refused("One process more than RLIMIT_NPROC", idle_process, errno.EAGAIN)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
