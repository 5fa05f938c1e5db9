"""Where an interpreter's objects lie: side by side, on pages that the kernel can treat as one.

To fork a process and to end one costs by the page: 18,000 of them with the data libraries. The kernel keeps 512 pages
that lie side by side as one huge page when it is asked to (madvise(2), MADV_COLLAPSE, Linux 6.1), and forks it in one
step, as long as nobody writes to it; then it copies the one page that was written to, as ever.

This is for speed alone: where a kernel does not know how, all works as before.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

assert sys.platform == "linux"

from snakepen.sandbox import syscalls
from snakepen.sandbox.rehearsal import writable_mappings

_HUGE_BYTES: Final = 2 << 20
# obmalloc.c: what it takes from the kernel at a time, and gives back when nothing is left in it; the largest piece that
# it cuts from that, and a bytes object of this size.
_ARENA_BYTES: Final = 1 << 20
_PIECE_BYTES: Final = 512
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


def merge_pages() -> None:
    """Have every whole stretch of this process's own memory kept as huge pages; what cannot be is left as it is."""
    places = list(writable_mappings())
    for start, end in zip(places[::2], places[1::2], strict=True):
        first = -(-start // _HUGE_BYTES) * _HUGE_BYTES
        for place in range(first, end - _HUGE_BYTES + 1, _HUGE_BYTES):
            with suppress(OSError):  # nothing is there, no huge page is to be had, or this kernel knows none
                syscalls.collapse(place, _HUGE_BYTES)
