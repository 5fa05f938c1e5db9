"""The programs of the executor's contract suite: real Python for real executors, a play of the same for the fake."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, fields

from snakepen.executor import Output, Run, RunEvent, RunSpec, SignalName, Stream
from snakepen.limits import Limits
from snakepen.runner import room
from snakepen.wire.run import SkipReason
from tests.support.fake_executor import KILLED, Play, Stage
from tests.support.runs import limits_of

OUT, ERR, TTY = Stream.STDOUT, Stream.STDERR, Stream.TERMINAL
SIGTERM = -15
SIGINT = -2
_LIMITS = {field.name for field in fields(Limits)}


@dataclass(frozen=True)
class ContractProgram:
    code: bytes
    play: Play


PROGRAMS: dict[bytes, Play] = {}


def spec(program: ContractProgram, **given: object) -> RunSpec:
    """A run of it; limits by their names, like everything else."""
    limits = {name: given.pop(name) for name in _LIMITS & given.keys()}
    return RunSpec(code=program.code, limits=limits_of(**limits), **given)  # type: ignore[arg-type]  # by name


async def started(run: Run) -> tuple[AsyncIterator[RunEvent], list[RunEvent]]:
    """Take events until the program has said something."""
    events = run.__aiter__()
    seen: list[RunEvent] = []
    async for event in events:
        seen.append(event)
        if isinstance(event, Output):
            break
    return events, seen


def program(code: str, play: Play) -> ContractProgram:
    made = ContractProgram(code.encode(), play)
    assert made.code not in PROGRAMS
    PROGRAMS[made.code] = play
    return made


async def _hello(stage: Stage) -> int:
    await stage.write(OUT, b"hello\n")
    return 0


HELLO = program("print('hello')", _hello)


async def _nothing(stage: Stage) -> int:
    return 0


NOTHING = program("", _nothing)


async def _both_streams(stage: Stage) -> int:
    await stage.write(OUT, b"out \xff\xfe\x00")
    await stage.write(ERR, b"err\r\n")
    return 0


BOTH_STREAMS = program(
    "import sys\nsys.stdout.buffer.write(b'out \\xff\\xfe\\x00')\nsys.stderr.buffer.write(b'err\\r\\n')", _both_streams
)


async def _exits_with_3(stage: Stage) -> int:
    return 3


EXITS_WITH_3 = program("raise SystemExit(3)", _exits_with_3)


async def _raises(stage: Stage) -> int:
    await stage.write(ERR, b"Traceback (most recent call last):\n  ...\nValueError: no\n")
    return 1


RAISES = program("raise ValueError('no')", _raises)


async def _not_python(stage: Stage) -> int:
    await stage.write(ERR, b"SyntaxError: invalid syntax\n")
    return 1


NOT_PYTHON = program("is this Python?", _not_python)


async def _terminates_itself(stage: Stage) -> int:
    return SIGTERM


TERMINATES_ITSELF = program(
    "import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\nimport time\ntime.sleep(60)", _terminates_itself
)


async def _kills_itself(stage: Stage) -> int:
    return KILLED


KILLS_ITSELF = program(
    "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\nimport time\ntime.sleep(60)", _kills_itself
)


async def _echoes(stage: Stage) -> int:
    while data := await stage.read():
        await stage.write(OUT, data)
    return 0


ECHOES = program("import sys, shutil\nshutil.copyfileobj(sys.stdin.buffer, sys.stdout.buffer)", _echoes)


async def _greets(stage: Stage) -> int:
    stream = OUT if stage.spec.terminal is None else TTY
    await stage.ask("Name? ")
    await stage.write(stream, b"Name? ")
    name = await stage.read()
    await stage.write(stream, b"Hello, " + name.strip() + b"!\n")
    return 0


GREETS = program("name = input('Name? ')\nprint(f'Hello, {name}!')", _greets)


async def _shows_what_it_got(stage: Stage) -> int:
    files = {file.path: file.content.decode() for file in stage.spec.files}
    shown = {"args": list(stage.spec.args), "colour": stage.spec.env["COLOUR"], "file": files["data/in.txt"]}
    await stage.write(OUT, json.dumps(shown).encode())
    return 0


SHOWS_WHAT_IT_GOT = program(
    """
import json, os, sys
with open("data/in.txt") as file:
    print(json.dumps({"args": sys.argv[1:], "colour": os.environ["COLOUR"], "file": file.read()}), end="")
""",
    _shows_what_it_got,
)


async def _sleeps(stage: Stage) -> int:
    await stage.write(OUT, b"asleep\n")
    await stage.sleep_for_ever()
    return 0


SLEEPS = program("import time\nprint('asleep', flush=True)\ntime.sleep(600)", _sleeps)
STOPS_ITSELF = program("import os, signal\nprint('asleep', flush=True)\nos.kill(os.getpid(), signal.SIGSTOP)", _sleeps)
IGNORES_SIGNALS = program(
    """
