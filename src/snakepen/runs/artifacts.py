"""What runs made, kept for a while: copies in a folder of ours, by names of ours, and an index of what they stand for.

What all of them take together is bounded: when there is no room the oldest run's go before their time, because whoever
has run something now is the one who waits for it. A copy that somebody still reads takes its place of the disk for so
long, whether it has a name any more or not, and so it counts. Nothing of an artifact's own name or content is ever
looked at.
"""

import asyncio
import os
import threading
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader, FileIO
from pathlib import Path
from time import monotonic
from typing import BinaryIO, Final

import structlog

from snakepen.limits import KEEP_ARTIFACTS_SECONDS, KEPT_ARTIFACTS_BYTES, KIB, MAX_ALL_ARTIFACTS_BYTES
from snakepen.runs.collect import Collected, NotTaken, Search, Source
from snakepen.runs.private_folder import PrivateFolder, sweep
from snakepen.runs.remains import Remains
from snakepen.wire.run import SkipReason

_PREFIX: Final = "snakepen-artifacts-"
# More would take the interpreter away from the event loop; who waits for one of them still holds its place.
_THREADS: Final = 4
# What even an empty file takes of a disk, so that their number is bounded as well.
_BLOCK_BYTES: Final = 4 * KIB

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Keeping:
    """How much is kept of all runs together, and for how long."""

    disk_bytes: int = KEPT_ARTIFACTS_BYTES
    seconds: float = KEEP_ARTIFACTS_SECONDS


class Artifacts:
    """Collects what runs made, and has it until it is no longer kept. Belongs to one event loop."""

    def __init__(self, keeping: Keeping | None = None, parent: Path | None = None) -> None:
        """What servers that are no more have left is swept."""
        self._keeping = keeping or Keeping()
        self._store = _Store(self._keeping, parent)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="artifacts")
        self._timer: asyncio.TimerHandle | None = None
        self._is_closed = False

    async def collect(
        self, run_id: str, remains: Remains, given: Mapping[str, bytes], is_unwanted: Callable[[], bool]
    ) -> Collected:
        """What a run made, and why not all of it; `given` was there before. Keeps nothing when it is unwanted.

        A fault is no fault of the run: then nothing was found, and the log says more.
        """
        loop = asyncio.get_running_loop()
        search = Search(remains.folder, given, is_unwanted)
        try:
            if not await loop.run_in_executor(self._threads, search.would_find_any):
                return Collected()
            await remains.at_rest()
            collected = await loop.run_in_executor(self._threads, self._collect, run_id, search, is_unwanted)
        except Exception:  # the edge of what a run left: its answer is worth more than its files
            log.exception("artifacts_fault", run=run_id)
            return Collected(skipped={SkipReason.NO_ROOM: 1})
        if collected.made and self._timer is None:
            self._timer = loop.call_later(self._keeping.seconds, self._expire)
        return collected

    def _collect(self, run_id: str, search: Search, is_unwanted: Callable[[], bool]) -> Collected:
        copies = _Copies(self._store)
        collected = Collected()
        try:
            collected = search.collect(copies)
        finally:
            if collected.made and not is_unwanted():
                self._store.keep(run_id, copies)
            else:
                self._store.drop(copies)
        return collected

    def _expire(self) -> None:
        self._timer = None
        removing = asyncio.get_running_loop().run_in_executor(self._threads, self._store.expire)
        removing.add_done_callback(self._look_again)

    def _look_again(self, removing: "asyncio.Future[float | None]") -> None:
        due = removing.result()
        if due is not None and not self._is_closed:
            if self._timer is not None:  # of a run that ended while we looked, and is due later
                self._timer.cancel()
            self._timer = asyncio.get_running_loop().call_later(due - monotonic(), self._expire)

    async def open(self, run_id: str, path: str) -> BinaryIO | None:
        """See Executor.artifact."""
        return await asyncio.to_thread(self._store.open, run_id, path)

    def close(self) -> None:
        """Remove everything; no run is under way any more."""
        self._is_closed = True
        if self._timer is not None:
            self._timer.cancel()
        self._threads.shutdown()
        self._store.close()


@dataclass(slots=True)
class _Copy:
    """One file of ours, and what it takes of the disk for as long as it is there or somebody reads it."""

    path: Path
    held_bytes: int
    readers: int = 0
    is_removed: bool = False


class _Reading(BufferedReader):
    """A copy that is read; says once when it no longer is, in whatever thread that happens."""

    def __init__(self, path: Path, closed: Callable[[], None]) -> None:
        super().__init__(FileIO(path, "rb"))
        self._on_closed = closed

    def close(self) -> None:
        was_open = not self.closed
        super().close()
        if was_open:
            self._on_closed()


