"""A program at a terminal says in the pen, byte for byte, what it says to bare Python in a terminal of one's own."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("the pen is Linux's", allow_module_level=True)
assert sys.platform == "linux"

from tests.support.runs import limits_of
from tests.support.sandboxes import Sandboxes
from tests.support.terminals import SIZE, TERM, Penned, Step, bare_terminal, talk
from tests.support.waits import WAITS

from snakepen.environments.environment import find_environment
from snakepen.executor import RunSpec
from snakepen.settings import load_settings

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


@dataclass(frozen=True)
class Talk:
    code: str
    steps: Sequence[Step] = ()
    env: dict[str, str] = field(default_factory=lambda: dict(TERM))


CTRL_C, CTRL_D, CTRL_Z, ERASE, KILL_LINE, ENTER = b"\x03", b"\x04", b"\x1a", b"\x7f", b"\x15", b"\r"
UP, LEFT = b"\x1b[A", b"\x1b[D"

LOOPS = WAITS.replace("args=(is_asleep,)", "args=(lambda: 'looping' in globals(),)") + "looping = True\n"

TALKS = {
    "what it is": Talk(
        "import os, sys, shutil\n"
        "for s in (sys.stdin, sys.stdout, sys.stderr):\n"
        "    print(s.isatty(), s.fileno(), s.name, s.mode, s.encoding, s.errors, s.line_buffering, s.write_through)\n"
        "print(os.get_terminal_size(), shutil.get_terminal_size(), os.path.exists(os.ttyname(0)))\n"
        "print([os.fstat(fd).st_rdev == os.fstat(0).st_rdev for fd in (1, 2)])\n"
        "print(os.tcgetpgrp(0) == os.getpgrp(), os.getsid(0) == os.getpid(), os.getpgrp() == os.getpid())"
    ),
    "its modes": Talk(
        "import termios\nfrom termios import tcgetattr\niflag, oflag, cflag, lflag, ispeed, ospeed, cc = tcgetattr(0)\n"
        "print(iflag, oflag, cflag, lflag, ispeed, ospeed, cc)"
    ),
    "dev tty": Talk(
        "with open('/dev/tty', 'w') as tty: print('by name', file=tty)\nimport os\n"
        "fd = os.open('/dev/tty', os.O_RDWR)\nos.write(fd, b'by number\\n')\nprint(os.isatty(fd))"
    ),
    "what is not flushed comes with a new line": Talk(
        "import sys, os\nprint('one')\nsys.stdout.write('two')\nos.write(1, b'[raw]')\nprint()"
    ),
    "both streams in the order of their lines": Talk(
        "import sys\nfor n in range(20): print(n, file=sys.stderr if n % 3 else sys.stdout)"
    ),
    "input": Talk("name = input('Name? ')\nprint(f'Hello, {name}!')", [("Name? ", b"Ada" + ENTER)]),
    "input again and again": Talk(
        "total = 0\nwhile (line := input('> ')): total += int(line)\nprint(total)",
        [("> ", b"1\r"), ("> ", b"20\r"), ("> ", b"300\r"), ("> ", b"\r")],
    ),
    "typed ahead": Talk("print('ready')\nprint([input() for _ in range(3)])", [("ready", b"one\rtwo\rthree\r")]),
    "a line is edited": Talk(
        "print(ascii(input('? ')))", [("? ", b"abc" + ERASE + b"d"), ("d", KILL_LINE + b"again" + ENTER)]
    ),
    "characters are erased, not bytes": Talk(
        "print(ascii(input('? ')))", [("? ", "aé漢😀".encode()), ("😀", ERASE + ERASE + b"!" + ENTER)]
    ),
    "wide and combining characters": Talk(
        "print('漢字 e\\u0301 👩‍👩‍👧 \\u202eabc\\u202c')\nprint(ascii(input('漢? ')))",
        [("漢? ", "字e\u0301\r".encode())],
    ),
    "the end of input": Talk(
        "import sys\ntry: input('? ')\nexcept EOFError as e: print(repr(e))\nprint(list(sys.stdin))\nprint(input('more? '))",
        [("? ", CTRL_D), ("EOFError", b"one\r"), ("one", CTRL_D), ("more? ", b"yes\r")],
    ),
    "sys.stdin line by line": Talk(
        "import sys\nprint('ready')\nfor line in sys.stdin: print(repr(line))",
        [("ready", b"one\r"), (r"'one\n'", b"two\r"), (r"'two\n'", CTRL_D)],
    ),
    "sys.stdin by bytes": Talk(
        "import sys\nprint('ready')\nprint(sys.stdin.buffer.readline(), sys.stdin.buffer.read1(100))",
        [("ready", b"one\r"), ("one", b"two\r")],
    ),
    "Ctrl-C in input": Talk(WAITS + "input('? ')", [("[there]", CTRL_C)]),
    "Ctrl-C in input, caught": Talk(
        WAITS + "try: input('? ')\nexcept KeyboardInterrupt: print('no')\nprint(input('again? '))",
        [("[there]", b"half" + CTRL_C), ("again? ", b"yes\r")],
    ),
    "Ctrl-C asleep": Talk(WAITS + "time.sleep(1e6)", [("[there]", CTRL_C)]),
    "Ctrl-C amid a loop": Talk(LOOPS + "while True: pass", [("[there]", CTRL_C)]),
    "Ctrl-C amid a loop, in a function, in a finally": Talk(
        LOOPS + "def f():\n    try:\n        while True: pass\n    finally:\n        print('tidied up')\nf()",
        [("[there]", CTRL_C)],
    ),
    "Ctrl-C for a child as well": Talk(
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'print(1, flush=True)\\nwhile True: pass'],"
        " stderr=subprocess.DEVNULL, stdout=subprocess.PIPE)\n"
        "child.stdout.readline()\n"
        + WAITS
        # Not in child.wait(): interrupted there just when the child has been reaped, Python forgets how it ended.
        + "try: time.sleep(1e6)\nexcept KeyboardInterrupt: print('parent', child.wait())",
        [("[there]", CTRL_C)],
    ),
    "Ctrl-Z is harmless": Talk("import time\nprint('here')\nprint(input('? '))", [("? ", CTRL_Z + b"still\r")]),
    "Ctrl-Z amid a loop": Talk(
        "import sys, threading\n"
        "said = threading.Event()\n"
        "threading.Thread(target=lambda: (input(), said.set()), daemon=True).start()\n"
        "print('busy')\nwhile not said.is_set(): pass\nprint('went on')",
        [("busy", CTRL_Z), ("^Z", b"\r")],
    ),
    "Ctrl-backslash": Talk("print('here', flush=True)\nwhile True: pass", [("here", b"\x1c")]),
    "getpass": Talk("import getpass\nprint(getpass.getpass('Password: ') == 'secret')", [("Password: ", b"secret\r")]),
    "readline": Talk(
        "import readline\nreadline.parse_and_bind('set enable-bracketed-paste off')\n"
        "print(ascii(input('> ')))\nprint(ascii(input('> ')))",
        [("> ", b"abd" + LEFT + b"c"), ("c", ENTER), ("> ", UP), ("abcd", b"!" + ENTER)],
    ),
    "raw": Talk(
        "import sys, tty, termios\nbefore = termios.tcgetattr(0)\ntty.setraw(0)\n"
        "sys.stdout.write('raw\\r\\n')\nsys.stdout.flush()\nkeys = [sys.stdin.buffer.read(1) for _ in range(4)]\n"
        "termios.tcsetattr(0, termios.TCSADRAIN, before)\nprint(keys)",
        [("raw", CTRL_C), ("", b"\x1b"), ("", b"\r"), ("", CTRL_D)],
    ),
    "curses": Talk(
        "import curses\ndef main(screen):\n    curses.start_color()\n"
        "    curses.init_pair(1, curses.COLOR_GREEN, curses.COLOR_BLACK)\n    rows, columns = screen.getmaxyx()\n"
        "    screen.addstr(0, 0, f'{columns}x{rows} colours: {curses.COLORS}', curses.color_pair(1) | curses.A_BOLD)\n"
        "    screen.addstr(2, 4, 'press q')\n    screen.refresh()\n    keys = []\n"
        "    while (key := screen.getch()) != ord('q'):\n        keys.append(curses.keyname(key))\n"
        "        screen.addstr(4, 4, str(keys)); screen.refresh()\n    return keys\nprint(curses.wrapper(main))",
        [("press q", b"\x1bOA"), ("KEY_UP", b"x"), ("'x'", b"q")],
    ),
    "curses without TERM": Talk("import curses\ncurses.initscr()", env={}),
    "colours": Talk("print('\\033[1;31mred\\033[0m \\033[38;2;1;2;3mtrue\\033[0m')"),
    "rich": Talk(
        "from rich.console import Console\nfrom rich.table import Table\nconsole = Console()\n"
        "print(console.is_terminal, console.size, console.color_system)\n"
        "console.print('[bold red]bold[/] :snake:')\n"
        "table = Table(title='t')\ntable.add_column('漢字')\ntable.add_row('1')\nconsole.print(table)\n"
        "print(console.input('[green]name?[/] '))",
        [("name?", b"Ada\r")],
    ),
    "rich's progress": Talk(
        "from rich.progress import track, Progress, BarColumn\n"
        "with Progress('{task.description}', BarColumn(), auto_refresh=False) as progress:\n"
        "    task = progress.add_task('work', total=4)\n"
        "    for _ in range(4):\n        progress.advance(task); progress.refresh()\nprint('done')"
    ),
    "tqdm": Talk(
        "from tqdm import tqdm\nfor _ in tqdm(range(5), mininterval=0, bar_format='{l_bar}{bar}| {n_fmt}/{total_fmt}'): pass\n"
        "print('done')"
    ),
    "pydoc's pager": Talk(
        "import pydoc\npydoc.pager('\\n'.join(map(str, range(60))))\nprint('after')",
        [("22", b"q")],
        env={**TERM, "PAGER": "more"},
    ),
    "a question of cmd": Talk(
        "import cmd\nclass Shell(cmd.Cmd):\n    prompt = '$ '\n    use_rawinput = False\n"
        "    def do_hi(self, arg): print('hello', arg)\n    def do_bye(self, arg): return True\nShell().cmdloop('welcome')",
        [("$ ", b"hi Ada\r"), ("$ ", b"bye\r")],
    ),
    "pdb": Talk(
        "x = 41\nbreakpoint()\nprint(x)", [("(Pdb) ", b"x = x + 1\r"), ("(Pdb) ", b"p x\r"), ("(Pdb) ", b"c\r")]
    ),
    "code.interact": Talk(
        "import code\ncode.interact(banner='hi', exitmsg='bye')", [(">>> ", b"1 + 1\r"), (">>> ", CTRL_D)]
    ),
    "a closed terminal is opened again": Talk(
        "import os\nfd = os.open('/dev/tty', os.O_RDWR)\nos.close(fd)\nfor n in range(3): os.close(n)\n"
        "fd = os.open('/dev/tty', os.O_RDWR)\nos.write(fd, b'back\\n')"
    ),
    "hidden from a child in a session of its own": Talk(
        "import subprocess, sys\n"
        "code = 'import os\\ntry: os.open(\"/dev/tty\", os.O_RDWR)\\nexcept OSError as e: print(e.errno)'\n"
        "subprocess.run([sys.executable, '-c', code], start_new_session=True)"
    ),
    "SIGWINCH is not sent at the start": Talk(
        "import signal\nsignal.signal(signal.SIGWINCH, lambda *_: print('resized'))\nprint(input('? '))",
        [("? ", b"x\r")],
    ),
    "an exception": Talk("def f():\n    return 1 / 0\nf()"),
    "exit code": Talk("import sys\nsys.exit('no')"),
    "a long line is cut": Talk("print('ready')\nprint(len(input()))", [("ready", b"x" * 4094 + b"\r")]),
    "much output": Talk("for n in range(20_000): print(n, 'x' * 50)"),
}


@pytest.mark.parametrize("name", TALKS)
async def test_it_says_what_it_says_to_bare_python(shared_pen: Sandboxes, tmp_path: Path, name: str) -> None:
    given = TALKS[name]
    (tmp_path / "main.py").write_text(given.code)
    python = find_environment(load_settings().data_dir).python
    async with bare_terminal(python, tmp_path / "main.py", given.env) as bare:
        said_bare, return_code = await talk(bare, given.steps)
    spec = RunSpec(given.code.encode(), limits_of(), stdin=None, env=given.env, terminal=SIZE)
    async with shared_pen.executor.run(spec, caller="somebody") as run:
        said, return_code_inside = await talk(Penned(run), given.steps)
    assert said == said_bare.replace(str(tmp_path), "/workspace")
    assert return_code_inside == return_code
