"""The filters of system calls are made from the policy, and mean what it says.

How the kernel takes them is in test_seccomp_in_kernel.py.
"""

import ctypes.util
import importlib.util
import itertools
import platform
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import pytest
from tests.support.bpf import evaluate
from tests.support.client import ROOT
from tests.support.system_calls import ABSENT, CONDITIONAL, DENIED, ORDINARY

from snakepen.sandbox import bpf
from snakepen.sandbox.seccomp import UnsupportedMachine, filter_bytes, without_lingering, without_untracked_memory
from snakepen.sandbox.syscall_policy import DENIED_ARGUMENTS, DENIED_CALLS

# linux/seccomp.h, linux/audit.h and errno(3), once more and by hand.
ALLOW: Final = 0x7FFF_0000
KILL_PROCESS: Final = 0x8000_0000
EPERM: Final = 0x0005_0001
ENOSYS: Final = 0x0005_0026
EPROTONOSUPPORT: Final = 0x0005_005D
EAFNOSUPPORT: Final = 0x0005_0061
ARCHITECTURES: Final = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
OTHER_ARCHITECTURES: Final = (0x4000_0003, 0x4000_003E, 0x4000_0028, 0xC000_00F3, 0x8000_0016, 0, 0xFFFF_FFFF)
AUDITED: Final = {
    "x86_64": {*range(337), *range(424, 470)},
    "aarch64": {*range(244), *range(260, 295), *range(424, 470)},
}
X32: Final = 0x4000_0000

SCRIPT: Final = ROOT / "scripts" / "make_seccomp_filter.py"

on_each_machine = pytest.mark.parametrize("machine", ARCHITECTURES)
with_libseccomp = pytest.mark.skipif(
    importlib.util.find_spec("pyseccomp") is None or ctypes.util.find_library("seccomp") is None,
    reason="makes the filters anew, which needs libseccomp.so.2 and pyseccomp",
)


def answer(machine: str, nr: int, *args: int) -> int:
    return evaluate(filter_bytes(machine), arch=ARCHITECTURES[machine], nr=nr, args=args)


# Made from the policy.


def make(*options: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, str(SCRIPT), *options], capture_output=True, text=True)


@with_libseccomp
def test_the_committed_filters_are_what_the_policy_makes() -> None:
    done = make("--check")
    assert (done.returncode, done.stderr) == (0, "")


@with_libseccomp
@pytest.mark.slow
def test_making_them_twice_gives_the_same_bytes_and_a_stale_one_is_told(tmp_path: Path) -> None:
    folders = [tmp_path / "once", tmp_path / "twice"]
    for folder in folders:
        assert make("--folder", str(folder)).returncode == 0
    once, twice = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert once == twice
    assert once.keys() == {"x86_64.bpf", "aarch64.bpf", "README.md"}
    (folders[0] / "aarch64.bpf").write_bytes(once["aarch64.bpf"][:-8])
    (folders[0] / "x86_64.bpf").unlink()
    done = make("--check", "--folder", str(folders[0]))
    assert done.returncode == 1
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == [
        "run 'make seccomp-filter' and commit it."
    ] * 2
    assert not (folders[0] / "x86_64.bpf").exists()


def test_the_policy_names_what_these_tests_know_and_nothing_twice() -> None:
    denied = [call for group in DENIED_CALLS for call in group.calls]
    assert len(denied) == len(set(denied))
    assert set(denied) == {*DENIED, *ABSENT}
    assert {rule.call for rule in DENIED_ARGUMENTS} == set(CONDITIONAL)
    assert all(group.reason for group in DENIED_CALLS)
    assert all(rule.reason for rule in DENIED_ARGUMENTS)


# What they mean.


@on_each_machine
def test_every_number_is_answered_as_the_tables_say(machine: str) -> None:
    """All that were audited, with arguments of nothing; so nothing is refused by accident either."""
    expected = dict.fromkeys(AUDITED[machine], ALLOW)
    expected |= {calls[machine]: EPERM for calls in DENIED.values() if machine in calls}
    expected |= {calls[machine]: ENOSYS for calls in ABSENT.values()}
    expected[CONDITIONAL["socket"][machine]] = EAFNOSUPPORT
    expected[CONDITIONAL["socketpair"][machine]] = EAFNOSUPPORT
    assert {number: answer(machine, number) for number in range(1024)} == {
        number: expected.get(number, ENOSYS) for number in range(1024)
    }


