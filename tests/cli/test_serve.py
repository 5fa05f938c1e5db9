"""`snakepen serve`: what it says, what it refuses, and that a bad start is one clear sentence."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.client import Api
from tests.support.servers import SNAKEPEN, WITHOUT_ISOLATION, clean_env, served

from snakepen.settings import load_settings

pytestmark = pytest.mark.slow


def refused(*arguments: str, **env: str) -> str:
    """The one sentence of a server that does not start."""
    done = subprocess.run(
        [str(SNAKEPEN), "serve", *arguments], capture_output=True, env=clean_env(**env), timeout=60, check=False
    )
    assert done.returncode == 125
    assert done.stdout == b""
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1, done.stderr.decode()
    assert lines[0].startswith("snakepen: ")
    return lines[0]


def test_without_isolation_it_has_to_be_told_that_this_is_meant() -> None:
    assert "--i-trust-the-code" in refused("--port", "0", "--isolation", "none")


@pytest.mark.long
def test_without_isolation_it_says_what_that_means() -> None:
    process = subprocess.Popen(
        [str(SNAKEPEN), "serve", "--port", "0", *WITHOUT_ISOLATION], stderr=subprocess.PIPE, env=clean_env()
    )
    assert process.stderr is not None
    said = b""
    while b"serves http://127.0.0.1:" not in said:
        line = process.stderr.readline()
        assert line
        said += line
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 0
    for part in ("Isolation is off", "read and change your files", "use your network", "code that you trust"):
        assert part in said.decode().replace("\n", " ")


def test_a_port_in_use_is_said_before_anything_else() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        sentence = refused("--port", port, *WITHOUT_ISOLATION)
    assert f"Port {port} is in use" in sentence
    assert "--port" in sentence


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may have every port")
def test_a_port_that_needs_rights_is_said() -> None:
    assert "above 1023" in refused("--port", "80", *WITHOUT_ISOLATION)


@pytest.mark.long
@pytest.mark.parametrize("host", ["203.0.113.1", "no.such.host.invalid", "not a host"])
def test_a_host_that_is_not_ours_is_said(host: str) -> None:
    sentence = refused("--host", host, "--token", "0123456789abcdef", "--port", "0", *WITHOUT_ISOLATION)
    assert "--host" in sentence


@pytest.mark.long
@pytest.mark.parametrize(
    ("arguments", "env", "part"),
    [
        (["--port", "70000"], {}, "port"),
        (["--host", "0.0.0.0"], {}, "SNAKEPEN_TOKEN"),
        (["--host", "::"], {}, "SNAKEPEN_TOKEN"),
        (["--token", "short"], {}, "token"),
        (["--token", "with a space in it"], {}, "token"),
        (["--token", "not-ASCII-é-0123456789"], {}, "token"),
        (["--isolation", "some"], {}, "isolation"),
        (["--limit", "timeout=5"], {}, "NAME.maximum=NUMBER"),
        (["--limit", "timeout.maximum=0"], {}, "limits.timeout.maximum"),
        (["--limit", "timeout.maximum=nan"], {}, "limits.timeout.maximum"),
        (["--limit", "timeout.maximum=soon"], {}, "limits.timeout.maximum"),
        (["--limit", "open_files.maximum=1"], {}, "open_files: must be at least 16"),
        (["--limit", "processes.default=1.5"], {}, "processes: must be a whole number"),
        (["--limit", "nothing.maximum=5"], {}, "limits.nothing"),
        (["--limit", "timeout.default=99"], {}, "above the maximum"),
        ([], {"SNAKEPEN_PORT": "many"}, "port"),
        ([], {"SNAKEPEN_ADMISSION__QUEUE": "-1"}, "admission.queue"),
        ([], {"SNAKEPEN_ADMISSION": "{"}, "SNAKEPEN_"),
        (["--config", "/nowhere/snakepen.toml"], {}, "does not exist"),
    ],
)
def test_a_bad_setting_is_one_sentence_that_names_it(arguments: list[str], env: dict[str, str], part: str) -> None:
    assert part in refused(*WITHOUT_ISOLATION, *arguments, **env)


def test_a_settings_file_that_is_none_is_said(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("port = = 3")
    assert str(bad) in refused("--config", str(bad))
    bad.write_text("prot = 3")
    assert "prot: there is no such setting" in refused("--config", str(bad))


@pytest.mark.long
def test_settings_come_from_file_then_environment_then_options(tmp_path: Path) -> None:
    file = tmp_path / "snakepen.toml"
    file.write_text(
        "[limits.timeout]\nmaximum = 20\n[limits.processes]\nmaximum = 70\n[limits.open_files]\nmaximum = 300\n"
    )
    env = {"SNAKEPEN_LIMITS__PROCESSES__MAXIMUM": "80", "SNAKEPEN_LIMITS__OPEN_FILES__MAXIMUM": "400"}
    with served("--config", str(file), "--limit", "open_files.maximum=500", env=env) as url, Api(url) as api:
        limits = api.health()["limits"]
        assert limits["timeout"] == {"default": 10, "maximum": 20}
        assert limits["processes"] == {"default": 64, "maximum": 80}
        assert limits["open_files"] == {"default": 256, "maximum": 500}
        assert api.post({"code": "", "timeout": 21}).status_code == 422
        assert api.run("", timeout=20)["status"] == "completed"


@pytest.mark.long
def test_a_maximum_below_the_default_takes_the_default_down(tmp_path: Path) -> None:
    with served("--limit", "timeout.maximum=2") as url, Api(url) as api:
        limits = api.health()["limits"]
        assert limits["timeout"] == {"default": 2, "maximum": 2}
        assert limits["cpu_seconds"]["default"] == 2


def test_elsewhere_than_on_loopback_the_token_is_asked_for() -> None:
    token = "of-the-tests-0123456789"
    with served("--host", "0.0.0.0", "--token", token) as url:
        local = url.replace("0.0.0.0", "127.0.0.1")
        with Api(local) as stranger:
            assert stranger.send("GET", "/api/execute").status_code == 401
        with Api(local, headers={"Authorization": f"Bearer {token}"}) as friend:
            assert friend.run("print(1)")["output"] == "1\n"
            assert friend.send("GET", "/api/execute", headers={"Host": "evil.example"}).status_code == 403


def test_the_token_is_not_in_the_programs_environment_nor_in_its_reach_by_name() -> None:
    token = "of-the-tests-0123456789"
    with (
        served(env={"SNAKEPEN_TOKEN": token, "SECRET_OF_THE_SERVER": "hush"}) as url,
        Api(url, headers={"Authorization": f"Bearer {token}"}) as api,
    ):
        seen = api.run("import os\nprint(dict(os.environ))")["output"]
    assert token not in seen
    assert "hush" not in seen


def test_no_descriptor_of_the_server_reaches_a_program(api: Api) -> None:
    """But for the three streams there is one in a sandbox: its own socket, above all that it may open."""
    code = """
import os
for name in sorted(os.listdir("/proc/self/fd"), key=int):
    try:
        print(name, os.readlink(f"/proc/self/fd/{name}").partition(":")[0])
    except FileNotFoundError:
        pass  # the listing's own
"""
    if sys.platform.startswith("linux"):
        most = load_settings().limits.open_files.maximum
        assert api.run(code)["output"] == f"0 pipe\n1 pipe\n2 pipe\n{most} socket\n"
