"""How a run ended is what the trusted side saw, whatever the program says; what it printed is what Python prints."""

import os
import re
import sys
from pathlib import Path

import pytest
from tests.support.bare import Program, bare
from tests.support.sandboxes import Sandboxes

from snakepen.limits import OPEN_FILES
from snakepen.wire.run import RunStatus

if sys.platform != "linux":
    pytest.skip("sandboxes are Linux's", allow_module_level=True)
assert sys.platform == "linux"

pytestmark = [pytest.mark.slow]

# Where a runner keeps its socket: above all that a program may open.
CONTROL = int(OPEN_FILES.maximum)


async def ended(pen: Sandboxes, code: str, **given: object) -> tuple[RunStatus, int | None]:
    finished = (await pen.run(code, **given)).finished
    return finished.status, finished.return_code


# As bare Python ----------------------------------------------------------------------------------------------------

BARE = {
    # sys.exit of every kind
    **{
        f"sys.exit({value})": f"import sys\nsys.exit({value})"
        for value in (
            *("", "None", "0", "1", "255", "256", "257", "-1", "2**31", "2**63", "-2**63", "2**100", "True", "False"),
            *("1.5", "'text'", "''", "b'bytes'", "(1, 2)", "[]", "object", "sys.stdout.closed", "Ellipsis"),
        )
    },
    "SystemExit raised": "raise SystemExit(7)",
    "SystemExit without a code": "raise SystemExit",
    "SystemExit whose text fails": "class T:\n    def __str__(self): raise ValueError\nraise SystemExit(T())",
    "SystemExit subclass": "class E(SystemExit): pass\nraise E(9)",
    "exit()": "exit(4)",
    "quit()": "quit()",
    "exit in atexit": "import atexit, sys\natexit.register(sys.exit, 5)\nprint('x')",
    # by signals and by hand
    "os._exit": "import os\nprint('lost')\nos._exit(3)",
    "os._exit of much": "import os\nos._exit(300)",
    "os.abort": "import os, sys\nsys.stdout.write('lost')\nos.abort()",
    "SIGSEGV": "import os, signal\nprint('kept', flush=True)\nos.kill(os.getpid(), signal.SIGSEGV)",
    "a real SIGSEGV": "import ctypes\nctypes.string_at(0)",
    "SIGTERM": "import os, signal\nos.kill(os.getpid(), signal.SIGTERM)",
    "SIGPIPE is ignored": "import os, signal\nos.kill(os.getpid(), signal.SIGPIPE)\nprint('still here')",
    "SIGINT": "import os, signal\nos.kill(os.getpid(), signal.SIGINT)",
    "KeyboardInterrupt": "print('before')\nraise KeyboardInterrupt",
    "KeyboardInterrupt with atexit": "import atexit\natexit.register(print, 'bye')\nraise KeyboardInterrupt('why')",
    "KeyboardInterrupt in a function": "def f():\n    raise KeyboardInterrupt\nf()",
    # the end
    "atexit in order": "import atexit\nfor n in range(3): atexit.register(print, n)\nprint('main')",
    "atexit that fails": "import atexit\natexit.register(lambda: 1 / 0)\natexit.register(print, 'other')",
    "atexit registers atexit": "import atexit\natexit.register(lambda: atexit.register(print, 'inner'))",
    "a thread goes on": "import threading, time\n"
    "threading.Thread(target=lambda: (time.sleep(.1), print('t'))).start()\n"
    "print('main')",
    "a thread fails": "import threading\nt = threading.Thread(target=lambda: 1 / 0, name='T')\nt.start()\nt.join()",
    "a daemon thread at the end": "import threading, time\n"
    "threading.Thread(target=time.sleep, args=(600,), daemon=True).start()\nprint('end')",
    "a daemon thread that prints at the end": "import threading, time\ndone = threading.Event()\n"
    "def f():\n    done.set()\n    time.sleep(600)\n    print('never')\n"
    "threading.Thread(target=f, daemon=True).start()\ndone.wait()\nprint('end')",
    "__del__ at the end": "class A:\n    def __del__(self): print('del', self.n)\na = A(); a.n = 1\n_b = A(); _b.n = 2",
    "__del__ that fails": "class A:\n    def __del__(self): raise ValueError('no')\na = A()",
    "__del__ in a cycle": "class A:\n    def __del__(self): print('del')\na = A(); a.a = a",
    "weakref.finalize": "import weakref\nclass A: pass\na = A()\nweakref.finalize(a, print, 'final')\nprint('main')",
    "a generator left open": "def g():\n    try:\n        yield 1\n    finally:\n        print('closed')\n"
    "x = g()\nnext(x)",
    "an open file is flushed": "f = open('x', 'w')\nf.write('text')\nimport atexit\nprint(open('x').read())",
    "stdout closed": "import sys\nprint('x')\nsys.stdout.close()",
    "descriptor of stdout closed": "import os\nprint('x')\nos.close(1)",
    "descriptor of stdout closed and nothing said": "import os\nos.close(1)",
    "stdout is None": "import sys\nsys.stdout = None\nprint('x')",
    "stdout is something else": "import sys, io\nsys.stdout = io.StringIO()\nprint('x')",
    "stdout whose flush fails": "import sys\nclass S:\n    def write(self, t): pass\n"
    "    def flush(self): raise ValueError('no')\nsys.stdout = S()\nprint('x')",
    "stderr whose flush fails": "import sys\nclass S:\n    def write(self, t): pass\n"
    "    def flush(self): raise ValueError('no')\nsys.stderr = S()",
    "stdout is full": "import sys\nsys.stdout = open('/dev/full', 'w')\nprint('x')",
    "all three closed": "import os\nos.close(0); os.close(1); os.close(2)\n",
    "nothing can be imported at the end": "class A:\n    def __del__(self):\n"
    "        try:\n            import os\n        except ImportError as error:\n            print(error)\na = A()",
    "a signal handler is let go of": "import signal\nclass A:\n    def __del__(self): print('del')\na = A()\n"
    "signal.signal(signal.SIGTERM, lambda *_: a)",
    "a module beside it goes with it": "source = 'class A:\\n    def __del__(self): print(1)\\na = A()'\n"
    "open('beside.py', 'w').write(source)\nimport beside",
    "an exception that was kept": "import sys\nclass A:\n    def __del__(self): print('del')\n"
    "def f():\n    a = A()\n    1 / 0\nf()",
    "print in __del__ without a newline": "class A:\n    def __del__(self): print('x', end='')\na = A()",
    # tracebacks
    "an exception": "def f():\n    1 / 0\nf()",
    "a chain": "try:\n    1 / 0\nexcept ZeroDivisionError:\n    raise KeyError('x')",
    "from None": "try:\n    1 / 0\nexcept ZeroDivisionError:\n    raise KeyError('x') from None",
    "a group": "raise ExceptionGroup('g', [ValueError(1), TypeError(2)])",
    "too deep": "def f(): f()\nf()",
    "sys.excepthook": "import sys, traceback\n"
    "sys.excepthook = lambda k, e, t: print(k, e, len(traceback.extract_tb(t)))\n1 / 0",
    "sys.excepthook that fails": "import sys\ndef hook(*a): raise KeyError('hook')\nsys.excepthook = hook\n1 / 0",
    "sys.excepthook is gone": "import sys\ndel sys.excepthook\n1 / 0",
    "the stack": "import sys, traceback\ntraceback.print_stack()\nprint(sys._getframe().f_back)\nimport inspect\n"
    "print(len(inspect.stack()))",
    "the stack in atexit": "import atexit, traceback\natexit.register(traceback.print_stack)",
    "the stack in __del__": "import traceback\nclass A:\n    def __del__(self): traceback.print_stack()\na = A()",
    "the stack in a thread": "import threading, traceback\nt = threading.Thread(target=traceback.print_stack)\n"
    "t.start()\nt.join()",
    # what could get in the way of our own end
    "os._exit replaced": "import os\nos._exit = print\nprint('x')",
    "os.write replaced": "import os\nos.write = print\nprint('x')",
    "os.getpid replaced": "import os\nos.getpid = lambda: 5\nprint('x')",
    "os.kill replaced": "import os\nos.kill = print\nraise KeyboardInterrupt",
    "gc.collect replaced": "import gc\ngc.collect = lambda: print('collected')\nprint('x')",
    "sys.modules emptied": "import sys\nprint('x')\nsys.modules.clear()",
    "threading._shutdown replaced": "import threading\nthreading._shutdown = lambda: print('shut')",
    "__main__ replaced": "import sys\nsys.modules['__main__'] = None\nclass A:\n"
    "    def __del__(self): print('del')\na = A()",
    "signal.signal replaced": "import signal\nsignal.signal = print\nraise KeyboardInterrupt",
    # children
    "a child falls off the end": "import os\npid = os.fork()\nif pid:\n    os.waitpid(pid, 0)\n    print('parent')\n"
    "    raise SystemExit(4)\nprint('child')",
    "a child exits": "import os, sys\npid = os.fork()\nif pid:\n    _, s = os.waitpid(pid, 0)\n"
    "    print('parent', os.waitstatus_to_exitcode(s))\nelse:\n    print('child')\n    sys.exit(9)",
    "a child fails": "import os\npid = os.fork()\nif pid:\n    os.waitpid(pid, 0)\n    print('parent')\n"
    "else:\n    1 / 0",
    "a child is interrupted": "import os\npid = os.fork()\nif pid:\n    print(os.waitpid(pid, 0)[1])\nelse:\n"
    "    raise KeyboardInterrupt",
    "a child runs atexit": "import atexit, os\natexit.register(lambda: print('bye', flush=True))\npid = os.fork()\n"
    "if pid:\n    os.waitpid(pid, 0)",
    "multiprocessing": "import multiprocessing as m\nif __name__ == '__main__':\n"
    "    with m.get_context('fork').Pool(2) as p: print(p.map(abs, [-1, -2]))",
    "subprocess": "import subprocess, sys\n"
    "print(subprocess.run([sys.executable, '-c', 'print(1); exit(3)']).returncode)",
    # bytes
    "bytes that are no text": "import sys\nsys.stdout.buffer.write(bytes(range(256)))\n"
    "sys.stderr.buffer.write(b'\\xff\\0')",
    "a lone surrogate": "print('\\ud800')",
    "a lone surrogate to stderr": "import sys\nprint('\\ud800', file=sys.stderr)",
    "no newline at the end": "print('x', end='')",
}


