"""The file system that programs see, built once by the launcher; every sandbox gets a copy of its mounts.

Nothing of the host is in it but what is listed here, read-only, without set-user-id and without devices: the system's
programs and libraries, the interpreter, its environment, and a few files that these need. Three empty folders,
`/workspace`, `/tmp` and `/dev/shm`, wait for each sandbox's own disk.

Copies of mounts are made first, attached later: the new root may then cover whatever folder it likes, and interpreter
or environment may lie in a home that only root can enter.
"""

import os
import sys
from collections.abc import Iterable
from typing import Final

assert sys.platform == "linux"

from snakepen.sandbox import syscalls
from snakepen.sandbox.protocol import Config

WORKSPACE: Final = "/workspace"
DISK_FOLDERS: Final = {WORKSPACE: "workspace", "/tmp": "tmp", "/dev/shm": "shm"}  # noqa: S108  -- paths of the sandbox
INIT: Final = "/.init"
DISK: Final = "/.disk"
"""Where a sandbox's disk is mounted, to be seen through its folders only. A name of our own: an environment may lie
below any that the host knows, `/run` too."""
EMPTY: Final = "/.empty"
"""A folder in which there is nothing, to cover others with."""

_SYSTEM: Final = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_DEVICES: Final = ("null", "zero", "full", "random", "urandom", "tty")
# Copied, not mounted: each mount would cost every sandbox a little. Certificates, never keys.
_ETC: Final = (
    "alternatives",
    "fonts",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "mime.types",
    "os-release",
    "pki/ca-trust/extracted",
    "pki/tls/certs",
    "pki/tls/openssl.cnf",
    "protocols",
    "services",
    "ssl/certs",
    "ssl/openssl.cnf",
    "timezone",
)
_MADE: Final = {
    # getpass, pwd and expanduser ask who 65534 is: whom every program is.
    "etc/passwd": "user:x:65534:65534:user:/workspace:/bin/sh\n",
    "etc/group": "user:x:65534:\n",
    "etc/hosts": "127.0.0.1\tlocalhost snakepen\n::1\tlocalhost\n",
    "etc/hostname": "snakepen\n",
    "etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
}
_LINKS: Final = {
    "dev/fd": "/proc/self/fd",
    "dev/stdin": "/proc/self/fd/0",
    "dev/stdout": "/proc/self/fd/1",
    "dev/stderr": "/proc/self/fd/2",
    "dev/ptmx": "pts/ptmx",
    "etc/mtab": "/proc/self/mounts",
}
_READ_ONLY: Final = syscalls.MOUNT_ATTR_RDONLY | syscalls.MOUNT_ATTR_NOSUID | syscalls.MOUNT_ATTR_NODEV
# A device that is mounted alone stays one; nothing else about it is of use.
_DEVICE: Final = syscalls.MOUNT_ATTR_NOSUID | syscalls.MOUNT_ATTR_NOEXEC
_SIZE_BYTES: Final = 32 << 20
_COPIED_BYTES: Final = 16 << 20


def build_template(config: Config, init: bytes) -> str:
    """Build it over `config.attach_point`, in a mount namespace of our own; returns where it is. Raises OSError."""
    syscalls.mount(None, "/", syscalls.MS_REC | syscalls.MS_PRIVATE)
    paths = {path: os.path.isdir(path) for path in _mounted_paths(config)}
    trees = {path: _copy(path, _READ_ONLY) for path in paths}
    devices = {f"/dev/{name}": _copy(f"/dev/{name}", _DEVICE) for name in _DEVICES}
    etc = {name: f"/etc/{name}" for name in _ETC}
    kept: list[tuple[str, bytes | str]] = [(name, _read(path)) for name, path in etc.items() if os.path.isfile(path)]
    for name, path in etc.items():
        if os.path.isdir(path):
            kept += [(f"{name}/{relative}", content) for relative, content in _walk(path)]

    root = config.attach_point
    flags = syscalls.MS_NOSUID | syscalls.MS_NODEV
    syscalls.mount("tmpfs", root, flags, f"size={_SIZE_BYTES},mode=755")
    for folder in ("/proc", "/etc", "/run", "/var", "/dev/pts", DISK, EMPTY, *DISK_FOLDERS):
        os.makedirs(f"{root}{folder}", exist_ok=True)
    for path in _SYSTEM:
        if os.path.islink(path):
            os.symlink(os.readlink(path), f"{root}{path}")
    for path, tree in (trees | devices).items():
        _make_target(f"{root}{path}", is_folder=paths.get(path, False))
        syscalls.attach_tree(tree, f"{root}{path}")
        os.close(tree)
    for held, path in covered_paths(config).items():
        _make_target(f"{root}{held}", is_folder=True)
        syscalls.mount(None, f"{root}{held}", syscalls.MS_BIND | syscalls.MS_REC, source=f"{root}{path}")
    for name, content in kept:
        _write(f"{root}/etc/{name}", content)
    for name, text in _MADE.items():
        _write(f"{root}/{name}", text.encode())
    for name, target in _LINKS.items():
        os.symlink(target, f"{root}/{name}")
    _write(f"{root}{INIT}", init)
    os.chmod(f"{root}{INIT}", 0o555)  # noqa: S103  -- nobody can write there
    return root


