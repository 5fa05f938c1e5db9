"""Rows 27, 32, 79, 86, 99 and 111 to 115 as far as what is shown goes: forged frames, floods, values that lie."""

import base64
import json
import os
import re
import sys

import pytest
from tests.support.runs import Seen
from tests.support.sandboxes import Sandboxes, spec
from tests.support.waiting import MORE_AND_MORE_SECONDS

from snakepen.executor import MEDIA_TYPES, Shown, WorkspaceFile
from snakepen.limits import MAX_SHOWN_BYTES, MIB
from snakepen.runner import room
from snakepen.runs.channel import HIGH_WATER_BYTES
from snakepen.wire.run import RunStatus

if sys.platform != "linux":
    pytest.skip("the pen is Linux's", allow_module_level=True)

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

# What a program needs to speak for its runner: where its socket is, and frames as `runner/showing.py` has them.
HEAD = """
import os, sys, threading, time
control = max(map(int, os.listdir('/proc/self/fd')))
def little(number, size=4): return number.to_bytes(size, 'little')
def frame(number, length, piece, here=None):
    return b'show' + little(number) + little(length) + little(len(piece) if here is None else here) + piece
def part(kind, data, length=None): return bytes([kind]) + little(len(data) if length is None else length) + data
def body(*parts): return little(0, 2) * 2 + b''.join(parts)
def whole(number, *parts):
    data = body(*parts)
    return frame(number, len(data), data)
def say(data): return os.write(control, data)
"""
ENDED = "\nprint('ended', flush=True)\nos._exit(3)"


def shown(seen: Seen) -> list[Shown]:
    return [event for event in seen.events if isinstance(event, Shown)]


async def look_at(pen: Sandboxes, code: str, **given: object) -> Seen:
    return await pen.run(HEAD + code, display=True, **given)


FORGED = {
    "no head": "say(b'show')",
    "half a head": "say(b'show' + bytes(7))",
    "a length that is not there": "say(frame(1, 100, b'x' * 10, here=100))",
    "more than it says": "say(frame(1, 5, b'x' * 10))",
    "longer than any": "say(frame(1, 0xFFFFFFFF, b'x'))",
    "an empty piece of something": "say(frame(1, 100, b''))",
    "more of what was whole": "say(whole(1, part(0, b'x')))\nsay(frame(1, 100, b'x'))",
    "pieces that are too many": "say(frame(1, 10, b'x' * 6))\nsay(frame(1, 10, b'x' * 6))",
    "a number of nothing": "say(frame(0, 10, b'x'))",
}


@pytest.mark.parametrize("name", FORGED)
async def test_a_frame_that_nobody_would_send_is_the_last_that_is_heard(pen: Sandboxes, name: str) -> None:
    seen = await look_at(pen, FORGED[name] + "\nsay(whole(77, part(0, b'after')))" + ENDED)
    assert seen.stdout == b"ended\n"
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 3)
    assert not [event for event in shown(seen) if event.bundle["text/plain"] == "after"]
    assert seen.finished.shown_dropped == 1


REFUSED = {
    "nothing": "body()",
    "a kind that is none": "body(part(200, b'x'))",
    "the kind after the last": f"body(part({len(MEDIA_TYPES)}, b'x'))",
    "a kind that is there twice": "body(part(0, b'x'), part(0, b'x'))",
    "half a part": "body(part(0, b'x'))[:-3]",
    "a part that is longer than all": "body(part(0, b'x', length=0xFFFFFFFF))",
    "a name that is longer than all": "little(0xFFFF, 2) + b'x'",
    "a name that is longer than names are": "little(500, 2) + b'x' * 500 + little(0, 2) + part(0, b'x')",
    "HTML as PNG": "body(part(5, b'<script>alert(1)</script>'))",
    "a script as JSON": "body(part(7, b'alert(1)'), part(8, b'[' * 10**4), part(9, b'1' * 10**4))",
    "PNG as JPEG": "body(part(6, b'\\x89PNG\\r\\n\\x1a\\n'))",
    "an empty picture": "body(part(5, b''))",
}


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_not_what_it_says_is_refused_and_the_next_is_shown(pen: Sandboxes, name: str) -> None:
    code = f"data = {REFUSED[name]}\nsay(frame(5, len(data), data))\nprint(os.read(control, 100))\ndisplay('after')"
    seen = await look_at(pen, code)
    assert seen.stdout == b"b'seen\\x05\\x00\\x00\\x00\\x01'\n"
    assert shown(seen) == [Shown({"text/plain": "'after'"})]
    assert seen.finished.shown_dropped == 1


