"""A place where a hostile program works: the negative control of every attack.

Namespaces of their own, entered as an ordinary user, in which the program is root: what it changes is changed nowhere
else, and when it is told to, or its time is up, the first process of them ends, and with it everything. No part of
Snakepen is in it.
"""

import os
import selectors
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Final

# A Python that every user here can run.
PYTHON: Final = "/usr/bin/python3"
# What the first process holds open and carries in its environment: what an attack looks for, where nobody tidied up.
FOLDER_DESCRIPTOR: Final = 9
SECRET: Final = "canary-of-the-throwaway"
# What has not ended by then is ended. No test waits for it that passes.
DEADLINE_SECONDS: Final = 60
_NOBODY: Final = 65534
_MARK: Final = b"\nthe program ended with "

_START: Final = r"""
import ctypes, fcntl, os, resource, signal, socket, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
def checked(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
user, group, seconds, folder = os.getuid(), os.getgid(), float(sys.argv[1]), int(sys.argv[2])
MOUNT, CGROUP, UTS, IPC, USER, PID, NET = 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
checked(libc.unshare(USER | MOUNT | CGROUP | UTS | IPC | PID | NET))
for file, line in (("setgroups", "deny"), ("uid_map", f"0 {user} 1"), ("gid_map", f"0 {group} 1")):
    with open(f"/proc/self/{file}", "w") as opened:
        opened.write(line)
if pid := os.fork():
    signal.signal(signal.SIGTERM, lambda *_: os.kill(pid, signal.SIGKILL))
    os._exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) & 0xFF)
libc.prctl(1, 9, 0, 0, 0)  # PR_SET_PDEATHSIG
checked(libc.mount(None, b"/", None, 0x4000 | 0x40000, None))
for place in (b"/tmp", b"/dev/shm"):
    checked(libc.mount(b"tmpfs", place, b"tmpfs", 0, b"size=512m"))
checked(libc.mount(b"proc", b"/proc", b"proc", 0, None))
processes = os.open("/proc", os.O_RDONLY)  # works on when it is unmounted
control = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
fcntl.ioctl(control, 0x8914, struct.pack("16sh22x", b"lo", 1))  # SIOCSIFFLAGS: up
os.chdir("/tmp")
with open("main.py", "w") as file:
    file.write(sys.stdin.read())
for kind, most in ((resource.RLIMIT_CPU, 60), (resource.RLIMIT_FSIZE, 1 << 30), (resource.RLIMIT_DATA, 4 << 30)):
    resource.setrlimit(kind, (most, most))
os.dup2(os.open("/", os.O_RDONLY), folder)
# When nobody is there any more to end it. pid_namespaces(7): without a handler nothing happens to a first process.
signal.signal(signal.SIGALRM, lambda *_: os._exit(1))
signal.setitimer(signal.ITIMER_REAL, seconds)
main = os.fork()
if main == 0:
    null = os.open("/dev/null", os.O_RDONLY)
    os.dup2(null, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    os.execv(sys.executable, [sys.executable, "/tmp/main.py"])
while True:
    pid, status = os.wait()
    if pid == main:
        break
left = sum(name.isdigit() for name in os.listdir(processes)) - 1
os.write(1, b"\nthe program ended with %d, and %d are left\n" % (os.waitstatus_to_exitcode(status), left))
"""


@dataclass(frozen=True)
class Outcome:
    """What a program did where nothing held it."""

    stdout: str
    return_code: int | None
    """None: it had not ended."""
    left: int
    """Processes that it left behind."""


def unheld(code: str, *, enough: Callable[[bytes], bool] = lambda said: False, longer_seconds: float = 0) -> Outcome:
    """Run it to its end; or until what it has said is enough, and it has gone on so much longer."""
    is_root = sys.platform == "linux" and os.getuid() == 0
    with tempfile.TemporaryFile() as given:
        given.write(code.encode())
        given.seek(0)
        with subprocess.Popen(
            [PYTHON, "-I", "-c", _START, str(2 * DEADLINE_SECONDS), str(FOLDER_DESCRIPTOR)],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "SNAKEPEN_SECRET": SECRET},
            cwd="/",
            user=_NOBODY if is_root else None,
            group=_NOBODY if is_root else None,
            extra_groups=[] if is_root else None,
        ) as process:
            try:
                has_ended, stdout, stderr = _read(process, enough, longer_seconds)
            finally:
                process.terminate()
    if not has_ended:
        return Outcome(stdout.decode("utf-8", "replace"), None, 0)
    said, found, ended = stdout.rpartition(_MARK)
    assert found, f"the throw-away namespace was not made: {stderr.decode()}"
    words = ended.split()
    return Outcome(said.decode("utf-8", "replace"), int(words[0].rstrip(b",")), int(words[2]))


def _read(
    process: subprocess.Popen[bytes], enough: Callable[[bytes], bool], longer_seconds: float
) -> tuple[bool, bytearray, bytearray]:
    """Whether it has closed its streams, which it does when all of it has ended, and what it said on them."""
    deadline = monotonic() + DEADLINE_SECONDS
    is_enough = False
    stdout, stderr = bytearray(), bytearray()
    with selectors.DefaultSelector() as streams:
        for stream, said in ((process.stdout, stdout), (process.stderr, stderr)):
            assert stream is not None
            streams.register(stream, selectors.EVENT_READ, said)
        while streams.get_map() and monotonic() < deadline:
            for key, _ in streams.select(deadline - monotonic()):
                part = os.read(key.fd, 1 << 16)
                key.data.extend(part)
                if not part:
                    streams.unregister(key.fileobj)
            if not is_enough and enough(bytes(stdout)):
                is_enough = True
                deadline = monotonic() + longer_seconds
        return not streams.get_map(), stdout, stderr


if sys.platform != "linux":
    raise ImportError("namespaces are Linux's")
