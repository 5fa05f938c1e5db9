"""A caller who hangs up, and a server that is asked to stop, without isolation: nothing is left on the host.

The programs here look at the host and write to it. What holds for sandboxes is in `tests/sandbox`.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.support.client import Api, check_answer
from tests.support.fake_executor import FakeExecutor, Stage
from tests.support.processes import is_in_use
from tests.support.servers import (
    SNAKEPEN,
    WITHOUT_ISOLATION,
    clean_env,
    connect,
    post_bytes,
    rest_of,
    served,
    served_process,
    server_over,
)
from tests.support.waiting import MORE_AND_MORE_SECONDS, wait_until

from snakepen.api import server as server_module
from snakepen.runs.admission import Admission

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at /proc"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with served(*WITHOUT_ISOLATION) as url:
        yield url


def request_bytes(code: str, accept: str = "application/json") -> bytes:
    body = json.dumps({"code": code, "timeout": 60}).encode()
    return post_bytes(body).replace(b"Host:", b"Accept: %s\r\nHost:" % accept.encode(), 1)


def tells_its_pids(path: Path) -> str:
    """A program that starts a child, writes both process ids to a file outside, and waits."""
    return f"""
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
with open({str(path) + ".partial"!r}, "w") as file:
    print(os.getpid(), child.pid, file=file)
os.rename({str(path) + ".partial"!r}, {str(path)!r})
time.sleep(600)
"""


def pids(path: Path) -> list[int]:
    wait_until(path.exists)
    return [int(word) for word in path.read_text().split()]


def test_hanging_up_ends_the_program_and_its_children(server: str, tmp_path: Path) -> None:
    with connect(server) as connection:
        connection.sendall(request_bytes(tells_its_pids(tmp_path / "pids")))
        started = pids(tmp_path / "pids")
        assert all(is_in_use(pid) for pid in started)
    wait_until(lambda: not any(is_in_use(pid) for pid in started))


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_nothing_is_kept_of_a_run_whose_caller_hung_up(tmp_path: Path, accept: str) -> None:
    """Nobody can have learnt where it could be had."""
    code = f"open('made.txt', 'w').write('x')\n{tells_its_pids(tmp_path / 'pids')}"
    with served(*WITHOUT_ISOLATION, env={"TMPDIR": str(tmp_path)}) as url, Api(url) as client:
        with connect(url) as connection:
            connection.sendall(request_bytes(code, accept))
            pids(tmp_path / "pids")
        wait_until(lambda: client.health()["capacity"]["running"] == 0)
        assert not list(tmp_path.glob("snakepen-artifacts-*"))
        client.run("open('made.txt', 'w').write('x')")
        assert list(tmp_path.glob("snakepen-artifacts-*"))


def test_time_that_is_up_ends_the_children_too(api: Api, tmp_path: Path) -> None:
    for seconds in MORE_AND_MORE_SECONDS:
        answer = api.run(tells_its_pids(tmp_path / "pids"), timeout=seconds)
        assert answer["status"] == "timeout"
        if (tmp_path / "pids").exists():
            break
    assert not any(is_in_use(pid) for pid in pids(tmp_path / "pids"))


def test_the_end_of_the_program_ends_what_it_left_behind(api: Api, tmp_path: Path) -> None:
    code = tells_its_pids(tmp_path / "pids").removesuffix("time.sleep(600)\n") + "print('done')"
    assert api.run(code)["output"] == "done\n"
    assert not any(is_in_use(pid) for pid in pids(tmp_path / "pids"))


def test_a_program_that_makes_its_folder_hard_to_remove_leaves_none(server: str, api: Api) -> None:
    code = """
import os
print(os.getcwd())
os.makedirs("locked/inside")
open("locked/inside/file", "w").close()
os.chmod("locked/inside", 0)
os.chmod("locked", 0)
for _ in range(3000):
    os.mkdir("d")
    os.chdir("d")
