"""Copying pages before the program comes that would copy them.

A runner shares its memory with its zygote until one of them writes. Then the kernel stops who writes and copies that
page, and a program with pandas writes to thousands of them, because to count a reference is to write
(`docs/explanation/performance.md` has the numbers). Which pages these are differs little from one program to the next.
So each zygote has one rehearsed, looks where that has written, and its runners copy those pages while they wait.

This is for speed alone: where a kernel cannot tell or cannot copy, nothing is foreseen, and all works as before.
"""

import os
import signal
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NoReturn

assert sys.platform == "linux"

from snakepen.sandbox import syscalls
from snakepen.sandbox.prepared import Calls

_PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE")
# proc_pid_pagemap(5): a page is in memory; it is a file's or shared memory; no other process has it.
_PRESENT: Final = 1 << 63
_OF_A_FILE: Final = 1 << 61
_EXCLUSIVE: Final = 1 << 56
_ENTRY_BYTES: Final = 8
_PIPE_BYTES: Final = 65536


class Foreseen:
    """Pages that a runner will write to."""

    def __init__(self, pages: Iterable[int] = (), *, at_once: bool = False) -> None:
        """Their addresses, in any order; whether this kernel copies them all at once."""
        # Numbers in one buffer and not in objects, of which each would be on a page that looking at it copies.
        self._spans = array("Q")
        end = -1
        for page in sorted(pages):
            if page != end:
                self._spans.extend((page, 0))
            end = page + _PAGE_BYTES
            self._spans[-1] += _PAGE_BYTES

        self._calls: Calls | None = None
        if at_once:
            self._calls = Calls()
            for call in syscalls.populate_calls(self._spans):
                self._calls.add(*call)

    def copy(self) -> None:
        """Make them this process's own. Raises OSError where the kernel does not know how."""
        if self._calls is not None:
            self._calls.make()
        elif self._spans:
            syscalls.populate(self._spans)


def foresee(perform: Callable[[], object], *, most_bytes: int) -> Foreseen:
    """What a fork of this process writes to when it calls `perform`, which sees /dev/null as its standard streams.

    For a process with one thread. What `perform` raises is printed to standard error; where it had written until then
    counts. With no `most_bytes` nothing is performed.
    """
    if not most_bytes:
        return Foreseen()
    at_once = _copies(perform, at_once=True)
    if not at_once and not _copies(perform, at_once=False):  # before Linux 5.14, or a kernel that is not Linux
        return Foreseen()
    mappings = array("Q", writable_mappings())  # those of now: what comes later, a runner does not have
    performer = syscalls.fork()
    if performer == 0:
        _perform(perform)
    try:
        if os.WIFSTOPPED(os.waitpid(performer, os.WUNTRACED)[1]):
            pages = _seen_by_another(performer, mappings)[: most_bytes // _PAGE_BYTES]
            return Foreseen(pages, at_once=at_once)
        return Foreseen()
    finally:
        os.kill(performer, signal.SIGKILL)
        os.waitpid(performer, 0)


def _copies(anything: object, *, at_once: bool) -> bool:
    """Whether this kernel does; tried on a page that is ours already."""
    try:
        Foreseen([id(anything) & -_PAGE_BYTES], at_once=at_once).copy()
    except OSError:
        return False
    return True


def _perform(perform: Callable[[], object]) -> NoReturn:
    """And stop, with every page as it is then."""
    try:
        syscalls.die_with_parent()
        complaints = os.dup(2)
        null = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(null, stream)
        try:
            perform()
        except BaseException as error:
            os.write(complaints, f"the rehearsal failed: {error!r}\n".encode())
        os.kill(os.getpid(), signal.SIGSTOP)
    finally:
        os._exit(0)


def _seen_by_another(performer: int, mappings: Sequence[int]) -> "array[int]":
    """The performer's own pages. By a process of its own, since to look is to write as well: in the performer that
    would be counted with the rest, and what is written here leaves the old page to the performer alone.
    """
    reader, writer = os.pipe()
    looker = syscalls.fork()
    if looker == 0:
        try:
            syscalls.die_with_parent()
            answer = memoryview(array("Q", _own_pages(performer, mappings))).cast("B")
            while answer:
                answer = answer[os.write(writer, answer[:_PIPE_BYTES]) :]
        except OSError as error:
            print(f"the rehearsal was not seen: {error}", file=sys.stderr, flush=True)  # noqa: T201  -- the server logs it
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as seen:
        pages = array("Q", seen.read())
    os.waitpid(looker, 0)
    return pages


def writable_mappings() -> Iterator[int]:
    """proc_pid_maps(5): starts and ends in turn of what is private and writable; not the stack, which grows."""
    with open("/proc/self/maps", encoding="utf-8", errors="surrogateescape") as file:
        for line in file:
            places, rights, *_, name = line.split(maxsplit=5)
            if rights.startswith("rw") and rights.endswith("p") and name.strip() != "[stack]":
                start, _, end = places.partition("-")
                yield from (int(start, 16), int(end, 16))


def _own_pages(pid: int, mappings: Sequence[int]) -> Iterator[int]:
    """Those that this process has written to since it was forked: no other has them any more."""
    pagemap = os.open(f"/proc/{pid}/pagemap", os.O_RDONLY | os.O_CLOEXEC)
    try:
        for start, end in zip(mappings[::2], mappings[1::2], strict=True):
            size, offset = ((place // _PAGE_BYTES) * _ENTRY_BYTES for place in (end - start, start))
            entries = array("Q")
            entries.frombytes(os.pread(pagemap, size, offset))
            for index, entry in enumerate(entries):
                if entry & _PRESENT and entry & _EXCLUSIVE and not entry & _OF_A_FILE:
                    yield start + index * _PAGE_BYTES
    finally:
        os.close(pagemap)
