"""The command line as a whole: what it imports, and how its process begins and ends."""

import signal
import subprocess
import sys

import pytest

HEAVY = {"fastapi", "uvicorn", "pydantic_ai", "snakepen.codegen", "rich"}
# A command of the test's in the place of ours, and then all that a real one goes through.
COMMAND = """
import gc, os, signal, sys, threading, types
place = types.ModuleType("snakepen.cli.main")
sys.modules["snakepen.cli.main"] = place
def command():
    {act}
place.main = command
from snakepen.__main__ import main
main()
"""
# Which is not before Python's own end has begun.
AT_LAST = "(threading.main_thread().join(), print('waited for'))"


def command(act: str, stdout: int = subprocess.PIPE) -> "subprocess.CompletedProcess[str]":
    code = COMMAND.format(act=act)
    return subprocess.run(
        [sys.executable, "-c", code], stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=60, check=False
    )


def test_what_takes_long_to_import_is_imported_by_the_command_that_needs_it() -> None:
    code = f"import sys\nfrom snakepen.__main__ import _imported\n_imported()\nprint({HEAVY} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_nothing_looks_for_garbage_among_what_is_imported() -> None:
    """Neither meanwhile nor later; it takes a fifth of the time of the imports."""
    code = """
import gc, sys
class Finder:
    def find_spec(self, name, path, target=None):
        if name == "snakepen.cli.main":
            print(gc.isenabled())
sys.meta_path.insert(0, Finder())
from snakepen.__main__ import _imported
_imported()
print(gc.isenabled(), gc.get_freeze_count() > 10_000)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\nTrue True\n"


@pytest.mark.parametrize(
    ("act", "code", "out", "error"),
    [
        ("print('out'); print('error', file=sys.stderr)", 0, "out\n", "error\n"),
        ("print('out', end=''); sys.exit(7)", 7, "out", ""),
        ("sys.exit(None)", 0, "", ""),
        ("sys.exit('why')", 1, "", "why\n"),
        (f"threading.Thread(target=lambda: {AT_LAST}).start(); sys.exit(3)", 3, "waited for\n", ""),
        ("import atexit; atexit.register(print, 'at the end')", 0, "at the end\n", ""),
        ("sys.exit(2**32 - 1)", 255, "", ""),
        ("print(gc.isenabled(), signal.getsignal(2) is signal.default_int_handler)", 0, "True True\n", ""),
    ],
)  # fmt: skip
def test_it_ends_with_all_that_was_said_and_its_exit_code(act: str, code: int, out: str, error: str) -> None:
    done = command(act)
    assert (done.returncode, done.stdout, done.stderr) == (code, out, error)


def test_nothing_is_taken_apart_at_the_end() -> None:
    """Which takes as long as half of the imports; what is freed would say so."""
    act = "place.held = type('Held', (), {'__del__': lambda self: os.write(1, b'freed')})()"
    done = command(act)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.skipif(sys.platform != "linux", reason="Linux has a full device")
def test_what_cannot_be_said_is_told_as_python_does() -> None:
    with open("/dev/full", "wb") as full:
        act = "sys.stdout = open(1, 'w', closefd=False); print('out')"  # buffered, whatever PYTHONUNBUFFERED says
        done = command(act, stdout=full.fileno())
    assert done.returncode == 120
    assert "No space left on device" in done.stderr


WHILE_IMPORTING = """
class Finder:
    def find_spec(self, name, path, target=None):
        if name == "snakepen.cli.main":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
"""
HELD_BACK = """
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
os.kill(os.getpid(), signal.SIGINT)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
@pytest.mark.parametrize("when", [WHILE_IMPORTING, HELD_BACK], ids=["while it imports", "held back from before"])
def test_ctrl_c_while_it_begins_shows_no_traceback(when: str) -> None:
    code = f"import os, signal, sys\n{when}\nfrom snakepen.__main__ import main\nmain()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_it_hears_what_whoever_started_it_held_back() -> None:
    """To be asked to end, and a terminal's new size."""
    code = "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\n"
    act = "print(signal.pthread_sigmask(signal.SIG_BLOCK, ()))"
    done = subprocess.run(
        [sys.executable, "-c", code + COMMAND.format(act=act)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