@on_each_machine
@pytest.mark.parametrize("name", [*DENIED, *ABSENT])
def test_a_denied_call_is_refused_whatever_its_arguments(machine: str, name: str) -> None:
    calls = {**DENIED, **ABSENT}[name]
    if machine in calls:
        refusals = {answer(machine, calls[machine], *[value] * 6) for value in (0, 1, 2**32 - 1, 2**64 - 1)}
        assert refusals == {ENOSYS if name in ABSENT else EPERM}


@on_each_machine
@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_call_is_allowed_whatever_its_arguments(machine: str, name: str) -> None:
    if machine in ORDINARY[name]:
        answers = {answer(machine, ORDINARY[name][machine], *[value] * 6) for value in (0, 1, 2**32 - 1, 2**64 - 1)}
        assert answers == {ALLOW}


@on_each_machine
def test_the_highest_number_that_was_audited_is_469(machine: str) -> None:
    assert answer(machine, 468) == ALLOW
    assert {answer(machine, number) for number in range(470, 601)} == {ENOSYS}
    assert {answer(machine, number) for number in (423, 2**31 - 1, 2**31, 2**32 - 1)} == {ENOSYS}


@on_each_machine
def test_numbers_of_x32_are_absent(machine: str) -> None:
    assert {answer(machine, X32 | number) for number in range(601)} == {ENOSYS}


@on_each_machine
@pytest.mark.parametrize("program", [filter_bytes, without_lingering, without_untracked_memory])
def test_a_call_of_another_architecture_ends_the_process(machine: str, program: Callable[[str], bytes]) -> None:
    others = {*OTHER_ARCHITECTURES, *ARCHITECTURES.values()} - {ARCHITECTURES[machine]}
    for arch in others:
        for nr in (0, 41, 57, 435, 500, X32):
            assert evaluate(program(machine), arch=arch, nr=nr) == KILL_PROCESS


# What the kernel makes of the arguments, said in another way than the policy says it.

UNIX, INET, INET6 = 1, 2, 10
STREAM, DGRAM, RAW, SEQPACKET = 1, 2, 3, 5
NAMESPACES = 0x7E02_0000


def clone(flags: int) -> int:
    return EPERM if flags & (NAMESPACES | 0x8000) else ALLOW


def socket(family: int, kind: int, protocol: int) -> int:
    kinds, protocols = {
        UNIX: ({STREAM, DGRAM, SEQPACKET}, {0, 1}),
        INET: ({STREAM, DGRAM}, {0, 6, 17}),
        INET6: ({STREAM, DGRAM}, {0, 6, 17}),
    }.get(family, (set(), set()))
    if not kinds:
        return EAFNOSUPPORT
    if kind % 16 not in kinds:
        return EPERM
    return ALLOW if protocol in protocols else EPROTONOSUPPORT


def socketpair(family: int) -> int:
    return ALLOW if family == UNIX else EAFNOSUPPORT


def setsockopt(_: int, level: int, option: int) -> int:
    return EPERM if level == 1 and option in (26, 50, 51, 52) else ALLOW


def ioctl(_: int, request: int) -> int:
    return EPERM if request in (0x5412, 0x541C, 0x5423) else ALLOW


def prctl(option: int) -> int:
    return EPERM if option in (22, 33, 35, 62, 0x5961_6D61) else ALLOW


def setrlimit(resource: int) -> int:
    return EPERM if resource == 4 else ALLOW


def prlimit64(_: int, resource: int) -> int:
    return EPERM if resource == 4 else ALLOW


def fcntl(_: int, command: int) -> int:
    return EPERM if command in (1024, 1026) else ALLOW


def personality(persona: int) -> int:
    return ALLOW if persona in (0, 0xFFFF_FFFF) else EPERM


def mknod(_: int, mode: int) -> int:
    return EPERM if mode & 0o020000 else ALLOW  # stat.S_IFCHR, and a part of S_IFBLK


