"""Good, bad and hostile programs, mixed, many at a time, against a real server: whatever they do, nothing of it stays.

`make test-long` runs a hundred, `make soak` ten thousand (RUNS=... says how many), and prints what came of them and how
the first thousand compares with the last.
"""

import json
import os
import random
import select
import sys
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Any, Final

import pytest
from tests.support.census import HostCensus, assert_nothing_more, table
from tests.support.client import Api
from tests.support.processes import Family
from tests.support.servers import connect, post_bytes, served_process
from tests.support.waiting import wait_until

from snakepen.limits import KIB, MIB

RUNS: Final = int(os.environ.get("SOAK_RUNS", "100"))
CLIENTS: Final = 8
COMPARED: Final = 1000
# More than there are clients, so that the pool never grows: what is there before must be there after, and no more.
READY: Final = 2 * CLIENTS

if sys.platform != "linux":
    pytest.skip("sandboxes are Linux's", allow_module_level=True)
assert sys.platform == "linux"

from tests.hostile import test_lifecycle, test_reach

from snakepen.sandbox.kinds import KINDS

pytestmark = [
    pytest.mark.long,
    pytest.mark.slow,
    pytest.mark.timeout(60 + RUNS),
]


@dataclass(frozen=True)
class Soaked:
    code: str
    outcomes: frozenset[tuple[str, int | None]]
    fields: Mapping[str, Any] = field(default_factory=dict)
    hangs_up: bool = False


def ends(code: str, status: str, *return_codes: int, **fields: Any) -> Soaked:
    return Soaked(code, frozenset((status, return_code) for return_code in return_codes), fields)


DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(600)
    os._exit(0)
