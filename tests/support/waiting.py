"""Waiting without an event loop."""

import time
from collections.abc import Callable


def wait_until(condition: Callable[[], bool], *, seconds: float = 20) -> None:
    """Until the condition holds; fails when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition never held"
        time.sleep(0.005)


def settled(count: Callable[[], int]) -> int:
    """A count that has not changed for a while: what is made ahead of time has been made."""
    seen = [count()]

    def is_stable() -> bool:
        seen.append(count())
        return len(seen) > 100 and len(set(seen[-100:])) == 1

    wait_until(is_stable)
    return seen[-1]
