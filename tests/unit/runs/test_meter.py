"""What a meter says of a process that is on its way out."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from tests.support.runs import limits_of

if sys.platform != "linux":
    pytest.skip("sandboxes are Linux's", allow_module_level=True)
assert sys.platform == "linux"

from snakepen.runs.meter import Blank, ProcessMeter, _Memory


@pytest.fixture
def held() -> Iterator[Callable[[int], int]]:
    """Closes at the end what it was given."""
    with ExitStack() as stack:

        def hold(descriptor: int) -> int:
            stack.callback(os.close, descriptor)
            return descriptor

        yield hold


def a_process_without_memory() -> int:
    """A thread of the kernel's own: it lives, and has no memory, as whoever is in the middle of exit(2)."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if "VmHWM" not in (status := (folder / "status").read_text()) and "State:\tZ" not in status:
                return int(folder.name)
    pytest.skip("only a host's first process namespace shows any")


def test_a_process_that_has_let_go_of_its_memory_is_not_said_to_have_used_none(held: Callable[[int], int]) -> None:
    process = held(os.pidfd_open(a_process_without_memory()))
    assert meter_of(process, held).resources() is None  # its zygote will tell


def test_a_process_that_runs_is_told_as_it_is(held: Callable[[int], int]) -> None:
    resources = meter_of(held(os.pidfd_open(os.getpid())), held).resources()
    assert resources is not None
    assert resources.peak_memory_bytes is not None
    assert resources.peak_memory_bytes > 1 << 20


def test_a_process_that_ended_after_it_was_seen_holds_nothing() -> None:
    ended = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    memory = _Memory.of(ended.pid)
    assert memory.most_page_bytes > 0
    ended.kill()
    ended.communicate()
    assert (memory.count_mappings(), memory.count_pages()) == (0, 0)


def meter_of(process: int, held: Callable[[int], int]) -> ProcessMeter:
    init, disk = held(os.pidfd_open(os.getpid())), held(os.open(tempfile.gettempdir(), os.O_RDONLY))
    return ProcessMeter(process, init, disk, limits_of(), Blank(held_bytes=0, peak_bytes=0))
