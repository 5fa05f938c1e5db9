"""Rows 1 to 10, 17, 18, 23 to 26 and 33 to 37: what a program tries to use up. Each against a small limit, and once without one."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest
from tests.support.sandboxes import Sandboxes
from tests.support.throwaway import unheld

from snakepen.executor import Stream
from snakepen.limits import KIB, MIB
from snakepen.wire.run import RunLimit, RunStatus

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

MEMORY = {"memory_bytes": 64 * MIB, "wall_seconds": 40}
DISK = {"disk_bytes": 4 * MIB, "wall_seconds": 40}
SOON = {"wall_seconds": 0.6}


@dataclass(frozen=True)
class Attack:
    """One that says `got` when it had what it wanted, which is more than its limit.

    Where nobody tells it that it cannot have more, it calls `got`, which in a sandbox holds on to it for as long as it
    may: there it is ended by whoever counts, and that may take a while.
    """

    row: int
    code: str
    limits: dict[str, Any] = field(default_factory=dict)
    ends: tuple[RunStatus, ...] = (RunStatus.COMPLETED,)
    """How it may end in a sandbox: by itself, told an error, or by the limit."""


LIMITED = (RunStatus.COMPLETED, RunStatus.MEMORY_LIMIT)
SAYS_IT = "def got(): print('got', flush=True)\n"
HOLDS_ON = "def got():\n    import time\n    time.sleep(600)\n"
# What is read and never written to is in no limit of data (getrlimit(2)).
MAPS = """
import ctypes, mmap
libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long)
libc.mprotect.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
def mapped(size):
    return libc.mmap(None, size, mmap.PROT_READ, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000, -1, 0)
"""
MANY = 300  # more than the most processes that a run may have

ATTACKS = {
    "a fork bomb": Attack(
        1,
        f"""
import os, time
made = 0
try:
    for _ in range({MANY}):
        if os.fork() == 0:
            time.sleep(5)
            os._exit(0)
        made += 1
    print("got", made)
except BlockingIOError:
    print("held", made)
""",
    ),
    "a thread bomb": Attack(
        2,
        f"""
import threading
end = threading.Event()
made = 0
try:
    for _ in range({MANY}):
        threading.Thread(target=end.wait, daemon=True).start()
        made += 1
    print("got", made)
except RuntimeError:
    print("held", made)
""",
    ),
    "a bomb of commands": Attack(
        3,
        f"""
import subprocess
running = []
try:
    for _ in range({MANY}):
        running.append(subprocess.Popen(["sleep", "5"]))
    print("got", len(running))
except BlockingIOError:
    print("held", len(running))
""",
    ),
    "one large object": Attack(
        4,
        "try:\n    x = bytearray(200 << 20)\n    x[::4096] = bytes(len(x[::4096]))\n    print('got', len(x))\nexcept MemoryError:\n    print('held')",
        MEMORY,
        LIMITED,
    ),
    "more than there is": Attack(
        4, "try:\n    x = bytearray(10**13)\n    print('got')\nexcept MemoryError:\n    print('held')", MEMORY, LIMITED
    ),
    "slow growth": Attack(
        5,
        "x = []\nfor _ in range(200):\n    x.append(b'x' * (1 << 20))\nprint('got', len(x))",
        MEMORY,
        LIMITED,
    ),
    "many small processes": Attack(
        6,
        """
import os, sys, time
ready, done = os.pipe()
for _ in range(20):
    if os.fork() == 0:
        x = bytearray(10 << 20)
        x[::4096] = bytes(len(x[::4096]))
        os.write(done, b"x")
        time.sleep(20)
        os._exit(0)
os.close(done)
got = b""
while len(got) < 20:
    part = os.read(ready, 20)
    if not part:
        break
    got += part
print("got" if len(got) == 20 else "held", len(got))
""",
        MEMORY,
        LIMITED,
    ),
    "memory files": Attack(
        7,
        """
import os
try:
    files = []
    for n in range(50):
        files.append(os.memfd_create(str(n)))
        os.write(files[-1], b"x" * (4 << 20))
    print("got")
except OSError as error:
    print("held", error)
""",
        MEMORY,
        LIMITED,
    ),
    "shared memory by name": Attack(
        8,
        """
try:
    for n in range(50):
        with open(f"/dev/shm/{n}", "wb") as file:
            file.write(b"x" * (4 << 20))
    print("got")
except OSError as error:
    print("held", error)
""",
        DISK,
    ),
    "shared memory of no name": Attack(
        9,
        """
import mmap
x = mmap.mmap(-1, 200 << 20)
for n in range(0, len(x), 4096):
    x[n] = 1
got()
""",
        MEMORY,
        (RunStatus.MEMORY_LIMIT,),
    ),
    "shared memory of children": Attack(
        9,
        """