async def test_interleaved_frames_give_up_what_they_interrupt(pen: Sandboxes) -> None:
    code = """
one, two = body(part(0, b'1' * 100)), body(part(0, b'2' * 100))
say(frame(1, len(one), one[:50]))
say(frame(2, len(two), two[:50]))
say(frame(2, len(two), two[50:]))
say(frame(3, len(one), one))
"""
    seen = await look_at(pen, code + ENDED)
    assert [event.bundle["text/plain"][0] for event in shown(seen)] == ["2", "1"]
    assert seen.finished.shown_dropped == 1


FLOODS = {
    "what is no JSON, and takes time to find out": f"n = 0\ndata = body(part(7, b'[' + b'3,' * {MIB // 2}))\nwhile True:\n"
    "    n += 1\n    for start in range(0, len(data), 60 * 1024): say(frame(n, len(data), data[start : start + 60 * 1024]))",
    "whole ones, whose answers nobody reads": "n = 0\nwhile True:\n    n += 1\n    say(whole(n % 2**32, part(0, b'x')))",
    "beginnings": "n = 0\nwhile True:\n    n += 1\n    say(frame(n % 2**32, 1000, b'x'))",
    "words that nothing was shown": "n = 0\nwhile True:\n    n += 1\n    say(frame(n % 2**32, 0, b''))",
    "large ones": f"n = 0\ndata = body(part(0, b'x' * {MAX_SHOWN_BYTES // 2}))\nwhile True:\n    n += 1\n"
    "    for start in range(0, len(data), 60 * 1024): say(frame(n, len(data), data[start : start + 60 * 1024]))",
    "updates": "display(1, display_id='a')\nn = 1\ndata = little(0, 2) + little(1, 2) + b'a' + part(0, b'x')\nwhile True:\n"
    "    n += 1\n    say(frame(n % 2**32, len(data), data))",
    "hints between": "n = 0\nwhile True:\n    n += 1\n    say(whole(n % 2**32, part(0, b'x')))\n    say(b'input x')",
    "by display() itself": "while True: display(1)",
    "by threads": "for _ in range(8): threading.Thread(target=lambda: [display(n) for n in range(10**9)]).start()",
    "by children": "while True:\n    if os.fork() == 0:\n        while True: say(whole(1, part(0, b'x')))",
}


@pytest.mark.parametrize("name", FLOODS)
async def test_a_flood_is_held_to_what_a_run_may_show(pen: Sandboxes, name: str) -> None:
    code = f"try:\n    exec({FLOODS[name]!r})\nexcept BlockingIOError:\n    time.sleep(600)"
    for wall_seconds in MORE_AND_MORE_SECONDS:
        seen = await look_at(pen, code, wall_seconds=wall_seconds, processes=32)
        if seen.finished.shown_dropped or "children" in name:
            break
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.TIMEOUT, -9)
    assert len(shown(seen)) <= (1 + room.MOST_UPDATES if name == "updates" else room.MOST)
    assert sum(len(data) for event in shown(seen) for data in event.bundle.values()) <= room.MOST_ALL_BYTES
    assert seen.finished.shown_dropped >= (0 if "children" in name else 1)


async def test_who_takes_nothing_holds_it_back(pen: Sandboxes) -> None:
    code = f"for n in range(12): display({{'text/plain': str(n), 'text/html': 'x' * {MIB}}}, raw=True)"
    seen = []
    async with pen.executor.run(spec(code, display=True), caller="a") as run:
        async for event in run:
            waiting = [event for event in run._channel._events if isinstance(event, Shown)]
            assert len(waiting) <= 1  # each is over the mark alone
            seen += [event] if isinstance(event, Shown) else []
    assert HIGH_WATER_BYTES < MIB
    assert [event.bundle["text/plain"] for event in seen] == [str(n) for n in range(12)]


