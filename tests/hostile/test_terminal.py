"""What a program with a terminal tries by way of it: to type for others, to watch them, to reach what holds its other side."""

import asyncio
import errno
import fcntl
import os
import platform
import socket
import sys
import termios
from time import monotonic

import pytest

if sys.platform != "linux":
    pytest.skip("the pen is Linux's", allow_module_level=True)
assert sys.platform == "linux"

from tests.support import system_calls
from tests.support.runs import limits_of
from tests.support.sandboxes import Sandboxes
from tests.support.terminals import SECONDS, SIZE, Penned
from tests.support.throwaway import unheld

from snakepen.executor import RunSpec
from snakepen.runner.frames import BEGUN
from snakepen.runs.child_sandboxed import SandboxChild

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

HEAD = (
    f"IOCTL = {system_calls.CONDITIONAL['ioctl'][platform.machine()]}"
    + """
import ctypes, fcntl, os, struct, sys, termios, time
def attempt(name, what):
    try:
        got = what()
    except (OSError, termios.error) as error:
        print("held", name, error.args[0])
    else:
        print("got", name, repr(got))
"""
)

TRICKS = """
mine = os.ttyname(0)
print('terminals', sorted(os.listdir('/dev/pts')), mine)
for number in range(64):
    path = f'/dev/pts/{number}'
    if path != mine:
        attempt(f'terminal {number}', lambda: os.open(path, os.O_RDWR | os.O_NOCTTY))
attempt('type into its own', lambda: fcntl.ioctl(0, 0x5412, b'x'))
attempt('type into a new one', lambda: fcntl.ioctl(os.openpty()[1], 0x5412, b'x'))
libc = ctypes.CDLL(None, use_errno=True)
def by_a_longer_number():
    if libc.syscall(ctypes.c_long(IOCTL), ctypes.c_long(0), ctypes.c_ulong(1 << 32 | 0x5412), ctypes.c_char_p(b'x')):
        raise OSError(ctypes.get_errno(), '')
attempt('type by a longer number', by_a_longer_number)
attempt('paste', lambda: fcntl.ioctl(0, 0x541C, b'\\x03'))
attempt('the console', lambda: fcntl.ioctl(0, 0x541D))
attempt('a line discipline', lambda: fcntl.ioctl(0, 0x5423, struct.pack('i', 2)))
attempt('hang it up', lambda: fcntl.ioctl(0, 0x5437))
attempt('be the other side', lambda: fcntl.ioctl(0, 0x5441, os.O_RDWR))
attempt('the lock of the other side', lambda: fcntl.ioctl(0, 0x40045431, struct.pack('i', 1)))
attempt('packets', lambda: fcntl.ioctl(0, 0x5420, struct.pack('i', 1)))
attempt('a signal as the other side', lambda: fcntl.ioctl(0, 0x40045436, 2))
attempt('the screen', lambda: os.open('/dev/tty1', os.O_RDWR))
attempt('the console by name', lambda: os.open('/dev/console', os.O_RDWR))
attempt('the other side by name', lambda: os.open('/proc/1/fd/0', os.O_RDWR))
print('ended')
"""


def spec(code: str) -> RunSpec:
    return RunSpec((HEAD + code).encode(), limits_of(), stdin=None, terminal=SIZE)


async def test_tricks_of_a_terminal_reach_nothing(pen: Sandboxes) -> None:
    async with pen.executor.run(spec(TRICKS), caller="somebody") as run:
        place = Penned(run)
        assert await place.return_code() == 0
    said = place.screen.said.decode()
    assert "ended" in said
    assert not [line for line in said.splitlines() if line.startswith("got ")]
    assert "terminals ['0', 'ptmx'] /dev/pts/0" in said


async def test_a_terminal_shows_nothing_of_another_run(pen: Sandboxes) -> None:
    secret = "print('ready')\nname = input()\nprint('end of', name)"
    watcher = (
        "import select\nprint('ready')\ninput()\nopened = [0]\n"
        "for path in ('/dev/pts/0', '/dev/tty', '/dev/pts/1'):\n"
        "    attempt(path, lambda: opened.append(os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)))\n"
        "print([os.read(fd, 1000) for fd in select.select(opened, [], [], 0)[0]])"
    )
    async with pen.executor.run(spec(secret), caller="a") as one, pen.executor.run(spec(watcher), caller="b") as two:
        first, second = Penned(one), Penned(two)
        await asyncio.gather(first.screen.until("ready"), second.screen.until("ready"))
        await first.type(b"canary\n")
        await second.type(b"\n")
        assert await first.return_code() == 0
        assert await second.return_code() == 0
    assert b"canary" in first.screen.said
    assert b"canary" not in second.screen.said


