"""What a program says on the socket of its runner: hints and a goodbye are listened to, and nothing else."""

import sys

import pytest
from tests.support.runs import limits_of
from tests.support.sandboxes import Sandboxes

from snakepen.executor import Finished, InputRequested, Output, RunEvent, RunSpec
from snakepen.wire.run import RunStatus

if sys.platform != "linux":
    pytest.skip("sandboxes are Linux's", allow_module_level=True)
assert sys.platform == "linux"

pytestmark = [pytest.mark.slow]

CONTROL = "import os\ncontrol = max(map(int, os.listdir('/proc/self/fd')))\n"


async def live(pen: Sandboxes, code: str, stdin: bytes = b"") -> list[RunEvent]:
    async with pen.executor.run(RunSpec(code.encode(), limits_of(), stdin=None, hints=True), caller="somebody") as run:
        await run.send_stdin(stdin)
        run.close_stdin()
        return [event async for event in run]


def last(events: list[RunEvent]) -> Finished:
    assert isinstance(events[-1], Finished)
    return events[-1]


def hints(events: list[RunEvent]) -> list[str]:
    return [event.prompt for event in events if isinstance(event, InputRequested)]


def are_few(events: list[RunEvent]) -> bool:
    """A hundred in a second of the run, and one when it has ended."""
    return len(hints(events)) <= 100 * last(events).duration_seconds + 1


async def test_of_many_hints_a_few_are_told_and_the_last_of_them(pen: Sandboxes) -> None:
    code = "for n in range(20_000): input(f'{n}? ')\nimport time\nprint('all', flush=True)\nlast = input('last? ')"
    events = []
    async with pen.executor.run(RunSpec(code.encode(), limits_of(), stdin=None, hints=True), caller="somebody") as run:
        await run.send_stdin(b"\n" * 20_000)
        async for event in run:
            events.append(event)
            if isinstance(event, InputRequested) and event.prompt == "last? ":
                await run.send_stdin(b"\n")
    assert last(events).return_code == 0
    assert hints(events)[-1] == "last? "
    assert are_few(events)


async def test_the_prompt_comes_before_the_hint(pen: Sandboxes) -> None:
    async with pen.executor.run(
        RunSpec(b"input('Name? ')", limits_of(), stdin=None, hints=True), caller="somebody"
    ) as run:
        kinds = []
        async for event in run:
            kinds.append(type(event))
            if isinstance(event, InputRequested):
                await run.send_stdin(b"\n")
    assert kinds[1:3] == [Output, InputRequested]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("''", ""),
        ("'é漢😀'", "é漢😀"),
        ("'x' * 5000", "x" * 1024),
        ("'é' * 5000", "é" * 512),
        ("42", ""),
        ("type('Lies', (str,), {'encode': lambda *_: 1 / 0})('hm')", ""),
        ("'\\0\\x1b[2J'", "\0\x1b[2J"),
    ],
)
async def test_a_prompt_is_text_of_a_kibibyte_at_most(pen: Sandboxes, prompt: str, expected: str) -> None:
    code = f"try: input({prompt})\nexcept UnicodeError: input()"
    async with pen.executor.run(RunSpec(code.encode(), limits_of(), stdin=None, hints=True), caller="somebody") as run:
        told = []
        async for event in run:
            if isinstance(event, InputRequested):
                told.append(event.prompt)
                await run.send_stdin(b"\n\n")
    assert told
    assert told[0] == expected


@pytest.mark.parametrize(
    "lie",
    [
        "os.write(control, b'input ' + b'\\xff' * 1500)",
        "[os.write(control, b'input x') for _ in range(5000)]",
        "os.write(control, b'begun')",
        "os.write(control, b'fault it is yours')",
        "os.write(control, b'x' * 60000)",
        "import socket; s = socket.socket(fileno=os.dup(control)); socket.send_fds(s, [b'input y'], [0, 1, 2] * 80)",
        "import socket; s = socket.socket(fileno=os.dup(control)); s.shutdown(socket.SHUT_RDWR)",
        "os.close(control)",
    ],
)
async def test_a_lie_there_harms_nobody(pen: Sandboxes, lie: str) -> None:
    events = await live(
        pen, f"{CONTROL}try:\n    {lie}\nexcept OSError as error: print(error)\nprint('ended', flush=True)\nos._exit(3)"
    )
    assert (last(events).status, last(events).return_code) == (RunStatus.COMPLETED, 3)
    assert b"".join(event.data for event in events if isinstance(event, Output)).endswith(b"ended\n")
    await pen.serves()


async def test_a_program_that_hints_without_end_is_ended_by_its_time(pen: Sandboxes) -> None:
    code = f"{CONTROL}while True:\n    try: os.write(control, b'input more')\n    except OSError: pass"
    limits = limits_of(wall_seconds=0.5)
    async with pen.executor.run(RunSpec(code.encode(), limits, stdin=None, hints=True), caller="somebody") as run:
        events = [event async for event in run]
    assert (last(events).status, last(events).return_code) == (RunStatus.TIMEOUT, -9)
    assert are_few(events)
