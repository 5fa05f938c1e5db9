"""With `display` on, all that a program says is still what bare Python says: only what it shows is more."""

import asyncio
from pathlib import Path

import pytest
from tests.differential.conftest import unplaced
from tests.support.bare import Program, bare
from tests.support.cases import the_rest_long
from tests.support.sandboxes import Sandboxes

from snakepen.wire.run import RunStatus

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

# What ends in an expression is compiled by us, everything else runs as ever; so most of these do.
PROGRAMS: dict[str, str | bytes] = {
    "an exception": "def f(x):\n    return x / 0\nf(1) + (\n    f(2))",
    "an exception in the last line": "x = {}\nx['a']['b']",
    "an exception of many lines": "max(\n    1,\n    int('x'),\n)",
    "a chain": "try: 1 / 0\nexcept ZeroDivisionError as e: raise ValueError('no') from e\n1",
    "a group": "raise ExceptionGroup('g', [ValueError(1), TypeError(2)])\n1",
    "no Python": "is this Python?",
    "no Python in the last line": "print(1)\nf(",
    "an indent": "if True:\nprint(1)",
    "return outside": "return 5\n1",
    "yield outside": "print(1)\nyield 5",
    "await outside": "import asyncio\nawait asyncio.sleep(0)",
    "a bad future": "from __future__ import braces\n1",
    "a late future": "x = 1\nfrom __future__ import annotations\n1",
    "an unknown encoding": "# coding: nothing\n1",
    "not UTF-8": b"x = 1\n'\xff'",
    "a NUL": "print(1)\0\n1",
    "latin-1": "# coding: latin-1\nprint('é')\n1 / 0",
    "a mark": "\ufeffprint(1)\n1 / 0",
    "form feeds": "\f\fprint(1)\x0c\n1 / 0",
    "carriage returns": "print('a')\r\nprint('b')\r1 / 0",
    "a warning": "x = 1\nx is 1\nprint('\\d')\nx",
    "a warning and no Python": "x = '\\d'\nx is 1\nf(",
    "warnings of its own": "import warnings\nwarnings.warn('w', stacklevel=2)\nwarnings.warn('v')\n1",
    "exits": "import sys\nsys.exit('sorry')\n1",
    "exits by its last value": "raise SystemExit(7)",
    "exits in its last line": "import sys\nsys.exit(3)",
    "a hook": "import sys\nsys.excepthook = lambda *e: print('hook', e[0])\n1 / 0",
    "a hook that fails": "import sys\nsys.excepthook = lambda *e: 1 / 0\n[][0]",
    "an interrupt": "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nwhile 1: pass\n1",
    "a signal": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n1",
    "too deep": "def f(n): return f(n + 1)\nf(0)",
    "its depth": "import sys\ndef f(n):\n    try: return f(n + 1)\n    except RecursionError: return n\nprint(f(0))\nf(0) and None",
    "its frames": "import sys, traceback\nprint(sys._getframe().f_back, traceback.extract_stack())\nNone",
    "itself": "import sys\nprint(sys.argv, sys.orig_argv, __name__, __file__, __spec__, __doc__, sorted(globals()))\nNone",
    "its docstring": "'doc'\nprint(__doc__)\nNone",
    "its names": "x = 1\nprint(sorted(vars()), sys.modules['__main__'] if 'sys' in dir() else '')\nNone",
    "its modules": "import sys\nprint(sorted(sys.modules), sys.path, sys.meta_path, sys.flags)\nNone",
    "annotations": "x: int = 1\nprint(__annotations__)\nNone",
    "last words": "import atexit\natexit.register(print, 'bye')\nclass D:\n    def __del__(self): print('del')\nd = D()\nprint('end')\nNone",
    "threads": "import threading, time\nthreading.Thread(target=lambda: (time.sleep(.05), print('late'))).start()\nNone",
    "a debugger": "import pdb\nx = 1\npdb.set_trace()\nprint(x)",
    "a bad import": "import nothing_of_that_name\n1",
    "an import that fails": "import this_fails\n1",
    "closed streams": "import sys\nsys.stdout.close()\nNone",
}


@pytest.mark.parametrize("name", PROGRAMS)
async def test_it_says_what_it_says_to_bare_python(shared_pen: Sandboxes, name: str, tmp_path: Path) -> None:
    stdin = b"p x\nw\nc\n" if name == "a debugger" else b""
    program = Program(PROGRAMS[name], stdin)
    stdout, stderr, return_code = await asyncio.to_thread(bare, program, tmp_path)
    seen = await shared_pen.run(program.code, stdin=stdin, display=True)
    assert unplaced(seen.stdout) == unplaced(stdout)
    assert unplaced(seen.stderr) == unplaced(stderr)
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, return_code)


# By a new interpreter, which a variable makes necessary: there a program finds frames of ours below its own.
BELOW = ("too deep", "its depth", "its frames", "a debugger", "a hook that fails", "warnings of its own")
ALIKE = [name for name in PROGRAMS if name not in BELOW]


@pytest.mark.parametrize("name", the_rest_long(ALIKE[:8], ALIKE[8:]))
async def test_so_it_does_in_a_new_interpreter(shared_pen: Sandboxes, name: str, tmp_path: Path) -> None:
    program = Program(PROGRAMS[name], env={"TZ": "UTC"})
    stdout, stderr, return_code = await asyncio.to_thread(bare, program, tmp_path)
    seen = await shared_pen.run(program.code, env={"TZ": "UTC"}, display=True)
    assert unplaced(seen.stdout) == unplaced(stdout)
    assert unplaced(seen.stderr) == unplaced(stderr)
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, return_code)
