"""Makes the filters of system calls in `src/snakepen/sandbox/filters/` from `syscall_policy.py`, for each architecture.

With --check it makes them and compares instead, and ends with 1 when what is committed is stale.

libseccomp knows the calls' numbers and arranges them as a tree, so that a call costs few comparisons. In front of that
go instructions of ours for what it cannot say: ranges of numbers, numbers newer than itself, arguments that are none
of a list. All jumps are relative, so neither part minds the other.
"""

import argparse
import ctypes
import ctypes.util
import importlib.util
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from snakepen.sandbox import bpf
from snakepen.sandbox.syscall_policy import (
    DENIED_ARGUMENTS,
    DENIED_CALLS,
    ENOSYS,
    INT,
    MACHINES,
    AnyBit,
    Condition,
    DeniedArguments,
    Machine,
    OneOf,
)

FOLDER = Path(__file__).resolve().parent.parent / "src" / "snakepen" / "sandbox" / "filters"

# A decision tree instead of a list (seccomp_attr_set(3), SCMP_FLTATR_CTL_OPTIMIZE).
OPTIMIZE_AS_TREE = 2
# What seccomp_syscall_resolve_name_arch(3) says to a name that it never heard of; a call that only other architectures
# have gets another negative number.
UNKNOWN_NAME = -1

README = """\
# Filters of system calls

`{names}`: for each architecture one filter as seccomp(2) takes it, {sizes} instructions of
classic BPF. Every sandboxed program runs under the one of its machine; `snakepen.sandbox.seccomp` reads it. What is
refused, with which error and why, is in `../syscall_policy.py`.

Do not edit them. After a change of the policy:

```console
$ make seccomp-filter
```

This needs Linux and libseccomp.so.2 (on Debian and Ubuntu: apt install libseccomp2), makes the filters of all
architectures on any of them, and gives the same bytes each time. `make check` says when they are stale. These were
made with libseccomp {version}; another version may arrange its tree in another way, and that is no fault: commit what
it makes together with this page.

A filter asks, in this order:

1. Is it the right architecture? If not, the process is killed.
2. Was the number audited? If not, ENOSYS: newer calls, gaps, and the numbers of x32.
3. Is it a refused call that libseccomp may not know by name?
4. Is it a call that is refused for some arguments? Only their lower 32 bits count where the kernel reads an int.
5. libseccomp's own program: is it a call that is always refused? If not, it is allowed.
"""


