"""Rows 39 to 45, 64, 68, 82 to 84: what tries to outlive its run, to end others, to break what made it, and odd input."""

import asyncio
import os
import platform
import re
import signal
import sys
from pathlib import Path

import pytest
from tests.support.client import Api
from tests.support.sandboxes import SLEEPS, Sandboxes, last_of, spec, until_it_speaks
from tests.support.throwaway import unheld

from snakepen.executor import Output, TerminalSize
from snakepen.limits import MIB, OPEN_FILES
from snakepen.wire.run import RunStatus

assert sys.platform == "linux"

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

DAEMON = """
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        print("daemon", flush=True)
        time.sleep(600)
    os._exit(0)
os.wait()
"""
# Each leaves something behind when its main process ends.
OUTLIVING = {
    "39 a daemon that holds stdout": DAEMON,
    "40 a grandchild that sleeps": "import os, time\nif os.fork() == 0:\n    if os.fork() == 0: time.sleep(600)\n    os._exit(0)\nos.wait()\nos._exit(0)",
    "40 a command in the background": "import subprocess\nsubprocess.Popen(['sh', '-c', 'trap \"\" TERM HUP INT; sleep 600'])",
    "41 zombies and a parent that never waits": "import os, time\nif os.fork() == 0:\n    for _ in range(20):\n        if os.fork() == 0: os._exit(0)\n    time.sleep(600)\nos._exit(0)",
    "42 one that forks itself anew to dodge": "import os, time\nif os.fork() == 0:\n    os.setsid()\n    while True:\n        if os.fork(): os._exit(0)\n        time.sleep(0.001)\nos._exit(0)",
    "42 many that fork anew": "import os, time\nfor _ in range(8):\n    if os.fork() == 0:\n        while True:\n            if os.fork(): os._exit(0)\nos._exit(0)",
    "39 every signal ignored": "import os, signal, time\nif os.fork() == 0:\n    for n in set(signal.valid_signals()) - {9, 19}: signal.signal(n, signal.SIG_IGN)\n    time.sleep(600)\nos._exit(0)",
}


@pytest.mark.parametrize("name", OUTLIVING)
async def test_nothing_outlives_the_program(pen: Sandboxes, name: str) -> None:
    """The census of the fixture looks for it; the answer does not wait for it."""
    seen = await pen.run(OUTLIVING[name])
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 0)


@pytest.mark.parametrize("name", OUTLIVING)
async def test_it_does_where_nothing_ends_it(name: str) -> None:
    seen = await asyncio.to_thread(unheld, OUTLIVING[name])
    assert seen.return_code == 0
    assert seen.left > 0, seen


# Signals to others (row 43) ------------------------------------------------------------------------------------------

# In a throw-away namespace PID 1 is safe from them as everywhere, so it starts a bystander, who is not.
KILLERS = {
    "everybody": "os.kill(-1, signal.SIGKILL)",
    "one by one": "for pid in range(2, 400):\n    if pid != os.getpid():\n        try: os.kill(pid, signal.SIGKILL)\n        except OSError: pass",
    "by descriptor": "for pid in range(2, 400):\n    if pid != os.getpid():\n        try: signal.pidfd_send_signal(os.pidfd_open(pid), signal.SIGKILL)\n        except OSError: pass",
    "by thread": "import ctypes\nfor pid in range(2, 400):\n    if pid != os.getpid(): ctypes.CDLL(None).tgkill(pid, pid, 9)",
    "its group": "os.killpg(0, signal.SIGKILL)",
    "its parent": "os.kill(os.getppid(), signal.SIGKILL)",
    "the first": "os.kill(1, signal.SIGKILL)",
}


