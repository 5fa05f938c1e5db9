"""Whether a draft may replace a program: it is there, it is whole, it is valid Python. And what to call it.

Nothing of it is compiled here: whoever looks at it in a process of its own says what it found (`Look`).
"""

import re
from collections.abc import Awaitable, Callable
from typing import Final

from snakepen.limits import MAX_PARSED_BYTES
from snakepen.runs.explain import Looked
from snakepen.wire.generate import DraftProblem

Look = Callable[[str], Awaitable[Looked]]
"""What can be said of a program without running it, by somebody who may take a moment."""

MAX_TITLE_CHARACTERS: Final = 60

_STATEMENT: Final = re.compile(
    r"^(?:import\s+\w|from\s+\w+(?:\.\w+)*\s+import\s|def\s+\w+\(|class\s+\w|async\s+def\s|@\w|print\(|for\s.+:$|while\s.+:$"
    r"|if\s.+:$|with\s.+:$|[a-z_]\w*\s*=\s*\S)",
    re.MULTILINE,
)

_DOCSTRING: Final = re.compile(r"\s*(?:#[^\n]*\n\s*)*[rR]?(?:\"\"\"|''')\s*([^\n\"']{3,200})")
_COMMENT: Final = re.compile(r"\s*(?:#!.*\n)?#+[ ]*([^\n#!-]{3,200})")


async def judge(code: str | None, before: str | None, *, is_cut: bool, look: Look) -> DraftProblem | None:
    """Why this draft must not replace a program, which was `before`; None when it may."""
    if is_cut:
        message = "The model had to stop before the program's end: ask for a smaller one, or choose another model."
        return DraftProblem(kind="cut", message=message, line=None)
    if code is None:
        message = "The answer holds no program: ask for one, or say more about it."
        return DraftProblem(kind="no_code", message=message, line=None)
    # Here: its patterns take 30 ms to compile, which every command would wait for.
    from snakepen.codegen.placeholders import placeholder_line

    line = placeholder_line(code, before or "")
    if line is not None:
        return DraftProblem(
            kind="placeholder",
            message=f"Line {line} stands for a part that was left out: ask for the whole program.",
            line=line,
        )
    return await _looked_at(code, before, look)


async def _looked_at(code: str, before: str | None, look: Look) -> DraftProblem | None:
    if len(code.encode("utf-8", "replace")) > MAX_PARSED_BYTES:
        return DraftProblem(kind="unchecked", message="The program is too long to be checked.", line=None)
    looked = await look(code)
    seen = looked.preview
    if seen.syntax_error is not None:
        where = f" on line {seen.syntax_error.line}" if seen.syntax_error.line else ""
        message = f"It is not valid Python{where} ({seen.syntax_error.message}): ask again, or choose another model."
        return DraftProblem(kind="syntax", message=message, line=seen.syntax_error.line)
    if seen.valid is not True:
        message = "It could not be checked in time whether this is valid Python: read it before you use it."
        return DraftProblem(kind="unchecked", message=message, line=None)
    hollow = looked.stubs - looked.bodies
    if hollow and before is not None and len(before.encode("utf-8", "replace")) <= MAX_PARSED_BYTES:
        gutted = sorted(hollow & (await look(before)).bodies)
        if gutted:
            message = f"{gutted[0]} has lost its body: ask for the whole program."
            return DraftProblem(kind="placeholder", message=message, line=None)
    return None


def reads_as_program(answer: str) -> bool:
    """Whether an answer without any block might be a program all the same; whether it is valid, the look says."""
    return _STATEMENT.search(answer) is not None


def title_of(code: str | None, prompt: str) -> str:
    """A few words for a program: its first line about itself, or else the prompt's first."""
    for pattern in (_DOCSTRING, _COMMENT):
        found = pattern.match(code or "")
        if found and found[1].strip():
            return _short(found[1])
    return _short(prompt.strip().split("\n")[0])


def _short(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= MAX_TITLE_CHARACTERS:
        return words.rstrip(".")
    return words[: MAX_TITLE_CHARACTERS - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"