HARMLESS = {
    "its socket is closed": ("os.close(control)\ndisplay(1)\ndisplay(2)", []),
    "everything is closed": ("os.closerange(3, control + 1)\ndisplay(1)", []),
    "its socket is shut down": (
        "import ctypes\nctypes.CDLL(None).shutdown(control, 2)\ndisplay(1)",
        [],
    ),
    "its standard streams are closed": ("os.close(1); os.close(2)\ndisplay(1)", ["1"]),
    "its standard streams are gone": ("sys.stdout = sys.stderr = None\ndisplay(1)", ["1"]),
    "in a thread": ("t = threading.Thread(target=display, args=(1,)); t.start(); t.join()", ["1"]),
    "in atexit": ("import atexit\natexit.register(display, 1);", ["1"]),
    "in __del__": ("class D:\n    def __del__(self): display(1)\nd = D()", ["1"]),
    "in a handler amid another": (
        "import signal\nsignal.signal(signal.SIGALRM, lambda *a: display(1))\n"
        "class Slow:\n    def __repr__(self):\n        os.kill(os.getpid(), signal.SIGALRM)\n        return '2'\ndisplay(Slow())",
        ["1", "2"],
    ),
    "in a child, which prints": ("if os.fork() == 0:\n    display(1)\n    sys.exit()\nos.wait()\ndisplay(2)", ["2"]),
    "in many children": (
        "for n in range(10):\n    if os.fork() == 0:\n        display(n)\n        os._exit(0)\nfor n in range(10): os.wait()\ndisplay(2)",
        ["2"],
    ),
    "builtins that lie": (
        "import builtins\nfor name in ('print', 'repr', 'sorted', 'hasattr'): setattr(builtins, name, None)\n"
        "display(1)\nvars(builtins).clear()\n2",
        ["1", "2"],
    ),
}

CUT_OFF = ("its socket is closed", "everything is closed", "its socket is shut down")


@pytest.mark.parametrize("name", HARMLESS)
async def test_it_harms_itself_at_most(pen: Sandboxes, name: str) -> None:
    code, expected = HARMLESS[name]
    seen = await look_at(pen, code)
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 0), seen.stderr
    if expected is not None:
        assert [event.bundle["text/plain"] for event in shown(seen)] == expected
    assert seen.stderr.count(b"Not shown: ") == (name in CUT_OFF)


@pytest.mark.parametrize(
    "thief",
    [
        "threading.Thread(target=lambda: [os.read(control, 100) for _ in range(10**9)], daemon=True).start()\n"
        "while True: display(1)",
        "os.set_blocking(control, False)\nfor n in range(10**9): display(n)",
    ],
    ids=["its answers are read by another", "it does not wait"],
)
async def test_who_takes_its_own_answers_away_waits_for_its_time(pen: Sandboxes, thief: str) -> None:
    seen = await look_at(pen, thief, wall_seconds=1.0)
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.TIMEOUT, -9)


LONG = {
    "a long text": ("class Long:\n    def __repr__(self): return 'x' * 10**7\ndisplay(Long())", True),
    "a long list": ("display(list(range(10**6)))", True),
    "a list that holds itself": ("a = []\na.append(a)\na += range(100)\ndisplay(a)", True),
    "a deep list": ("a = []\nfor _ in range(10**4): a = [a]\ndisplay(a)", True),
    "a string": ("display('x' * 10**7)", True),
    "lone surrogates": ("display('\\udc80')", True),
    "HTML that is too large": (
        f"class Long:\n    def _repr_html_(self): return 'x' * {MAX_SHOWN_BYTES + 1}\n    def __repr__(self): return 'Long'\ndisplay(Long())",
        True,
    ),
    "a bundle that is too large": (f"display({{'text/html': 'x' * {MAX_SHOWN_BYTES + 1}}}, raw=True)", False),
    "JSON that is too deep": (
        "class Deep:\n    def _repr_json_(self):\n        a = []\n        for _ in range(500): a = [a]\n        return a\ndisplay(Deep())",
        True,
    ),
    "what has any attribute": (
        "class Any:\n    def __getattr__(self, name): return lambda *a, **k: self\ndisplay(Any())",
        True,
    ),
    "what raises at every touch": (
        "class Bad:\n    def __getattribute__(self, name): raise RuntimeError(name)\ndisplay(Bad())",
        True,
    ),
}