@pytest.mark.parametrize("name", KILLERS)
async def test_a_program_kills_nobody_but_its_own(pen: Sandboxes, name: str) -> None:
    """The zygote is the same afterwards, says the fixture; and a program beside it goes on."""
    async with pen.executor.run(spec(SLEEPS), caller="bystander") as bystander:
        await until_it_speaks(bystander)
        seen = await pen.run(f"import os, signal\n{KILLERS[name]}")
        assert seen.finished.status is RunStatus.COMPLETED
        assert seen.finished.return_code in (0, 1, -9)
        bystander.stop()
        assert (await last_of(bystander)).status is RunStatus.STOPPED


@pytest.mark.parametrize("name", ["everybody", "one by one", "by descriptor", "by thread"])
async def test_it_kills_others_where_they_can_be_seen(name: str) -> None:
    code = (
        "import os, signal, time\nbystander = os.fork()\nif bystander == 0:\n    os.setsid()\n    time.sleep(30)\n    os._exit(0)\n"
        f"{KILLERS[name]}\nprint('killed', os.waitstatus_to_exitcode(os.waitpid(bystander, 0)[1]))"
    )
    assert "killed -9" in (await asyncio.to_thread(unheld, code)).stdout


# Ends (row 44) -------------------------------------------------------------------------------------------------------

CRASHES = {
    "a null pointer": ("import ctypes\nctypes.string_at(0)", -signal.SIGSEGV),
    "abort": ("import os\nos.abort()", -signal.SIGABRT),
    "a deep stack": ("import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()", None),
    "a deep repr": ("import sys\nsys.setrecursionlimit(10**9)\nx = []\nfor _ in range(10**6): x = [x]\nrepr(x)", None),
    "a deep tree": ("import sys\nsys.setrecursionlimit(10**9)\neval('-' * 10**6 + '1')", None),
    "faulthandler": ("import faulthandler\nfaulthandler._sigsegv()", -signal.SIGSEGV),
    "an illegal instruction": ("import os, signal\nos.kill(os.getpid(), signal.SIGILL)", -signal.SIGILL),
    "a bad system call": ("import os, signal\nos.kill(os.getpid(), signal.SIGSYS)", -signal.SIGSYS),
}


@pytest.mark.parametrize("name", CRASHES)
async def test_a_crash_is_told_as_what_it_is_and_leaves_no_core(pen: Sandboxes, name: str) -> None:
    code, expected = CRASHES[name]
    seen = await pen.run(
        f"import resource\nprint(resource.getrlimit(resource.RLIMIT_CORE), flush=True)\n{code}",
        memory_bytes=1024 * MIB,
        wall_seconds=30,
    )
    assert seen.stdout == b"(1, 1)\n"
    assert seen.finished.status in (RunStatus.COMPLETED, RunStatus.MEMORY_LIMIT)
    if expected is not None:
        assert seen.finished.return_code == expected
    assert seen.finished.fault is None


# The end that never comes (row 45) -----------------------------------------------------------------------------------

HANGS = {
    "45 atexit": "import atexit, time\natexit.register(time.sleep, 600)",
    "47 __del__": "class A:\n    def __del__(self):\n        while True: pass\na = A()",
    "48 a thread": "import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()",
    "46 a daemon that prints": "import threading, time, atexit\ndef f():\n    while True: print('x'); time.sleep(0.01)\nthreading.Thread(target=f, daemon=True).start()\natexit.register(time.sleep, 600)",
    "a signal handler at the end": "import atexit, signal, time\nsignal.signal(signal.SIGTERM, lambda *_: time.sleep(600))\natexit.register(signal.raise_signal, signal.SIGTERM)",
}


@pytest.mark.parametrize("name", HANGS)
async def test_an_end_that_never_comes_is_a_timeout(pen: Sandboxes, name: str) -> None:
    seen = await pen.run(HANGS[name], wall_seconds=0.6)
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.TIMEOUT, -9)


@pytest.mark.parametrize("name", HANGS)
async def test_it_never_comes_where_nobody_waits_for_it(name: str) -> None:
    code = f"{HANGS[name]}\nprint('its end', flush=True)"
    seen = await asyncio.to_thread(unheld, code, enough=lambda said: b"its end\n" in said, longer_seconds=0.5)
    assert "its end\n" in seen.stdout
    assert seen.return_code is None


