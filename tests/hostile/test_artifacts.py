"""What a program leaves in its folder for whoever collects it: trees, names and files that lie, wait, grow or lead elsewhere.

Each control is the same tree under the hands of a collector as one would write it down: `os.listdir`, `os.path`, `open`.
"""

import asyncio
import os
import select
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("the pen is Linux's", allow_module_level=True)
assert sys.platform == "linux"

from tests.support.executors import opened, plain
from tests.support.processes import adopt_orphans, all_processes, is_alive, reap
from tests.support.runs import Seen, run_to_end, wait_for
from tests.support.sandboxes import Sandboxes, spec
from tests.support.throwaway import Outcome, unheld

from snakepen.executor import Executor, Made, WorkspaceFile
from snakepen.limits import MAX_ARTIFACTS, MIB
from snakepen.runs import collect
from snakepen.runs.collect import Collected
from snakepen.runs.local import LocalExecutor
from snakepen.runs.remains import Remains
from snakepen.wire.run import RunStatus, SkipReason

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

SECRET = b"canary of the host"
NOT_A_FILE, BAD_NAME, TOO_DEEP = SkipReason.NOT_A_FILE, SkipReason.BAD_NAME, SkipReason.TOO_DEEP
TOO_LARGE, TOO_MANY, OUT_OF_TIME = SkipReason.TOO_LARGE, SkipReason.TOO_MANY, SkipReason.OUT_OF_TIME

# It says what it took, by the name and how much it was, and whether that was the host's.
NAIVE = """
print("begun", flush=True)
def collect(folder):
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if os.path.isdir(path):
            collect(path)
        else:
            with open(path, "rb") as file:
                data = file.read()
            sys.stdout.buffer.write(b"took %s %d %s\\n" % (os.fsencode(name), len(data), b"canary" * (b"canary of" in data)))
collect(START)
print("collected", flush=True)
"""
HEAD = "import os, socket, sys\nSTART = os.getcwd()\n"


def reads_what_is_not_its_own(seen: Outcome) -> bool:
    return any(line.endswith(" canary") for line in seen.stdout.splitlines())


def never_ends(seen: Outcome) -> bool:
    return seen.return_code is None and "collected" not in seen.stdout


def fails(seen: Outcome) -> bool:
    return seen.return_code == 1 and "collected" not in seen.stdout


def takes(count: int, each: int = 0) -> Callable[[Outcome], bool]:
    """At least so many of at least so many bytes."""

    def is_taken(seen: Outcome) -> bool:
        lines = [line.split() for line in seen.stdout.splitlines() if line.startswith("took ")]
        return sum(words[-1].isdigit() and int(words[-1]) >= each for words in lines) >= count

    return is_taken


def says_what_is_not_so(seen: Outcome) -> bool:
    return "took forged 1" in seen.stdout


@dataclass(frozen=True)
class Attack:
    row: int
    code: str
    harms: Callable[[Outcome], bool]
    """What becomes of who collects plainly."""
    skipped: dict[SkipReason, int]
    """0: some."""
    made: tuple[str, ...] | int = ()
    limits: dict[str, float] = field(default_factory=dict)


def in_each_other(folders: int) -> Attack:
    return Attack(
        19,
        f"for _ in range({folders}):\n    os.mkdir('d')\n    os.chdir('d')\nopen('x', 'w').close()",
        fails,
        {TOO_DEEP: 1},
        limits={"wall_seconds": 90, "cpu_seconds": 90},  # Landlock walks up all of them for each
    )


