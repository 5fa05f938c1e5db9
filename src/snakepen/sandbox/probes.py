"""What this host can hold: every layer, whether it works here, and what mends it where it does not.

Nothing is read off a version or a setting. A throw-away process tries each layer as the launcher would (`trials.py`);
what is known about the host is only asked for who refuses (`remedies.py`).
"""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

assert sys.platform == "linux"

from snakepen.sandbox.layers import FAILED, MEANINGS, OPTIONAL, UNTRIED, WORKS, Layer
from snakepen.sandbox.remedies import HostFacts, remedies

State = Literal["works", "soft", "missing"]

# It takes 0.1. On a machine with far too much to do an interpreter was seen to take more than ten to start, and what is
# only late must not be called broken.
_SECONDS: Final = 30.0
# Run by the launcher's interpreter, which sees the standard library and our own sources.
_START: Final = """\
import sys
sys.path.append({sources!r})
from snakepen.sandbox.trials import main
main(1, {attach_point!r}, {user!r})
"""


@dataclass(frozen=True, slots=True)
class Probe:
    """One layer on this host."""

    name: Layer
    state: State
    """`soft`: something weaker stands in. `missing`: without it there is no sandbox."""
    detail: str
    """What was found; where it does not work, the call that failed, and how."""
    was_tried: bool = True
    """Whether an attempt was made; not when one before it failed that it needs."""
    meaning: str = ""
    """What the layer is for; empty when it works."""
    remedy: tuple[str, ...] = ()
    """What mends it: sentences, and commands for a shell. Empty when it works, or was not tried."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    kind: str
    number: int
    detail: str


def probe_host(
    python: Path, *, attach_point: str, drop_to_user: int | None, facts: HostFacts, seconds: float = _SECONDS
) -> list[Probe]:
    """Try every layer with this interpreter; `attach_point` and `drop_to_user` as in the launcher's Config."""
    sources = str(Path(__file__).parents[2])
    try:
        code = _START.format(sources=sources, attach_point=attach_point, user=drop_to_user)
        said, problem = _run([str(python), "-I", "-S", "-c", code], seconds)
    except OSError as error:
        said, problem = b"", f"{python}: {os.strerror(error.errno or 0)}"
    layers = [layer for layer in Layer if layer is not Layer.ORDINARY_USER or drop_to_user is not None]
    found = _outcomes(said, layers, problem)
    return [_probe(layer, found[layer], facts) for layer in layers]


def _run(command: Sequence[str], seconds: float) -> tuple[bytes, str]:
    """What it said, and what it complained of last. Raises OSError when it cannot be started."""
    with subprocess.Popen(  # noqa: S603  -- an interpreter and a program of our own
        command,
        env={"LANG": "C.UTF-8"},
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            said, complaints = process.communicate(timeout=seconds)
            return said, _last_line(complaints) or _end(process.returncode)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            return process.communicate()[0], f"no answer within {seconds:g} seconds"


def _end(return_code: int) -> str:
    return f"ended by {signal.strsignal(-return_code)}" if return_code < 0 else "ended before it did"


def _last_line(text: bytes) -> str:
    lines = text.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else ""


def _outcomes(said: bytes, layers: Sequence[Layer], problem: str) -> dict[Layer, _Outcome]:
    """One for each layer. What was said first counts: a process that ended badly is told of by all around it."""
    found: dict[Layer, _Outcome] = {}
    for line in said.decode("utf-8", "replace").splitlines():
        layer, kind, number, detail = line.split("\t", 3)
        found.setdefault(Layer(layer), _Outcome(kind, int(number), detail))
    unsaid = [layer for layer in layers if layer not in found]
    for layer in unsaid:
        found[layer] = _Outcome(UNTRIED, 0, unsaid[0])
    if unsaid:
        found[unsaid[0]] = _Outcome(FAILED, 0, f"the process that tries it: {problem}")
    return found


def _probe(layer: Layer, outcome: _Outcome, facts: HostFacts) -> Probe:
    if outcome.kind == WORKS:
        return Probe(layer, "works", outcome.detail)
    state: State = "soft" if layer in OPTIONAL else "missing"
    if outcome.kind == UNTRIED:
        return Probe(layer, state, f"not tried: needs {outcome.detail}", was_tried=False, meaning=MEANINGS[layer])
    mended_by = remedies(layer, outcome.number, facts)
    return Probe(layer, state, outcome.detail, meaning=MEANINGS[layer], remedy=mended_by)