def mknodat(_: int, path: int, mode: int) -> int:
    return mknod(path, mode)


THREAD, FORK = 0x3D_0F00, 0x0120_0011
INTS: Final = (0, 1, 2, 4, 5, 6, 17, 58, 132, 262, 2**31 + 1, 2**32 - 1)
# A value that is the number of another call, in case that a filter takes one for the other.
NUMBERS: Final = tuple(number for calls in CONDITIONAL.values() for number in calls.values())
VALUES: Final[dict[Callable[..., int], tuple[Iterable[int], ...]]] = {
    clone: ((17, THREAD, FORK, 0x4111, 0x80, *(1 << bit for bit in range(32)), 2**32 - 1, *NUMBERS),),
    socket: (
        (*range(20), 31, 38, 40, 44, 45, 46, 2**31 + 1, 2**32 - 1),
        (0, 1, 2, 3, 4, 5, 6, 10, STREAM | 0x8_0000, STREAM | 0x8_0800, RAW | 0x8_0800, 2**31 + 1),
        INTS,
    ),
    socketpair: ((*range(64), *NUMBERS, 2**31 + 1, 2**32 - 1),),
    setsockopt: ((3,), (0, 1, 6, 17, 41, 2**31 + 1, 2**32 - 1), (*range(90), *NUMBERS, 2**31 + 26)),
    ioctl: (INTS, (0, 0x5401, 0x5411, 0x5412, 0x5413, 0x541B, 0x541C, 0x541D, 0x5421, 0x5423, 0x5424, *NUMBERS)),
    prctl: ((*range(80), *NUMBERS, 0x5961_6D60, 0x5961_6D61, 0x5961_6D62, 2**32 - 1),),
    setrlimit: ((*range(20), *NUMBERS, 2**31 + 4, 2**32 - 1),),
    prlimit64: (INTS, (*range(20), *NUMBERS, 2**31 + 4, 2**32 - 1)),
    fcntl: (INTS, (*range(40), *NUMBERS, *range(1020, 1045), 2**31 + 1024)),
    mknod: (INTS, (0, *(kind | 0o644 for kind in range(0o010000, 0o200000, 0o010000)), *NUMBERS)),
    mknodat: (INTS, (0,), (0, *(kind | 0o644 for kind in range(0o010000, 0o200000, 0o010000)), *NUMBERS)),
    personality: ((0, 1, 8, *NUMBERS, 0x2_0000, 0x4_0000, 2**31, 2**32 - 2, 2**32 - 1),),
}
HIGH_BITS: Final = (0, 1 << 32, 1 << 63, 0xFFFF_FFFF << 32)


def test_every_call_that_is_refused_for_some_arguments_has_its_rule_here() -> None:
    assert {rule.__name__ for rule in VALUES} == set(CONDITIONAL)


@pytest.mark.slow
@on_each_machine
@pytest.mark.parametrize("rule", VALUES, ids=lambda rule: rule.__name__)
def test_arguments_decide_by_the_bits_that_the_kernel_reads(machine: str, rule: Callable[..., int]) -> None:
    if machine not in CONDITIONAL[rule.__name__]:
        return
    number = CONDITIONAL[rule.__name__][machine]
    others = (0xDEAD_BEEF_0000,) * 6  # what the rule does not look at may be anything
    program, arch = filter_bytes(machine), ARCHITECTURES[machine]
    outcomes = set()
    for args in itertools.product(*VALUES[rule]):
        expected = rule(*args)
        outcomes.add(expected)
        for high in HIGH_BITS:
            seen = (*(value | high for value in args), *others)[:6]
            assert evaluate(program, arch=arch, nr=number, args=seen) == expected, [hex(value) for value in seen]
    assert ALLOW in outcomes
    assert len(outcomes) > 1


@on_each_machine
def test_the_limit_on_core_files_can_be_read_but_not_set(machine: str) -> None:
    number = CONDITIONAL["prlimit64"][machine]
    assert answer(machine, number, 0, 4, 0, 0x7FFF_0000_1000) == ALLOW
    for new in (1, 0x7FFF_0000_1000, 1 << 32, 1 << 63):
        assert answer(machine, number, 0, 4, new, 0) == EPERM
        assert answer(machine, number, 0, 7, new, 0) == ALLOW


