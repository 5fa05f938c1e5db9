"""The filters of system calls, given to the kernel: in processes of their own, which make no call before that."""

import json
import platform
import subprocess
import sys
from typing import Any, Final

import pytest
from tests.support.system_calls import DENIED

from snakepen.sandbox.seccomp import filter_bytes, without_lingering, without_untracked_memory

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() != "x86_64" or sys.maxsize < 2**32,
    reason="gives the filter to the kernel, with numbers of Linux on x86_64",
)

# What is asked here is refused by the filter, and without it with another error or not at all.

CONFINED: Final = """
import ctypes, errno, json, os, resource, socket, subprocess, sys, threading
libc = ctypes.CDLL(None, use_errno=True)
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

class Filter(ctypes.Structure):
    _fields_ = (("count", ctypes.c_ushort), ("steps", ctypes.c_char_p))

def control(*arguments):
    if libc.prctl(*map(ctypes.c_ulong, arguments)):
        raise OSError(ctypes.get_errno(), "prctl")

def call(number, *arguments):
    ctypes.set_errno(0)
    result = libc.syscall(*(ctypes.c_ulong(value) for value in (number, *arguments)))
    return errno.errorcode[ctypes.get_errno()] if result == -1 else "ok"

control(38, 1, 0, 0, 0)
for program in map(bytes.fromhex, sys.argv[1:]):
    filter = Filter(len(program) // 8, program)
    control(22, 2, ctypes.addressof(filter), 0, 0)
"""


def confined(code: str, *filters: bytes) -> "subprocess.CompletedProcess[str]":
    """Runs the code under the filters, in a session of its own: no terminal that a call could reach."""
    command = [sys.executable, "-I", "-c", CONFINED + code, *(program.hex() for program in filters)]
    return subprocess.run(command, capture_output=True, text=True, timeout=20, start_new_session=True)


def told(code: str, *filters: bytes) -> Any:
    done = confined(f"{code}\nprint(json.dumps(told))", *filters)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_the_kernel_refuses_every_denied_call() -> None:
    # Arguments of -1, so that nothing would happen without the filter. Of these two the kernel asks no filter.
    numbers = {name: calls["x86_64"] for name, calls in DENIED.items() if name not in ("uretprobe", "uprobe")}
    found = told(f"told = {{name: call(nr, *[2**64 - 1] * 6) for name, nr in {numbers}.items()}}", filter_bytes())
    assert found == dict.fromkeys(numbers, "EPERM")


def test_the_kernel_refuses_by_arguments() -> None:
    found = told(
        """
high = 1 << 32
told = [
    call(272, 0), call(435, 0, 0), call(56, 0x10010000), call(56, high | 0x20010000), call(56, 0x18000),
    call(16, 0, 0x5412, 0), call(16, 0, high | 0x5412, 0), call(157, 22, 99), call(157, high | 35, 99),
    call(135, 0x40000), call(72, 0, 1024, 2), call(500), call(0x40000000 | 39),
]
told += [call(41, family, 2, 0) for family in (38, 16, 40, 17, 44, high | 16, high | 38)]
told += [call(41, 2, 3, 0), call(41, 2, high | 3, 1), call(41, 2, 2, 1), call(41, 10, 2, high | 58)]
told += [call(53, 2, 1, 0, 0)]
try:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
except ValueError:
    told.append("not set")
""",
        filter_bytes(),
    )
    assert found == [
        *("EPERM", "ENOSYS", "EPERM", "EPERM", "EPERM"),
        *("EPERM", "EPERM", "EPERM", "EPERM"),
        *("EPERM", "EPERM", "ENOSYS", "ENOSYS"),
        *["EAFNOSUPPORT"] * 7,
        *("EPERM", "EPERM", "EPROTONOSUPPORT", "EPROTONOSUPPORT", "EAFNOSUPPORT"),
        "not set",
    ]


def test_a_good_program_does_not_notice() -> None:
    found = told(
        """
told = []
threads = [threading.Thread(target=told.append, args=("thread",)) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
told.append(subprocess.run(["/bin/echo", "child"], capture_output=True, text=True).stdout)
child = os.fork()
if not child:
    os._exit(7)
told.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
for family in (socket.AF_UNIX, socket.AF_INET):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        socket.socket(family, kind).close()
socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET).close()
for end in socket.socketpair():
    end.close()
os.close(os.memfd_create("memory"))
control(15, ctypes.addressof(ctypes.create_string_buffer(b"renamed")), 0, 0, 0)
told += [resource.getrlimit(resource.RLIMIT_CORE), os.isatty(0), call(135, 0xffffffff), call(29, 0, 0, 0)]
""",
        filter_bytes(),
    )
    assert found == ["thread"] * 3 + ["child\n", 7, [0, 0], False, "ok", "EINVAL"]


def test_the_kernel_asks_both_filters() -> None:
    code = """
name = ctypes.create_string_buffer(b"memory")
told = [call(319, ctypes.addressof(name), 0), call(29, 0, 0, 0), call(272, 0)]
"""
    assert told(code, without_untracked_memory(), filter_bytes()) == ["EPERM", "EPERM", "EPERM"]
    assert told(code, without_untracked_memory()) == ["EPERM", "EPERM", "ok"]
    assert told(code, filter_bytes()) == ["ok", "EINVAL", "EPERM"]


def test_with_the_filter_for_older_kernels_no_socket_lingers() -> None:
    code = """
opened = socket.socket()
value = ctypes.create_string_buffer(8)
told = [call(54, opened.fileno(), 1, option, ctypes.addressof(value), 8) for option in (13, 2)]
"""
    assert told(code, without_lingering(), filter_bytes()) == ["EPERM", "ok"]
    assert told(code, filter_bytes()) == ["ok", "ok"]


def test_no_socket_gets_code_of_its_own() -> None:
    code = """
opened = socket.socket(type=socket.SOCK_DGRAM)
opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
step = ctypes.create_string_buffer(bytes.fromhex("06000000ffffffff"))
value = Filter(1, ctypes.cast(step, ctypes.c_char_p))
told = [call(54, opened.fileno(), 1, option, ctypes.addressof(value), ctypes.sizeof(value)) for option in (26, 51, 27)]
"""
    assert told(code) == ["ok", "ok", "ok"]
    assert told(code, filter_bytes()) == ["EPERM", "EPERM", "ENOENT"]


def test_nothing_is_loaded_after_the_main_filter() -> None:
    done = confined("", filter_bytes(), without_untracked_memory())
    assert "PermissionError: [Errno 1] prctl" in done.stderr


def test_a_call_by_the_32_bit_door_ends_the_process() -> None:
    # mov $20, %eax; int $0x80; ret -- getpid of 32-bit programs, syscall(2).
    code = r"""
import mmap
memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
memory.write(b"\xb8\x14\x00\x00\x00\xcd\x80\xc3")
print(ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))() == os.getpid())
"""
    if confined(code).stdout != "True\n":
        pytest.skip("this kernel has no door for 32-bit programs")
    assert confined(code, filter_bytes()).returncode == -31  # SIGSYS
