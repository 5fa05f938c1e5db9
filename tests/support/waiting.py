"""Waiting without an event loop."""

import time
from collections.abc import Callable


def wait_until(condition: Callable[[], bool], *, seconds: float = 20) -> None:
    """Until the condition holds; fails when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition never held"
        time.sleep(0.005)
