"""A blank runner's life: it waits for its program, becomes what the program expects, runs it, says goodbye.

It runs locked down already (`sandbox/containment.py`). Until the program's first byte it is ours; after that nothing
that this process says is believed but an exit code.
"""

import _signal  # type: ignore[import-not-found]  # `signal` without its enumerations, which take time
import os
import resource
import sys
from array import array
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, NoReturn

assert sys.platform == "linux"

from _socket import AF_UNIX, SCM_RIGHTS, SOCK_SEQPACKET, SOL_SOCKET, socket  # without enumerations as well

from snakepen.runner.below import Depth
from snakepen.runner.display import Displayer
from snakepen.runner.ending import end, flush_c_streams, join_threads, leave
from snakepen.runner.execute import run_main, show_what_is_open
from snakepen.runner.frames import (
    BEGUN,
    READY,
    TAKEN,
    TERMINAL,
    Order,
    Program,
    decode_program,
    fault,
    goodbye,
    receive_program,
)
from snakepen.runner.interrupts import hold_back, let_through
from snakepen.runner.live import give_hints, take_terminal
from snakepen.runner.own_builtins import keep_own_builtins
from snakepen.runner.showing import Way

keep_own_builtins(globals())

MAIN_PATH: Final = "/workspace/main.py"

# Ours, whatever a program puts in their place.
_getpid = os.getpid
_write_to = os.write


@dataclass(frozen=True, slots=True)
class Interpreter:
    """What a zygote has made ready for every program."""

    python: str
    """The path of the environment's interpreter."""
    depth: Depth
    held_bytes: int
    """What the zygote has, and so each of its runners."""
    showing_program: str
    """What a new interpreter takes by `-c` to run a program and show what it shows."""


def serve(control_descriptor: int, interpreter: Interpreter) -> NoReturn:
    """Wait for one program and run it; this process ends here."""
    control = socket(AF_UNIX, SOCK_SEQPACKET, 0, control_descriptor)
    control.send(READY)
    received = receive_program(control)
    if received is None:
        os._exit(0)
    order, data = received
    program = decode_program(data)
    del data
    hold_back()  # from the next word on it may be interrupted
    try:
        _write_files(program)
        if order.columns:
            _hand_over(control, take_terminal(order.columns, order.rows))
        _lower_limits(order, interpreter.held_bytes)
        _set_environment(program, interpreter.python)
    except (OSError, ValueError) as error:  # ValueError is how resource says EPERM
        control.send(fault(str(error)))
        os._exit(1)
    if order.columns:
        control.recv(len(TAKEN))
    control.send(BEGUN)
    control.detach()  # the number alone is enough, and no object of ours closes it
    if order.hints:
        give_hints(control_descriptor)
    if order.fresh:
        command = [MAIN_PATH.encode(), *program.args]
        if order.display:
            os.set_inheritable(control_descriptor, True)
            command[:0] = [b"-c", interpreter.showing_program.encode(), b"%d" % control_descriptor]
        _run_fresh(interpreter.python, command)
    displayer = _displayer(control_descriptor) if order.display else None
    us = os.getpid()
    exit_code, interrupted = run_main(MAIN_PATH, interpreter.depth, displayer)
    if displayer is not None:
        join_threads()  # they may draw
        exit_code, interrupted = show_what_is_open(displayer) or (exit_code, interrupted)
    exit_code = end(exit_code)
    # A child that the program forked comes here as well, when it does not leave by itself.
    if _getpid() == us and not interrupted:
        with suppress(OSError):  # the program closed it: then its zygote reports the end
            _write_to(control_descriptor, goodbye(exit_code & 0xFF))
    leave(exit_code, interrupted=interrupted)


def rehearse(encoded: bytes, interpreter: Interpreter) -> int:
    """Everything that `serve` does with a program from its first byte on, where nobody waits for it; its exit code."""
    program = decode_program(encoded)
    _write_files(program)
    _set_environment(program, interpreter.python)
    exit_code, _ = run_main(MAIN_PATH, interpreter.depth)
    return end(exit_code)


def _write_files(program: Program) -> None:
    _write(MAIN_PATH.encode(), program.code)
    for path, content in program.files:
        folder = os.path.dirname(path)
        if folder:
            os.makedirs(folder, mode=0o755, exist_ok=True)
        _write(path, content)


def _write(path: bytes, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(descriptor, left) :]
    finally:
        os.close(descriptor)


def _hand_over(control: socket, terminal: Sequence[int]) -> None:
    """unix(7), ETOOMANYREFS: what all runs have on its way together is held against the sender's RLIMIT_NOFILE. So this
    comes before the limits: with its program's own, any other program could keep this one from its terminal.
    """
    control.sendmsg([TERMINAL], [(SOL_SOCKET, SCM_RIGHTS, array("i", terminal))])
    for descriptor in terminal:
        os.close(descriptor)


def _lower_limits(order: Order, held_bytes: int) -> None:
    """getrlimit(2): what this run may have."""
    for kind, most in (
        (resource.RLIMIT_CPU, order.cpu_seconds),
        (resource.RLIMIT_DATA, held_bytes + order.data_bytes),
        (resource.RLIMIT_FSIZE, order.file_bytes),
        (resource.RLIMIT_NOFILE, order.open_files),
        (resource.RLIMIT_NPROC, order.processes),  # counted in this runner's user namespace, as above
    ):
        resource.setrlimit(kind, (most, most))


def held_bytes() -> int:
    """proc_pid_statm(5): data and stack, which is what RLIMIT_DATA counts. A fork has as much."""
    with open("/proc/self/statm", "rb", buffering=0) as file:
        return int(file.read(200).split()[5]) * resource.getpagesize()


def _set_environment(program: Program, python: str) -> None:
    for name, value in program.env:
        os.environb[name] = value
    args = [os.fsdecode(argument) for argument in program.args]
    sys.argv[:] = [MAIN_PATH, *args]
    sys.orig_argv[:] = [python, MAIN_PATH, *args]


def _displayer(control_descriptor: int) -> Displayer:
    displayer = Displayer(Way(control_descriptor).send, flush=flush_c_streams)
    displayer.install()
    return displayer


def _run_fresh(python: str, args: Sequence[bytes]) -> NoReturn:
    # execve(2): what is blocked or ignored stays so, what is handled is by default again.
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    let_through()
    os.execve(python, [os.fsencode(python), *args], os.environb)  # noqa: S606  -- the environment's own interpreter, and no shell