import mmap, os, time
ready, done = os.pipe()
for _ in range(10):
    if os.fork() == 0:
        x = mmap.mmap(-1, 20 << 20)
        for n in range(0, len(x), 4096):
            x[n] = 1
        os.write(done, b"x")
        time.sleep(600)
have = b""
while len(have) < 10:
    have += os.read(ready, 10)
got()
""",
        MEMORY,
        (RunStatus.MEMORY_LIMIT,),
    ),
    "shared memory when the first thread has left": Attack(
        9,
        """
import ctypes, mmap, os, platform, threading
def fill():
    while " Z " not in open(f"/proc/{os.getpid()}/stat").read():
        pass
    x = mmap.mmap(-1, 200 << 20)
    for n in range(0, len(x), 4096):
        x[n] = 1
    got()
    os._exit(0)
threading.Thread(target=fill).start()
ctypes.CDLL(None).syscall({"x86_64": 60, "aarch64": 93}[platform.machine()], 0)  # exit(2), of this thread alone
""",
        MEMORY,
        (RunStatus.MEMORY_LIMIT,),
    ),
    "tables of pages": Attack(
        4,
        MAPS
        + """
apart = 2 << 20  # what one page of a table is for (mmap(2), PROT_READ: all of it is the page of zeros)
at = mapped(60_000 * apart)
for n in range(60_000):
    ctypes.string_at(at + n * apart, 1)
got()
""",
        MEMORY,
        (RunStatus.MEMORY_LIMIT,),
    ),
    "mappings of many processes": Attack(
        6,
        MAPS
        + """
import os, time
many = 60_000
at = mapped(many * 4096)
for n in range(0, many, 2):
    libc.mprotect(at + n * 4096, 4096, 0)
for _ in range(20):
    if os.fork() == 0:
        time.sleep(600)
got()
""",
        MEMORY,
        (RunStatus.MEMORY_LIMIT,),
    ),
    "terminals": Attack(
        10,
        """
import os
ends = []
try:
    for _ in range(60):
        ends += os.openpty()
    print("got", len(ends))
except OSError as error:
    print("held", len(ends), error)
""",
    ),
    "a full disk": Attack(
        17,
        """
try:
    with open("large", "wb", buffering=0) as file:
        for _ in range(50):
            if file.write(b"x" * (1 << 20)) < 1 << 20:
                raise OSError(28, "short")
    print("got")
except OSError as error:
    print("held", error)
""",
        DISK,
    ),
    "a full disk by allocation": Attack(
        17,
        "import os\ntry:\n    os.posix_fallocate(os.open('large', os.O_CREAT | os.O_RDWR), 0, 50 << 20)\n    print('got')\nexcept OSError as error:\n    print('held', error)",
        DISK,
    ),
    "a full temporary folder": Attack(
        17,
        "try:\n    for n in range(50): open(f'/tmp/{n}', 'wb').write(b'x' * (1 << 20))\n    print('got')\nexcept OSError as error:\n    print('held', error)",
        DISK,
    ),
    **{
        f"too many {what}": Attack(
            18,
            f"""
import os
made = 0
try:
    for n in range(70_000):
        {how}
        made += 1
    print("got", made)
except OSError as error:
    print("held", made, error.errno)