# Every number (row 64) -----------------------------------------------------------------------------------------------

# A file is closed by whoever holds it last, and this one takes its time (socket(7), SO_LINGER): what was sent is never
# taken at the other end.
LINGERS = """
import array, socket, struct, time
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
listener.bind(("127.0.0.1", 0))
listener.listen()
lingers = socket.create_connection(listener.getsockname())
other, _ = listener.accept()
lingers.setblocking(False)
for _ in range(5):
    try:
        while True:
            lingers.send(b"x" * 65536)
    except BlockingIOError:
        time.sleep(0.05)
lingers.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, %d))
rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [lingers.fileno()]))]
"""
LINGER_SECONDS = 40


@pytest.mark.parametrize("terminal", [None, TerminalSize(80, 24)], ids=["pipes", "a terminal"])
async def test_nobody_has_to_close_what_a_program_opened(pen: Sandboxes, terminal: TerminalSize | None) -> None:
    code = f"""{LINGERS % LINGER_SECONDS}
import fcntl, termios
control = socket.socket(fileno={int(OPEN_FILES.maximum)})
control.send(b"input x")  # a hint, after which the server reads nothing for a while
time.sleep(0.003)
try:
    control.sendmsg([b"input y"], rights)
except PermissionError:
    pass
else:
    lingers.close()  # the server's is the last, if it took it
while struct.unpack("i", fcntl.ioctl(control, termios.TIOCOUTQ, bytes(4)))[0]:
    time.sleep(0.001)
print("taken", flush=True)
time.sleep(600)
"""
    given = {"stdin": b"", "wall_seconds": 10} if terminal is None else {"stdin": None, "terminal": terminal}
    async with pen.executor.run(spec(code, **given), caller="a") as run:
        said = await until_it_speaks(run)
        assert isinstance(said[-1], Output), said
        await pen.serves()
        run.stop()
        assert (await last_of(run)).duration_seconds < LINGER_SECONDS / 2


async def test_it_holds_up_who_takes_it() -> None:
    code = f"""{LINGERS % 2}
ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
theirs.sendmsg([b"input y"], rights)
lingers.close()
begun = time.monotonic()
ours.recv(100)
print("got" if time.monotonic() - begun > 1.5 else "held")
"""
    assert "got" in (await asyncio.to_thread(unheld, code)).stdout


FUZZ = """
import collections, ctypes, os, signal
libc = ctypes.CDLL(None, use_errno=True)
SKIPPED = %s  # they end, suspend or copy who calls them
seen = collections.Counter()
for number in range(600):
    if number in SKIPPED:
        continue
    pid = os.fork()
    if pid == 0:
        signal.alarm(1)
        for stream in (0, 1, 2): os.dup2(os.open('/dev/null', os.O_RDWR), stream)
        result = libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, (%s)))
        os._exit(0 if result >= 0 else min(ctypes.get_errno(), 250))
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    seen[code] += 1
    if code in (-9, -31):
        print('killed by', number)
print(dict(seen))
"""
SKIPPED = {"x86_64": {15, 34, 56, 57, 58, 60, 231, 435}, "aarch64": {93, 94, 139, 220, 435}}


@pytest.mark.parametrize("arguments", ["0,0,0,0,0,0", "-1,-1,-1,-1,-1,-1", "1,1,1,1,1,1"])
async def test_no_number_of_a_system_call_does_harm_or_ends_who_calls_it(pen: Sandboxes, arguments: str) -> None:
    seen = await pen.run(FUZZ % (SKIPPED[platform.machine()], arguments), wall_seconds=60)
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 0), seen
    assert b"killed" not in seen.stdout


# The zygote (row 68) -------------------------------------------------------------------------------------------------