@pytest.mark.parametrize("name", BARE)
async def test_it_ends_as_bare_python_does(pen: Sandboxes, name: str, tmp_path: Path) -> None:
    stdout, stderr, return_code = bare(Program(BARE[name]), tmp_path)
    seen = await pen.run(BARE[name])
    assert unplaced(seen.stdout) == unplaced(stdout)
    assert unplaced(seen.stderr) == unplaced(stderr)
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, return_code)


def unplaced(said: bytes) -> bytes:
    """Where an object is in memory is another place each time."""
    return re.sub(rb"0x[0-9a-f]{6,}", b"0x", said)


async def test_a_program_that_breaks_what_our_end_needs_has_ended_by_itself(pen: Sandboxes) -> None:
    code = "import builtins\nprint('x', flush=True)\nbuiltins.isinstance = builtins.len = builtins.vars = None"
    seen = await pen.run(code)
    assert seen.stdout == b"x\n"
    assert seen.finished.status is RunStatus.COMPLETED


# Lies --------------------------------------------------------------------------------------------------------------

GOODBYE = f"""
import os, struct
def say(message):
    os.write({CONTROL}, message)
def goodbye(code):
    return struct.pack("=4si", b"bye!", code)
"""


@pytest.mark.parametrize("code", [-1, 256, 2**31 - 1, -(2**31), 512])
async def test_a_goodbye_with_an_exit_code_that_is_none_is_not_believed(pen: Sandboxes, code: int) -> None:
    seen = await pen.run(f"{GOODBYE}\nsay(goodbye({code}))\nprint('went on')\nraise SystemExit(6)")
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 6)
    assert seen.stdout == b"went on\n"


