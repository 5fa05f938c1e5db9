"""`snakepen run` in a terminal: the program is at one that behaves as this one would."""

import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.support.cases import the_rest_long
from tests.support.servers import ISOLATION, SNAKEPEN, clean_env

from snakepen.codegen.repair import plain
from snakepen.executor import TerminalSize

if sys.platform == "win32":
    pytest.skip("terminals need POSIX", allow_module_level=True)
assert sys.platform != "win32"

from tests.support.terminals import Bare, in_terminal

pytestmark = [pytest.mark.slow]

CTRL_C, CTRL_D = b"\x03", b"\x04"


@asynccontextmanager
async def run(
    folder: Path, code: str, *options: str, by: tuple[str, ...] = (), kind: str = "xterm-color"
) -> AsyncIterator[Bare]:
    (folder / "program.py").write_text(code, "utf-8")
    command = [*by, str(SNAKEPEN), "run", *ISOLATION, *options, str(folder / "program.py")]
    async with in_terminal(command, folder, clean_env() | {"TERM": kind}) as terminal:
        yield terminal


async def test_the_program_has_a_terminal_of_this_size_and_kind(tmp_path: Path) -> None:
    code = (
        "import os, sys\nprint([s.isatty() for s in (sys.stdin, sys.stdout, sys.stderr)])\n"
        "print(*os.get_terminal_size(), os.environ['TERM'])"
    )
    async with run(tmp_path, code) as terminal:
        assert await terminal.return_code() == 0
        assert terminal.screen.said == b"[True, True, True]\r\n80 24 xterm-color\r\n"


@pytest.mark.long
async def test_its_kind_need_not_be_utf_8(tmp_path: Path) -> None:
    async with run(tmp_path, "import os\nprint(os.environb[b'TERM'])", kind="x\udcff") as terminal:
        assert await terminal.return_code() == 0
        assert terminal.screen.said == b"b'x\\xff'\r\n"


async def test_it_can_be_talked_to(tmp_path: Path) -> None:
    async with run(tmp_path, "name = input('Name? ')\nprint(f'Hello, {name}!')") as terminal:
        await terminal.screen.until("Name? ")
        await terminal.type("Adé\x7fa\r".encode())
        assert await terminal.return_code() == 0
        assert "Hello, Ada!\r\n" in terminal.screen.said.decode()


HOLDS_SIGNALS_BACK = (
    sys.executable,
    "-c",
    "import os, signal, sys\nsignal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\n"
    "os.execv(sys.argv[1], sys.argv[1:])",
)


@pytest.mark.parametrize(
    "by",
    [HOLDS_SIGNALS_BACK, pytest.param((), marks=pytest.mark.long)],
    ids=["whoever starts it holds signals back", ""],
)
async def test_a_new_size_arrives(tmp_path: Path, by: tuple[str, ...]) -> None:
    code = (
        "import os, signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGWINCH])\nprint('looking')\n"
        "signal.sigwait([signal.SIGWINCH])\nprint(*os.get_terminal_size())"
    )
    async with run(tmp_path, code, by=by) as terminal:
        await terminal.screen.until("looking")
        terminal.resize(TerminalSize(columns=101, rows=33))
        assert await terminal.return_code() == 0
        assert terminal.screen.said.endswith(b"101 33\r\n")


@pytest.mark.long
async def test_who_sits_there_is_told_how_to_keep_what_it_made(tmp_path: Path) -> None:
    async with run(tmp_path, "open('a', 'w').close()\nopen('b', 'w').close()\nprint('made')") as terminal:
        assert await terminal.return_code() == 0
        said = terminal.screen.said.decode()
    assert said == "made\r\nsnakepen: it made 2 files, which are gone now; --artifacts DIR saves what it makes.\r\n"


@pytest.mark.long
async def test_what_is_shown_at_a_terminal_is_printed_where_it_was_shown(tmp_path: Path) -> None:
    code = "print('before')\ndisplay('one')\nprint('after')\n['last']"
    async with run(tmp_path, code, "--artifacts", str(tmp_path / "out")) as terminal:
        assert await terminal.return_code() == 0
        assert terminal.screen.said == b"before\r\n'one'\r\nafter\r\n['last']\r\n"


