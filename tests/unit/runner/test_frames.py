"""What server and runner say to each other."""

import os
import socket
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

if sys.platform != "linux":
    pytest.skip("sandboxes are Linux's", allow_module_level=True)
assert sys.platform == "linux"

from snakepen.runner.frames import (
    READY,
    Order,
    decode_program,
    encode_program,
    fault,
    goodbye,
    read_fault,
    read_goodbye,
    receive_program,
    send_program,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
GIVEN = TEXT | st.binary(max_size=20).map(os.fsdecode)
"""As `sys.argv` holds it, which is bytes of any kind."""
ORDER = Order(
    cpu_seconds=1,
    data_bytes=2,
    processes=3,
    open_files=4,
    file_bytes=5,
    fresh=True,
    hints=True,
    display=True,
    columns=80,
    rows=24,
)


@given(
    st.binary(max_size=200),
    st.lists(GIVEN, max_size=5),
    st.dictionaries(GIVEN, GIVEN, max_size=5),
    st.lists(st.tuples(TEXT, st.binary(max_size=50)), max_size=5),
)
def test_a_program_arrives_as_it_was_sent(
    code: bytes, args: list[str], env: dict[str, str], files: list[tuple[str, bytes]]
) -> None:
    program = decode_program(encode_program(code, args, env, files))
    assert program.code == code
    assert [os.fsdecode(argument) for argument in program.args] == args
    assert {os.fsdecode(name): os.fsdecode(value) for name, value in program.env} == env
    assert [(path.decode(), content) for path, content in program.files] == files


@pytest.mark.parametrize("size", [0, 1, 32 * 1024 - 32, 32 * 1024 - 31, 300_000, 5_000_000])
def test_a_program_of_any_length_goes_through_a_socket_that_takes_only_short_messages(size: int) -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        sent = encode_program(b"#" * size, [], {}, [])
        send_program(ours, ORDER, sent)
        assert receive_program(theirs) == (ORDER, sent)


def test_nobody_can_change_a_program_that_was_sent() -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        send_program(ours, ORDER, b"x" * 100_000)
        _, (descriptor,), _, _ = socket.recv_fds(theirs, 1000, 1)
        with pytest.raises(PermissionError):
            os.pwrite(descriptor, b"y", 0)
        with pytest.raises(PermissionError):
            os.ftruncate(descriptor, 1)
        os.close(descriptor)


@pytest.mark.parametrize("size", [1, 100_000])
def test_no_descriptor_is_left(size: int) -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        before = os.listdir("/proc/self/fd")
        send_program(ours, ORDER, b"x" * size)
        receive_program(theirs)
        assert os.listdir("/proc/self/fd") == before


def test_a_server_that_hung_up_wants_no_run() -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.close()
    with theirs:
        assert receive_program(theirs) is None


@pytest.mark.parametrize("code", [0, 1, 120, 255])
def test_a_goodbye_says_the_exit_code(code: int) -> None:
    assert read_goodbye(goodbye(code)) == code


@pytest.mark.parametrize(
    "said", [b"", READY, b"bye!", goodbye(0)[:-1], goodbye(0) + b"\0", goodbye(256), goodbye(-1), fault("bye!")]
)
def test_nothing_else_is_a_goodbye(said: bytes) -> None:
    assert read_goodbye(said) is None


@given(st.binary(max_size=64))
def test_whatever_a_program_says_is_an_exit_code_or_nothing(said: bytes) -> None:
    assert read_goodbye(said) in (None, *range(256))


def test_a_fault_is_a_bounded_text() -> None:
    assert read_fault(fault("setns: no")) == "setns: no"
    assert len(read_fault(b"fault " + b"\xff" * 100_000) or "") <= 500
    assert read_fault(goodbye(0)) is None
