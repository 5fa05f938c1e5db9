"""Whether a draft may replace a program: it is there, it is whole, it is valid Python. And what to call it.

Nothing of it is compiled here: whoever looks at it in a process of its own says what it found (`Look`).
"""

import re
from collections.abc import Awaitable, Callable
from typing import Final

from snakepen.limits import MAX_PARSED_BYTES
from snakepen.wire.explain import Preview
from snakepen.wire.generate import DraftProblem

Look = Callable[[str], Awaitable[Preview]]
"""What can be said of a program without running it, by somebody who may take a moment."""

MAX_TITLE_CHARACTERS: Final = 60

_WHAT: Final = r"(?:code|program|file|script|class(?:es)?|functions?|methods?|implementation|logic|imports?|game|app)"
_OLD: Final = r"(?:existing|previous|original|earlier|above|old|other|remaining|same|current|your)"
_PLACEHOLDER: Final = re.compile(
    rf"""
      \#[ ]*(?:\.\.\.|…)$                                                # nothing but dots
    | \#[ ]*(?:\.\.\.|…)[ ]*{_OLD}\b
    | .*\b(?:rest|remainder|remaining[ ]parts?)[ ]of[ ](?:(?:the|your|this|my)[ ])?(?:{_OLD}[ ])?{_WHAT}\b
    | .*\b(?:existing|previous|original|remaining)[ ]{_WHAT}[ ](?:goes[ ]|is[ ])?(?:here|unchanged|continues|above)\b
    | .*\b(?:{_WHAT}|everything(?:[ ]else)?|rest)[ ](?:remains?|stays?|is|are|will[ ](?:remain|stay|be))[ ]
        (?:the[ ]same|unchanged|as[ ]before|as[ ]it[ ]was)\b
    | .*\bkeep[ ](?:the[ ])?(?:existing|rest|original|previous)\b
    | [\#\s]*(?:\.\.\.|…|\(|\[|<)?[ ]*(?:the[ ])?same[ ]as[ ](?:before|above|previously)[ ]*(?:\.\.\.|…|\)|\]|>|\.)*$
    | .*\b(?:your|more|insert|add)[ ](?:own[ ])?(?:existing[ ])?{_WHAT}[ ](?:goes[ ])?here\b
    | .*(?:\.\.\.|…)[ ]*\(?(?:unchanged|omitted|truncated|snip)\b
    | .*\b(?:omitted|truncated|shortened)[ ]for[ ]brevity\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
# A remark that says more than that something was left out is no placeholder.
_MAX_PLACEHOLDER_CHARACTERS: Final = 120
_LEAVES_OUT: Final = re.compile(r"\s*(?:#|\.\.\.|…|\[|<|//|/\*|\()")

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
    line = placeholder_line(code, before or "")
    if line is not None:
        return DraftProblem(
            kind="placeholder",
            message=f"Line {line} stands for a part that was left out: ask for the whole program.",
            line=line,
        )
    return await _syntax(code, look)


async def _syntax(code: str, look: Look) -> DraftProblem | None:
    if len(code.encode("utf-8", "replace")) > MAX_PARSED_BYTES:
        return DraftProblem(kind="unchecked", message="The program is too long to be looked at.", line=None)
    seen = await look(code)
    if seen.syntax_error is not None:
        where = f" on line {seen.syntax_error.line}" if seen.syntax_error.line else ""
        message = f"It is not valid Python{where} ({seen.syntax_error.message}): ask again, or choose another model."
        return DraftProblem(kind="syntax", message=message, line=seen.syntax_error.line)
    if seen.valid is not True:
        message = "Nobody could look in time whether it is valid Python: read it before you take it."
        return DraftProblem(kind="unchecked", message=message, line=None)
    return None


def placeholder_line(code: str, before: str = "") -> int | None:
    """The first line that stands for code which was left out; one that the program had before is its own."""
    own = {line.strip() for line in before.splitlines()}
    for number, line in enumerate(code.split("\n"), start=1):
        said = line.strip()
        if (
            len(said) <= _MAX_PLACEHOLDER_CHARACTERS
            and _LEAVES_OUT.match(said)
            and _PLACEHOLDER.match(said)
            and said not in own
        ):
            return number
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
