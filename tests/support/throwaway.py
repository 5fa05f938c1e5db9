"""A place where a hostile program works: the negative control of every attack.

Namespaces of their own, entered as an ordinary user, in which the program is root: what it changes is changed nowhere
else, and when its time is up the first process of them ends, and with it everything. No part of Snakepen is in it.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Final

# A Python that every user here can run.
PYTHON: Final = "/usr/bin/python3"
# What the first process holds open and carries in its environment: what an attack looks for, where nobody tidied up.
FOLDER_DESCRIPTOR: Final = 9
SECRET: Final = "canary-of-the-throwaway"
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
# pid_namespaces(7): without a handler nothing would happen to a first process.
signal.signal(signal.SIGALRM, lambda *_: (os.write(1, b"\nthe program ended with nothing\n"), os._exit(0)))
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
    """None: its time was up."""
    left: int
    """Processes that it left behind."""


def unheld(code: str, *, seconds: float = 20) -> Outcome:
    """Run it for so long at the most."""
    is_root = sys.platform == "linux" and os.getuid() == 0
    done = subprocess.run(
        [PYTHON, "-I", "-c", _START, str(seconds), str(FOLDER_DESCRIPTOR)],
        input=code.encode(),
        capture_output=True,
        env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "SNAKEPEN_SECRET": SECRET},
        cwd="/",
        timeout=seconds + 30,
        check=False,
        user=_NOBODY if is_root else None,
        group=_NOBODY if is_root else None,
        extra_groups=[] if is_root else None,
    )
    said, found, ended = done.stdout.rpartition(_MARK)
    assert found, f"the throw-away namespace was not made: {done.stderr.decode()}"
    words = ended.split()
    if words[0] == b"nothing":
        return Outcome(said.decode("utf-8", "replace"), None, 0)
    return Outcome(said.decode("utf-8", "replace"), int(words[0].rstrip(b",")), int(words[2]))


if sys.platform != "linux":
    raise ImportError("namespaces are Linux's")