def main() -> int:
    arguments = argparse.ArgumentParser(description="Makes the filters of system calls.")
    arguments.add_argument("--check", action="store_true", help="compare with what is there; change nothing")
    arguments.add_argument("--folder", type=Path, default=FOLDER, help="where the filters are")
    options = arguments.parse_args()
    folder: Path = options.folder
    if ctypes.util.find_library("seccomp") is None or importlib.util.find_spec("pyseccomp") is None:
        return without_library(check=options.check)
    made = {f"{name}.bpf": made_filter(machine, name) for name, machine in MACHINES.items()}
    made["README.md"] = readme(made).encode()
    if options.check:
        return compare(made, folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (folder / name).write_bytes(content)
        print(f"{folder / name}: {len(content)} bytes")
    return 0


def without_library(*, check: bool) -> int:
    if check and sys.platform != "linux":
        print("The filters of system calls were not compared: that needs libseccomp, so Linux.")
        return 0
    print(
        "libseccomp.so.2 or pyseccomp is not there: 'make .venv/.dev', on Debian also 'apt install libseccomp2'.",
        file=sys.stderr,
    )
    return 1


def compare(made: dict[str, bytes], folder: Path) -> int:
    differing = [name for name, content in made.items() if not is_there(folder / name, content)]
    recorded = re.search(rb"made with libseccomp ([\d.]+);", contents(folder / "README.md") or b"")
    there, here = recorded.group(1).decode() if recorded else "", library_version()
    if differing and there not in ("", here) and all((folder / name).exists() for name in made):
        print(
            f"The filters were made with libseccomp {there}, and {here} may arrange them in another way: not compared. "
            "tests/unit/sandbox/test_seccomp.py says whether they mean what the policy says."
        )
        return 0
    for name in differing:
        print(f"{folder / name} is stale: run 'make seccomp-filter' and commit it.", file=sys.stderr)
    return bool(differing)


def contents(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def is_there(path: Path, content: bytes) -> bool:
    there = contents(path)
    if path.suffix == ".md" and there is not None:
        there = there.replace(b"\r\n", b"\n")
    return there == content


def readme(made: dict[str, bytes]) -> str:
    return README.format(
        names="`, `".join(made),
        sizes=" and ".join(str(len(content) // bpf.INSTRUCTION.size) for content in made.values()),
        version=library_version(),
    )


def library_version() -> str:
    class Version(ctypes.Structure):
        _fields_ = (("major", ctypes.c_uint), ("minor", ctypes.c_uint), ("micro", ctypes.c_uint))

    library = ctypes.CDLL(ctypes.util.find_library("seccomp"))
    library.seccomp_version.restype = ctypes.POINTER(Version)
    version = library.seccomp_version().contents
    return f"{version.major}.{version.minor}.{version.micro}"


def made_filter(machine: Machine, name: str) -> bytes:
    return bpf.assemble(in_front(machine)) + by_name(machine, name)


def by_name(machine: Machine, name: str) -> bytes:
    """libseccomp's program for the calls that are always refused, and of which it knows the number."""
    import pyseccomp  # here, since it ends with an error where there is no libseccomp

    chosen = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    chosen.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.KILL_PROCESS)
    chosen.set_attr(pyseccomp.Attr.CTL_OPTIMIZE, OPTIMIZE_AS_TREE)
    if machine.audit_arch != pyseccomp.system_arch():
        chosen.add_arch(machine.audit_arch)
        chosen.remove_arch(pyseccomp.Arch.NATIVE)
    for denied in DENIED_CALLS:
        for call in denied.calls:
            if is_our_own(call):
                continue
            if resolved(machine, call) is not None:
                # By the name and not by the number: libseccomp takes numbers of the machine that it runs on.
                chosen.add_rule(pyseccomp.ERRNO(denied.errno), call)
    with tempfile.TemporaryFile() as file:
        chosen.export_bpf(file)
        file.seek(0)
        return file.read()


def is_our_own(call: str) -> bool:
    return any(call in machine.numbers for machine in MACHINES.values())


def resolved(machine: Machine, call: str) -> int | None:
    """The number of a call by its name; None where this architecture has none of the name, but another has."""
    import pyseccomp

    numbers = [pyseccomp.resolve_syscall(other.audit_arch, call) for other in MACHINES.values()]
    if UNKNOWN_NAME in numbers or max(numbers) < 0:
        raise SystemExit(f"libseccomp knows no call {call}: correct the name, or give its number in MACHINES.")
    number: int = pyseccomp.resolve_syscall(machine.audit_arch, call)
    return number if number >= 0 else None


def in_front(machine: Machine) -> bpf.Program:
    """What is asked before libseccomp's program. It refuses or goes on; it never allows."""
    return [
        *bpf.only_architecture(machine.audit_arch),
        *unaudited(machine),
        *our_own(machine),
        *by_arguments(machine),
    ]


def unaudited(machine: Machine) -> Iterator[bpf.Instruction | bpf.Label]:
    for low, high in machine.audited:
        yield bpf.at_least(low, no="unaudited")
        yield bpf.greater(high, no="audited")
    yield bpf.Label("unaudited")
    yield bpf.refusal(ENOSYS)
    yield bpf.Label("audited")


def our_own(machine: Machine) -> Iterator[bpf.Instruction | bpf.Label]:
    for denied in DENIED_CALLS:
        for call in denied.calls:
            if call in machine.numbers:
                yield bpf.equal(machine.numbers[call], no=f"not {call}")
                yield bpf.refusal(denied.errno)
                yield bpf.Label(f"not {call}")


def by_arguments(machine: Machine) -> Iterator[bpf.Instruction | bpf.Label]:
    for call, rules in groupby(DENIED_ARGUMENTS, key=lambda rule: rule.call):
        number = resolved(machine, call)
        if number is None:
            continue
        yield bpf.equal(number, no=f"not {call}")
        for index, rule in enumerate(rules):
            yield from one_rule(rule, f"{call} {index}")
        yield bpf.load(bpf.NUMBER)  # for the calls below
        yield bpf.Label(f"not {call}")


def one_rule(rule: DeniedArguments, name: str) -> Iterator[bpf.Instruction | bpf.Label]:
    for index, condition in enumerate(rule.conditions):
        holds = f"{name} {index} holds"
        yield from tested(condition, yes=holds, no=f"after {name}")
        yield bpf.Label(holds)
    yield bpf.refusal(rule.errno)
    yield bpf.Label(f"after {name}")


def tested(condition: Condition, *, yes: str, no: str) -> Sequence[bpf.Instruction]:
    lower = bpf.argument(condition.argument)
    if isinstance(condition, AnyBit):
        halves = [(lower, condition.bits & INT), (lower + 4, condition.bits >> 32)]
        steps = [step for offset, bits in halves if bits for step in (bpf.load(offset), bpf.has_bit(bits, yes=yes))]
        return [*steps[:-1], bpf.has_bit(steps[-1].value, yes=yes, no=no)]
    loaded = [bpf.load(lower)] if condition.mask == INT else [bpf.load(lower), bpf.keep(condition.mask)]
    if isinstance(condition, OneOf):
        last = bpf.equal(condition.values[-1], yes=yes, no=no)
        return [*loaded, *(bpf.equal(value, yes=yes) for value in condition.values[:-1]), last]
    return [*loaded, *(bpf.equal(value, yes=no) for value in condition.values)]


if __name__ == "__main__":
    sys.exit(main())
