"""Real programs, told while they go on and talked to."""

import json
from collections.abc import Iterator
from contextlib import suppress

import pytest
from tests.support.client import Api
from tests.support.live import Socket, kinds, run_streamed, streamed, text_of
from tests.support.waits import WAITS
from websockets.exceptions import ConnectionClosed

pytestmark = pytest.mark.slow

TERMINAL = {"columns": 80, "rows": 24}
CTRL_C = "\x03"
WIDE = {"limits": {"output_bytes": 64 << 20}, "timeout": 60}

GUESSING_GAME = """
secret, tries = 42, 0
while True:
    tries += 1
    guess = int(input("Your guess? "))
    if guess == secret:
        print(f"Right, after {tries}.")
        break
    print("Higher." if guess < secret else "Lower.")
"""
COMPUTES = "print('ready', flush=True)\nwhile True: pass"
SLEEPS = "import time\nprint('ready', flush=True)\ntime.sleep(1e6)"
ASKS = WAITS.replace("[there]", "ready") + "input('? ')"
COMPUTES_WITH_NUMPY = """
import numpy
print('ready', flush=True)
matrix = numpy.ones((200, 200))  # nobody hears of a stop while one product is computed
while True:
    matrix = matrix @ matrix / 200
"""
IGNORES = """
import signal, time
for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(name, signal.SIG_IGN)
print('ready', flush=True)
while True:
    try:
        time.sleep(600)
    except BaseException:
        pass
"""


@pytest.fixture
def live(server: str) -> Iterator[Socket]:
    with Socket(server) as opened:
        yield opened


@pytest.mark.parametrize("terminal", [None, TERMINAL], ids=["pipes", "terminal"])
def test_a_guessing_game(live: Socket, terminal: dict[str, int] | None) -> None:
    said = "terminal" if terminal else "stdout"
    live.start(GUESSING_GAME, terminal=terminal)
    for guess, answer in ((50, "Lower."), (7, "Higher."), (42, "Right, after 3.")):
        assert live.until("input_requested")[-1]["prompt"] == "Your guess? "
        live.say("stdin", text=f"{guess}\n")
        seen = live.until(said, containing=answer)
        assert "finished" not in kinds(seen)
    last = live.until("finished")[-1]
    assert (last["status"], last["return_code"]) == ("completed", 0)
    assert last["output"].count("Your guess? ") == 3
    assert ("50\r\n" in last["output"]) is bool(terminal)  # a terminal shows what is typed


def test_a_terminal_is_one(live: Socket) -> None:
    code = "import os, sys\nprint(sys.stdin.isatty(), sys.stdout.isatty(), os.environ['TERM'], os.environ['COLORTERM'])"
    assert live.run(code, terminal=TERMINAL)[-1]["output"] == "True True xterm-256color truecolor\r\n"
    assert live.run(code, terminal=TERMINAL, env={"TERM": "dumb"})[-1]["output"] == "True True dumb truecolor\r\n"
    assert live.run("import sys\nprint(sys.stdout.isatty())")[-1]["output"] == "False\n"


def test_a_program_is_told_line_by_line(api: Api) -> None:
    code = "import time, runpy\nrunpy.run_module('this')\nprint('—', flush=True)\ntime.sleep(600)"
    with streamed(api, code) as events:
        said = ""
        while "—" not in said:
            event = next(events)
            said += event["text"] if event["type"] == "stdout" else ""
    assert said.startswith("The Zen of Python, by Tim Peters\n")


@pytest.mark.parametrize("code", [COMPUTES, SLEEPS, ASKS], ids=["computes", "sleeps", "asks"])
def test_ctrl_c_raises_keyboard_interrupt(live: Socket, code: str) -> None:
    live.start(code, terminal=TERMINAL)
    live.until("terminal", containing="ready")
    live.say("stdin", text=CTRL_C)
    last = live.until("finished")[-1]
    assert (last["status"], last["return_code"], last["signal"]) == ("completed", -2, "SIGINT")
    assert "KeyboardInterrupt" in last["output"]


@pytest.mark.parametrize("terminal", [None, TERMINAL], ids=["pipes", "terminal"])
@pytest.mark.parametrize(
    "code",
    [COMPUTES, SLEEPS, ASKS, COMPUTES_WITH_NUMPY, IGNORES],
    ids=["computes", "sleeps", "asks", "numpy", "ignores"],
)
def test_a_stop_ends_any_program(live: Socket, code: str, terminal: dict[str, int] | None) -> None:
    live.start(code, terminal=terminal)
    live.until("terminal" if terminal else "stdout", containing="ready")
    live.say("stop")
    last = live.until("finished")[-1]
    assert last["status"] == "stopped"
    assert last["return_code"] == (-9 if code == IGNORES else -2)


