"""Random numbers that no two runners share, though they are forked from one interpreter.

The kernel's own (`os.urandom`, and with it `secrets`, `uuid` and new generators) are no concern. What a library keeps
in memory is: it is seeded anew in each runner, in the way that touches, and so copies, the fewest pages.
"""

import ctypes
import os
import sys
from collections.abc import Callable
from typing import Any, Final

# mt19937.h in NumPy: a generator's state begins with so many words of 32 bits.
_KEY_BYTES: Final = 624 * 4

Reseed = Callable[[], object]


def reseeds() -> list[Reseed]:
    """One for each library that is imported here and keeps a generator; each has been called once, to warm it up."""
    found: list[Reseed] = []
    if "random" in sys.modules:
        found.append(sys.modules["random"].seed)
    if "numpy.random" in sys.modules:
        found.append(_reseed_numpy(sys.modules["numpy.random"]))
    for reseed in found:
        reseed()
    return found


def _reseed_numpy(numpy_random: Any) -> Reseed:  # noqa: ANN401  -- a module that is not there when types are checked
    """`numpy.random.seed` copies 130 pages (measured), and what it does is to fill this key."""
    numpy_random.seed()  # nothing is left of what was drawn here
    address = numpy_random.get_bit_generator().ctypes.state_address
    name, key, *_ = numpy_random.get_state()
    if name != "MT19937" or ctypes.string_at(address, _KEY_BYTES) != key.tobytes():
        reseed: Reseed = numpy_random.seed
        return reseed
    return lambda: ctypes.memmove(address, os.urandom(_KEY_BYTES), _KEY_BYTES)
