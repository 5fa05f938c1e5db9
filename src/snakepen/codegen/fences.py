"""A streamed answer, split into prose and the one program in it, as it arrives and however it is cut.

The program is what the first fenced block holds that says it is Python; where none does, the first that says nothing.
Other blocks are prose. A block that says nothing may turn out to be a program's output, and so it is held back, with
all that follows it, until a block of Python begins or the answer ends: what is told as code is always of the program.
Pure.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

# A fence is a short line. Longer ones are content, so that nothing long is held back.
_MAX_FENCE_CHARACTERS: Final = 200
_PYTHON: Final = frozenset({"", "python", "py", "python3", "py3"})

_FENCE: Final = re.compile(r"(?P<indent>[ \t]*)(?P<marks>`{3,}|~{3,})(?P<info>.*)")
_BEGINS_AS_FENCE: Final = re.compile(r"[ \t]*(?:`{0,2}|~{0,2}|`{3}.*|~{3}.*)")
_LANGUAGE: Final = re.compile(r"[\s{.]*([\w+#-]*)")
# CommonMark, section 4.5: a closing fence may be indented by so much more than what it closes.
_MORE_INDENT: Final = 3

_THINK, _THOUGHT = "<think>", "</think>"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the answer."""

    kind: Literal["text", "code"]
    text: str


@dataclass(slots=True)
class _Block:
    """The fenced block that we are in."""

    mark: str
    length: int
    indent: int
    is_program: bool
    """As far as is known: one that says nothing gives way to one that says Python."""
    depth: int = 0
    """Of blocks within it: a program may hold Markdown."""


class Splitter:
    """Splits one answer. What `feed` and `finish` give, joined, is the same for every cutting."""

    def __init__(self) -> None:
        self._characters = _Characters()
        self._thoughts = _Thoughts()
        self._line = ""
        """Of the line that is arriving, what is held back: it may become a fence."""
        self._is_content = False
        """The line that is arriving is no fence: the rest of it needs no look."""
        self._block: _Block | None = None
        self._has_program = False
        self._held: list[tuple[Literal["text", "code", "fence"], str]] | None = None
        """From the block on that says nothing, while it is not known whether it is the program."""
        self._program: list[str] = []
        self._size = 0

    @property
    def program(self) -> str | None:
        """What the program's block holds, up to now; None when none was opened."""
        return "".join(self._program) if self._has_program else None

    @property
    def size(self) -> int:
        """The characters of the program, up to now."""
        return self._size

    @property
    def is_open(self) -> bool:
        """Whether the program's block was not closed."""
        return self._block is not None and self._block.is_program

    def feed(self, text: str) -> list[Part]:
        """The parts that are certain now."""
        return self._split(self._thoughts.feed(self._characters.feed(text)))

    def finish(self) -> list[Part]:
        """The rest; nothing may be fed afterwards."""
        rest = self._thoughts.feed(self._characters.finish()) + self._thoughts.finish()
        parts = self._split(rest)
        if self._line:
            parts += self._whole_line(self._line)
        self._line = ""
        held, self._held = self._held, None
        parts += [Part(kind, text) for kind, text in held or () if kind != "fence"]
        return _joined(parts)

    def _split(self, text: str) -> list[Part]:
        parts: list[Part] = []
        for piece in _lines(text):
            ends = piece.endswith("\n")
            if self._is_content:
                parts += self._content(piece)
            else:
                self._line += piece
                if ends:
                    parts += self._whole_line(self._line)
                    self._line = ""
                elif not _may_become_fence(self._line):
                    parts += self._content(self._dedented(self._line))
                    self._line = ""
                    self._is_content = True
            if ends:
                self._is_content = False
        return _joined(parts)

    def _whole_line(self, line: str) -> list[Part]:
        bare = line.rstrip("\n")
        fence = _FENCE.fullmatch(bare) if len(bare) <= _MAX_FENCE_CHARACTERS else None
        if fence is None:
            return self._content(self._dedented(line))
        return self._open(fence, line) if self._block is None else self._within(self._block, fence, line)

    def _open(self, fence: re.Match[str], line: str) -> list[Part]:
        marks, info = fence["marks"], fence["info"]
        if marks[0] == "`" and "`" in info:
            return self._content(line)  # it is code in a line of prose
        language = _LANGUAGE.match(info)
        label = None if language is None else language[1].lower()
        is_program = label in _PYTHON and (not self._has_program or (self._held is not None and label != ""))
        block = _Block(marks[0], len(marks), len(fence["indent"]), is_program=is_program)
        if not block.is_program:
            parts = self._content(line)
            self._block = block
            return parts
        parts = self._give_way()
        self._block = block
        self._has_program = True
        if label == "":
            self._held = [("fence", line)]
        return parts

    def _give_way(self) -> list[Part]:
        """What was held back is prose, since a block says that it is Python."""
        held, self._held = self._held or [], None
        self._program.clear()
        self._size = 0
        return [Part("text", text) for _, text in held]

    def _within(self, block: _Block, fence: re.Match[str], line: str) -> list[Part]:
        marks, info = fence["marks"], fence["info"].strip()
        counts = (
            marks[0] == block.mark
            and len(marks) >= block.length
            and len(fence["indent"]) <= block.indent + _MORE_INDENT
            and block.mark not in info
        )
        if counts and not info and not block.depth:
            if block.is_program and self._held is not None:
                self._held.append(("fence", line))
            parts = [] if block.is_program else self._content(line)
            self._block = None
            return parts
        if counts:
            block.depth += 1 if info else -1
        return self._content(self._dedented(line))

    def _dedented(self, line: str) -> str:
        """Without the indentation that the whole block has, as in a list."""
        block = self._block
        if block is None or not block.is_program:
            return line
        indent = len(line) - len(line.lstrip(" \t"))
        return line[min(indent, block.indent) :]

    def _content(self, text: str) -> list[Part]:
        if not text:
            return []
        kind: Literal["text", "code"] = "text"
        if self._block is not None and self._block.is_program:
            self._program.append(text)
            self._size += len(text)
            kind = "code"
        if self._held is None:
            return [Part(kind, text)]
        self._held.append((kind, text))
        return []