def test_a_stop_is_heard_while_all_pipes_are_full(live: Socket) -> None:
    live.start("import time\nprint('ready', flush=True)\ntime.sleep(600)", timeout=60)
    live.until("stdout")
    for _ in range(9):
        live.say("stdin", text="x" * (1 << 20))
    live.say("stop")
    assert live.until("finished")[-1]["status"] == "stopped"


def test_more_input_than_may_wait_closes(live: Socket) -> None:
    live.start("import time\nprint('ready', flush=True)\ntime.sleep(600)", timeout=60)
    live.until("stdout")
    with suppress(ConnectionClosed):  # perhaps before the last of it is sent
        for _ in range(12):
            live.say("stdin", text="x" * (1 << 20))
    code, reason = live.closed()
    assert code == 1008
    assert "10 MiB" in reason


def test_any_amount_of_input_that_is_read_arrives(live: Socket) -> None:
    live.start(
        "import sys\nfor line in sys.stdin: print(len(line), flush=True)", timeout=60, stdin="x" * (5 << 20) + "\n"
    )
    live.until("stdout", containing=f"{(5 << 20) + 1}\n")
    for _ in range(20):
        live.say("stdin", text="x" * (1 << 20))
        live.say("stdin", text="\n")
        live.until("stdout", containing=f"{(1 << 20) + 1}\n")
    live.say("stdin_eof")
    assert live.until("finished")[-1]["return_code"] == 0


def test_a_program_follows_the_size_of_its_terminal(live: Socket) -> None:
    code = """
import os, signal
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGWINCH])
print("ready")
for _ in range(2):
    signal.sigwait([signal.SIGWINCH])
    print(*os.get_terminal_size())
"""
    live.start(code, terminal=TERMINAL)
    live.until("terminal", containing="ready")
    for columns, rows in ((132, 43), (1, 1)):
        live.say("resize", columns=columns, rows=rows)
        live.until("terminal", containing=f"{columns} {rows}\r\n")
    live.until("finished")


FIFTY_MB = "import os\nfor _ in range(800): os.write(1, b'0123456789abcde\\n' * 4096)"


@pytest.mark.long
def test_50_mb_come_whole_over_both(api: Api, live: Socket) -> None:
    whole = "0123456789abcde\n" * 4096 * 800
    for events in (run_streamed(api, FIFTY_MB, **WIDE), live.run(FIFTY_MB, **WIDE)):
        assert text_of(events, "stdout") == whole
        assert events[-1]["output"] == whole
        assert events[-1]["truncated"]["output_bytes_dropped"] == 0


def test_many_small_writes_become_far_fewer_events(api: Api, live: Socket) -> None:
    code = "import os\nfor _ in range(100_000): os.write(1, b'x')"
    for events in (run_streamed(api, code), live.run(code)):
        assert events[-1]["output"] == text_of(events, "stdout") == "x" * 100_000
        assert len(events) < 20_000


def test_characters_are_whole_wherever_their_bytes_are_cut(api: Api) -> None:
    code = "import os\nfor byte in 'aß€🐍'.encode() * 200 + b'\\xf0\\x9f': os.write(1, bytes([byte]))"
    events = run_streamed(api, code)
    assert text_of(events, "stdout") == "aß€🐍" * 200 + "�" == events[-1]["output"]


@pytest.mark.parametrize("terminal", [None, TERMINAL], ids=["pipes", "terminal"])
def test_a_flood_is_cut_at_its_limit(live: Socket, terminal: dict[str, int] | None) -> None:
    events = live.run("while True: print('x' * 1000)", terminal=terminal, limits={"output_bytes": 100_000})
    last = events[-1]
    assert (last["status"], last["limit"], last["return_code"]) == ("output_limit", "output_bytes", -9)
    assert len(last["output"]) == len(text_of(events, "terminal" if terminal else "stdout")) == 100_000
    assert last["truncated"]["output_bytes_dropped"] > 0


def test_the_first_event_is_not_held_back(server: str, api: Api) -> None:
    """Nagle's algorithm holds a small segment back while another is not acknowledged: 40 ms each on this host."""
    code = "import sys\nfor line in sys.stdin: print(line, end='', flush=True)"
    with Socket(server) as live:
        live.start(code, timeout=60)
        live.until("started")
        for number in range(300):  # 12 s, and more than the test may take, if each waited
            live.say("stdin", text=f"{number}\n")
            live.until("stdout", containing=f"{number}\n")
    with streamed(api, "for number in range(3): print(number, flush=True)\nimport time\ntime.sleep(600)") as events:
        assert [next(events)["type"] for _ in range(2)] == ["started", "stdout"]


def test_a_python_error_is_the_programs(live: Socket) -> None:
    last = live.run("1/0")[-1]
    assert (last["status"], last["return_code"]) == ("completed", 1)
    assert last["error"].endswith("ZeroDivisionError: division by zero\n")
    assert json.dumps(last)
