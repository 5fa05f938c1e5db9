"""How a run ended is what the trusted side saw, whatever the program says; what it printed is what Python prints."""

import os
import sys

import pytest
from tests.support.sandboxes import Sandboxes

from snakepen.limits import OPEN_FILES
from snakepen.wire.run import RunStatus

if sys.platform != "linux":
    pytest.skip("sandboxes are Linux's", allow_module_level=True)
assert sys.platform == "linux"

pytestmark = [pytest.mark.slow]

# Where a runner keeps its socket: above all that a program may open.
CONTROL = int(OPEN_FILES.maximum)


async def ended(pen: Sandboxes, code: str, **given: object) -> tuple[RunStatus, int | None]:
    finished = (await pen.run(code, **given)).finished
    return finished.status, finished.return_code


async def test_a_program_that_breaks_what_our_end_needs_has_ended_by_itself(pen: Sandboxes) -> None:
    code = "import builtins\nprint('x', flush=True)\nbuiltins.isinstance = builtins.len = builtins.vars = None"
    seen = await pen.run(code)
    assert seen.stdout == b"x\n"
    assert seen.finished.status is RunStatus.COMPLETED


# Lies --------------------------------------------------------------------------------------------------------------

GOODBYE = f"""
import os, struct
def say(message):
    os.write({CONTROL}, message)
def goodbye(code):
    return struct.pack("=4si", b"bye!", code)
"""


@pytest.mark.parametrize("code", [-1, 256, 2**31 - 1, -(2**31), 512])
async def test_a_goodbye_with_an_exit_code_that_is_none_is_not_believed(pen: Sandboxes, code: int) -> None:
    seen = await pen.run(f"{GOODBYE}\nsay(goodbye({code}))\nprint('went on')\nraise SystemExit(6)")
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 6)
    assert seen.stdout == b"went on\n"


@pytest.mark.parametrize(
    "message",
    [
        "b''",
        "b'bye!'",
        "goodbye(0)[:-1]",
        "goodbye(0) + b'x'",
        "b'x' * 4096",
        "b'ready'",
        "b'BYE!' + bytes(4)",
        "bytes(8)",
    ],
)
async def test_what_is_no_goodbye_ends_nothing(pen: Sandboxes, message: str) -> None:
    seen = await pen.run(f"{GOODBYE}\nsay({message})\nprint('went on')\nraise SystemExit(6)")
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 6)
    assert seen.stdout == b"went on\n"


async def test_a_program_cannot_say_that_we_failed(pen: Sandboxes) -> None:
    seen = await pen.run(f"{GOODBYE}\nsay(b'fault all yours')\nprint('went on')\nraise SystemExit(6)")
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 6)
    assert seen.stdout == b"went on\n"


async def test_an_early_goodbye_is_no_more_than_an_exit_with_its_code(pen: Sandboxes) -> None:
    seen = await pen.run(f"{GOODBYE}\nprint('before', flush=True)\nsay(goodbye(7))\nimport time\ntime.sleep(600)")
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 7)
    assert seen.stdout == b"before\n"


async def test_a_childs_goodbye_is_no_more_than_an_exit_with_its_code(pen: Sandboxes) -> None:
    code = f"{GOODBYE}\nif os.fork() == 0:\n    say(goodbye(0))\nimport time\ntime.sleep(600)"
    assert await ended(pen, code) == (RunStatus.COMPLETED, 0)


async def test_bytes_of_all_kinds_to_every_descriptor_change_nothing(pen: Sandboxes) -> None:
    code = f"""
import os
{GOODBYE}
for descriptor in range(3, 2001):
    for message in (b"", b"x", bytes(8), b"bye!", goodbye(-1), goodbye(256), b"ready", b"y" * 32, bytes(32)):
        try:
            os.write(descriptor, message)
        except OSError:
            pass
print("went on")
raise SystemExit(6)
"""
    seen = await pen.run(code)
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 6)
    assert seen.stdout == b"went on\n"


