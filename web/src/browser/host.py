"""What makes a program in the browser one that `python /workspace/main.py` would have run; it is never seen by it."""

import atexit
import binascii
import builtins
import gc
import io
import os
import random
import signal
import sys
import time
import traceback
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


def set_up(send, show, take, asked, end, args, env, parts):
    """`send(number, bytes)`, `show(bundle, display_id, update_of)`, `take() -> bytes | None` and `end(code)` are the
    page's; `asked(prompt)` hears of each `input()`. `parts` are the sources of what shows, by name; empty: nothing is
    shown. What `run` wants of it is returned."""
    random.seed()  # else every run that starts from the same snapshot would draw the same
    _end_at_once(end)
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
    return _displayer(show, parts) if parts else None


def _displayer(show, parts):
    """Of the same modules as on the server, under names by which nobody finds them after this."""
    loaded = {}
    for name, source in parts.items():
        module = loaded[name] = types.ModuleType(f"snakepen.runner.{name}")
        sys.modules[module.__name__] = module
        exec(compile(source, "<display>", "exec", dont_inherit=True), module.__dict__)
    for module in loaded.values():
        del sys.modules[module.__name__]
    room, rule = loaded["room"].Room(), loaded["room"].RULE

    def send(bundle, display_id, update_of):
        if bundle and not room.takes(sum(map(len, bundle.values())), update_of):
            is_over = room.is_full and not room.is_update(update_of)
            return f"the rest; {rule}" if is_over else f"what there is no room for; {rule}"
        if bundle:
            room.keep(display_id, update_of)
        texts = {
            kind: data if isinstance(data, str) else binascii.b2a_base64(data, newline=False).decode()
            for kind, data in bundle.items()
        }
        show(texts, display_id, update_of)
        return None

    found = types.SimpleNamespace(**loaded)
    found.displayer = found.display.Displayer(send)
    found.displayer.install()
    return found


def run(shows):
    """Run it to its end; the exit code."""
    main = types.ModuleType("__main__")
    main.__dict__.update(__file__=MAIN, __builtins__=builtins, __cached__=None)
    sys.modules["__main__"] = main
    code = 0
    try:
        with open(MAIN, "rb") as file:
            source = file.read()
        code_to_show = None if shows is None else shows.display.compiled(source, MAIN)
        exec(code_to_show or compile(source, MAIN, "exec", dont_inherit=True), main.__dict__)
        if code_to_show is not None:
            shows.displayer.show_last_value(main.__dict__, code_to_show)
    except SystemExit as request:
        code = _exit_code(request)
    except BaseException as failure:
        code = -signal.SIGINT if isinstance(failure, KeyboardInterrupt) else 1
        _show(failure)
    if shows is not None:
        try:
            shows.displayer.show_rest()
        except BaseException as failure:
            _show(failure)
    try:
        atexit._run_exitfuncs()
    except BaseException as failure:
        _show(failure)
    code = _flushed(code)
    # As at the end of an interpreter: what the program's names held may have last words.
    main.__dict__.clear()
    gc.collect()
    return _flushed(code)


def _flushed(code):
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            code = code or 120
    return code


def _end_at_once(end):
    """There is no process to end: the page ends the worker when it hears of it."""

    def leave(code):
        end(code)
        while True:
            time.sleep(1)

    raise_signal = signal.raise_signal

    def by_signal(number):
        if number == signal.SIGKILL or signal.getsignal(number) is signal.SIG_DFL:
            leave(-number)
        raise_signal(number)

    def kill(pid, number):
        if pid != os.getpid():
            raise ProcessLookupError(3, "No such process")
        if number:
            by_signal(number)

    os._exit = lambda status: leave(status & 0xFF)
    os.abort = lambda: leave(-signal.SIGABRT)
    os.kill = kill
    signal.raise_signal = by_signal


def _exit_code(request):
    if request.code is None:
        return 0
    if isinstance(request.code, int):
        return request.code & 0xFF
    print(request.code, file=sys.stderr)
    return 1


def _show(failure):
    shown = failure.__traceback__ = _without_ours(failure.__traceback__)
    hook = sys.excepthook
    try:
        hook(type(failure), failure, shown)
    except BaseException as other:
        other.__traceback__ = _without_ours(other.__traceback__)
        print("Error in sys.excepthook:", file=sys.stderr)
        traceback.print_exception(other)
        print("\nOriginal exception was:", file=sys.stderr)
        sys.__excepthook__(type(failure), failure, shown)


def _without_ours(trace):
    """Frames of this file, and of what stands in for an event loop here, are nobody's business."""
    while trace is not None and _is_ours(trace):
        trace = trace.tb_next
    place = trace
    while place is not None:
        while place.tb_next is not None and _is_ours(place.tb_next):
            place.tb_next = place.tb_next.tb_next
        place = place.tb_next
    return trace


def _is_ours(trace):
    name = trace.tb_frame.f_code.co_filename
    return name in ("<host>", "<display>") or "/pyodide/" in name or "/_pyodide/" in name