ATTACKS = {
    "three thousand folders in each other": in_each_other(3_000),
    "a terabyte of nothing": Attack(
        20,
        """
with open("huge", "wb") as file:
    for size in (1 << 40, 1 << 38, 256 << 20):
        try:
            file.truncate(size)
            break
        except OSError:
            pass
""",
        takes(1, 256 << 20),
        {TOO_LARGE: 1},
    ),
    "a pipe": Attack(21, "os.mkfifo('pipe')", never_ends, {NOT_A_FILE: 1}),
    "a socket": Attack(21, "socket.socket(socket.AF_UNIX).bind('socket')", fails, {NOT_A_FILE: 1}),
    "a link to a device without end": Attack(21, "os.symlink('/dev/zero', 'zero.png')", never_ends, {NOT_A_FILE: 1}),
    "a link to itself": Attack(21, "os.symlink('loop', 'loop')", fails, {NOT_A_FILE: 1}),
    "folders that link to each other": Attack(
        21, "os.mkdir('a')\nos.symlink('..', 'a/b')\nopen('x', 'w').close()", fails, {NOT_A_FILE: 1}, ("x",)
    ),
    "names that say what is not so": Attack(
        22,
        """
for name in (b"x 1\\ntook forged", b"\\xff\\xfe", "\\u202egpj.exe".encode(), b"\\x1b[2J", b"..\\r", b"a" * 255, b"-rf", b"...", b"CON"):
    with open(name, "w") as file:
        file.write("x")
""",
        says_what_is_not_so,
        {BAD_NAME: 4},
        ("-rf", "CON", "a" * 255),
    ),
    "a hundred thousand files": Attack(
        18,
        """
os.mkdir("many")
try:
    for n in range(100_000):
        os.close(os.open(f"many/{n}", os.O_CREAT | os.O_WRONLY))
except OSError:
    pass
""",
        takes(50_000),
        {TOO_MANY: 0, OUT_OF_TIME: 1},
        MAX_ARTIFACTS,
        {"wall_seconds": 60},
    ),
    "more than anybody keeps": Attack(
        17,
        "data = bytes(8 << 20)\nfor n in range(40):\n    with open(f'{n}', 'wb') as file: file.write(data)",
        takes(40, 8 << 20),
        {TOO_MANY: 0},
        31,
        {"disk_bytes": 512 * MIB, "memory_bytes": 2048 * MIB, "wall_seconds": 60},
    ),
    "links to what is not its own": Attack(
        81,
        """
for number, target in enumerate((CANARY, "../" * 20 + CANARY, CANARY_FOLDER, "/proc/self/environ", "/etc/passwd", "nowhere")):
    os.symlink(target, f"link-{number}")
os.mkdir("deep")
os.symlink(CANARY, "deep/report.pdf")
""",
        reads_what_is_not_its_own,
        {NOT_A_FILE: 7},
    ),
}


@pytest.fixture(scope="module")
def canary() -> Iterator[Path]:
    """A file of the host's that everybody may read."""
    folder = Path(tempfile.mkdtemp(prefix="snakepen-canary-", dir="/var/tmp"))
    folder.chmod(0o755)
    file = folder / "canary"
    file.write_bytes(SECRET)
    yield file
    shutil.rmtree(folder)


def program(code: str, canary: Path) -> str:
    return f"{HEAD}CANARY, CANARY_FOLDER = {str(canary)!r}, {str(canary.parent)!r}\n{code}\n"


async def contents(executor: Executor, seen: Seen) -> dict[str, bytes]:
    found = {}
    for event in seen.events:
        if isinstance(event, Made):
            file = await executor.artifact(seen.run_id, event.path)
            assert file is not None
            with file:
                found[event.path] = file.read()
            assert len(found[event.path]) == event.size
    return found


def reasons(seen: Seen) -> dict[SkipReason, int]:
    return {reason: count for reason, count in seen.finished.skipped.items() if count}