@pytest.mark.parametrize(
    "message",
    [
        "b''",
        "b'bye!'",
        "goodbye(0)[:-1]",
        "goodbye(0) + b'x'",
        "b'x' * 4096",
        "b'ready'",
        "b'BYE!' + bytes(4)",
        "bytes(8)",
    ],
)
async def test_what_is_no_goodbye_ends_nothing(pen: Sandboxes, message: str) -> None:
    seen = await pen.run(f"{GOODBYE}\nsay({message})\nprint('went on')\nraise SystemExit(6)")
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 6)
    assert seen.stdout == b"went on\n"


async def test_a_program_cannot_say_that_we_failed(pen: Sandboxes) -> None:
    seen = await pen.run(f"{GOODBYE}\nsay(b'fault all yours')\nprint('went on')\nraise SystemExit(6)")
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 6)
    assert seen.stdout == b"went on\n"


async def test_an_early_goodbye_is_no_more_than_an_exit_with_its_code(pen: Sandboxes) -> None:
    seen = await pen.run(f"{GOODBYE}\nprint('before', flush=True)\nsay(goodbye(7))\nimport time\ntime.sleep(600)")
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 7)
    assert seen.stdout == b"before\n"


async def test_a_childs_goodbye_is_no_more_than_an_exit_with_its_code(pen: Sandboxes) -> None:
    code = f"{GOODBYE}\nif os.fork() == 0:\n    say(goodbye(0))\nimport time\ntime.sleep(600)"
    assert await ended(pen, code) == (RunStatus.COMPLETED, 0)


