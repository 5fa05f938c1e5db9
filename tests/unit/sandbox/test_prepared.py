"""System calls that were made ready before they are made."""

import errno
import os
import sys

import pytest

if sys.platform != "linux":
    pytest.skip("the calls are Linux's", allow_module_level=True)
assert sys.platform == "linux"

from snakepen.sandbox import syscalls
from snakepen.sandbox.prepared import Calls, Number, Wait


def test_calls_are_made_in_order_with_what_their_numbers_are_by_then() -> None:
    reader, writer = os.pipe()
    place = Number()
    calls = Calls()
    calls.add("write", place, b"one", 3)
    calls.add("write", place, b"two", 3)
    place.value = writer
    calls.make()
    calls.make()
    os.close(writer)
    assert os.read(reader, 100) == b"onetwo" * 2
    os.close(reader)


def test_the_first_that_fails_is_told_by_name_and_none_is_made_after_it() -> None:
    reader, writer = os.pipe()
    calls = Calls()
    calls.add("close", -1)
    calls.add("write", writer, b"x", 1)
    with pytest.raises(OSError, match="close: Bad file descriptor") as caught:
        calls.make()
    assert caught.value.errno == errno.EBADF
    os.close(writer)
    assert os.read(reader, 100) == b""
    os.close(reader)


def test_a_call_told_as_a_call_is_that_call() -> None:
    descriptor = os.open(os.devnull, os.O_RDONLY)
    calls = Calls()
    calls.add(*syscalls.close_range_call(descriptor, descriptor))
    calls.make()
    with pytest.raises(OSError, match=os.strerror(errno.EBADF)):
        os.fstat(descriptor)


def test_a_child_is_waited_for_and_its_use_told() -> None:
    waits = Wait()
    for code in (0, 7):  # the second time nothing of the first is left
        pid = os.posix_spawn(sys.executable, [sys.executable, "-S", "-c", f"raise SystemExit({code})"], {})
        status, microseconds, peak_kib = waits.for_child(pid)
        assert os.waitstatus_to_exitcode(status) == code
        assert 0 < microseconds < 60_000_000
        assert peak_kib > 1000
    with pytest.raises(ChildProcessError, match="wait4"):
        waits.for_child(pid)
