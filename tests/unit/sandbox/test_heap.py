"""Where an interpreter's objects lie."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("pages are looked at on Linux", allow_module_level=True)

HEAD = """
import json
from snakepen.sandbox import heap, syscalls

MIB = 1 << 20

def huge_bytes():
    with open("/proc/self/smaps_rollup") as file:
        return sum(int(line.split()[1]) * 1024 for line in file if line.startswith("AnonHugePages"))

def stretches(addresses):
    found = []
    for address in sorted(addresses):
        if found and address - found[-1][1] < MIB:
            found[-1][1] = address
        else:
            found.append([address, address])
    return [end - start for start, end in found]
"""


def run(code: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", f"{HEAD}\n{code}"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_objects_lie_in_one_stretch_though_others_map_memory_meanwhile() -> None:
    longest, all_of_them = run(
        "import mmap\n"
        "kept, others = [], []\n"
        "with heap.objects_side_by_side(16 * MIB):\n"
        "    for _ in range(8):\n"
        "        kept += [bytes(400) for _ in range(2000)]\n"
        "        others.append(mmap.mmap(-1, 3 * MIB))\n"
        "print(json.dumps([max(stretches(map(id, kept))), 16000 * 432]))"
    )
    assert longest > all_of_them * 3 // 4


def test_what_was_kept_free_for_them_is_given_back() -> None:
    before, after = run(
        "def held():\n"
        "    with open('/proc/self/statm') as file:\n"
        "        return int(file.read().split()[5]) * 4096\n"
        "before = held()\n"
        "with heap.objects_side_by_side(64 * MIB):\n"
        "    pass\n"
        "print(json.dumps([before, held()]))"
    )
    assert after < before + 8 * (1 << 20)


def test_pages_are_merged_with_what_is_in_them() -> None:
    if not Path("/sys/kernel/mm/transparent_hugepage").is_dir():
        pytest.skip("this kernel has no huge pages")
    merged, same = run(
        "with heap.objects_side_by_side(16 * MIB):\n"
        "    kept = [b'%d' % number * 60 for number in range(30000)]\n"
        "before = huge_bytes()\n"
        "heap.merge_pages()\n"
        "same = all(text == b'%d' % number * 60 for number, text in enumerate(kept))\n"
        "print(json.dumps([huge_bytes() - before, same]))"
    )
    assert same
    assert merged >= 2 << 20


def test_a_kernel_that_knows_none_is_no_error() -> None:
    assert run(
        "def refuse(start, size): raise OSError(22, 'MADV_COLLAPSE')\n"
        "syscalls.collapse = refuse\n"
        "heap.merge_pages()\n"
        "print('true')"
    )


def modules(how: str) -> tuple[list[Any], int]:
    """What modules are that were imported so, and on how many pages they lie."""
    names = [
        "colorsys",
        "bdb",
        "cmd",
        "code",
        "codeop",
        "netrc",
        "sched",
        "shelve",
        "this",
        "symtable",
        "tabnanny",
        "timeit",
    ]
    what, pages = run(
        "import contextlib, importlib, io, sys\n"
        f"with {how}, contextlib.redirect_stdout(io.StringIO()):\n"
        f"    modules = [importlib.import_module(name) for name in {names}]\n"
        "what = [(str(type(one)), one.__name__, list(vars(one))[:6], one.__doc__) for one in modules]\n"
        "print(json.dumps([what, len({id(one) >> 12 for one in modules})]))"
    )
    return what, pages


def test_modules_that_were_made_ahead_are_like_any_and_lie_side_by_side() -> None:
    any_modules, pages = modules("contextlib.nullcontext()")
    assert modules("heap.modules_side_by_side()")[0] == any_modules
    assert modules("heap.modules_side_by_side()")[1] < pages
