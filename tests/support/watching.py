"""An event loop that can watch nothing more, as when its user watches as much as it may (epoll_ctl(2), ENOSPC)."""

import asyncio
import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

NO_SPACE = os.strerror(errno.ENOSPC)


@contextmanager
def nothing_more_watched() -> Iterator[None]:
    """What is watched already goes on."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, NO_SPACE)

    with pytest.MonkeyPatch.context() as full:
        for name in ("add_reader", "add_writer"):
            full.setattr(asyncio.get_running_loop(), name, refuse)
        yield