async def test_bytes_of_all_kinds_to_every_descriptor_change_nothing(pen: Sandboxes) -> None:
    code = f"""
import os
{GOODBYE}
for descriptor in range(3, 2001):
    for message in (b"", b"x", bytes(8), b"bye!", goodbye(-1), goodbye(256), b"ready", b"y" * 32, bytes(32)):
        try:
            os.write(descriptor, message)
        except OSError:
            pass
print("went on")
raise SystemExit(6)
"""
    seen = await pen.run(code)
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 6)
    assert seen.stdout == b"went on\n"


@pytest.mark.parametrize("how", ["os.closerange(0, 5000)", "os.close(1024)", "os.dup2(2, 255)"])
async def test_a_program_that_closes_its_descriptors_ends_as_its_parent_saw(pen: Sandboxes, how: str) -> None:
    assert await ended(pen, f"import os\n{how}\nos._exit(6)") == (RunStatus.COMPLETED, 6)


async def test_end_of_file_on_every_stream_is_no_end(pen: Sandboxes) -> None:
    code = "import os, time\nos.closerange(0, 5000)\ntime.sleep(600)"
    assert await ended(pen, code, wall_seconds=0.7) == (RunStatus.TIMEOUT, -9)


async def test_a_flood_of_the_control_socket_costs_nobody_but_the_program(pen: Sandboxes) -> None:
    code = f"{GOODBYE}\nos.set_blocking({CONTROL}, True)\nwhile True:\n    say(b'x' * 1000)"
    assert await ended(pen, code, wall_seconds=0.7) == (RunStatus.TIMEOUT, -9)
    await pen.serves()


async def test_descriptors_sent_over_the_control_socket_are_not_kept(pen: Sandboxes) -> None:
    await pen.serves()
    before = await pen.census()
    code = f"""
import array, os, socket
control = socket.socket(fileno={CONTROL})
for _ in range(5):
    control.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))])
control.detach()
os._exit(6)
"""
    assert await ended(pen, code) == (RunStatus.COMPLETED, 6)
    await pen.as_before(before)


async def test_a_program_that_lets_go_of_its_socket_ends_as_others_do(pen: Sandboxes) -> None:
    seen = await pen.run(f"import os\nos.close({CONTROL})\nprint('on')\nraise SystemExit(4)")
    assert (seen.stdout, seen.finished.return_code) == (b"on\n", 4)


async def test_the_first_process_of_a_sandbox_has_no_descriptor(pen: Sandboxes) -> None:
    await pen.serves()
    await pen.settled()
    assert [os.listdir(f"/proc/{init.pid}/fd") for init in pen.family.inits] == [[]] * len(pen.family.inits)


# Who outlives whom -------------------------------------------------------------------------------------------------


async def test_the_end_of_the_program_ends_its_grandchildren_and_what_they_would_still_have_said(
    pen: Sandboxes,
) -> None:
    code = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        print("grandchild", flush=True)
        time.sleep(600)
        print("never")
    os._exit(0)
os.wait()
time.sleep(0.2)
print("main")
"""
    seen = await pen.run(code)
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 0)
    assert sorted(seen.stdout.split()) == [b"grandchild", b"main"]
    assert seen.finished.duration_seconds < 20


async def test_a_child_that_falls_off_the_end_does_not_end_the_program(pen: Sandboxes) -> None:
    """Its parent is still at it, and has the last word."""
    code = """
import os, sys
ours, theirs = os.pipe()
if os.fork() == 0:
    os.close(ours)
else:
    os.close(theirs)
    os.read(ours, 1)
    os.wait()
    print("parent")
    sys.exit(5)
"""
    seen = await pen.run(code)
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 5)
    assert seen.stdout == b"parent\n"


async def test_a_child_that_outlives_its_dead_parent_says_nothing_for_it(pen: Sandboxes) -> None:
    code = """
import os, signal, time
if os.fork() == 0:
    time.sleep(0.2)
else:
    os.kill(os.getpid(), signal.SIGKILL)
"""
    assert await ended(pen, code) == (RunStatus.COMPLETED, -9)


async def test_all_that_was_said_before_the_end_arrives(pen: Sandboxes) -> None:
    size = 700_000
    seen = await pen.run(f"import os\nos.write(1, b'a')\nprint('x' * {size}, end='')\nos.write(2, b'b')")
    assert len(seen.stdout) == size + 1
    assert seen.stderr == b"b"