import signal, time
for number in set(signal.valid_signals()) - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)
print('asleep', flush=True)
while True:
    time.sleep(600)
""",
    _sleeps,
)


async def _floods_stdout(stage: Stage) -> int:
    await stage.write(ERR, b"before\n")
    while True:
        await stage.write(OUT, b"x" * 1000)


FLOODS_STDOUT = program(
    "import sys\nprint('before', file=sys.stderr, flush=True)\nwhile True: print('x' * 1000, end='')", _floods_stdout
)


async def _floods_stderr(stage: Stage) -> int:
    while True:
        await stage.write(ERR, b"x" * 1000)


FLOODS_STDERR = program("import sys\nwhile True: print('x' * 1000, end='', file=sys.stderr)", _floods_stderr)


async def _writes_as_told(stage: Stage) -> int:
    left = int(stage.spec.args[0])
    while left:
        chunk = b"x" * min(left, 4096)
        await stage.write(OUT, chunk)
        left -= len(chunk)
    return 0


WRITES_AS_TOLD = program("import sys\nsys.stdout.write('x' * int(sys.argv[1]))", _writes_as_told)


async def _counts(stage: Stage) -> int:
    await stage.write(OUT, b"".join(b"%d\n" % number for number in range(2000)))
    return 0


COUNTS = program("for number in range(2000): print(number, flush=True)", _counts)
LEAVES_A_CHILD_WITH_ITS_STDOUT = program(
    """
import subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print('hello')
""",
    _hello,
)


async def _two_processes(stage: Stage) -> int:
    await stage.write(OUT, b"two\n")
    await stage.sleep_for_ever()
    return 0


STARTS_A_CHILD_AND_SLEEPS = program(
    """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print('two', flush=True)
time.sleep(600)
""",
    _two_processes,
)


# Live ---------------------------------------------------------------------------------------------------------------


async def _shows_its_terminal(stage: Stage) -> int:
    size = stage.size
    shown = f"{[True] * 3} {size.columns}x{size.rows}" if size else f"{[False] * 3}"
    await stage.write(TTY if size else OUT, f"{shown}\r\n".encode())
    return 0


SHOWS_ITS_TERMINAL = program(
    """
import os, sys
streams = [stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)]
size = os.get_terminal_size() if all(streams) else None
print(streams, *([f"{size.columns}x{size.lines}"] if size else []))
""",
    _shows_its_terminal,
)


async def _follows_its_size(stage: Stage) -> int:
    await stage.write(TTY, b"looking\r\n")
    await stage.resized()
    assert stage.size is not None
    await stage.write(TTY, f"{stage.size.columns}x{stage.size.rows}\r\n".encode())
    return 0


FOLLOWS_ITS_SIZE = program(
    """
import os, signal
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGWINCH])
print("looking")
signal.sigwait([signal.SIGWINCH])
size = os.get_terminal_size()
print(f"{size.columns}x{size.lines}")
""",
    _follows_its_size,
)


async def _counts_lines(stage: Stage) -> int:
    read = b""
    while data := await stage.read():
        read += data
    await stage.write(OUT if stage.spec.terminal is None else TTY, b"%d lines\n" % len(read.splitlines()))
    return 0


COUNTS_LINES = program("import sys\nprint(len(list(sys.stdin)), 'lines')", _counts_lines)


async def _is_interrupted(stage: Stage) -> int:
    stream = OUT if stage.spec.terminal is None else TTY
    await stage.write(stream, b"asleep\n")
    assert await stage.signalled() is SignalName.SIGINT
    await stage.write(ERR if stage.spec.terminal is None else TTY, b"KeyboardInterrupt\n")
    return SIGINT


INTERRUPTIBLE = program("import time\nprint('asleep', flush=True)\ntime.sleep(1e6)", _is_interrupted)
COMPUTES = program("print('asleep', flush=True)\nwhile True: pass", _is_interrupted)
WAITS_FOR_INPUT = program("input('asleep')", _is_interrupted)


async def _says_goodbye(stage: Stage) -> int:
    stream = OUT if stage.spec.terminal is None else TTY
    await stage.write(stream, b"asleep\n")
    name = await stage.signalled()
    await stage.write(stream, f"goodbye to {name}\n".encode())
    return 7


SAYS_GOODBYE = program(
    """
import os, signal, sys, time
def say(number, frame):  # not by print(), amid which it may have come
    os.write(1, f"goodbye to {signal.Signals(number).name}\\n".encode())
    sys.exit(7)
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, say)
print("asleep", flush=True)
while True:  # not by pause(), before which it may have come
    time.sleep(0.01)
