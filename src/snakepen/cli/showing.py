"""How `snakepen ask` shows a draft as it is written, and asks what to do with it; all on standard error.

What a model says is a stranger's: nothing of it may steer the terminal.
"""

import difflib
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final

from snakepen.errors import ModelFailed
from snakepen.wire.generate import CodeEvent, DoneEvent, GenerateEvent, SourceEvent, TextEvent

_DIM, _BOLD, _PLAIN = "\x1b[2m", "\x1b[1m", "\x1b[0m"
_COLOURS: Final = {"+": "\x1b[32m", "-": "\x1b[31m"}
# To compare takes time that grows with the square of this; and nobody reads more than some screens of changes.
_MAX_COMPARED_LINES: Final = 2000
_MAX_DIFF_LINES: Final = 80
_MAX_DIFF_LINE_CHARACTERS: Final = 500
# Characters that steer terminals: C0 but for tab and line feed, DEL, C1, and those that turn the direction of text.
_STEERING: Final = dict.fromkeys(
    [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "�"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What came of a request."""

    source: SourceEvent
    done: DoneEvent


def say(text: str = "", *, style: str = "", end: str = "\n") -> None:
    """To the person."""
    if style and _is_coloured():
        text = f"{style}{text}{_PLAIN}"
    print(text, file=sys.stderr, end=end, flush=True)  # noqa: T201  -- the command line's voice


def harmless(text: str) -> str:
    """The text with nothing in it that steers a terminal."""
    return text.translate(_STEERING)


def _is_coloured() -> bool:
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


async def show(events: AsyncGenerator[GenerateEvent]) -> Draft:
    """Show a draft while it is written. Raises ModelFailed, and whatever else the writing raises."""
    source: SourceEvent | None = None
    kind = ""
    try:
        async with aclosing(events):
            async for event in events:
                match event:
                    case SourceEvent():
                        source = event
                        say(_headline(event), style=_BOLD)
                    case TextEvent() | CodeEvent():
                        if kind not in ("", event.type):
                            say()
                        kind = event.type
                        say(harmless(event.delta), style=_DIM if kind == "text" else "", end="")
                    case DoneEvent():
                        break
            else:
                raise ModelFailed("The answer ended before it was whole: try again.")
    finally:
        if kind:
            say()  # what is said next begins a line, also when the answer broke off
    assert source is not None
    if event.problem is not None:
        say(harmless(event.problem.message), style=_BOLD)
    return Draft(source, event)


def _headline(source: SourceEvent) -> str:
    if source.kind == "recipe":
        return f"{source.title} (built-in recipe, not AI; matched: {', '.join(map(harmless, source.words))})"
    return harmless(f"{source.title} writes:")


def choose(question: str, answers: dict[str, str], default: str) -> str:
    """One of the answers, by its letter; the default for an empty line, `q` at the end of the input.

    A yes is the answer that is offered, where that is to do something; a no is `q`.
    """
    shown = ", ".join(f"[{letter.upper() if letter == default else letter}] {text}" for letter, text in answers.items())
    while True:
        say(f"{question} {shown}: ", end="")
        line = sys.stdin.readline()
        if not line:
            say()
            return "q"
        said = line.strip().lower()
        if said in ("n", "no"):
            return "q"
        answer = default if said in ("y", "yes") and default != "q" else said[:1] or default
        if answer in answers:
            return answer
        say(f"Answer with one of the letters {', '.join(answers)}.")


def show_change(name: str, before: str, after: str) -> None:
    """What a newer program has that the one before had not, and the other way round."""
    old, new = before.splitlines(), after.splitlines()
    if max(len(old), len(new)) > _MAX_COMPARED_LINES:
        say(f"{name}. It is too long for its changes to be shown.", style=_BOLD)
        return
    lines = list(difflib.unified_diff(old, new, n=2, lineterm=""))[2:]
    added, removed = (sum(line.startswith(sign) for line in lines) for sign in "+-")
    say(f"{name}, lines added: {added}, removed: {removed}.", style=_BOLD)
    for line in lines[:_MAX_DIFF_LINES]:
        say(harmless(line[:_MAX_DIFF_LINE_CHARACTERS]), style=_COLOURS.get(line[0], _DIM))
    if len(lines) > _MAX_DIFF_LINES:
        say(f"And {len(lines) - _MAX_DIFF_LINES} more lines of changes: [e] shows the whole program.")


def ask_line(question: str, default: str = "") -> str:
    """A line, or the default for an empty one."""
    say(f"{question} [{default}]: " if default else f"{question} ", end="")
    return sys.stdin.readline().strip() or default
