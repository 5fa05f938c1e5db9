"""How a program ends: exit codes, signals, threads, atexit, destructors, and what of ours it may have broken by then."""

import sys

import pytest
from tests.differential.conftest import Compare

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

PROGRAMS = {
    # sys.exit of every kind
    **{
        f"sys.exit({value})": f"import sys\nsys.exit({value})"
        for value in (
            *("", "None", "0", "1", "255", "256", "257", "-1", "2**31", "2**63", "-2**63", "2**100", "True", "False"),
            *("1.5", "'text'", "''", "b'bytes'", "(1, 2)", "[]", "object", "sys.stdout.closed", "Ellipsis"),
        )
    },
    "SystemExit raised": "raise SystemExit(7)",
    "SystemExit without a code": "raise SystemExit",
    "SystemExit whose text fails": "class T:\n    def __str__(self): raise ValueError\nraise SystemExit(T())",
    "SystemExit subclass": "class E(SystemExit): pass\nraise E(9)",
    "exit()": "exit(4)",
    "quit()": "quit()",
    "exit in atexit": "import atexit, sys\natexit.register(sys.exit, 5)\nprint('x')",
    # by signals and by hand
    "os._exit": "import os\nprint('lost')\nos._exit(3)",
    "os._exit of much": "import os\nos._exit(300)",
    "os.abort": "import os, sys\nsys.stdout.write('lost')\nos.abort()",
    "SIGSEGV": "import os, signal\nprint('kept', flush=True)\nos.kill(os.getpid(), signal.SIGSEGV)",
    "a real SIGSEGV": "import ctypes\nctypes.string_at(0)",
    "SIGTERM": "import os, signal\nos.kill(os.getpid(), signal.SIGTERM)",
    "SIGPIPE is ignored": "import os, signal\nos.kill(os.getpid(), signal.SIGPIPE)\nprint('still here')",
    "SIGINT": "import os, signal\nos.kill(os.getpid(), signal.SIGINT)",
    "no built-in name is left": "import builtins\nclass A: pass\na = A()\nvars(builtins).clear()",
    "a built-in name is another": "import builtins\nclass A: pass\na = A()\nbuiltins.len = builtins.type = None",
    "an error without built-in names": "import builtins\nvars(builtins).clear()\nlen",
    "KeyboardInterrupt": "print('before')\nraise KeyboardInterrupt",
    "KeyboardInterrupt with atexit": "import atexit\natexit.register(print, 'bye')\nraise KeyboardInterrupt('why')",
    "KeyboardInterrupt in a function": "def f():\n    raise KeyboardInterrupt\nf()",
    # the end
    "atexit in order": "import atexit\nfor n in range(3): atexit.register(print, n)\nprint('main')",
    "atexit that fails": "import atexit\natexit.register(lambda: 1 / 0)\natexit.register(print, 'other')",
    "atexit registers atexit": "import atexit\natexit.register(lambda: atexit.register(print, 'inner'))",
    "a thread goes on": "import threading, time\n"
    "threading.Thread(target=lambda: (time.sleep(.1), print('t'))).start()\n"
    "print('main')",
    "a thread fails": "import threading\nt = threading.Thread(target=lambda: 1 / 0, name='T')\nt.start()\nt.join()",
    "a daemon thread at the end": "import threading, time\n"
    "threading.Thread(target=time.sleep, args=(600,), daemon=True).start()\nprint('end')",
    "a daemon thread that prints at the end": "import threading, time\ndone = threading.Event()\n"
    "def f():\n    done.set()\n    time.sleep(600)\n    print('never')\n"
    "threading.Thread(target=f, daemon=True).start()\ndone.wait()\nprint('end')",
    "__del__ at the end": "class A:\n    def __del__(self): print('del', self.n)\na = A(); a.n = 1\n_b = A(); _b.n = 2",
    "__del__ that fails": "class A:\n    def __del__(self): raise ValueError('no')\na = A()",
    "__del__ in a cycle": "class A:\n    def __del__(self): print('del')\na = A(); a.a = a",
    "weakref.finalize": "import weakref\nclass A: pass\na = A()\nweakref.finalize(a, print, 'final')\nprint('main')",
    "a generator left open": "def g():\n    try:\n        yield 1\n    finally:\n        print('closed')\n"
    "x = g()\nnext(x)",
    "an open file is flushed": "f = open('x', 'w')\nf.write('text')\nimport atexit\nprint(open('x').read())",
    "stdout closed": "import sys\nprint('x')\nsys.stdout.close()",
    "descriptor of stdout closed": "import os\nprint('x')\nos.close(1)",
    "descriptor of stdout closed and nothing said": "import os\nos.close(1)",
    "stdout is None": "import sys\nsys.stdout = None\nprint('x')",
    "stdout is something else": "import sys, io\nsys.stdout = io.StringIO()\nprint('x')",
    "stdout whose flush fails": "import sys\nclass S:\n    def write(self, t): pass\n"
    "    def flush(self): raise ValueError('no')\nsys.stdout = S()\nprint('x')",
    "stderr whose flush fails": "import sys\nclass S:\n    def write(self, t): pass\n"
    "    def flush(self): raise ValueError('no')\nsys.stderr = S()",
    "stdout is full": "import sys\nsys.stdout = open('/dev/full', 'w')\nprint('x')",
    "all three closed": "import os\nos.close(0); os.close(1); os.close(2)\n",
    "nothing can be imported at the end": "class A:\n    def __del__(self):\n"
    "        try:\n            import os\n        except ImportError as error:\n            print(error)\na = A()",
    "a signal handler is let go of": "import signal\nclass A:\n    def __del__(self): print('del')\na = A()\n"
    "signal.signal(signal.SIGTERM, lambda *_: a)",
    "a module beside it goes with it": "source = 'class A:\\n    def __del__(self): print(1)\\na = A()'\n"
    "open('beside.py', 'w').write(source)\nimport beside",
    "an exception that was kept": "import sys\nclass A:\n    def __del__(self): print('del')\n"
    "def f():\n    a = A()\n    1 / 0\nf()",
    # What only the frames of a traceback hold goes as well, of a program that has functions and plain values alone.
    **{
        f"{what}, held by {where}": f"{given}def f(held):\n    {ends}\nf({held})"
        for where, ends in (("a traceback", "1 / 0"), ("an exit", "raise SystemExit(3)"))
        for what, given, held in (
            (
                "a file",
                "import os\ndef opened():\n    f = os.fdopen(os.dup(1), 'w'); f.write('text\\n')\n    return f\n",
                "opened()",
            ),
            ("a coroutine", "async def c(): pass\n", "c()"),
            (
                "a generator",
                "def g():\n    try: yield\n    finally: print('closed')\ndef begun():\n"
                "    x = g(); next(x)\n    return x\n",
                "begun()",
            ),
            (
                "an unclosed file",
                "import warnings\nwarnings.simplefilter('always')\n",
                "open('unclosed', 'w')",
            ),
            ("the stack", "import traceback\nclass A:\n    def __del__(self): traceback.print_stack()\n", "A()"),
            (
                "the depth",
                "class A:\n    def __del__(self):\n        def deep(n=0):\n            try: return deep(n + 1)\n"
                "            except RecursionError: return n\n        print(deep())\n",
                "A()",
            ),
        )
    },
    "held by a hook that exits": "import sys, traceback\nclass A:\n    def __del__(self): traceback.print_stack()\n"
    "def hook(*_):\n    a = A()\n    sys.exit(4)\nsys.excepthook = hook\n1 / 0",
    "held by a hook that fails": "import sys, traceback\nclass A:\n    def __del__(self): traceback.print_stack()\n"
    "def hook(*_):\n    a = A()\n    1 / 0\nsys.excepthook = hook\n1 / 0",
    "sys.path when a traceback goes": "import sys\nclass A:\n    def __del__(self): print(sys.path, sys.argv)\n"
    "def f(a): 1 / 0\nf(A())",
    # What is written to a file is there, though a library or a thread holds it.
    "a file of a function that a library holds": "import os, warnings\nf = os.fdopen(os.dup(1), 'w')\n"
    "warnings.showwarning = lambda m, *_, **__: f.write(f'W: {m}')\nwarnings.warn('hey')",
    "files of a class that a library holds": "import logging, os\nfiles = {'a': [os.fdopen(os.dup(1), 'wb')]}\n"
    "class H(logging.Handler):\n    def emit(self, record): files['a'][0].write(b'told')\n"
    "logging.getLogger().addHandler(H())\nlogging.warning('x')",
    "a file beside a daemon thread": "import os, threading, time\nf = os.fdopen(os.dup(1), 'w')\n"
    "threading.Thread(target=time.sleep, args=(600,), daemon=True).start()\nf.write('text')",
    # a Ctrl-C that is none, or that a hook answers
    "KeyboardInterrupt of a class of its own": "class K(KeyboardInterrupt): pass\nraise K",
    "KeyboardInterrupt and a hook that exits": "import sys\nsys.excepthook = lambda *_: sys.exit(130)\n"
    "raise KeyboardInterrupt",
    "KeyboardInterrupt and a hook that exits with words": "import sys\nsys.excepthook = lambda *_: sys.exit('over')\n"
    "raise KeyboardInterrupt",
    "a first collection": "import gc\nclass N: pass\na = N(); a.a = a\ndel a\nprint(gc.collect(), gc.collect())",
    "print in __del__ without a newline": "class A:\n    def __del__(self): print('x', end='')\na = A()",
    # tracebacks
    "an exception": "def f():\n    1 / 0\nf()",
    "a chain": "try:\n    1 / 0\nexcept ZeroDivisionError:\n    raise KeyError('x')",
    "from None": "try:\n    1 / 0\nexcept ZeroDivisionError:\n    raise KeyError('x') from None",
    "a group": "raise ExceptionGroup('g', [ValueError(1), TypeError(2)])",
    "too deep": "def f(): f()\nf()",
    "sys.excepthook": "import sys, traceback\n"
    "sys.excepthook = lambda k, e, t: print(k, e, len(traceback.extract_tb(t)))\n1 / 0",
    "sys.excepthook that fails": "import sys\ndef hook(*a): raise KeyError('hook')\nsys.excepthook = hook\n1 / 0",
    "sys.excepthook is gone": "import sys\ndel sys.excepthook\n1 / 0",
    "the stack": "import sys, traceback\ntraceback.print_stack()\nprint(sys._getframe().f_back)\nimport inspect\n"
    "print(len(inspect.stack()))",
    "the stack in atexit": "import atexit, traceback\natexit.register(traceback.print_stack)",
    "the stack in __del__": "import traceback\nclass A:\n    def __del__(self): traceback.print_stack()\na = A()",
    "the stack in a thread": "import threading, traceback\nt = threading.Thread(target=traceback.print_stack)\n"
    "t.start()\nt.join()",
    # what could get in the way of our own end
    "os._exit replaced": "import os\nos._exit = print\nprint('x')",
    "os.write replaced": "import os\nos.write = print\nprint('x')",
    "os.getpid replaced": "import os\nos.getpid = lambda: 5\nprint('x')",
    "os.kill replaced": "import os\nos.kill = print\nraise KeyboardInterrupt",
    "gc.collect replaced": "import gc\ngc.collect = lambda: print('collected')\nprint('x')",
    "sys.modules emptied": "import sys\nprint('x')\nsys.modules.clear()",
    "threading._shutdown replaced": "import threading\nthreading._shutdown = lambda: print('shut')",
    "__main__ replaced": "import sys\nsys.modules['__main__'] = None\nclass A:\n"
    "    def __del__(self): print('del')\na = A()",
    "signal.signal replaced": "import signal\nsignal.signal = print\nraise KeyboardInterrupt",
    # children
    "a child falls off the end": "import os\npid = os.fork()\nif pid:\n    os.waitpid(pid, 0)\n    print('parent')\n"
    "    raise SystemExit(4)\nprint('child')",
    "a child exits": "import os, sys\npid = os.fork()\nif pid:\n    _, s = os.waitpid(pid, 0)\n"
    "    print('parent', os.waitstatus_to_exitcode(s))\nelse:\n    print('child')\n    sys.exit(9)",
    "a child fails": "import os\npid = os.fork()\nif pid:\n    os.waitpid(pid, 0)\n    print('parent')\n"
    "else:\n    1 / 0",
    "a child is interrupted": "import os\npid = os.fork()\nif pid:\n    print(os.waitpid(pid, 0)[1])\nelse:\n"
    "    raise KeyboardInterrupt",
    "a child runs atexit": "import atexit, os\natexit.register(lambda: print('bye', flush=True))\npid = os.fork()\n"
    "if pid:\n    os.waitpid(pid, 0)",
    "multiprocessing": "import multiprocessing as m\nif __name__ == '__main__':\n"
    "    with m.get_context('fork').Pool(2) as p: print(p.map(abs, [-1, -2]))",
    "subprocess": "import subprocess, sys\n"
    "print(subprocess.run([sys.executable, '-c', 'print(1); exit(3)']).returncode)",
    # in which order things are said, and by whom
    "said before a child at exit speaks": "import atexit, subprocess\nprint('main')\n"
    "atexit.register(lambda: subprocess.run(['echo', 'at exit']))",
    "said before threads go on": "import os, threading, time\nprint('main')\n"
    "threading.Thread(target=lambda: (time.sleep(.1), os.write(1, b'raw\\n'))).start()",
    "said though a thread ends it": "import os, threading, time\nprint('main')\n"
    "threading.Thread(target=lambda: (time.sleep(.1), os._exit(3))).start()",
    "flushed before its error is told": "import sys\nclass S:\n    def write(self, t): sys.__stdout__.write(t)\n"
    "    def flush(self): sys.__stderr__.write('flush\\n')\nsys.stdout = S()\nprint('x')\n1 / 0",
    "a write put on what is below stdout": "import os, sys\ndef write(data):\n    os.write(2, str(sys._getframe().f_back).encode())\n"
    "    return os.write(1, data)\nsys.stdout.buffer.raw.write = write\nprint('x')",
    "stdout detached": "import sys\nprint('x')\nsys.stdout.detach()",
    "stdin detached": "import sys\nsys.stdin.detach()\nprint('x')",
    "stderr detached": "import sys\nsys.stderr.detach()\n1 / 0",
    "closed is something that fails": "import sys\nclass S:\n    def write(self, t): return 1\n"
    "    def flush(self): sys.__stderr__.write('flush')\n    @property\n    def closed(self): raise ValueError\nsys.stdout = S()",
    "sys.exit without stderr": "import sys\nsys.stderr = None\nsys.exit('text')",
    # what is below what is called at the end
    **{
        f"the stack in {where}": f"import sys\ndef names():\n    frame, found = sys._getframe(1), []\n    while frame:\n"
        f"        found.append(frame.f_code.co_name)\n        frame = frame.f_back\n    return found\n{code}"
        for where, code in {
            "a hook": "sys.excepthook = lambda *a: print(names())\n1 / 0",
            "the text of an exit": "class T:\n    def __str__(self): return str(names())\nsys.exit(T())",
            "a flush": "class S:\n    def write(self, t): return 1\n    def flush(self): sys.__stderr__.write(str(names()))\nsys.stdout = S()",
            "an unraisable hook": "sys.unraisablehook = lambda a: sys.__stderr__.write(str(names()))\n"
            "class S:\n    def write(self, t): return 1\n    def flush(self): 1 / 0\nsys.stdout = S()",
            "__del__ of what an error held": "class A:\n    def __del__(self): print(names())\ndef f():\n    a = A()\n    1 / 0\nf()",
        }.items()
    },
    "an open file is told of": "import warnings\nwarnings.simplefilter('always')\nf = open('x', 'w')",
    "an open file is an error": "import warnings\nwarnings.simplefilter('error')\nf = open('x', 'w')",
    "how deep it may go at the end": "import atexit\ndef f(n=0):\n    try: return f(n + 1)\n    except RecursionError: return n\n"
    "print(f())\natexit.register(lambda: print(f()))\nclass A:\n    def __del__(self): print(f())\na = A()",
    "hardly a call is left": "import sys\nfor n in range(4, 40):\n    try:\n        sys.setrecursionlimit(n)\n        print(n)\n"
    "        break\n    except RecursionError: pass",
    "an audit hook that writes to stdout": "import sys\nsys.addaudithook(lambda e, a: sys.__stdout__.write(e + '\\n'))",
    # what traces, profiles or listens hears of nothing of ours
    "a trace": "import sys\ndef trace(frame, event, arg):\n    print(frame.f_code.co_name, event, frame.f_lineno)\n    return trace\n"
    "class A:\n    def __del__(self): pass\na = A()\nsys.settrace(trace)",
    "a trace of a hook": "import sys\nseen = []\nsys.excepthook = lambda *a: print(seen)\n"
    "sys.settrace(lambda f, e, a: seen.append((f.f_code.co_name, e)))\n1 / 0",
    "a trace of threads and atexit": "import atexit, sys, threading\nseen = []\natexit.register(lambda: print(seen))\n"
    "t = threading.Thread(target=int)\nt.start()\nt.join()\nsys.settrace(lambda f, e, a: seen.append((f.f_code.co_name, e)))",
    "a profile": "import sys\nclass A:\n    def __del__(self): pass\na = A()\n"
    "sys.setprofile(lambda f, e, a: print(f.f_code.co_name, e, getattr(a, '__name__', a)))",
    "cProfile": "import atexit, cProfile, pstats\np = cProfile.Profile()\n"
    "atexit.register(lambda: print(sorted(key[2] for key in pstats.Stats(p).stats)))\np.enable()\nlen('')",
    "an audit hook": "import sys\nsays = sys.__stderr__\nsys.addaudithook(lambda e, a: says.write(e + '\\n'))\n"
    "class A:\n    def f(self, x=1): pass\n    def __del__(self): print('del')\ndef g(x=2, *, y=3): pass\na = A()",
    "an audit hook that refuses everything": "import sys\nnow = []\ndef hook(event, arguments):\n    if now: raise RuntimeError(event)\n"
    "sys.addaudithook(hook)\nprint('x')\nnow.append(1)",
    "a debugger that steps out": "import io, pdb\npdb.Pdb(stdin=io.StringIO('n\\nn\\nn\\nn\\n')).set_trace()\nx = 1",
    # how far along the end is
    "is_finalizing": "import atexit, sys\natexit.register(lambda: print(sys.is_finalizing()))\n"
    "class A:\n    def __del__(self): print(sys.is_finalizing())\na = A()",
    "collections are told of once": "import gc\ngc.callbacks.append(lambda p, i: print(p, i['generation']))\nclass A: pass\na = A(); a.a = a",
    "built-in names at the end": "class A:\n    def __del__(self):\n        for name in ('open', 'exit', 'print'):\n"
    "            try: print(name, eval(name) is not None)\n            except NameError as error: print(error)\na = A()",
    "a built-in name of its own": "import builtins\nclass A:\n    def __del__(self): print('del')\nbuiltins.mine = A()",
    "a module made by hand": "import sys, types\nclass A:\n    def __del__(self): print('del')\n"
    "sys.modules['mine'] = types.ModuleType('mine')\nsys.modules['mine'].a = A()",
    "a task that is still pending": "import asyncio\nloop = asyncio.new_event_loop()\ntask = loop.create_task(asyncio.sleep(9))\n"
    "loop.run_until_complete(asyncio.sleep(0))\nloop.close()",
    "a Ctrl-C in __del__": "import os, signal\nclass A:\n    def __del__(self, kill=os.kill, us=os.getpid()):\n"
    "        kill(us, 2)\n        print('never')\na = A()",
    # bytes
    "bytes that are no text": "import sys\nsys.stdout.buffer.write(bytes(range(256)))\n"
    "sys.stderr.buffer.write(b'\\xff\\0')",
    "a lone surrogate": "print('\\ud800')",
    "a lone surrogate to stderr": "import sys\nprint('\\ud800', file=sys.stderr)",
    "no newline at the end": "print('x', end='')",
}


# Of these Python versions the page says that it is not so.
OTHERWISE = {
    **dict.fromkeys(("sys.exit(2**63)", "sys.exit(2**100)", "SystemExit whose text fails"), ((3, 12), (3, 13))),
    **dict.fromkeys(("a trace", "a trace of a hook", "a trace of threads and atexit"), ((3, 12),)),
    "stdout is full": ((3, 13),),
}


@pytest.mark.parametrize("name", [name for name in PROGRAMS if sys.version_info[:2] not in OTHERWISE.get(name, ())])
async def test_it_ends_as_bare_python_does(as_bare: Compare, name: str) -> None:
    await as_bare(PROGRAMS[name])