class _Copies:
    """What has been copied of one run; see Copies. Belongs to the thread that fills it, then to the store."""

    def __init__(self, store: "_Store") -> None:
        self._store = store
        self.files: dict[str, _Copy] = {}
        self.held_bytes = 0
        self.until = 0.0

    def put(self, path: str, source: Source) -> None:
        before = self.held_bytes
        name: Path | None = None
        try:
            self._hold(_BLOCK_BYTES)
            name, target = self._store.new_file()
            with target:
                for at, data in source.chunks():
                    self._hold(len(data))
                    _write(target, at, data)
                _cut(target, source.size)
        except BaseException:
            if name is not None:
                _unlink(name)
            self._store.give_back(self.held_bytes - before)
            self.held_bytes = before
            raise
        self.files[path] = _Copy(name, self.held_bytes - before)

    def _hold(self, size: int) -> None:
        if self.held_bytes + size > MAX_ALL_ARTIFACTS_BYTES:
            raise NotTaken(SkipReason.TOO_MANY)
        if not self._store.make_room(size):
            raise NotTaken(SkipReason.NO_ROOM)
        self.held_bytes += size


class _Store:
    """The folder and its index. Every method may be called by any thread."""

    def __init__(self, keeping: Keeping, parent: Path | None) -> None:
        self._keeping = keeping
        self._parent = parent
        sweep(_PREFIX, parent)
        self._lock = threading.Lock()
        self._folder: PrivateFolder | None = None
        """Made for the first file: most servers that are killed then leave nothing."""
        self._number = 0
        self._kept: dict[str, _Copies] = {}
        """Oldest first."""
        self._held_bytes = 0
        self._closed: deque[_Copy] = deque()
        """Of which a reader has closed; without the lock, for who closes may be the garbage collector."""

    def new_file(self) -> tuple[Path, FileIO]:
        """Raises NotTaken when the disk takes none."""
        try:
            with self._lock:
                if self._folder is None:
                    self._folder = PrivateFolder(_PREFIX, self._parent)
                self._number += 1
                path = self._folder.root / str(self._number)
            return path, FileIO(path, "xb")
        except OSError as error:
            raise _no_room(error) from error

    def make_room(self, size: int) -> bool:
        """Count so many bytes more as held; older runs' go for it, but not those of which all is being read."""
        with self._lock:
            self._settle()
            while self._held_bytes + size > self._keeping.disk_bytes:
                oldest = next((run_id for run_id, copies in self._kept.items() if _gives_room(copies)), None)
                if oldest is None:
                    return False
                self._remove(oldest)
            self._held_bytes += size
            return True

    def _settle(self) -> None:
        """Take note of what has been closed."""
        while self._closed:
            copy = self._closed.popleft()
            copy.readers -= 1
            if copy.is_removed and not copy.readers:
                _unlink(copy.path)  # again, for where what is read cannot be removed
                self._held_bytes -= copy.held_bytes

    def give_back(self, size: int) -> None:
        with self._lock:
            self._held_bytes -= size

    def keep(self, run_id: str, copies: _Copies) -> None:
        copies.until = monotonic() + self._keeping.seconds
        with self._lock:
            self._kept[run_id] = copies

    def drop(self, copies: _Copies) -> None:
        with self._lock:
            self._clear(copies)

    def open(self, run_id: str, path: str) -> BinaryIO | None:
        with self._lock, suppress(OSError):
            copies = self._kept.get(run_id)
            if copies is not None and path in copies.files and copies.until > monotonic():
                copy = copies.files[path]
                reading = _Reading(copy.path, lambda: self._closed.append(copy))
                copy.readers += 1
                return reading
        return None

    def expire(self) -> float | None:
        """Remove what was kept for long enough; when the next is due."""
        with self._lock:
            while self._kept:
                run_id, copies = next(iter(self._kept.items()))
                if copies.until > monotonic():
                    return copies.until
                self._remove(run_id)
            return None

    def close(self) -> None:
        with self._lock:
            self._kept.clear()
            if self._folder is not None:
                self._folder.close()
                self._folder = None

    def _remove(self, run_id: str) -> None:
        self._clear(self._kept.pop(run_id))

    def _clear(self, copies: _Copies) -> None:
        self._settle()
        for copy in copies.files.values():
            _unlink(copy.path)
            copy.is_removed = True
            if not copy.readers:
                self._held_bytes -= copy.held_bytes


def _gives_room(copies: _Copies) -> bool:
    return any(not copy.readers for copy in copies.files.values())


def _write(target: FileIO, at: int, data: bytes) -> None:
    """Raises NotTaken when the disk is full, or will not."""
    try:
        target.seek(at)
        left = memoryview(data)
        while left:
            left = left[target.write(left) :]
    except OSError as error:
        raise _no_room(error) from error


def _cut(target: FileIO, size: int) -> None:
    try:
        target.truncate(size)
    except OSError as error:
        raise _no_room(error) from error


def _no_room(error: OSError) -> NotTaken:
    log.warning("artifact_not_kept", error=str(error))
    return NotTaken(SkipReason.NO_ROOM)


def _unlink(path: Path) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass
    except OSError as error:  # Windows removes nothing that somebody still reads
        log.warning("artifact_left", error=str(error))