async def test_a_terminal_that_was_locked_before_anybody_looked_is_held_all_the_same(
    pen: Sandboxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To open its side of it is for root alone from then on (ioctl_tty(2), TIOCEXCL)."""
    hear = SandboxChild._hear

    def hear_late(child: SandboxChild) -> None:
        deadline = monotonic() + SECONDS
        while not child.has_begun and waiting_bytes(child._control) <= len(BEGUN) and monotonic() < deadline:
            os.sched_yield()  # until its hint is there as well, which comes after the lock
        hear(child)

    monkeypatch.setattr(SandboxChild, "_hear", hear_late)
    locks = RunSpec(
        (HEAD + "fcntl.ioctl(0, termios.TIOCEXCL)\nprint(input('? '))").encode(),
        limits_of(),
        stdin=None,
        terminal=SIZE,
        hints=True,
    )
    async with pen.executor.run(locks, caller="a") as run:
        place = Penned(run)
        await place.screen.until("? ")
        await place.type(b"yes\n")
        assert await place.return_code() == 0
    assert place.screen.said.decode() == "? yes\r\nyes\r\n"


def waiting_bytes(end: socket.socket) -> int:
    """unix(7), SIOCINQ."""
    return int.from_bytes(fcntl.ioctl(end, termios.FIONREAD, bytes(4)), sys.byteorder)


PASSES_MANY = """
import array, socket
kept = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
kept[0].sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [0] * 100))])
"""
# No more than these see it: the kernel counts for the user of all tests, and most programs may have 256.
FEWER = 16


async def test_descriptors_that_another_run_has_on_their_way_keep_nobody_from_a_terminal(pen: Sandboxes) -> None:
    passes = PASSES_MANY + "print('ready')\ninput()\nprint(kept)"
    async with pen.executor.run(spec(passes), caller="a") as one:
        holder = Penned(one)
        await holder.screen.until("ready")
        few = RunSpec(b"print(open('/dev/tty').isatty())", limits_of(open_files=FEWER), stdin=None, terminal=SIZE)
        async with pen.executor.run(few, caller="b") as two:
            other = Penned(two)
            assert await other.return_code() == 0
        await holder.type(b"\n")
        assert await holder.return_code() == 0
    assert other.screen.said == b"True\r\n"


async def test_they_keep_whoever_may_open_few_from_passing_any_where_each_is_held_to_its_own() -> None:
    code = f"""
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, ({FEWER}, {FEWER}))
try:
    kept[0].sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [0]))])
except OSError as error:
    print("got", error.errno)
"""
    seen = await asyncio.to_thread(unheld, PASSES_MANY + code)
    assert seen.stdout == f"got {errno.ETOOMANYREFS}\n"


async def test_what_its_terminal_is_made_into_harms_nobody_who_holds_the_other_side(pen: Sandboxes) -> None:
    code = """
modes = termios.tcgetattr(0)
import signal
signal.signal(signal.SIGHUP, signal.SIG_IGN)
modes[0] = modes[1] = modes[3] = 0xFFFFFFFF & ~termios.TOSTOP
modes[6] = [bytes([n + 128]) for n in range(len(modes[6]))]
attempt('every mode', lambda: termios.tcsetattr(0, termios.TCSANOW, modes))
fcntl.ioctl(0, termios.TIOCEXCL)
fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('4H', 65535, 65535, 1, 1))
fcntl.ioctl(0, 0x5422)  # TIOCNOTTY
os.write(1, b'ready')
time.sleep(600)
"""
    async with pen.executor.run(spec(code), caller="a") as run:
        place = Penned(run)
        await place.screen.until("READY")  # that is one of the modes
        run.resize(SIZE)
        run.close_stdin()
        await run.send_stdin(os.urandom(64))
        run.stop(patience_seconds=0.2)
        assert await place.return_code() in (-9, -2, -1)