def covered_paths(config: Config) -> dict[str, str]:
    """What a sandbox's own disk would cover, an environment below /tmp: by where it lies to be taken from."""
    folders = sorted({config.base_prefix, config.prefix})
    covered = [path for path in folders if any(path.startswith(f"{folder}/") for folder in DISK_FOLDERS)]
    return {f"/.covered/{index}": path for index, path in enumerate(covered)}


def enter_template(root: str) -> None:
    """Make it the root of this mount namespace, for good: what was there before is detached.

    Called by PID 1 of the launcher's process namespace. The procfs is mounted before the old root goes: a later one,
    in a sandbox, is refused by the kernel unless a whole one is to be seen (mount_too_revealing, seen as EPERM).
    """
    # Mounts that came from a more privileged namespace are locked together; onto one of them pivot_root(2) is EINVAL.
    syscalls.mount(None, root, syscalls.MS_BIND | syscalls.MS_REC, source=root)
    syscalls.mount("proc", f"{root}/proc", syscalls.MS_NOSUID | syscalls.MS_NODEV | syscalls.MS_NOEXEC)
    syscalls.pivot_into(root)
    syscalls.restrict_mount("/", _READ_ONLY)


def _mounted_paths(config: Config) -> list[str]:
    """Folders to show at the path that they have outside; none inside of another."""
    wanted = [path for path in _SYSTEM if os.path.isdir(path) and not os.path.islink(path)]
    wanted += [config.base_prefix, config.prefix, os.path.realpath(config.base_prefix)]
    # Where the interpreter is no more than a link to somewhere else, that file has to be there as well, and no more:
    # the folder around it may be somebody's home.
    wanted.append(os.path.realpath(config.python))
    shown: list[str] = []
    for path in sorted(set(wanted), key=len):
        if path == "/" or any(path == other or path.startswith(f"{other}/") for other in shown):
            continue
        shown.append(path)
    return shown


def _copy(path: str, attributes: int) -> int:
    tree = syscalls.clone_tree(path)
    try:
        syscalls.restrict_tree(tree, attributes)
    except BaseException:
        os.close(tree)
        raise
    return tree


def _make_target(path: str, *, is_folder: bool) -> None:
    if is_folder:
        os.makedirs(path, mode=0o755, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(path), mode=0o755, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o644))


def _read(path: str) -> bytes:
    """Empty when this user may not read it: then programs cannot either."""
    try:
        with open(path, "rb") as file:
            return file.read(_COPIED_BYTES)
    except PermissionError:
        return b""


def _walk(folder: str, below: str = "") -> Iterable[tuple[str, bytes | str]]:
    """Every file of a folder with its content, every link with its target; nothing of folders that this user may not
    read."""
    try:
        entries = os.scandir(f"{folder}/{below}")
    except PermissionError:
        return
    with entries:
        for entry in entries:
            relative = below + entry.name
            if entry.is_symlink():
                yield relative, os.readlink(entry.path)
            elif entry.is_dir(follow_symlinks=False):
                yield from _walk(folder, f"{relative}/")
            elif entry.is_file(follow_symlinks=False):
                yield relative, _read(entry.path)


def _write(path: str, content: bytes | str) -> None:
    try:
        _make(path, content)
    except FileNotFoundError:  # rare: nearly a thousand of these lie in some twenty folders
        os.makedirs(os.path.dirname(path), mode=0o755)
        _make(path, content)


def _make(path: str, content: bytes | str) -> None:
    if isinstance(content, str):
        os.symlink(content, path)
        return
    with open(path, "wb") as file:
        file.write(content)