os.wait()
print("left")
"""
BOMB = "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"
FILLER = "with open('big', 'wb') as file:\n    while True: file.write(b'x' * 65536)"
HOG = "held = []\nwhile True: held.append(b'x' * (1 << 20))"
SUBPROCESS = "import subprocess, sys\nprint(subprocess.run([sys.executable, '-c', 'print(1)'], capture_output=True))"
MANY_FILES = "import os\nfor n in range(2000):\n    os.mkdir('d'); os.chdir('d'); open('f', 'w').write('x')"
# What a server may say of this all the same: other work keeps the processors from taking a sandbox apart in time.
OF_A_BUSY_MACHINE: Final = ("sandbox_slow_to_end",)
NOWHERE = Path("/var/tmp/snakepen-canary-of-nobody/canary")
CLOSES = "import os\nos.closerange(0, 5000)\nos._exit(5)"
SLEEPS = "import time\ntime.sleep(600)"
PROGRAMS: Final = {
    "hello": ends("print('hello')", "completed", 0),
    "pandas": ends("import pandas as pd\nprint(pd.DataFrame({'a': range(1000)}).a.sum())", "completed", 0),
    "exception": ends("1 / 0", "completed", 1),
    "exit code": ends("raise SystemExit(3)", "completed", 3),
    "crash": ends("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", "completed", -11),
    # It is alone in its sandbox but for PID 1, which nobody in there can kill.
    "kills everybody": ends("import os, signal\nos.kill(-1, signal.SIGKILL)", "completed", 1),
    "all descriptors closed": ends(CLOSES, "completed", 5),
    "time is up": ends(SLEEPS, "timeout", -9, timeout=0.2),
    "burns": ends("while True: pass", "timeout", -9, timeout=0.2),
    "output flood": ends("while True: print('x' * 1000)", "output_limit", -9),
    "memory hog": Soaked(
        HOG, frozenset({("memory_limit", -9), ("completed", 1)}), {"limits": {"memory_bytes": 64 * MIB}}
    ),
    "fork bomb": ends(BOMB, "timeout", -9, timeout=0.3),
    "daemon that holds stdout": ends(DAEMON, "completed", 0),
    "disk filler": ends(FILLER, "completed", 1, limits={"disk_bytes": 256 * KIB}),
    "many files": ends(MANY_FILES, "completed", 0),
    "subprocess": ends(SUBPROCESS, "completed", 0),
    "thread that stays": ends(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()", "completed", 0
    ),
    "big input": ends("import sys\nprint(len(sys.stdin.read()))", "completed", 0, stdin="x" * MIB),
    "a fresh interpreter": ends("import os\nprint(os.environ['TZ'])", "completed", 0, env={"TZ": "UTC"}),
    **{f"hostile: {name}": ends(code, "completed", 0) for name, code in test_lifecycle.OUTLIVING.items()},
    **{
        f"hostile: kills {name}": ends(f"import os, signal\n{code}", "completed", 0, 1, -9)
        for name, code in test_lifecycle.KILLERS.items()
    },
    **{
        f"hostile: {name}": ends(test_reach.program(attack, NOWHERE), "completed", 0)
        for name, attack in test_reach.ATTACKS.items()
    },
    "hangs up at once": Soaked(SLEEPS, frozenset(), hangs_up=True),
    "hangs up amid output": Soaked("while True: print('x')", frozenset(), {"timeout": 30}, hangs_up=True),
}


def test_nothing_stays_of_many_programs(capsys: pytest.CaptureFixture[str]) -> None:
    names = random.Random(RUNS).choices(list(PROGRAMS), k=RUNS - len(PROGRAMS)) + list(PROGRAMS)
    without_server = HostCensus.take()
    log = bytearray()
    env = {"SNAKEPEN_POOL__READY": str(READY)}
    with served_process(env=env, quiet=False, log=log, all_kinds=True) as (url, process), Api(url) as api:
        _warm_up(url)
        wait_until(lambda: Family.of(process.pid).is_at_rest(READY * len(KINDS)))
        before = HostCensus.calm(process.pid)
        done = _run_all(url, names)
        outcomes = Counter((name, status, return_code) for name, status, return_code, _ in done)
        wait_until(lambda: api.health()["capacity"]["running"] == 0)
        assert api.run("print('hello')")["output"] == "hello\n"
        wait_until(lambda: Family.of(process.pid).is_at_rest(READY * len(KINDS)))
        after = HostCensus.calm(process.pid)
        with capsys.disabled() if "SOAK_RUNS" in os.environ else nullcontext():
            print(f"\n{RUNS} runs\n{_told(outcomes)}\n{_compared(done)}\n{table(before, after)}")
        wrong = {key: count for key, count in outcomes.items() if not _is_right(*key)}
        assert not wrong
        assert_nothing_more(before, process.pid)
    assert_nothing_more(without_server)
    said = [json.loads(line) for line in log.splitlines() if line.startswith(b"{")]
    assert [line for line in said if line["event"] not in OF_A_BUSY_MACHINE] == []


def _warm_up(url: str) -> None:
    with ThreadPoolExecutor(CLIENTS) as threads:
        list(threads.map(lambda name: _one(url, name), [*PROGRAMS, *["hello"] * READY]))


Done = tuple[str, str, int | None, float]
"""A program by its name, how it ended, and the milliseconds until its answer."""


def _run_all(url: str, names: list[str]) -> list[Done]:
    def one(name: str) -> Done:
        begin = monotonic()
        status, return_code = _one(url, name)
        return name, status, return_code, (monotonic() - begin) * 1000

    with ThreadPoolExecutor(CLIENTS) as threads:
        return list(threads.map(one, names))


def _compared(done: list[Done]) -> str:
    """Times of programs that wait for no limit, of the first thousand and of the last; nothing depends on them."""
    if len(done) < 2 * COMPARED:
        return ""
    lines = [f"{'ms until the answer':26} {'first ' + str(COMPARED):>12} {'last ' + str(COMPARED):>12}"]
    for name in ("hello", "pandas", "subprocess", "exception"):
        times = [sorted(ms for one, *_, ms in part if one == name) for part in (done[:COMPARED], done[-COMPARED:])]
        lines.append(f"{name + ', median':26} " + " ".join(f"{median(part):12.1f}" for part in times))
        lines.append(f"{name + ', slowest':26} " + " ".join(f"{part[-1]:12.1f}" for part in times))
    return "\n".join(lines)


def _one(url: str, name: str) -> tuple[str, int | None]:
    program = PROGRAMS[name]
    body = {"timeout": 30, **program.fields, "code": program.code}
    with connect(url) as connection:
        connection.sendall(post_bytes(json.dumps(body).encode(), close=True))
        if program.hangs_up:
            # Until it is under way, or at once: there is no answer to wait for.
            readable, _, _ = select.select([connection], [], [], random.Random(name).choice([0, 0.05]))
            return ("answered" if readable else "hung up"), None
        answer = json.loads(b"".join(iter(lambda: connection.recv(65536), b"")).partition(b"\r\n\r\n")[2])
    return answer["status"], answer.get("return_code")


def _is_right(name: str, status: str, return_code: int | None) -> bool:
    program = PROGRAMS[name]
    return status == "hung up" if program.hangs_up else (status, return_code) in program.outcomes


def _told(outcomes: Counter[tuple[str, str, int | None]]) -> str:
    rows = sorted(outcomes.items(), key=lambda item: item[0][:2])
    return "\n".join(f"{count:6}  {name:26} {status} {return_code}" for (name, status, return_code), count in rows)