def _may_become_fence(line: str) -> bool:
    return len(line) <= _MAX_FENCE_CHARACTERS and _BEGINS_AS_FENCE.fullmatch(line) is not None


def _lines(text: str) -> list[str]:
    """At line feeds alone: a form feed ends no line of a program."""
    pieces = text.split("\n")
    lines = [piece + "\n" for piece in pieces[:-1]]
    return [*lines, pieces[-1]] if pieces[-1] else lines


def _joined(parts: list[Part]) -> list[Part]:
    joined: list[Part] = []
    for part in parts:
        if joined and joined[-1].kind == part.kind:
            joined[-1] = Part(part.kind, joined[-1].text + part.text)
        else:
            joined.append(part)
    return joined


class _Characters:
    """Whole characters and one kind of line end, out of pieces that were cut anywhere.

    Some servers cut between the two halves of a surrogate pair; one that stays alone becomes U+FFFD.
    """

    def __init__(self) -> None:
        self._held = ""

    def feed(self, text: str) -> str:
        text = self._held + text
        self._held = text[-1] if text and (text[-1] == "\r" or "\ud800" <= text[-1] <= "\udbff") else ""
        return self._clean(text[: len(text) - len(self._held)])

    def finish(self) -> str:
        text, self._held = self._held, ""
        return self._clean(text)

    def _clean(self, text: str) -> str:
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text


class _Thoughts:
    """Takes out what a model thinks aloud before its answer, where its server leaves that in."""

    def __init__(self) -> None:
        self._held = ""
        self._state: Literal["before", "thinking", "answering"] = "before"

    def feed(self, text: str) -> str:
        if self._state == "answering":
            return text
        self._held += text
        if self._state == "before":
            begin = self._held.lstrip()
            is_far = len(self._held) - len(begin) > _MAX_FENCE_CHARACTERS
            if not is_far and len(begin) < len(_THINK) and _THINK.startswith(begin):
                return ""
            if is_far or not begin.startswith(_THINK):
                return self._answer(self._held)
            self._state = "thinking"
            self._held = begin.removeprefix(_THINK)
        before, end, after = self._held.partition(_THOUGHT)
        if end:
            return self._answer(after)
        self._held = before[-len(_THOUGHT) + 1 :]
        return ""

    def finish(self) -> str:
        """What was held back; nothing of a thought that never ended."""
        return self._answer(self._held) if self._state == "before" else ""

    def _answer(self, text: str) -> str:
        self._state = "answering"
        self._held = ""
        return text
