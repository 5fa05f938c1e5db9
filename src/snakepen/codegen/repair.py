"""When a program failed: what of it a model is to see, and when to stop trying. Pure.

The page does the same by itself (`web/src/core/`): what holds here has to hold there.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

MAX_TRIES: Final = 3
_UNCHANGED: Final = "The program came back unchanged and would fail in the same way, so I stopped."
OUTPUT_LINES: Final = 40
# Of one line, and of a whole text: a program may print a megabyte without a line feed.
_MAX_LINE_CHARACTERS: Final = 500
_MAX_ERROR_LINES: Final = 80

_TRACEBACK: Final = "Traceback (most recent call last):"
_FRAME: Final = re.compile(r'\s*File "(?P<file>[^"]*)", line (?P<line>\d+)(?:, in .*)?')
# What stands before the rows of an exception group, and further in before those of the exceptions in it.
_MARGIN: Final = re.compile(r"^\s*[|+] ")
_OUTER_MARGIN: Final = re.compile(r"^ {2}[|+] ")
_INNER: Final = re.compile(r" {4,}\|")
_EXCEPTION: Final = re.compile(r"(?P<type>[A-Za-z_][\w.<>]*)(?::.*)?")
# What steers a terminal, by ECMA-48: control sequences; strings up to their end, or to the next sequence; all others.
# Of a string that nothing ends the text is kept. The same as in the page (`web/src/core/escapes.ts`).
_ESCAPE: Final = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|(?=\x1b))|[ -/]*[0-~])"
)
# Frames of these are not the user's: packages, and the standard library of an environment or of the system.
_NOT_THE_USERS: Final = re.compile(r"[/\\](?:site-packages|dist-packages|lib[/\\]python3(?:\.\d+)?|Lib)[/\\]|^<frozen ")


def plain(text: str) -> str:
    """Without what steers a terminal, and with one kind of line end."""
    return _ESCAPE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def traceback_in(text: str) -> str:
    """From the last traceback on, with those that led to it; empty when there is none."""
    lines = plain(text).split("\n")
    starts = [number for number, line in enumerate(lines) if _TRACEBACK in line and not _INNER.match(line)]
    if not starts:
        start = _bare_error(lines)
        return "" if start is None else "\n".join(lines[start:]).strip("\n")
    start = starts[-1]
    # "During handling of the above exception, another exception occurred": what is above belongs to it.
    while (above := [one for one in starts if one < start]) and _is_chained(lines[above[-1] : start]):
        start = above[-1]
    return "\n".join(lines[start:]).strip("\n")


def _bare_error(lines: list[str]) -> int | None:
    """A syntax error is told without a traceback: a file, a line, a caret, its name."""
    for number in range(len(lines) - 1, -1, -1):
        if _FRAME.fullmatch(lines[number]):
            return number
    return None


def _is_chained(lines: list[str]) -> bool:
    told = [line.strip() for line in lines if line.strip()]
    return bool(told) and told[-1].endswith(
        ("another exception occurred:", "was the direct cause of the following exception:")
    )


def users_frames(error: str) -> str:
    """A traceback without the frames of packages and of the standard library; other text as it is, its end."""
    kept: list[str] = []
    is_skipping = False
    found = traceback_in(error)
    for line in (found or plain(error).strip("\n")).split("\n"):
        row = _MARGIN.sub("", line)
        frame = _FRAME.fullmatch(row)
        if frame is not None:
            is_skipping = _NOT_THE_USERS.search(frame["file"]) is not None
        elif not row.startswith("    "):
            is_skipping = False
        if not is_skipping:
            kept.append(line[:_MAX_LINE_CHARACTERS])
    if len(kept) > _MAX_ERROR_LINES:
        kept = [*kept[: _MAX_ERROR_LINES // 4], "[...]", *kept[-_MAX_ERROR_LINES * 3 // 4 :]]
    return "\n".join(kept)


def last_lines(text: str) -> str:
    """The end of an output."""
    lines = plain(text).rstrip("\n").split("\n")[-OUTPUT_LINES:]
    return "\n".join(line[:_MAX_LINE_CHARACTERS] for line in lines)


@dataclass(frozen=True, slots=True)
class Error:
    """What tells one error from another: its type and the text of the line; not its number, which a repair moves."""

    type: str
    line: str


def error_of(text: str) -> Error:
    """The error in what a program wrote; one that is no exception is told by its last line."""
    lines = [_OUTER_MARGIN.sub("", line) for line in users_frames(text).split("\n")]
    frames = [number for number, line in enumerate(lines) if _FRAME.fullmatch(line)]
    if not frames:
        return Error(lines[-1].strip(), "")
    after = lines[frames[-1] + 1 :]
    source = after[0].strip() if after and after[0].startswith("    ") else ""
    kinds = (found["type"] for line in after if (found := _EXCEPTION.fullmatch(line)) is not None)
    return Error(next(kinds, lines[-1].strip()).rpartition(".")[2], source)


@dataclass(frozen=True, slots=True)
class Repair:
    """A try at a failure: it is the program's that came of it, until that ran well, was changed or was gone back to."""

    attempt: int
    """Counted from 1."""
    error: Error
    """What it was to repair."""
    left: Literal["another", "same"] | None = None
    """It is not the program's that came of it: that one was not taken, or the same again."""


def is_same_program(one: str, other: str) -> bool:
    """Whether it is the same to whoever runs it: line feeds at the ends are no change."""
    return one.strip("\n") == other.strip("\n")


def stop_reason(last: Repair | None, error: Error) -> str | None:
    """Why another try is not worth it, as a sentence; None when it is.

    `last` is the try that the failed program came of, or that came to nothing since.
    """
    if last is None:
        return None
    if last.error == error and last.left == "same":
        return _UNCHANGED
    if last.error == error and last.left is None:
        return "The same error came twice, so I stopped."
    if last.attempt >= MAX_TRIES:
        return f"{MAX_TRIES} tries did not repair it, so I stopped."
    return None


def next_try(last: Repair | None, error: Error) -> Repair:
    """The one after that which the failed program came of, or which came to nothing since."""
    return Repair(1 if last is None else last.attempt + 1, error)
