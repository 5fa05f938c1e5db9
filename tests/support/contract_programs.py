"""The programs of the executor's contract suite: real Python for real executors, a play of the same for the fake."""

import json
from dataclasses import dataclass

from snakepen.executor import Stream
from tests.support.fake_executor import KILLED, Play, Stage

OUT, ERR = Stream.STDOUT, Stream.STDERR
SIGTERM = -15


@dataclass(frozen=True)
class ContractProgram:
    code: bytes
    play: Play


PROGRAMS: dict[bytes, Play] = {}


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
    await stage.write(OUT, b"Name? ")
    name = await stage.read()
    await stage.write(OUT, b"Hello, " + name.strip() + b"!\n")
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