@pytest.mark.parametrize("name", LONG)
async def test_a_value_that_is_too_much_is_shown_as_far_as_it_can_be(pen: Sandboxes, name: str) -> None:
    code, is_shown = LONG[name]
    seen = await look_at(pen, code)
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 0), seen.stderr[-500:]
    assert [set(event.bundle) for event in shown(seen)] == [{"text/plain"}] * is_shown
    assert all(len(event.bundle["text/plain"]) < 70_000 for event in shown(seen))
    assert (b"Not shown: " in seen.stderr) is ("too large" in name)
    assert seen.finished.shown_dropped == (0 if is_shown else 1)


async def test_no_kind_but_those_of_the_set_leaves_the_program(pen: Sandboxes) -> None:
    bundle = dict.fromkeys(
        [
            "application/x-python-pickle",
            "text/x-sh",
            "application/javascript",
            "image/x-npy",
            "TEXT/HTML",
            "text/html ",
        ],
        "x",
    )
    seen = await look_at(pen, f"display({bundle!r} | {{'text/plain': 'kept', 5: 'x', None: 'y'}}, raw=True)")
    assert shown(seen) == [Shown({"text/plain": "kept"})]


async def test_text_is_told_as_it_is_and_never_read_as_anything(pen: Sandboxes) -> None:
    nasty = '\0\x1b]52;c;cm0gLXJm\x07\x1b[2J</script><img src=x onerror=alert(1)>\u202e{"a":'
    kinds = [kind for kind in MEDIA_TYPES if kind not in ("image/png", "image/jpeg") and not kind.endswith("json")]
    seen = await look_at(pen, f"display({dict.fromkeys(kinds, nasty)!r}, raw=True)")
    assert shown(seen) == [Shown(dict.fromkeys(kinds, nasty))]


async def test_a_picture_is_its_own_bytes(pen: Sandboxes) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + os.urandom(1000) + b"<script>"
    seen = await look_at(pen, f"display({{'image/png': {picture!r}}}, raw=True)")
    (event,) = shown(seen)
    assert base64.b64decode(event.bundle["image/png"]) == picture


NAMES: tuple[str, ...] = (
    "json.py",
    "ast.py",
    "struct.py",
    "ctypes.py",
    "binascii.py",
    "display.py",
    "texts.py",
    "snakepen.py",
)
NAMES += ("io.py", "builtins.py", "_ast.py", "itertools.py", "figures/__init__.py", "sitecustomize.py")


async def test_files_with_the_names_of_what_shows_are_the_programs_own(pen: Sandboxes) -> None:
    """A new interpreter is started for them, and imports none of them before the program does."""
    files = tuple(WorkspaceFile(name, b"print('mine:', __name__)") for name in NAMES)
    seen = await look_at(
        pen, "display({'a': 1})\nimport ast, struct, display as mine\nimport ctypes\n[1, 2]", files=files
    )
    assert [event.bundle["text/plain"] for event in shown(seen)] == ["{'a': 1}", "[1, 2]"]
    assert seen.stdout.decode().splitlines() == [f"mine: {name}" for name in ("ast", "struct", "display", "ctypes")]
    assert (seen.finished.return_code, seen.stderr) == (0, b"")


async def test_nothing_of_ours_is_named_in_what_it_finds(pen: Sandboxes) -> None:
    code = """
import gc, types, traceback
class Looks:
    def __repr__(self):
        found.extend(frame.filename for frame in traceback.extract_stack())
        return 'x'
found = []
display(Looks())
code = [f.__code__ for f in gc.get_objects() if isinstance(f, types.FunctionType)]
print([c.co_filename for c in code if c.co_filename.endswith(('display.py', 'bundles.py', 'figures.py', 'tables.py'))])
print(sorted(set(found)), [name for name in sys.modules if 'snakepen' in name])
"""
    seen = await look_at(pen, code)
    assert seen.stdout.decode().splitlines() == ["[]", "['/workspace/main.py', '<display>'] []"]
    assert not re.search(rb"snakepen", seen.stderr)
    assert json.dumps(shown(seen)[0].bundle) == '{"text/plain": "x"}'
