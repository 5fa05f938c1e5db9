"""Looking through a workspace for what its run made. In a thread, when all of the run has ended.

What is in there is an enemy's: any tree, any names, and at isolation level `none` somebody who goes on changing it. So
nothing is looked up by a path, no link is followed, nothing is read but regular files of the workspace's own file
system, and everything is bounded: how deep, how many, how large, how long. What is not taken is counted by the reason.

Folders nearer to the top come first: when there is too much, what is cut off is what lies deepest.
"""

import errno
import os
import re
import stat
import sys
import unicodedata
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from io import FileIO
from itertools import islice
from time import monotonic
from typing import Final, Protocol

from snakepen.executor import Made
from snakepen.limits import (
    COLLECTING_SECONDS,
    KIB,
    MAX_ARTIFACT_BYTES,
    MAX_ARTIFACT_DEPTH,
    MAX_ARTIFACTS,
    MAX_FILE_PATH_BYTES,
    MAX_LOOKED_AT,
)
from snakepen.runs.folder import Folder, descend
from snakepen.runs.remains import is_incidental, is_program
from snakepen.wire.run import SkipReason

# Controls of C0 and C1, ends of lines and paragraphs, and what turns the direction of writing: a name with one of these
# shows as another name, or as more than one.
_NOT_SHOWN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
# Letters, digits, punctuation and symbols, but for those of them that show as nothing: a name needs one that shows.
_SHOWN: Final = frozenset("LNPS")
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_CHUNK_BYTES: Final = 256 * KIB
# That we can open no more is not the file's fault.
_OURS: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})


class NotTaken(Exception):
    """Something that is no artifact, and why."""

    def __init__(self, reason: SkipReason) -> None:
        super().__init__(reason)
        self.reason = reason


