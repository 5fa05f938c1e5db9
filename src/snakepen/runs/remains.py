"""What a run leaves when it has ended: its workspace, held until somebody has looked through it."""

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

import structlog

from snakepen.executor import PROGRAM_NAME
from snakepen.runs.folder import Folder, open_folder
from snakepen.runs.retry import WATCH_AGAIN_SECONDS

# How many entries of a workspace are looked at while its answer waits: a folder may hold any number that do not count.
_GLANCE: Final = 16
# How long what has been killed is waited for, so that no file is half written; it takes a hundredth of that. Nothing
# but the wholeness of files hangs on it.
_END_SECONDS: Final = 1.0

log = structlog.get_logger()


class Remains:
    """A workspace, and whoever may still be dying in it."""

    def __init__(self, folder: Folder, init: int | None = None) -> None:
        """Owns both from here on; `init`: a pidfd of the first process of its sandbox, which ends last."""
        self.folder = folder
        self._init = init

    async def at_rest(self) -> None:
        """Until nobody writes there any more, as far as that can be known; not for long."""
        if self._init is None:
            return
        loop = asyncio.get_running_loop()
        ended = asyncio.Event()
        try:
            loop.add_reader(self._init, ended.set)
            async with asyncio.timeout(_END_SECONDS):
                await ended.wait()
        except TimeoutError:
            log.warning("sandbox_slow_to_end")
        except OSError as error:  # epoll_ctl(2), ENOSPC: this user watches as much as it may
            log.warning("sandbox_not_watched", error=str(error))
            await asyncio.sleep(WATCH_AGAIN_SECONDS)  # ten times what it takes
        finally:
            loop.remove_reader(self._init)

    def close(self) -> None:
        self.folder.close()
        if self._init is not None:
            os.close(self._init)


def is_incidental(name: str) -> bool:
    """Whether a file or folder of this name is nothing that anybody made to be had: settings, caches."""
    return name.startswith(".") or name == "__pycache__"


def is_program(entry: "os.DirEntry[str]") -> bool:
    """Of an entry of the workspace itself: whether it is the program, or what came in its place and holds nothing."""
    return entry.name == PROGRAM_NAME and not entry.is_dir(follow_symlinks=False)


def remains_of(path: Path) -> Remains | None:
    """Of a plain run; None when there is nothing in it to be had, or its program has put it away."""
    try:
        return Remains(open_folder(path)) if _holds_more(path) else None
    except OSError:
        return None


def _holds_more(folder: Path | int) -> bool:
    """One cheap look, which every run has to wait for: is there anything beside the program?"""
    with os.scandir(folder) as entries:
        for count, entry in enumerate(entries):
            if count == _GLANCE or not (is_incidental(entry.name) or is_program(entry)):
                return True
    return False


if sys.platform != "win32":
    from snakepen.runs.folder_posix import PosixFolder

    def remains_of_sandbox(disk: int, init: int) -> Remains | None:
        """By the descriptors of its workspace and of its first process, which stay the caller's; None as above."""
        copies: list[int] = []
        try:
            if not _holds_more(disk):
                return None
            copies = [os.dup(disk)]
            copies.append(os.dup(init))
            return Remains(PosixFolder(copies[0]), copies[1])
        except OSError as error:  # we may open no more
            log.warning("workspace_not_held", error=str(error))
            for copy in copies:
                with suppress(OSError):
                    os.close(copy)
            return None
