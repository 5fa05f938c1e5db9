"""Where an interpreter's objects lie: side by side, on pages that the kernel can treat as one.

To fork a process and to end one costs by the page: 18,000 of them with the data libraries. The kernel keeps 512 pages
that lie side by side as one huge page when it is asked to (madvise(2), MADV_COLLAPSE, Linux 6.1), and forks it in one
step, as long as nobody writes to it; then it copies the one page that was written to, as ever.

This is for speed alone: where a kernel does not know how, all works as before.
"""

import _frozen_importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import ModuleType
from typing import Any, Final

assert sys.platform == "linux"

from snakepen.sandbox import syscalls
from snakepen.sandbox.rehearsal import writable_mappings

_HUGE_BYTES: Final = 2 << 20
# obmalloc.c: what it takes from the kernel at a time, and gives back when nothing is left in it; the largest piece that
# it cuts from that, and a bytes object of this size.
_ARENA_BYTES: Final = 1 << 20
_PIECE_BYTES: Final = 512
_MODULES_AT_A_TIME: Final = 200  # about what it cuts from one piece of 16 KiB
_PIECE_CONTENT: Final = _PIECE_BYTES - sys.getsizeof(b"")


@contextmanager
def objects_side_by_side(size_bytes: int) -> Iterator[None]:
    """What is allocated meanwhile lies in one stretch of so many bytes, and not wherever there was room between the
    shared objects that are being loaded.
    """
    pieces = [bytes(_PIECE_CONTENT) for _ in range(size_bytes // _PIECE_BYTES)]
    held = pieces[:: _ARENA_BYTES // _PIECE_BYTES // 2]  # one or two in each arena: it stays, with room for others
    del pieces
    yield
    held.clear()


@contextmanager
def modules_side_by_side() -> Iterator[None]:
    """Modules that are imported meanwhile are made many at a time. To hand one over is to write to it, and so a runner
    copies a page for hundreds of them, and not one for each.
    """
    importlib: Any = _frozen_importlib
    before = importlib._new_module
    blank: list[ModuleType] = []

    def new_module(name: str) -> ModuleType:
        if not blank:
            blank.extend(before(name) for _ in range(_MODULES_AT_A_TIME))
        module = blank.pop()
        module.__init__(name)  # type: ignore[misc]  # it is then as if it had just been made
        return module

    importlib._new_module = new_module
    try:
        yield
    finally:
        importlib._new_module = before


def merge_pages() -> None:
    """Have every whole stretch of this process's own memory kept as huge pages; what cannot be is left as it is."""
    places = list(writable_mappings())
    for start, end in zip(places[::2], places[1::2], strict=True):
        first = -(-start // _HUGE_BYTES) * _HUGE_BYTES
        for place in range(first, end - _HUGE_BYTES + 1, _HUGE_BYTES):
            with suppress(OSError):  # nothing is there, no huge page is to be had, or this kernel knows none
                syscalls.collapse(place, _HUGE_BYTES)
