"""The small interface to whatever writes: one question, an answer in pieces. `pydantic_ai_model.py` has real ones."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Literal, Protocol

from snakepen.wire.generate import TokenUsage


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that was said before, or is said now."""

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """Everything that a model is told: how to answer, and the conversation, whose last turn is the user's."""

    instructions: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """The answer's end, when it came to one."""

    usage: TokenUsage | None
    is_cut: bool
    """It had to stop: there is a bound to what it may say."""


Piece = str | Ended
"""Text, cut anywhere; and once, as the last, the end."""


class CodeModel(Protocol):
    """Somebody who answers."""

    def answer(self, question: Question) -> AsyncGenerator[Piece]:
        """In pieces. Raises ModelFailed, whatever goes wrong. To close the iterator closes the connection."""
        ...

    async def close(self) -> None:
        """Nothing may be asked afterwards."""
        ...