""",
            {"wall_seconds": 60},
        )
        for what, how in (
            ("empty files", "os.close(os.open(f'/tmp/{n}', os.O_CREAT | os.O_WRONLY))"),
            ("folders", "os.mkdir(f'/tmp/{n}')"),
            ("links", "os.symlink('x', f'/tmp/{n}')"),
        )
    },
}


@pytest.mark.parametrize("name", ATTACKS)
async def test_it_gets_no_more_than_its_limit(pen: Sandboxes, name: str) -> None:
    attack = ATTACKS[name]
    seen = await pen.run(HOLDS_ON + attack.code, **attack.limits)
    assert b"got" not in seen.stdout
    assert seen.finished.status in attack.ends, seen
    if seen.finished.status is RunStatus.COMPLETED:
        assert b"held" in seen.stdout or seen.stderr.endswith((b"MemoryError\n", b"Cannot allocate memory\n")), seen


@pytest.mark.parametrize("name", [name for name in ATTACKS if name != "more than there is"])
async def test_it_gets_more_where_nothing_holds_it(name: str) -> None:
    seen = await asyncio.to_thread(unheld, SAYS_IT + ATTACKS[name].code)
    assert "got" in seen.stdout, seen


# Output ------------------------------------------------------------------------------------------------------------

CAP = 64 * KIB
FLOODS = {
    23: "import itertools\nfor n in itertools.count(): print(n)",
    24: "import sys\nwhile True: sys.stdout.write('x')",
    25: "import sys\nsys.stdout.write('x' * (256 << 20))",
    26: "import os, sys\nwhile True: sys.stdout.buffer.write(os.urandom(4096))",
    29: "import sys\nwhile True:\n    print('o')\n    print('e', file=sys.stderr)",
}


@pytest.mark.parametrize("row", FLOODS)
async def test_a_flood_is_cut_at_the_limit_and_what_was_dropped_is_counted(pen: Sandboxes, row: int) -> None:
    seen = await pen.run(FLOODS[row], output_bytes=CAP, wall_seconds=20, memory_bytes=1024 * MIB)
    assert seen.finished.status is RunStatus.OUTPUT_LIMIT
    assert len(seen.stdout) <= CAP
    assert len(seen.stderr) <= CAP
    assert max(len(seen.stdout), len(seen.stderr)) > CAP // 3
    assert sum(seen.finished.dropped[stream] for stream in Stream) > 0


@pytest.mark.parametrize("row", FLOODS)
async def test_a_flood_goes_on_where_nothing_holds_it(row: int) -> None:
    seen = await asyncio.to_thread(unheld, FLOODS[row], enough=lambda said: len(said) > CAP)
    assert len(seen.stdout) > CAP


# Time --------------------------------------------------------------------------------------------------------------

IGNORES = "import signal\nfor n in set(signal.valid_signals()) - {9, 19}:\n    signal.signal(n, signal.SIG_IGN)\n"
ENDLESS = {
    "33 a loop": "while True: pass",
    "34 sleep": "import time\ntime.sleep(1e9)",
    "35 stopped": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    "36 every signal ignored": f"{IGNORES}while True: pass",
    "36 every signal ignored and asleep": f"{IGNORES}import time\nwhile True: time.sleep(1)",
    "36 signals blocked": "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\nwhile True: pass",
    "37 powers": "x = pow(3, 10**9)",
    "37 sums": "sum(range(10**12))",
    "37 digits": "import sys\nsys.set_int_max_str_digits(0)\nstr(7 ** 10**7)",
    "37 a regular expression": "import re\nre.match(r'(a+)+$', 'a' * 64 + 'b')",
    "37 a sort": "sorted([(n * 7919) % 10_000_019 for n in range(3_000_000)] * 8)\nwhile True: pass",
    "37 in C without looking up": "import ctypes\nctypes.CDLL(None).pause()",
    "37 waiting for a lock": "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()",
    "37 waiting for a child": "import os\nif os.fork() == 0:\n    while True: pass\nos.wait()",
    "37 waiting for itself": "import os\nos.read(os.pipe()[0], 1)",
}


@pytest.mark.parametrize("name", ENDLESS)
async def test_what_does_not_end_is_ended_when_its_time_is_up(pen: Sandboxes, name: str) -> None:
    seen = await pen.run(ENDLESS[name], memory_bytes=2048 * MIB, **SOON)
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.TIMEOUT, -9)
    assert seen.finished.duration_seconds >= SOON["wall_seconds"]


@pytest.mark.parametrize("name", ENDLESS)
async def test_it_does_not_end_where_nothing_ends_it(name: str) -> None:
    code = f"print('begun', flush=True)\n{ENDLESS[name]}"
    seen = await asyncio.to_thread(
        unheld, code, enough=lambda said: b"begun\n" in said, longer_seconds=SOON["wall_seconds"]
    )
    assert (seen.stdout, seen.return_code) == ("begun\n", None)


BURN = """
import os, signal, time
def burn():
    until = time.process_time() + 0.25
    while time.process_time() < until:
        pass
"""
UNWAITED = {
    "37 children that are ignored": """
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for _ in range(12):
    if (child := os.fork()) == 0:
        burn()
        os._exit(0)
    try:
        os.waitpid(child, 0)
    except ChildProcessError:  # it has ended, and nobody is told what it used (wait(2))
        pass
print('got', flush=True)
""",
    "37 children that were left alone": """
for _ in range(12):
    until_it_ends, end = os.pipe()
    if (child := os.fork()) == 0:
        if os.fork() == 0:
            burn()
        os._exit(0)
    os.close(end)
    os.waitpid(child, 0)
    os.read(until_it_ends, 1)
print('got', flush=True)
""",
}


@pytest.mark.parametrize("name", UNWAITED)
async def test_processor_time_counts_that_nobody_waits_for(pen: Sandboxes, name: str) -> None:
    seen = await pen.run(BURN + UNWAITED[name], cpu_seconds=0.5, wall_seconds=60)
    assert (seen.finished.limit, seen.stdout) == (RunLimit.CPU_SECONDS, b"")


@pytest.mark.parametrize("name", UNWAITED)
async def test_it_is_had_where_nobody_counts(name: str) -> None:
    seen = await asyncio.to_thread(unheld, BURN + UNWAITED[name])
    assert seen.stdout == "got\n"