TAMPER = """
import ctypes, gc, json, os, random, sys
libc = ctypes.CDLL(None, use_errno=True)
json.dumps = lambda *a: 'poisoned'
random.random = lambda: 4
import builtins
builtins.print = lambda *a: None
for module in list(sys.modules.values()):
    try: module.poisoned = True
    except Exception: pass
for o in gc.get_objects():
    if isinstance(o, dict): o['poisoned'] = 1
libc.mprotect.argtypes = libc.madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
with open('/proc/self/maps') as maps:
    lines = [line.split() for line in maps if '.so' in line or 'python' in line]
def tamper(lines):
    written = 0
    for place, rights, *_, name in lines:
        start, end = (int(x, 16) for x in place.split('-'))
        if libc.mprotect(start, end - start, 7 if 'x' in rights else 3) == 0:
            ctypes.memset(end - 16, 0x41, 16)  # its own copy of the page
            libc.madvise(start, end - start, 9)  # MADV_REMOVE
            libc.msync(ctypes.c_void_p(start), ctypes.c_size_t(end - start), 4)
            written += 1
    return written
# What all of this is done by comes last: it may fall over its own doing then.
used = [line for line in lines if os.path.basename(line[-1]).startswith(('python', 'libpython', 'libc.', 'ld-', '_ctypes', 'libffi'))]
os.write(1, b'tampered %d' % (tamper([line for line in lines if line not in used]) > 10))
tamper(used)
os._exit(0)
"""


async def test_what_a_program_does_to_its_memory_the_next_one_does_not_see(pen: Sandboxes) -> None:
    libraries = {path: path.stat().st_mtime_ns for path in Path(os.__file__).parent.glob("lib-dynload/*.so")}
    looks = "import json, random, sys\nprint(json.dumps([1]), random.random() < 1, hasattr(json, 'poisoned'), hasattr(sys, 'poisoned'))"
    for _ in range(3):
        seen = await pen.run(TAMPER)
        assert seen.stdout == b"tampered 1"
        assert seen.finished.status is RunStatus.COMPLETED
        assert (await pen.run(looks)).stdout == b"[1] True False False\n"
    assert libraries == {path: path.stat().st_mtime_ns for path in libraries}


async def test_it_does_see_what_is_done_in_one_process() -> None:
    code = "import json\njson.dumps = lambda *a: 'poisoned'\nimport importlib, sys\nprint(importlib.import_module('json').dumps([1]))"
    assert "poisoned" in (await asyncio.to_thread(unheld, code)).stdout


# Odd input (rows 82 to 84) -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "PYTHONSTARTUP",
        "PYTHONPATH",
        "PYTHONHOME",
        "PYTHONINSPECT",
        "PYTHONWARNINGS",
        "PYTHONBREAKPOINT",
        "PYTHONHASHSEED",
        "LD_PRELOAD",
        "GLIBC_TUNABLES",
        "BASH_ENV",
    ],
)
async def test_a_variable_that_changes_what_starts_is_refused(api: Api, name: str) -> None:
    response = await asyncio.to_thread(api.post, {"code": "print(1)", "env": {name: "x"}})
    assert response.status_code == 422
    assert name in response.text


async def test_such_a_variable_does_change_what_starts() -> None:
    code = "import os, subprocess, sys\nopen('s.py', 'w').write('x = 1 / 0')\nprint(subprocess.run([sys.executable, '-c', 'import s'], env={'PYTHONPATH': '/tmp'}, stderr=-2, stdout=-1).stdout)"
    assert "ZeroDivisionError" in (await asyncio.to_thread(unheld, code)).stdout


