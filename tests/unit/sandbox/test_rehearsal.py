"""Which pages a fork writes to, and what it means to have copied them."""

import json
import subprocess
import sys
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("pages are looked at on Linux", allow_module_level=True)

# In a process of its own, because it must have one thread. `memory` is 64 pages that were written to before the fork.
HEAD = """
import ctypes, json, mmap, os, resource, sys
from snakepen.sandbox.rehearsal import Foreseen, foresee

PAGE = os.sysconf("SC_PAGE_SIZE")
memory = mmap.mmap(-1, 64 * PAGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
memory.write(b"x" * len(memory))
start = ctypes.addressof(ctypes.c_char.from_buffer(memory))

def write(*pages):
    for page in pages:
        memory[page * PAGE] = 1

def spans(foreseen):
    numbers = list(foreseen._spans)
    pairs = zip(numbers[::2], numbers[1::2])
    return [((a - start) // PAGE, size // PAGE) for a, size in pairs if start <= a < start + len(memory)]

def faults(act):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    act()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

def forked(act):
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(writer, json.dumps(act()).encode())
        os._exit(0)
    os.close(writer)
    said = os.read(reader, 65536)
    os.waitpid(pid, 0)
    return json.loads(said)
"""


def run(code: str) -> tuple[Any, str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{HEAD}\n{code}"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr


def test_what_a_fork_wrote_to_is_found_and_nothing_else() -> None:
    found, _ = run("print(json.dumps(spans(foresee(lambda: write(3, 4, 5, 20, 63), most_bytes=1 << 30))))")
    assert found == [[3, 3], [20, 1], [63, 1]]


def test_a_fork_that_copied_them_ahead_stops_at_none_of_them() -> None:
    (without, ahead), _ = run(
        "pages = range(0, 64, 2)\n"
        "foreseen = foresee(lambda: write(*pages), most_bytes=1 << 30)\n"
        "act = lambda: faults(lambda: write(*pages))\n"
        "print(json.dumps([forked(act), forked(lambda: (foreseen.copy(), act())[1])]))"
    )
    assert without >= 32
    assert ahead < without - 25


def test_to_copy_them_changes_nothing_in_them_and_nothing_for_others() -> None:
    (there, here), _ = run(
        "foreseen = foresee(lambda: write(*range(64)), most_bytes=1 << 30)\n"
        "print(json.dumps([forked(lambda: (foreseen.copy(), memory[:] == b'x' * len(memory))[1]),"
        " memory[:] == b'x' * len(memory)]))"
    )
    assert (there, here) == (True, True)


def test_it_is_bounded() -> None:
    found, _ = run(
        "foreseen = foresee(lambda: write(*range(64)), most_bytes=8 * PAGE)\n"
        "print(json.dumps(sum(list(foreseen._spans)[1::2]) // PAGE))"
    )
    assert found == 8


def test_pages_that_are_next_to_each_other_are_one_call() -> None:
    found, _ = run("print(json.dumps(spans(Foreseen([start + n * PAGE for n in (9, 1, 2, 3, 10)]))))")
    assert found == [[1, 3], [9, 2]]


def test_a_rehearsal_that_fails_is_told_and_what_it_did_counts() -> None:
    found, said = run(
        "def perform():\n    write(7)\n    raise LookupError('no such play')\n"
        "print(json.dumps(spans(foresee(perform, most_bytes=1 << 30))))"
    )
    assert found == [[7, 1]]
    assert said == "the rehearsal failed: LookupError('no such play')\n"


def test_what_it_prints_goes_nowhere_and_what_it_maps_is_left_out() -> None:
    (found, alike), said = run(
        "def perform():\n"
        "    os.write(1, b'out'), os.write(2, b'error')\n"
        "    more = mmap.mmap(-1, 1 << 24, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)\n"
        "    more.write(b'x' * len(more))\n"
        "foreseen = foresee(perform, most_bytes=1 << 30)\n"
        "foreseen.copy()\n"  # raises where nothing is mapped
        "print(json.dumps([spans(foreseen), sum(list(foreseen._spans)[1::2]) < 1 << 24]))"
    )
    assert (found, alike, said) == ([], True, "")


def test_a_kernel_that_copies_one_by_one_copies_them_all() -> None:
    (count, left), _ = run(
        "from snakepen.sandbox import syscalls\n"
        "syscalls.populate_calls = lambda spans: [('close', -1)]\n"
        "pages = range(0, 64, 2)\n"
        "foreseen = foresee(lambda: write(*pages), most_bytes=1 << 30)\n"
        "act = lambda: (foreseen.copy(), faults(lambda: write(*pages)))[1]\n"
        "print(json.dumps([len(spans(foreseen)), forked(act)]))"
    )
    assert count == 32
    assert left < 25


def test_where_pages_cannot_be_copied_nothing_is_foreseen() -> None:
    (count, ran), _ = run(
        "from snakepen.sandbox import syscalls\n"
        "def refuse(spans): raise OSError(22, 'madvise')\n"
        "syscalls.populate = refuse\n"
        "syscalls.populate_calls = lambda spans: [('close', -1)]\n"
        "ran = []\n"
        "foreseen = foresee(lambda: ran.append(1), most_bytes=1 << 30)\n"
        "foreseen.copy()\n"
        "print(json.dumps([len(foreseen._spans), ran]))"
    )
    assert (count, ran) == (0, [])