@pytest.mark.long
async def test_what_it_made_at_a_terminal_can_be_saved(tmp_path: Path) -> None:
    code = "open('a', 'w').write(input('? '))"
    async with run(tmp_path, code, "--artifacts", str(tmp_path / "out")) as terminal:
        await terminal.screen.until("? ")
        await terminal.type(b"typed\r")
        assert await terminal.return_code() == 0
        assert terminal.screen.said.decode().endswith(f"snakepen: saved {tmp_path / 'out' / 'a'}\r\n")
    assert (tmp_path / "out" / "a").read_text() == "typed"


async def test_ctrl_c_is_the_programs(tmp_path: Path) -> None:
    code = """
try:
    print('busy')
    while True: pass
except KeyboardInterrupt:
    pass
print('caught')
while True: pass
"""
    async with run(tmp_path, code) as terminal:
        await terminal.screen.until("busy")
        await terminal.type(CTRL_C)
        await terminal.screen.until("caught")
        await terminal.type(CTRL_C)
        assert await terminal.return_code() == 128 + signal.SIGINT
        # In colours from Python 3.13 on.
        assert plain(terminal.screen.said.decode()).rstrip().endswith("KeyboardInterrupt")


async def test_ctrl_d_is_the_end_of_its_input(tmp_path: Path) -> None:
    async with run(tmp_path, "import sys\nprint('ready')\nprint(len(list(sys.stdin)), 'lines')") as terminal:
        await terminal.screen.until("ready")
        await terminal.type(b"one\rtwo\r" + CTRL_D)
        assert await terminal.return_code() == 0
        assert terminal.screen.said.endswith(b"2 lines\r\n")


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
async def test_a_signal_to_us_interrupts_the_program_first(tmp_path: Path, number: signal.Signals) -> None:
    code = "import time\ntry:\n    print('asleep')\n    time.sleep(1e6)\nfinally:\n    print('tidied up')"
    async with run(tmp_path, code) as terminal:
        await terminal.screen.until("asleep")
        terminal.signal(number)
        assert await terminal.return_code() == 128 + number
        assert b"tidied up" in terminal.screen.said


@pytest.mark.long
async def test_a_second_signal_has_no_patience(tmp_path: Path) -> None:
    refuse = "lambda *_: os.write(1, b'no')"
    code = f"import os, signal\nsignal.signal(signal.SIGINT, {refuse})\nprint('busy')\nwhile True: pass"
    async with run(tmp_path, code) as terminal:
        await terminal.screen.until("busy")
        terminal.signal(signal.SIGTERM)
        await terminal.screen.until("no")
        terminal.signal(signal.SIGTERM)
        assert await terminal.return_code() == 128 + signal.SIGTERM


@pytest.mark.parametrize(
    "code", the_rest_long(["print('there')\ninput()\nimport os; os.abort()"], ["print('there')\ninput()"])
)
async def test_the_terminal_is_raw_meanwhile_and_then_as_it_was(tmp_path: Path, code: str) -> None:
    async with run(tmp_path, code) as terminal:
        before = terminal.modes
        await terminal.screen.until("there")
        assert terminal.modes != before
        await terminal.type(b"\r")
        await terminal.return_code()
        assert terminal.modes == before


@pytest.mark.long
async def test_what_was_typed_ahead_is_read(tmp_path: Path) -> None:
    async with run(tmp_path, "print([input() for _ in range(2)])") as terminal:
        await terminal.type(b"one\rtwo\r")
        assert await terminal.return_code() == 0
        assert terminal.screen.said.endswith(b"['one', 'two']\r\n")


@pytest.mark.long
@pytest.mark.parametrize(("code", "expected"), [("raise SystemExit(7)", 7), ("1/0", 1), ("import os; os.abort()", 134)])
async def test_the_exit_code_is_the_programs(tmp_path: Path, code: str, expected: int) -> None:
    async with run(tmp_path, code) as terminal:
        assert await terminal.return_code() == expected


@pytest.mark.long
async def test_time_that_is_up_is_said(tmp_path: Path) -> None:
    async with run(tmp_path, "import time\ntime.sleep(600)", "--timeout", "0.5") as terminal:
        assert await terminal.return_code() == 124
        assert b"ended after 0.5 seconds; --timeout" in terminal.screen.said


@pytest.mark.long
async def test_without_a_terminal_it_has_pipes(tmp_path: Path) -> None:
    async with run(tmp_path, "import sys\nprint(sys.stdin.isatty(), sys.stdout.isatty())", "--no-terminal") as terminal:
        assert await terminal.return_code() == 0
        assert terminal.screen.said == b"False False\r\n"