class SearchTime:
    """How long may be looked, and whether anybody still wants to know."""

    def __init__(self, is_unwanted: Callable[[], bool]) -> None:
        """From now on; `is_unwanted` is asked from a thread."""
        self._until = monotonic() + COLLECTING_SECONDS
        self._is_unwanted = is_unwanted

    @property
    def is_over(self) -> bool:
        return monotonic() > self._until or self._is_unwanted()


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be copied, and how large it was when it was opened: no more of it is read."""

    file: FileIO
    size: int
    time: SearchTime

    def chunks(self) -> Iterator[tuple[int, bytes]]:
        """What is in it and where, without its holes: they cost nothing. Raises NotTaken, OSError."""
        for start, end in _data(self.file, self.size):
            self.file.seek(start)
            at = start
            while at < end:
                if self.time.is_over:
                    raise NotTaken(SkipReason.OUT_OF_TIME)
                data = self.file.read(min(end - at, _CHUNK_BYTES))
                if not data:  # somebody has cut it
                    raise NotTaken(SkipReason.UNREADABLE)
                yield at, data
                at += len(data)


class Copies(Protocol):
    """Where copies are put."""

    def put(self, path: str, source: Source) -> None:
        """Copy it whole. Raises NotTaken, or OSError when it cannot be read; then what was copied of it is gone."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What was found."""

    made: list[Made] = field(default_factory=list)
    skipped: Mapping[SkipReason, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _File:
    """Something that may be an artifact, as long as the walk stands at it."""

    place: Folder
    name: str
    path: str


class Search:
    """Of one workspace; each of the two does all of it anew."""

    def __init__(self, root: Folder, given: Mapping[str, bytes], is_unwanted: Callable[[], bool]) -> None:
        """`given`: what had been put there, by its path: it is no artifact unless it has changed."""
        self._root = root
        self._given = given
        self._is_unwanted = is_unwanted

    def would_find_any(self) -> bool:
        """Whether `collect` has anything to say: a look before it is waited for that all of the run has ended."""
        with closing(self._walk(SearchTime(self._is_unwanted))) as walk:
            return next(walk, None) is not None

    def collect(self, copies: Copies) -> Collected:
        """Copy what there is."""
        time = SearchTime(self._is_unwanted)
        made: list[Made] = []
        skipped: Counter[SkipReason] = Counter()
        for found in self._walk(time):
            try:
                if isinstance(found, SkipReason):
                    raise NotTaken(found)
                if len(made) == MAX_ARTIFACTS:
                    raise NotTaken(SkipReason.TOO_MANY)
                made.append(Made(found.path, _take(found, copies, time)))
            except NotTaken as problem:
                skipped[problem.reason] += 1
            except OSError as error:
                skipped[_reason_of(error)] += 1
        return Collected(sorted(made, key=lambda one: one.path), skipped)

    def _walk(self, time: SearchTime) -> Generator[_File | SkipReason, None, None]:
        pending: deque[tuple[str, ...]] = deque([()])
        left = MAX_LOOKED_AT
        while pending and left and not time.is_over:
            parts = pending.popleft()
            try:
                with closing(descend(self._root, parts)) as place:
                    if place.device != self._root.device:
                        yield SkipReason.NOT_A_FILE
                        continue
                    if not place.is_readable:
                        yield SkipReason.UNREADABLE
                        continue
                    entries = sorted(islice(place.entries(), left), key=lambda entry: entry.name)
                    left -= len(entries)
                    yield from self._look(place, parts, entries, pending, time)
            except OSError as error:
                yield _reason_of(error)
        if not left:  # the last folder may have held more
            yield SkipReason.OUT_OF_TIME
        yield from [SkipReason.OUT_OF_TIME] * len(pending)

    def _look(
        self,
        place: Folder,
        parts: tuple[str, ...],
        entries: "list[os.DirEntry[str]]",
        pending: deque[tuple[str, ...]],
        time: SearchTime,
    ) -> Iterator[_File | SkipReason]:
        for entry in entries:
            here = (*parts, entry.name)
            if is_incidental(entry.name) or (not parts and is_program(entry)):
                continue
            if time.is_over:
                pending.appendleft(parts)
                return
            path = "/".join(here)
            if not _can_be_shown(path) or not _shows(entry.name):
                yield SkipReason.BAD_NAME
            elif entry.is_dir(follow_symlinks=False):
                if len(here) < MAX_ARTIFACT_DEPTH:
                    pending.append(here)
                else:
                    yield SkipReason.TOO_DEEP
            elif not entry.is_file(follow_symlinks=False):
                yield SkipReason.NOT_A_FILE
            elif not self._is_as_given(place, entry.name, path):
                yield _File(place, entry.name, path)

    def _is_as_given(self, place: Folder, name: str, path: str) -> bool:
        content = self._given.get(path)
        if content is None:
            return False
        try:
            file = place.file(name)
        except OSError:
            return False
        if file is None:
            return False
        with file:
            return file.seek(0, os.SEEK_END) == len(content) and file.seek(0) == 0 and _holds(file, content)


def _holds(file: FileIO, content: bytes) -> bool:
    left = memoryview(content)
    while left and (data := file.read(_CHUNK_BYTES)):
        if data != left[: len(data)]:
            return False
        left = left[len(data) :]
    return not left


def _take(found: _File, copies: Copies, time: SearchTime) -> int:
    """Its size. Raises NotTaken, OSError."""
    file = found.place.file(found.name)
    if file is None:
        raise NotTaken(SkipReason.NOT_A_FILE)
    with file:
        status = os.fstat(file.fileno())
        if status.st_dev != found.place.device:
            raise NotTaken(SkipReason.NOT_A_FILE)
        if not status.st_mode & stat.S_IRUSR:  # what its owner may not read, root may
            raise NotTaken(SkipReason.UNREADABLE)
        if status.st_size > MAX_ARTIFACT_BYTES:  # holes count here, because whoever fetches it gets them as zeros
            raise NotTaken(SkipReason.TOO_LARGE)
        copies.put(found.path, Source(file, status.st_size, time))
        return status.st_size


def _data(file: FileIO, size: int) -> Iterator[tuple[int, int]]:
    """From where to where it has been written: lseek(2), SEEK_DATA."""
    if sys.platform == "win32":
        yield 0, size
        return
    end = 0
    while end < size:
        try:
            start = file.seek(end, os.SEEK_DATA)
        except OSError as error:
            if error.errno == errno.ENXIO:  # a hole until its end
                return
            raise
        if start >= size:  # it has grown
            return
        end = min(file.seek(start, os.SEEK_HOLE), size)
        yield start, end


def _can_be_shown(path: str) -> bool:
    try:
        encoded = path.encode()
    except UnicodeEncodeError:  # a surrogate stands for a byte that is no UTF-8
        return False
    return len(encoded) <= MAX_FILE_PATH_BYTES and not _NOT_SHOWN.search(path)


def _shows(name: str) -> bool:
    return any(unicodedata.category(one)[0] in _SHOWN and one not in _BLANK for one in name)


def _reason_of(error: OSError) -> SkipReason:
    return SkipReason.NO_ROOM if error.errno in _OURS else SkipReason.UNREADABLE
