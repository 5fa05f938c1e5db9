"""What is said to a model: where its program runs, how to answer, and what is asked. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from snakepen.codegen import repair
from snakepen.codegen.model import Question, Turn
from snakepen.limits import GIB, MIB
from snakepen.wire.generate import EarlierPrompt, GenerateRequest

# Of earlier programs, so much is shown; of the newest first. A small model has a small memory.
MAX_SHOWN_CHARACTERS: Final = 24_000

_INSTRUCTIONS: Final = """\
You write Python programs. Somebody asks for one, and it is run at once, as it is.

How to answer: at most three sentences of plain prose that say what the program does or what you changed; then the \
whole program in exactly one fenced block, opened by ```python and closed by ```. Nothing after it. If the program \
itself holds three backticks in a row, use four for the block. Always write the whole program: never leave a part out, \
never write a placeholder such as "# rest of the code", not even when most of it stays the same. Begin it with a \
docstring of one short line that names it.

Where it runs: CPython {python}, as /workspace/main.py in {place}. Standard input and output are a terminal: input() \
works, and so do ANSI colours. {network} It can import the standard library and {packages}; nothing else can be \
installed. Files can be written to the current folder and to /tmp alone. plt.show() shows figures, \
as many as there are; what is to be kept is saved to a file.
Limits: {limits}.

Write code that a good engineer would be glad to be given: clear names, small functions, what a user can get wrong \
handled, no needless comments. If the request names no way to end an interactive program, offer one. Change no more \
than what is asked for."""

_NO_NETWORK: Final = "There is no network; servers and clients inside one program can talk over 127.0.0.1."


@dataclass(frozen=True, slots=True)
class Facts:
    """Where programs run, as far as whoever writes them has to know."""

    python: str
    packages: Mapping[str, str]
    """By name, their versions."""
    wall_seconds: float
    """Of a run without a terminal that asks for nothing else."""
    most_wall_seconds: float
    """Of one that asks for it."""
    terminal_seconds: float
    """Of a run at a terminal."""
    cpu_seconds: float
    memory_bytes: int
    disk_bytes: int
    output_bytes: int
    processes: int
    is_isolated: bool


def question(request: GenerateRequest, facts: Facts) -> Question:
    """What a model is told of a request."""
    turns = _earlier(request.history)
    turns.append(Turn("user", _wish(request)))
    return Question(instructions(facts), tuple(turns))


def instructions(facts: Facts) -> str:
    """What holds for every request."""
    packages = ", ".join(f"{name} {version}" for name, version in facts.packages.items())
    limits = (
        f"{facts.cpu_seconds:g} seconds of computing, {_size(facts.memory_bytes)} of memory, "
        f"{_size(facts.disk_bytes)} of files, {_size(facts.output_bytes)} of output, {facts.processes} processes and "
        f"threads, {facts.wall_seconds:g} seconds in all when nobody sits at its terminal"
    )
    return _INSTRUCTIONS.format(
        python=facts.python,
        packages=f"these packages: {packages}" if packages else "no other packages",
        place="a sandbox of its own" if facts.is_isolated else "a folder of its own",
        network=_NO_NETWORK if facts.is_isolated else "It should use no network unless it is asked to.",
        limits=limits,
    )


def _size(count: int) -> str:
    return f"{count / GIB:g} GiB" if count >= GIB else f"{count / MIB:g} MiB"


def _earlier(history: tuple[EarlierPrompt, ...]) -> list[Turn]:
    """Prompts and programs, the newest that fit."""
    turns: list[Turn] = []
    left = MAX_SHOWN_CHARACTERS
    for item in reversed(history):
        left -= len(item.prompt) + len(item.code)
        if left < 0:
            break
        turns = [Turn("user", item.prompt), Turn("assistant", _fenced(item.code)), *turns]
    return turns


def _wish(request: GenerateRequest) -> str:
    if request.code is None:
        return request.prompt
    parts = ["This is the program as it is now:", _fenced(request.code)]
    problem = request.problem
    if problem is None:
        return "\n\n".join([*parts, "Change it like this, and answer with the whole program:", request.prompt])
    parts += ["It was run, and failed. This is what it said of the error:", _block(repair.users_frames(problem.error))]
    if problem.output.strip():
        parts += ["The last lines of its output:", _block(repair.last_lines(problem.output))]
    if problem.input.strip():
        parts += ["What was typed:", _block(repair.last_lines(problem.input))]
    parts += ["Mend the cause, and answer with the whole program. What was asked for:", request.prompt]
    return "\n\n".join(parts)


def _fenced(code: str) -> str:
    return _block(code, "python")


def _block(text: str, language: str = "") -> str:
    """In a fence that is longer than any in the text."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"