@pytest.mark.parametrize("how", ["os.closerange(0, 5000)", "os.close(1024)", "os.dup2(2, 255)"])
async def test_a_program_that_closes_its_descriptors_ends_as_its_parent_saw(pen: Sandboxes, how: str) -> None:
    assert await ended(pen, f"import os\n{how}\nos._exit(6)") == (RunStatus.COMPLETED, 6)


async def test_end_of_file_on_every_stream_is_no_end(pen: Sandboxes) -> None:
    code = "import os, time\nos.closerange(0, 5000)\ntime.sleep(600)"
    assert await ended(pen, code, wall_seconds=0.7) == (RunStatus.TIMEOUT, -9)


async def test_a_flood_of_the_control_socket_costs_nobody_but_the_program(pen: Sandboxes) -> None:
    code = f"{GOODBYE}\nos.set_blocking({CONTROL}, True)\nwhile True:\n    say(b'x' * 1000)"
    assert await ended(pen, code, wall_seconds=0.7) == (RunStatus.TIMEOUT, -9)
    await pen.serves()


async def test_descriptors_sent_over_the_control_socket_are_not_kept(pen: Sandboxes) -> None:
    await pen.serves()
    before = await pen.census()
    code = f"""
import array, os, socket
control = socket.socket(fileno={CONTROL})
for _ in range(5):
    try:
        control.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))])
    except PermissionError:  # since Linux 6.16 the server can refuse them
        pass
control.detach()
os._exit(6)
"""
    assert await ended(pen, code) == (RunStatus.COMPLETED, 6)
    await pen.as_before(before)


async def test_a_program_that_lets_go_of_its_socket_ends_as_others_do(pen: Sandboxes) -> None:
    seen = await pen.run(f"import os\nos.close({CONTROL})\nprint('on')\nraise SystemExit(4)")
    assert (seen.stdout, seen.finished.return_code) == (b"on\n", 4)


async def test_the_first_process_of_a_sandbox_has_no_descriptor(pen: Sandboxes) -> None:
    await pen.serves()
    await pen.settled()
    assert [os.listdir(f"/proc/{init.pid}/fd") for init in pen.family.inits] == [[]] * len(pen.family.inits)


# Who outlives whom -------------------------------------------------------------------------------------------------


async def test_the_end_of_the_program_ends_its_grandchildren_and_what_they_would_still_have_said(
    pen: Sandboxes,
) -> None:
    code = """
import os, time
ready, said = os.pipe()
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        print("grandchild", flush=True)
        os.write(said, b"x")
        time.sleep(600)
        print("never")
    os._exit(0)
os.wait()
os.read(ready, 1)
print("main")
"""
    seen = await pen.run(code)
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 0)
    assert sorted(seen.stdout.split()) == [b"grandchild", b"main"]


async def test_a_child_that_falls_off_the_end_does_not_end_the_program(pen: Sandboxes) -> None:
    """Its parent is still at it, and has the last word."""
    code = """
import os, sys
ours, theirs = os.pipe()
if os.fork() == 0:
    os.close(ours)
else:
    os.close(theirs)
    os.read(ours, 1)
    os.wait()
    print("parent")
    sys.exit(5)
"""
    seen = await pen.run(code)
    assert (seen.finished.status, seen.finished.return_code) == (RunStatus.COMPLETED, 5)
    assert seen.stdout == b"parent\n"


async def test_a_child_that_outlives_its_dead_parent_says_nothing_for_it(pen: Sandboxes) -> None:
    code = """
import os, signal, time
if os.fork() == 0:
    time.sleep(0.2)
else:
    os.kill(os.getpid(), signal.SIGKILL)
"""
    assert await ended(pen, code) == (RunStatus.COMPLETED, -9)


async def test_all_that_was_said_before_the_end_arrives(pen: Sandboxes) -> None:
    size = 700_000
    seen = await pen.run(f"import os\nos.write(1, b'a')\nprint('x' * {size}, end='')\nos.write(2, b'b')")
    assert len(seen.stdout) == size + 1
    assert seen.stderr == b"b"