"""
    answer = api.run(code)
    assert (answer["return_code"], answer["error"]) == (0, "")
    assert not Path(answer["output"].strip()).exists()
    assert os.listdir(Path(answer["output"].strip()).parents[1]) == []


@pytest.mark.parametrize(
    "code",
    [
        "os.rename(here, here + '-moved')",
        "os.chdir('/')\nshutil.rmtree(here)",
        "os.rename(here, here + '-moved')\nos.symlink('/usr', here)",
        "os.remove('main.py')\nos.mkdir('main.py')",
    ],
)
def test_a_program_that_moves_its_folder_leaves_nothing(api: Api, code: str) -> None:
    answer = api.run(f"import os, shutil\nhere = os.getcwd()\nprint(here)\n{code}")
    assert (answer["return_code"], answer["error"]) == (0, "")
    assert os.listdir(Path(answer["output"].strip()).parents[1]) == []


@pytest.mark.long
def test_a_disk_that_takes_nothing_is_503_and_says_so(tmp_path: Path) -> None:
    with served(*WITHOUT_ISOLATION, env={"TMPDIR": str(tmp_path)}, quiet=False) as url, Api(url) as client:
        (root,) = (path for path in tmp_path.glob("snakepen-runs-*") if path.is_dir())
        root.rename(tmp_path / "away")
        root.write_text("in the way")
        response = client.post({"code": "print(1)"})
        assert (response.status_code, response.json()["code"]) == (503, "unavailable")
        root.unlink()
        (tmp_path / "away").rename(root)
        assert client.run("print(1)")["output"] == "1\n"


def test_a_stopping_server_says_that_the_run_is_lost(tmp_path: Path) -> None:
    with served_process(*WITHOUT_ISOLATION) as (url, process), connect(url) as connection:
        connection.sendall(request_bytes(tells_its_pids(tmp_path / "pids")))
        started = pids(tmp_path / "pids")
        process.send_signal(signal.SIGTERM)
        received = rest_of(connection)
    assert received.startswith(b"HTTP/1.1 500")
    body = json.loads(received.partition(b"\r\n\r\n")[2])
    check_answer("POST", "/api/execute", 500, body)
    assert (body["status"], body["return_code"], body["executed"]) == ("lost", None, True)
    assert "shut down" in body["error"]
    assert not any(is_in_use(pid) for pid in started)


async def _sleeps(stage: Stage) -> int:
    await stage.sleep_for_ever()
    return 0


@dataclass
class _HowLong(FakeExecutor):
    """Knows for how long it was to let runs go on, each time that it was told to close."""

    graces: list[float] = field(default_factory=list)

    async def close(self, *, grace_seconds: float) -> None:
        self.graces.append(grace_seconds)
        await super().close(grace_seconds=grace_seconds)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_that_is_told_once_more_to_end_ends_its_runs_at_once(
    monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    monkeypatch.setattr(server_module, "GRACE_SECONDS", 3600.0)
    executor = _HowLong({b"": _sleeps}, Admission(running=1, queue=1, per_caller=1))
    with server_over(executor) as (url, server), connect(url) as connection:
        connection.sendall(request_bytes(""))
        wait_until(lambda: bool(executor.lives))
        server.handle_exit(number, None)
        wait_until(lambda: executor.graces == [3600.0])
        if sys.platform != "win32":  # which systemd may send with the first
            server.handle_exit(signal.SIGHUP, None)
        server.handle_exit(number, None)
        received = rest_of(connection)
    assert b'"lost"' in received
    assert executor.graces == [3600.0, 0, 0]  # the last when nothing is left to be closed


@pytest.mark.long
def test_a_server_that_is_interrupted_again_and_again_ends_in_good_order(tmp_path: Path) -> None:
    """With 0 and without a word, as `served_process` demands."""
    with served_process(*WITHOUT_ISOLATION) as (url, process), connect(url) as connection:
        connection.sendall(request_bytes(tells_its_pids(tmp_path / "pids")))
        started = pids(tmp_path / "pids")

        def has_ended() -> bool:
            process.send_signal(signal.SIGINT)
            return process.poll() is not None

        wait_until(has_ended)
    assert not any(is_in_use(pid) for pid in started)


@pytest.mark.long
def test_a_killed_servers_folders_are_swept_by_the_next(tmp_path: Path) -> None:
    env = clean_env(TMPDIR=str(tmp_path))
    process = subprocess.Popen(
        [str(SNAKEPEN), "serve", "--port", "0", *WITHOUT_ISOLATION], stderr=subprocess.PIPE, env=env
    )
    assert process.stderr is not None
    while b"serves" not in (line := process.stderr.readline()):
        assert line
    left = list(tmp_path.glob("snakepen-runs-*"))
    assert left
    process.kill()
    process.communicate()
    with served(*WITHOUT_ISOLATION, env={"TMPDIR": str(tmp_path)}):
        now = list(tmp_path.glob("snakepen-runs-*"))
        assert now
        assert not set(now) & set(left)
    assert list(tmp_path.glob("snakepen-runs-*")) == []