TOO_DEEP = "(RecursionError|MemoryError|SyntaxError).*"
# What of each is run, the exit code, and the last line that it says.
CODES = {
    "empty": (b"", 0, ""),
    # Before 3.11.4 a file ended at it (gh-96670).
    "NUL": (b"print(1)\0", 1, "(SyntaxError|ValueError): source code (string )?cannot contain null bytes")
    if sys.version_info >= (3, 11, 4)
    else (b"print(1)\0", 0, "1"),
    "a million lines": (b"\n" * 999_999 + b"print(1)", 0, "1"),
    "deep brackets": (b"(" * 100_000 + b")" * 100_000, 1, "SyntaxError: too many nested parentheses"),
    "deep minus": (b"-" * 100_000 + b"1", 1, TOO_DEEP),
    "a deep attribute": (b"x" + b".x" * 50_000, 1, TOO_DEEP),
    "deep blocks": (
        b"".join(b" " * n + b"if 1:\n" for n in range(200)) + b" " * 200 + b"pass",
        1,
        "IndentationError: too many levels of indentation",
    ),
    "a long name": (b"x" * 900_000 + b" = 1", 0, ""),
    "rot13": (b"# coding: rot13\ncevag(1)", 1, "SyntaxError: encoding problem: rot13.*"),
    "utf-7": (b"# coding: utf-7\nprint(1)", 0, "1"),
    "no such encoding": (
        b"# coding: nothing\nprint(1)",
        1,
        "SyntaxError: (unknown encoding|encoding problem): nothing",
    ),
    "bytes that are nothing": (
        bytes(range(128, 256)),
        1,
        "SyntaxError: .*'utf-8' codec.*|SyntaxError: Non-UTF-8 code .*",
    ),
    "a compiler bomb": (b"x = " + b"(1,) * 10**9 * 10**9", 1, "MemoryError"),
    "a constant bomb": (b"x = 'a' * 10**10", 1, "MemoryError"),
    "bidi": ("x = 'a\u202e'  # \u2066\nprint(len(x))".encode(), 0, "2"),
    "tabs and blanks": (b"if 1:\n\tx = 1\n        y = 2\n", 1, "TabError: inconsistent use of tabs.*"),
}
# Where there is less room than they take, it is a limit that ends them.
LARGE_CODES = ("deep minus", "a deep attribute", "a compiler bomb", "a constant bomb")


@pytest.mark.parametrize("name", CODES)
async def test_odd_code_ends_with_pythons_own_words_or_a_limit(pen: Sandboxes, name: str) -> None:
    code, return_code, words = CODES[name]
    seen = await pen.run(code, memory_bytes=512 * MIB, wall_seconds=30)
    assert seen.finished.fault is None
    if name in LARGE_CODES and seen.finished.status is RunStatus.MEMORY_LIMIT:
        return
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, return_code)
    assert (seen.stdout == b"") == (return_code == 1 or not words)
    assert re.fullmatch(words, (seen.stdout + seen.stderr).decode().rstrip("\n").rpartition("\n")[2])


# What is run, what it is given, and what it says: the exit code, its output, the last line of its error.
INPUTS = {
    "none": ("print(input())", b"", (1, b"", b"EOFError: EOF when reading a line")),
    "never read": ("print('done')", b"x" * (4 * MIB), (0, b"done\n", b"")),
    "binary": (
        "import sys\nprint(sys.stdin.buffer.read() == bytes(range(256)) * 4096)",
        bytes(range(256)) * 4096,
        (0, b"True\n", b""),
    ),
    "closed early": ("import os\nos.close(0)\nprint('on')", b"x" * MIB, (0, b"on\n", b"")),
    "an end within a line": ("print(input(), input())", b"a\nb", (0, b"a b\n", b"")),
}


@pytest.mark.parametrize("name", INPUTS)
async def test_odd_input_holds_nobody_up(pen: Sandboxes, name: str) -> None:
    code, given, said = INPUTS[name]
    seen = await pen.run(code, stdin=given, wall_seconds=20)
    assert seen.finished.status is RunStatus.COMPLETED
    assert (seen.finished.return_code, seen.stdout, seen.stderr.rstrip(b"\n").rpartition(b"\n")[2]) == said