@pytest.mark.parametrize("name", ATTACKS)
async def test_what_it_leaves_harms_nobody_who_collects_it(
    pen: Sandboxes, canary: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await harms_nobody(ATTACKS[name], pen, canary, monkeypatch)


@pytest.mark.long
async def test_nor_do_more_folders_in_each_other(pen: Sandboxes, canary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await harms_nobody(in_each_other(10_000), pen, canary, monkeypatch)


async def harms_nobody(attack: Attack, pen: Sandboxes, canary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect, "COLLECTING_SECONDS", 60)  # so that a slow machine takes as much as a fast one
    seen = await pen.run(program(attack.code, canary), **attack.limits)
    assert (seen.finished.status, seen.finished.return_code, seen.stderr) == (RunStatus.COMPLETED, 0, b"")
    found = await contents(pen.executor, seen)
    if isinstance(attack.made, int):
        assert len(found) == attack.made
    else:
        assert tuple(found) == attack.made
    assert not any(SECRET in content for content in found.values())
    assert reasons(seen).keys() == attack.skipped.keys()
    assert all(reasons(seen)[reason] == count for reason, count in attack.skipped.items() if count)


@pytest.mark.parametrize("name", ATTACKS)
async def test_it_does_harm_where_it_is_collected_plainly(canary: Path, name: str) -> None:
    attack = ATTACKS[name]
    waits = attack.harms is never_ends
    seen = await asyncio.to_thread(
        unheld,
        program(attack.code, canary) + NAIVE,
        enough=lambda said: waits and b"begun" in said,
        longer_seconds=1,
    )
    assert "begun" in seen.stdout
    assert attack.harms(seen), seen.stdout[-2000:]


# What changes while it is looked at --------------------------------------------------------------------------------

SWAPS = """
import random
os.makedirs("folder/in", exist_ok=True)
with open("plain", "w") as file:
    file.write("x")
with open("folder/canary", "w") as file:
    file.write("y")
os.symlink(CANARY, ".link")
os.symlink(CANARY_FOLDER, ".folder")
def swap():
    for a, b in ((".link", "plain"), (".folder", "folder")):
        os.rename(a, ".spare")
        os.rename(b, a)
        os.rename(".spare", b)
def grow():
    with open("grows", "ab") as file:
        file.write(b"z" * 100_000)
        if file.tell() > 20_000_000:
            file.truncate(0)
"""
GOES_ON = "print('begun', flush=True)\nwhile True:\n    swap()\n    grow()\n"

# It looks before it opens, and still by the path.
CAREFUL = """
import time
if os.fork() == 0:
    while True:
        swap()
until = time.monotonic() + 30
while time.monotonic() < until:
    for path in ("plain", "folder/canary"):
        try:
            if not os.path.islink(path) and not os.path.islink(os.path.dirname(path)):
                with open(path, "rb") as file:
                    if b"canary of" in file.read():
                        print("got", path, flush=True)
                        os._exit(0)
        except OSError:
            pass
"""


async def test_what_is_swapped_until_the_kill_leads_to_nothing(pen: Sandboxes, canary: Path) -> None:
    """Files for links and folders for links, by four processes, while they are killed because their time is up."""
    code = program(
        f"{SWAPS}os.fork(), os.fork()\ntry:\n    {GOES_ON.replace(chr(10), chr(10) + '    ')}\nexcept OSError:\n    os.execv(sys.executable, [sys.executable, '-c', 'while True: pass'])",
        canary,
    )
    for milliseconds in (200, 301, 402, 503, 604):
        seen = await pen.run(code, wall_seconds=milliseconds / 1000)
        assert seen.finished.status is RunStatus.TIMEOUT
        assert not any(SECRET in content for content in (await contents(pen.executor, seen)).values())


async def test_what_is_swapped_while_it_is_looked_at_leads_to_nothing(canary: Path) -> None:
    """Where nothing ends a process that left its group: it goes on until we end it, when its folder has been collected."""
    code = program(
        f"{SWAPS}if os.fork() == 0:\n    os.setsid()\n    null = os.open(os.devnull, os.O_RDWR)\n"
        "    for stream in (0, 1, 2): os.dup2(null, stream)\n"
        "    with open('.pid', 'w') as file: file.write(str(os.getpid()))\n"
        "    os.rename('.pid', 'pid')\n"
        "    while True:\n        swap()\n        grow()\n"
        "while not os.path.exists('pid'): pass\n",
        canary,
    )
    adopt_orphans()
    async with opened(plain) as make:
        executor = make()
        assert isinstance(executor, LocalExecutor)
        collect = executor.artifacts.collect

        async def collect_and_end_it(
            run_id: str, remains: Remains, given: Mapping[str, bytes], is_unwanted: Callable[[], bool]
        ) -> Collected:
            collected = await collect(run_id, remains, given, is_unwanted)
            file = remains.folder.file("pid")
            assert file is not None
            with file:
                survivor = all_processes()[int(file.read())]
            os.kill(survivor.pid, signal.SIGKILL)
            await wait_for(lambda: not is_alive(survivor))
            reap([survivor])
            return collected

        executor.artifacts.collect = collect_and_end_it  # type: ignore[method-assign]
        taken = 0
        for _ in range(30):
            seen = await run_to_end(executor, spec(code))
            assert seen.finished.status is RunStatus.COMPLETED, seen
            found = await contents(executor, seen)
            taken += len(found)
            assert not any(SECRET in content for content in found.values()), found
        assert taken > 30  # `pid` of each, and something of what moved


async def test_who_looks_before_opening_by_a_path_is_led_elsewhere(canary: Path) -> None:
    seen = await asyncio.to_thread(unheld, program(SWAPS + CAREFUL, canary))
    assert "got" in seen.stdout, seen


async def test_a_file_is_not_taken_before_who_writes_it_has_ended(
    pen: Sandboxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its writer is somebody else's child, and only the kill ends it."""
    ended: list[bool] = []
    at_rest = Remains.at_rest

    async def observed(remains: Remains) -> None:
        await at_rest(remains)
        assert remains._init is not None
        ended.append(_has_ended(remains._init))

    monkeypatch.setattr(Remains, "at_rest", observed)
    code = (
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n"
        "    with open('log', 'w') as file:\n        while True: print('x' * 4096, file=file)\n"
        "while not os.path.exists('log'): time.sleep(0.001)\n"
    )
    for _ in range(5):
        seen = await pen.run(code)
        assert [event.path for event in seen.events if isinstance(event, Made)] == ["log"]
    assert ended == [True] * 5


def _has_ended(pidfd: int) -> bool:
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    return bool(poll.poll(0))


# What is another's -------------------------------------------------------------------------------------------------

SEARCH = """
import stat
found = []
def search(folder):
    for place, folders, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            try:
                if stat.S_ISREG(os.lstat(path).st_mode) and path != __file__:
                    with open(path, "rb") as file:
                        if b"secret of " + b"another" in file.read(1 << 20):
                            found.append(path)
            except OSError:
                pass
for folder in ("/workspace", "/tmp", "/dev/shm", "/var", "/run"):
    search(folder)
print("got" if found else "held", found)
"""
HIDES = """
for path in ("made.txt", "/tmp/left.txt", "/dev/shm/left.txt"):
    with open(path, "w") as file:
        file.write("secret of " + "another")
"""


async def test_nothing_of_what_another_run_was_given_or_made_is_found(pen: Sandboxes) -> None:
    given = (WorkspaceFile("given.txt", b"secret of another"),)
    for _ in range(3):
        seen = await pen.run(HEAD + HIDES, files=given)
        assert list(await contents(pen.executor, seen)) == ["made.txt"]
    seen = await pen.run(HEAD + SEARCH)
    assert seen.stdout == b"held []\n"


async def test_it_is_found_where_both_have_one_folder() -> None:
    seen = await asyncio.to_thread(unheld, HEAD + HIDES + SEARCH)
    assert seen.stdout.startswith("got ")


# What does harm when it is read in ---------------------------------------------------------------------------------

PAYLOADS = """
import pickle
class Payload:
    def __reduce__(self):
        return os.system, (f"echo got >> {TOUCHED}",)
for name in ("model.pkl", "array.npy", "frame.parquet", "matplotlibrc", "notebook.ipynb", "font.ttf", "state.pt"):
    with open(name, "wb") as file:
        pickle.dump(Payload(), file)
"""


async def test_what_is_made_is_never_read_in(pen: Sandboxes, tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    seen = await pen.run(f"{HEAD}TOUCHED = {str(touched)!r}\n{PAYLOADS}")
    found = await contents(pen.executor, seen)
    assert len(found) == 7
    assert all(content.startswith(b"\x80\x04") for content in found.values())
    assert not touched.exists()


async def test_it_does_harm_where_it_is_read_in() -> None:
    code = f"{HEAD}TOUCHED = '/tmp/touched'\n{PAYLOADS}pickle.load(open('model.pkl', 'rb'))\nprint(open('/tmp/touched').read())"
    seen = await asyncio.to_thread(unheld, code)
    assert "got" in seen.stdout


# What is not there to be had ---------------------------------------------------------------------------------------

REFUSED = """
import errno, fcntl, struct
def attempt(name, what):
    try:
        what()
    except OSError as error:
        print("held", name, error.errno)
    else:
        print("got", name)
open("mine", "w").close()
attempt("a device", lambda: os.mknod("zero", 0o020666, os.makedev(1, 5)))
attempt("a block device", lambda: os.mknod("disk", 0o060666, os.makedev(8, 0)))
attempt("a hard link to a library", lambda: os.link(os.__file__, "library"))
attempt("a hard link to its interpreter", lambda: os.link(os.path.realpath(sys.executable), "python"))
attempt("immutable", lambda: fcntl.ioctl(os.open("mine", os.O_RDONLY), 0x40086602, struct.pack("l", 0x10)))
attempt("append only", lambda: fcntl.ioctl(os.open("mine", os.O_RDONLY), 0x40086602, struct.pack("l", 0x20)))
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def mount(*arguments):
    if libc.mount(*arguments):
        raise OSError(ctypes.get_errno(), "mount")
os.mkdir("place")
attempt("a mount", lambda: mount(b"tmpfs", b"place", b"tmpfs", 0, None))
attempt("a bind mount", lambda: mount(b"/etc", b"place", None, 4096, None))
os.chmod("mine", 0)
os.chmod("place", 0)
"""


async def test_what_cannot_be_made_is_not_collected_and_what_is_locked_is_counted(pen: Sandboxes) -> None:
    """As root's server as by an ordinary user's: what its own mode hides is not taken."""
    seen = await pen.run(HEAD + REFUSED)
    assert (seen.finished.return_code, seen.stderr) == (0, b"")
    assert b"got" not in seen.stdout, seen.stdout
    assert await contents(pen.executor, seen) == {}
    assert reasons(seen) == {SkipReason.UNREADABLE: 2}