""",
    _says_goodbye,
)


async def _ends_by_sigterm(stage: Stage) -> int:
    await stage.write(OUT if stage.spec.terminal is None else TTY, b"asleep\n")
    assert await stage.signalled() is SignalName.SIGTERM
    return SIGTERM


TERMINABLE = program("import time\nprint('asleep', flush=True)\ntime.sleep(1e5)", _ends_by_sigterm)


# Artifacts ----------------------------------------------------------------------------------------------------------


async def _makes_files(stage: Stage) -> int:
    stage.make("b.txt", b"two")
    stage.make("a/deep/er.csv", b"1,2\n")
    stage.make("Grüße – 👩‍💻.txt", b"")
    await stage.write(OUT, b"made\n")
    return 0


_MAKES = """
import os
os.makedirs("a/deep")
for path, text in (("b.txt", "two"), ("a/deep/er.csv", "1,2\\n"), ("Grüße – 👩‍💻.txt", "")):
    with open(path, "w", newline="") as file:
        file.write(text)
print("made", flush=True)
"""
MAKES_FILES = program(_MAKES, _makes_files)
MADE = {"b.txt": b"two", "a/deep/er.csv": b"1,2\n", "Grüße – 👩‍💻.txt": b""}


async def _makes_files_and_sleeps(stage: Stage) -> int:
    await _makes_files(stage)
    await stage.sleep_for_ever()
    return 0


MAKES_FILES_AND_SLEEPS = program(f"{_MAKES}import time\ntime.sleep(600)", _makes_files_and_sleeps)


async def _makes_files_and_floods(stage: Stage) -> int:
    await _makes_files(stage)
    while True:
        await stage.write(OUT, b"x" * 1000)


MAKES_FILES_AND_FLOODS = program(f"{_MAKES}while True: print('x' * 1000)", _makes_files_and_floods)


async def _makes_files_and_crashes(stage: Stage) -> int:
    await _makes_files(stage)
    return KILLED


MAKES_FILES_AND_CRASHES = program(
    f"{_MAKES}import signal, time\nos.kill(os.getpid(), signal.SIGKILL)\ntime.sleep(60)", _makes_files_and_crashes
)


async def _changes_what_was_given(stage: Stage) -> int:
    stage.make("in/changed.txt", b"BEFORE")
    return 0


CHANGES_WHAT_WAS_GIVEN = program(
    """
import os
open("in/kept.txt").read()
os.utime("in/touched.txt")
with open("in/changed.txt", "w") as file:
    file.write("BEFORE")
os.unlink("in/removed.txt")
""",
    _changes_what_was_given,
)

MAKES_NOTHING_TO_BE_HAD = program(
    """
import os
for path in (".hidden", ".config/settings", "__pycache__/x.pyc", "in/__pycache__/y.pyc", "main.py"):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w") as file:
        file.write("x")
""",
    _nothing,
)


async def _leaves_a_link(stage: Stage) -> int:
    stage.make("kept.txt", b"x")
    stage.leave(SkipReason.NOT_A_FILE)
    return 0


LEAVES_A_LINK = program(
    "import os\nopen('kept.txt', 'w').write('x')\nos.symlink('kept.txt', 'link.txt')", _leaves_a_link
)


# Shown --------------------------------------------------------------------------------------------------------------


async def _shows_its_last_value(stage: Stage) -> int:
    await stage.write(OUT if stage.spec.terminal is None else TTY, b"before\n")
    await stage.show({"text/plain": "[1, 2, 'é']"})
    return 0


SHOWS_ITS_LAST_VALUE = program("print('before')\n[1, 2, 'é']", _shows_its_last_value)


async def _says_and_shows(stage: Stage) -> int:
    for number in range(40):
        await stage.write(OUT if stage.spec.terminal is None else TTY, b"%d\n" % number)
        await stage.show({"text/plain": f"{number}", "text/html": f"<b>{number}</b>"})
    return 0


SAYS_AND_SHOWS = program(
    """
class Bold:
    def __init__(self, number): self.number = number
    def __repr__(self): return str(self.number)
    def _repr_html_(self): return f"<b>{self.number}</b>"

for number in range(40):
    print(number)
    display(Bold(number))
""",
    _says_and_shows,
)


async def _updates(stage: Stage) -> int:
    await stage.show({"text/plain": "1"}, display_id="meter")
    await stage.show({"text/plain": "2"}, update_of="meter")
    return 0


UPDATES = program("meter = display(1, display_id='meter')\nmeter.update(2)", _updates)


async def _shows_too_much(stage: Stage) -> int:
    for number in range(room.MOST + 7):
        await stage.show({"text/plain": str(number)})
    return 0


SHOWS_TOO_MUCH = program(f"for number in range({room.MOST + 7}): display(number)", _shows_too_much)


async def _raises_and_shows_nothing(stage: Stage) -> int:
    await stage.show({"text/plain": "1"})
    await stage.write(ERR, b"Traceback (most recent call last):\n  ...\nValueError: no\n")
    return 1


SHOWS_AND_RAISES = program("def f(): raise ValueError('no')\ndisplay(1)\nf()", _raises_and_shows_nothing)


async def _looks_for_display(stage: Stage) -> int:
    await stage.write(OUT, b"True" if stage.spec.display else b"False")
    return 0


LOOKS_FOR_DISPLAY = program("import builtins\nprint(hasattr(builtins, 'display'), end='')", _looks_for_display)
