"""`snakepen run --artifacts DIR`: what a program made and the plots that it showed, put into a folder of its caller's.
What else it shows is printed, as text.

Names and contents are a program's: each part of a path is opened relative to the folder before it, no link is followed,
and nothing is written over but regular files.
"""

import base64
import binascii
import contextlib
import errno
import io
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from snakepen.errors import SetupError
from snakepen.executor import Executor, Finished, Made, Shown
from snakepen.runs.folder import Folder, open_folder
from snakepen.wire.run import SkipReason

# Of a plot that comes in several, the first of these is saved.
_PLOTS: Final = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}
# Of anything else the first of these is printed.
_WORDS: Final = ("text/plain", "text/markdown", "text/latex")
# How a program looks that shows figures, or calls what is there only for who takes what is shown.
_SHOWS_FIGURES: Final = re.compile(
    rb"^[ \t]*(?:import|from)[ \t]+(?:matplotlib|pylab|seaborn)\b.*\.show[ \t]*\(", re.MULTILINE | re.DOTALL
)
_CALLS_DISPLAY: Final = re.compile(rb"^[ \t]*display[ \t]*\(", re.MULTILINE)
_HAS_DISPLAY: Final = re.compile(rb"\b(?:def|import|as)[ \t]+display\b|\bdisplay[ \t]*=")
_SKIPPED: Final = {
    SkipReason.NOT_A_FILE: "not a file but a link, a pipe or the like",
    SkipReason.BAD_NAME: "with a name that cannot be shown",
    SkipReason.TOO_LARGE: "too large",
    SkipReason.TOO_MANY: "beyond what one run may leave",
    SkipReason.TOO_DEEP: "too deep inside folders",
    SkipReason.UNREADABLE: "unreadable",
    SkipReason.NO_ROOM: "for which the disk had no room",
    SkipReason.OUT_OF_TIME: "not reached in time",
}


@dataclass(slots=True)
class Results:
    """What a run told of on its way."""

    made: list[Made] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)

    def take(self, event: Made | Shown) -> None:
        if isinstance(event, Made):
            self.made.append(event)
            return
        # As the page does it (`web/src/core/feed.ts`): all of a name become what was shown last under it.
        name = event.update_of or event.display_id
        newer = Shown(event.bundle, display_id=name)
        is_new = event.update_of is None or all(one.display_id != name for one in self.shown)
        if name is not None:
            self.shown = [newer if one.display_id == name else one for one in self.shown]
        if is_new:
            self.shown.append(newer)


class Saving:
    """Into one folder, which is made when it is missing."""

    def __init__(self, path: Path) -> None:
        """Raises SetupError."""
        self._path = path
        self.has_failed = False
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._root = open_folder(Path(os.path.realpath(path)))
        except OSError as error:
            raise SetupError(f"--artifacts {path}: the folder cannot be made or opened ({error.strerror}).") from error

    def close(self) -> None:
        self._root.close()

    async def save(self, results: Results, finished: Finished, executor: Executor, run_id: str) -> list[str]:
        """Everything; a line about each, and about what is not there."""
        lines = []
        for made in results.made:
            content = await executor.artifact(run_id, made.path)
            if content is None:
                lines.append(self._failed(made.path, "it was not kept for so long"))
                continue
            with content:
                lines.append(self._save(made.path, content))
        taken = {made.path for made in results.made}
        for name, data in plots(results.shown, taken):
            lines.append(self._save(name, io.BytesIO(data)))
        skipped = [f"{count} {_SKIPPED[reason]}" for reason, count in finished.skipped.items() if count]
        if skipped:
            lines.append(f"not saved: {'; '.join(skipped)}.")
        return lines

    def _save(self, path: str, content: BinaryIO) -> str:
        try:
            _write(self._root, path, content)
        except OSError as error:
            return self._failed(path, _reason(error))
        return f"saved {self._path / path}"

    def _failed(self, path: str, reason: str) -> str:
        self.has_failed = True
        return f"{self._path / path} cannot be saved: {reason}."


def hint(made: Iterable[Made], code: bytes, *, is_well: bool) -> list[str]:
    """For who has not asked to have it saved. Of plots nothing is known but how the program looks."""
    lines = []
    count = len(list(made))
    if count:
        files = "a file, which is" if count == 1 else f"{count} files, which are"
        lines.append(f"it made {files} gone now; --artifacts DIR saves what it makes.")
    if _SHOWS_FIGURES.search(code):
        lines.append("the plots that a program shows are not seen without --artifacts DIR, which saves them.")
    if not is_well and _CALLS_DISPLAY.search(code) and not _HAS_DISPLAY.search(code):
        lines.append("display() needs --artifacts DIR, which saves plots and prints the rest.")
    return lines


def words_of(shown: Shown) -> bytes:
    """What is printed of it where it was shown: nothing of a plot, which is saved, and its text of all else."""
    if _picture(shown.bundle) is not None:
        return b""
    text = next((shown.bundle[kind] for kind in _WORDS if kind in shown.bundle), None)
    return b"" if text is None else f"{text}\n".encode("utf-8", "replace")


def plots(shown: Iterable[Shown], taken: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """A name and the bytes of each thing that is a picture; no name is one of those that are taken."""
    stems = {path.rpartition(".")[0] for path in taken}
    number = 0
    for one in shown:
        picture = _picture(one.bundle)
        if picture is None:
            continue
        number += 1
        while f"figure-{number}" in stems:
            number += 1
        suffix, data = picture
        yield f"figure-{number}.{suffix}", data


def _picture(bundle: Mapping[str, str]) -> tuple[str, bytes] | None:
    for media_type, suffix in _PLOTS.items():
        text = bundle.get(media_type)
        if text is None:
            continue
        if suffix == "svg":
            return suffix, text.encode("utf-8", "replace")
        with contextlib.suppress(binascii.Error, ValueError):  # what a program sends as base64 need not be any
            if data := base64.b64decode(text):
                return suffix, data
    return None


def _reason(error: OSError) -> str:
    if error.errno in (errno.ELOOP, errno.EMLINK):  # what systems say of a link that is not to be followed
        return "a link stands in its way, and none is followed; remove it, or save to another folder"
    if error.errno == errno.ENOTDIR:  # so says Linux of a link where a folder has to be
        return "a link or a file stands where it needs a folder; remove that, or save to another folder"
    return error.strerror or "something else has its name"


def _write(root: Folder, path: str, content: BinaryIO) -> None:
    """Raises OSError."""
    *folders, name = path.split("/")
    if any(part in ("", ".", "..") or os.sep in part or (os.altsep or os.sep) in part for part in (*folders, name)):
        raise OSError(errno.EINVAL, "it is no name")
    place = root.folder(".")
    try:
        for part in folders:
            place.make_folder(part)
            below = place.folder(part)
            place.close()
            place = below
        file = place.new_file(name)
        if file is None:
            raise FileExistsError(errno.EEXIST, "something else has its name")
        with io.BufferedWriter(file) as target:
            shutil.copyfileobj(content, target)
    finally:
        place.close()
