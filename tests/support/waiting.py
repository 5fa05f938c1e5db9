"""Waiting without an event loop."""

import time
from collections.abc import Callable
from typing import Final

# Long enough for any machine: what passes does not wait for it.
DEADLINE_SECONDS: Final = 60
# The time that a program is given which has to get somewhere before it is over: the next when it did not.
MORE_AND_MORE_SECONDS: Final = (0.5, 2, 8, 30)


def wait_until(
    condition: Callable[[], bool], *, seconds: float = DEADLINE_SECONDS, why: Callable[[], object] = lambda: ""
) -> None:
    """Until the condition holds; fails when it does not in time, and says `why`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"the condition never held: {why()}"
        time.sleep(0.005)
