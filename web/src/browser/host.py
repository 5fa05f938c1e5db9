"""What makes a program in the browser one that `python /workspace/main.py` would have run; it is never seen by it."""

import atexit
import builtins
import io
import os
import sys
import types

MAIN = "/workspace/main.py"


class _Output(io.RawIOBase):
    """A stream of the program, from bytes to the page."""

    def __init__(self, name, number, send):
        self.name = name
        self._number = number
        self._send = send

    def writable(self):
        return True

    def isatty(self):
        return True

    def fileno(self):
        return self._number

    def write(self, data):
        data = bytes(data)
        self._send(data)
        return len(data)


class _Input(io.RawIOBase):
    """Its standard input: waits for the page as a program waits for whoever types."""

    name = "<stdin>"

    def __init__(self, take, asked):
        self._take = take
        self._asked = asked
        self.prompt = None
        self._rest = b""
        self._ended = False

    def readable(self):
        return True

    def isatty(self):
        return True

    def fileno(self):
        return 0

    def readinto(self, buffer):
        if not self._rest and not self._ended:
            sys.stdout.flush()
            if self.prompt is not None:  # told now, when what was printed before has been sent
                self._asked(self.prompt)
                self.prompt = None
            taken = self._take()
            self._ended = taken is None
            self._rest = taken or b""
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def set_up(send, take, asked, args, env):
    """`send(number, bytes)` and `take() -> bytes | None` are the page's; `asked(prompt)` hears of each `input()`."""
    for number, name in ((1, "stdout"), (2, "stderr")):
        raw = _Output(f"<{name}>", number, lambda data, number=number: send(number, data))
        errors = "strict" if number == 1 else "backslashreplace"
        stream = io.TextIOWrapper(
            io.BufferedWriter(raw), encoding="utf-8", errors=errors, line_buffering=True, write_through=number == 2
        )
        stream.mode = "w"
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    given = _Input(take, asked)
    stdin = io.TextIOWrapper(io.BufferedReader(given), encoding="utf-8", errors="strict")
    stdin.mode = "r"
    sys.stdin = sys.__stdin__ = stdin

    def hear(event, arguments):
        if event == "builtins.input":
            given.prompt = "" if arguments[0] is None else str(arguments[0])

    sys.addaudithook(hear)
    os.environ.clear()
    os.environ.update({"HOME": "/workspace", "LANG": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin", **env})
    os.environ.setdefault("MPLBACKEND", "agg")
    os.chdir("/workspace")
    sys.argv[:] = [MAIN, *args]
    sys.path[:] = ["/workspace", *[place for place in sys.path if place not in ("", "/workspace")]]


def run():
    """Run it to its end; the exit code."""
    main = types.ModuleType("__main__")
    main.__dict__.update(__file__=MAIN, __builtins__=builtins, __cached__=None)
    sys.modules["__main__"] = main
    code = 0
    try:
        with open(MAIN, "rb") as file:
            source = file.read()
        exec(compile(source, MAIN, "exec"), main.__dict__)
    except SystemExit as request:
        code = _exit_code(request)
    except BaseException as failure:
        code = 130 if isinstance(failure, KeyboardInterrupt) else 1
        _show(failure)
    try:
        atexit._run_exitfuncs()
    except BaseException as failure:
        _show(failure)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            code = code or 120
    return code


def _exit_code(request):
    if request.code is None:
        return 0
    if isinstance(request.code, int):
        return request.code & 0xFF
    print(request.code, file=sys.stderr)
    return 1


def _show(failure):
    # The first frame is ours.
    shown = failure.__traceback__.tb_next if failure.__traceback__ else None
    failure.__traceback__ = shown
    try:
        sys.excepthook(type(failure), failure, shown)
    except BaseException:
        sys.__excepthook__(type(failure), failure, shown)
