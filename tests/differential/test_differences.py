"""What must differ from bare Python: each difference with its line in the documentation, and nothing that is not there."""

import re
import sys
from pathlib import Path

import pytest
from tests.support.bare import Program, bare
from tests.support.sandboxes import Sandboxes, sandboxes

from snakepen.limits import OPEN_FILES

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "sandbox.md"
TRY = "def attempt(f, *a):\n    try: return f(*a)\n    except Exception as e: return type(e).__name__\n"

# The words of the page; a program; what it prints in a sandbox (a regular expression that all of it has to match).
DIFFERENCES: dict[str, tuple[str, str, str]] = {
    "who it is": (
        "The user is 65534, the parent 0, the program process 2 and the leader of its session.",
        "import os\nprint(os.getuid(), os.geteuid(), os.getgid(), os.getppid(), os.getpid(), os.getsid(0), os.getpgrp())",
        r"65534 65534 65534 0 2 2 2\n",
    ),
    "whose the files are": (
        "Files of others belong to 65534 too.",
        "import os, sys\nprint(os.stat('/usr').st_uid, os.stat(sys.executable).st_uid, os.stat('.').st_uid)",
        r"65534 65534 65534\n",
    ),
    "its name": (
        "`/etc/passwd` calls `user`",
        "import getpass, pwd, socket\nprint(getpass.getuser(), pwd.getpwuid(65534).pw_dir, socket.gethostname())",
        r"user /workspace snakepen\n",
    ),
    "what it leaves running": (
        "What the program leaves running ends with it and says nothing more",
        "import subprocess\nsubprocess.Popen(['sh', '-c', 'sleep 0.3; echo late'])\nprint('end')",
        r"end\n",
    ),
    "caches of the library": (
        "Caches of the library hold what was asked of it before (`re._cache`)",
        "import re\nprint(bool(re._cache))",
        r"True\n",
    ),
    "the order of names": (
        "Among the names of a package its submodules come last",
        "import json\nprint(list(vars(json))[-1])",
        r"(scanner|decoder|encoder)\n",
    ),
    "is_finalizing by its name": (
        "but `is_finalizing()` after `from sys import is_finalizing` is not",
        "from sys import is_finalizing\nclass A:\n    def __del__(self): print(is_finalizing())\na = A()",
        r"False\n",
    ),
    "what C calls the interpreter": (
        "`Py_GetProgramFullPath` of the C API is the launcher's",
        "import ctypes\nask = ctypes.pythonapi.Py_GetProgramFullPath\nask.restype = ctypes.c_wchar_p\nprint(ask())",
        r".*/launcher/.*\n",
    ),
    "one socket": (
        "One socket is open, at the descriptor that is the maximum of `open_files`.",
        "import os\nprint(sorted(map(int, os.listdir('/proc/self/fd')))[-1])",
        rf"{int(OPEN_FILES.maximum)}\n",
    ),
    "calls that are refused": (
        "inotify, netlink (`socket.if_nameindex`, `ip`), `ptrace`, `os.sched_setaffinity`, raw sockets, filters on sockets "
        "(`SO_ATTACH_FILTER`) and `os.splice`",
        f"{TRY}import ctypes, os, socket\nr, w = os.pipe()\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        "print(attempt(socket.if_nameindex), attempt(os.sched_setaffinity, 0, [0]), libc.inotify_init1(0), ctypes.get_errno(),\n"
        "      attempt(socket.socket, socket.AF_INET, socket.SOCK_RAW, 1), libc.ptrace(0, 0, 0, 0), attempt(os.splice, r, w, 1))",
        r"\w*Error PermissionError -1 1 PermissionError -1 PermissionError\n",
    ),
    "procfs": (
        "`/proc` shows processes and nothing else, and nothing below it can be written, not even `/proc/self/mem`.",
        f"{TRY}import os\nprint(sorted(n for n in os.listdir('/proc') if not n.isdigit()), attempt(open, '/proc/self/mem', 'r+b'),\n"
        "      attempt(open, '/proc/self/comm', 'w'), attempt(open, '/proc/meminfo'))",
        r"\['self', 'thread-self'\] \w+Error \w+Error FileNotFoundError\n",
    ),
    "the terminal": (
        "Without a terminal of its own `/dev/tty` cannot be opened. New terminals (`os.openpty`) can be made.",
        f"{TRY}import os\nprint(attempt(open, '/dev/tty'), os.isatty(os.openpty()[1]))",
        r"\w*Error True\n",
    ),
    "limits": (
        "`RLIMIT_MEMLOCK` and `RLIMIT_MSGQUEUE` are 0; `RLIMIT_CORE` is 1 and cannot",
        f"{TRY}import resource as r\nprint(r.getrlimit(r.RLIMIT_MEMLOCK), r.getrlimit(r.RLIMIT_MSGQUEUE), r.getrlimit(r.RLIMIT_CORE),\n"
        "      attempt(r.setrlimit, r.RLIMIT_NOFILE, (10**5, 10**5)))",
        r"\(0, 0\) \(0, 0\) \(1, 1\) \w*Error\n",
    ),
    "networks": (
        "Every other address is unreachable, and only the names `localhost` and `snakepen` resolve.",
        f"{TRY}import socket\nprint(attempt(socket.create_connection, ('192.0.2.1', 80), 5), attempt(socket.getaddrinfo, 'example.org', 80),\n"
        "      socket.gethostbyname('localhost'), socket.gethostbyname('snakepen'))",
        r"OSError gaierror 127\.0\.0\.1 127\.0\.\d\.1\n",
    ),
    "memory figures": (
        "Memory figures start higher",
        "print(open('/proc/self/statm').read().split()[1])",  # getrusage(2) remembers who started it, too
        r"\d+\n",
    ),
    "command line": (
        "`/proc/self/cmdline` and `/proc/self/environ` are the launcher's.",
        "print(b'main.py' in open('/proc/self/cmdline', 'rb').read(), open('/proc/self/environ', 'rb').read())",
        r"False b'.*'\n",
    ),
    "libraries are not freed": (
        "so the `__del__` of an object that one of them holds does not run",
        "import json\nclass A:\n    def __del__(self): print('freed')\njson.held = A()",
        r"",
    ),
    "daemon threads": (
        "If a daemon thread is alive at the end, nothing is freed",
        "import threading, time\nclass A:\n    def __del__(self): print('freed')\na = A()\n"
        "threading.Thread(target=time.sleep, args=(99,), daemon=True).start()",
        r"",
    ),
    "frozen objects": (
        "`gc.get_freeze_count()` is not 0",
        "import gc\nprint(gc.get_freeze_count() > 0)",
        r"True\n",
    ),
    "subclasses": (
        "show objects of modules that the program has not imported",
        "import sys\nnames = {c.__module__ for c in Exception.__subclasses__()}\nprint(bool(names - set(sys.modules)))",
        r"True\n",
    ),
    "the thread's number": (
        "`threading.main_thread().native_id` is that of the zygote",
        "import threading\nprint(threading.main_thread().native_id == threading.get_native_id())",
        r"False\n",
    ),
    "hash seed": (
        "Hash seed and addresses are those of the launcher: runs of one server share them.",
        "print('seed', hash('a text'), 'place', id(object()) >> 40)",
        r"seed -?\d+ place \d+\n",
    ),
    "numerical threads": (
        "The numerical libraries of `data` compute with one thread.",
        "import numpy as np\na = np.ones((600, 600))\na @ a\nimport os\nprint(len(os.listdir('/proc/self/task')))",
        r"1\n",
    ),
}


@pytest.mark.parametrize("name", DIFFERENCES)
async def test_it_differs_as_the_page_says(shared_pen: Sandboxes, name: str) -> None:
    words, code, expected = DIFFERENCES[name]
    assert words in re.sub(r"\s+", " ", PAGE.read_text("utf-8")), "not on the page"
    seen = await shared_pen.run(code)
    assert seen.stderr == b""
    assert re.fullmatch(expected, seen.stdout.decode(), re.DOTALL), seen.stdout


# Bare Python of these versions says it as well.
NO_DIFFERENCE = {(3, 12): {"frozen objects"}, (3, 13): {"subclasses"}}


@pytest.mark.parametrize(
    "name",
    sorted(
        DIFFERENCES.keys()
        - {"who it is", "whose the files are", "its name", "limits", "numerical threads", "the terminal"}
        - {"memory figures", "hash seed"}  # which two runs of bare Python have too; their tests are below
        - NO_DIFFERENCE.get(sys.version_info[:2], set())
    ),
)
async def test_it_is_a_difference(shared_pen: Sandboxes, name: str, tmp_path: Path) -> None:
    """What bare Python says as well needs no line. (What is left out depends on the host: its user, terminal, processors.)"""
    _, code, _ = DIFFERENCES[name]
    stdout, _, _ = bare(Program(code), tmp_path)
    seen = await shared_pen.run(code)
    assert seen.stdout != stdout


async def test_memory_figures_are_higher(shared_pen: Sandboxes, tmp_path: Path) -> None:
    _, code, _ = DIFFERENCES["memory figures"]
    stdout, _, _ = bare(Program(code), tmp_path)
    assert int((await shared_pen.run(code)).stdout) > int(stdout)


async def test_two_runs_share_a_hash_seed_and_two_launchers_do_not(shared_pen: Sandboxes) -> None:
    _, code, _ = DIFFERENCES["hash seed"]
    said = {(await shared_pen.run(code)).stdout for _ in range(5)}
    assert len(said) == 1
    await shared_pen.settled()
    async with sandboxes(ready=1) as other:
        seen = await other.run(code)
    # By itself: where objects lie may be alike, and may differ, in any two.
    assert seen.stdout.split()[1] not in {one.split()[1] for one in said}