@on_each_machine
@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("clone", (THREAD, 0x7F00_0000_0000, 0x7F00_0000_0100)),
        ("clone", (FORK,)),
        ("clone", (17,)),
        ("socket", (INET, STREAM | 0x8_0000, 0)),
        ("socket", (INET6, DGRAM, 17)),
        ("socket", (UNIX, SEQPACKET, 0)),
        ("socketpair", (UNIX, STREAM | 0x8_0000, 0)),
        ("setsockopt", (3, 1, 2)),
        ("setsockopt", (3, 6, 26)),
        ("ioctl", (0, 0x5401)),
        ("prctl", (15, 0x7F00_0000_0000)),
        ("personality", (0xFFFF_FFFF,)),
        ("personality", (2**64 - 1,)),
        ("fcntl", (3, 1030, 0)),
        ("setrlimit", (7, 0x7F00_0000_0000)),
    ],
)
def test_what_libraries_do_every_day_is_allowed(machine: str, name: str, args: tuple[int, ...]) -> None:
    assert answer(machine, CONDITIONAL[name][machine], *args) == ALLOW


@on_each_machine
def test_the_second_filter_refuses_memory_that_belongs_to_no_process_and_nothing_else(machine: str) -> None:
    program, arch = without_untracked_memory(machine), ARCHITECTURES[machine]
    refused = {ORDINARY[name][machine] for name in ("memfd_create", "shmget", "msgget", "semget")}
    for number in range(1024):
        assert evaluate(program, arch=arch, nr=number) == (EPERM if number in refused else ALLOW)


@on_each_machine
def test_the_filter_for_older_kernels_refuses_sockets_that_linger_and_nothing_else(machine: str) -> None:
    program, arch = without_lingering(machine), ARCHITECTURES[machine]
    call = {"x86_64": 54, "aarch64": 208}[machine]
    for number in range(1024):
        for level, option in ((1, 13), (1, 2), (6, 13), (0x7_0000_0001, 0x9_0000_000D)):
            lingers = number == call and (level & 0xFFFF_FFFF, option & 0xFFFF_FFFF) == (1, 13)
            answer = evaluate(program, arch=arch, nr=number, args=(3, level, option))
            assert answer == (EPERM if lingers else ALLOW)


# The bytes, and who gets which.


def test_the_filter_without_a_name_is_that_of_this_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    for machine in ARCHITECTURES:
        monkeypatch.setattr(platform, "machine", lambda machine=machine: machine)
        assert filter_bytes() == filter_bytes(machine)
        assert without_untracked_memory() == without_untracked_memory(machine)
        assert without_lingering() == without_lingering(machine)


@pytest.mark.parametrize("machine", ["riscv64", "i686", "../filters/x86_64", "X86_64"])
def test_a_machine_without_filter_is_told_in_a_sentence(machine: str) -> None:
    for program in (filter_bytes, without_lingering, without_untracked_memory):
        with pytest.raises(UnsupportedMachine) as told:
            program(machine)
        assert str(told.value) == (
            f"Snakepen has no filter of system calls for {machine}: run it on aarch64 or x86_64, or without "
            "isolation, for code that you trust."
        )


def test_a_32_bit_interpreter_is_not_given_the_filter_of_its_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "maxsize", 2**31 - 1)
    with pytest.raises(UnsupportedMachine, match="32-bit"):
        filter_bytes()


def test_a_label_that_is_there_twice_or_not_at_all_is_no_program() -> None:
    with pytest.raises(ValueError, match="there twice"):
        bpf.assemble([bpf.Label("here"), bpf.Label("here")])
    with pytest.raises(KeyError):
        bpf.assemble([bpf.equal(1, yes="nowhere")])


def test_nothing_but_python_is_needed_to_read_them() -> None:
    code = "import sys; from snakepen.sandbox.seccomp import filter_bytes; filter_bytes('x86_64'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"ctypes", "_ctypes", "pyseccomp"} & set(done.stdout.split())
