"""`snakepen doctor`, and that nothing starts where it would say no."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.support.cases import the_rest_long
from tests.support.confined import confined, refusing
from tests.support.servers import SNAKEPEN, clean_env

from snakepen.environments.environment import MANIFEST_NAME, Manifest, find_environment

pytestmark = pytest.mark.slow

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="tries layers of Linux")

CLONE_NEWUSER = 0x10000000
ENOSYS = 38


def run(*command: str, **env: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, capture_output=True, text=True, env=clean_env(**env), timeout=60, check=False, stdin=subprocess.DEVNULL
    )


def snakepen(*arguments: str, denied: bytes | None = None, **env: str) -> "subprocess.CompletedProcess[str]":
    command = [str(SNAKEPEN), *arguments]
    return run(*(command if denied is None else confined(command, denied)), **env)


def examined() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(snakepen("doctor", "--json").stdout)
    return found


@on_linux
def test_on_this_host_the_level_can_be_had_and_a_program_runs() -> None:
    done = snakepen("doctor")
    assert done.returncode == 0, done.stdout
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["layer", "state", "detail"]
    rows = [line.split("  ", 1)[0] for line in lines[1 : lines.index("")]]
    assert {"user namespace", "system calls", "procfs", "control groups", "landlock"} <= set(rows)
    assert " missing" not in done.stdout
    assert "Isolation level 'namespaces' is available here" in lines[-2]
    assert lines[-1].startswith("A program ran in a sandbox of its own, in ")


@on_linux
@pytest.mark.long
def test_json_tells_the_same() -> None:
    found = examined()
    assert (found["level"], found["problem"]) == ("namespaces", None)
    assert {layer["state"] for layer in found["layers"]} <= {"works", "soft"}
    assert found["soft"] == [layer["name"] for layer in found["layers"] if layer["state"] == "soft"]
    assert 0 < found["program_seconds"] < 60
    assert 0 < found["first_program_seconds"] < 60


@on_linux
def test_what_is_soft_is_explained_and_the_level_is_kept() -> None:
    done = snakepen("doctor", denied=refusing("landlock_create_ruleset", ENOSYS))
    assert done.returncode == 0
    assert "landlock: soft (landlock_create_ruleset: Function not implemented (ENOSYS))" in done.stdout
    assert "CONFIG_SECURITY_LANDLOCK" in done.stdout
    assert "soft: landlock" in done.stdout
    assert "A program ran" in done.stdout


@on_linux
def test_what_is_missing_is_explained_once_and_no_program_is_run() -> None:
    done = snakepen("doctor", denied=refusing("unshare", bits={0: CLONE_NEWUSER}))
    assert done.returncode == 1
    assert "user namespace: missing (unshare 0x1" in done.stdout
    assert "  What mends it:\n    " in done.stdout
    assert "network namespace: missing (not tried: needs user namespace)" in done.stdout
    assert "'namespaces' is not available here. These layers are missing: user namespace, " in done.stdout
    assert "A program ran" not in done.stdout
    assert done.stderr == ""


@on_linux
@pytest.mark.long
def test_the_same_remedy_is_said_once() -> None:
    done = snakepen("doctor", denied=refusing("close_range", ENOSYS))
    assert done.stdout.count("Linux 5.14") == 1


@on_linux
@pytest.mark.long
def test_before_the_environment_is_made_the_layers_are_tried_all_the_same(tmp_path: Path) -> None:
    done = snakepen("doctor", SNAKEPEN_DATA_DIR=str(tmp_path))
    assert done.returncode == 0
    assert "interpreter: soft (the environment is not made yet)" in done.stdout
    assert "snakepen environment make" in done.stdout.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


TELLS = """\
#!{python}
import fcntl, os
used = os.open({used!r}, os.O_RDONLY)
try:
    fcntl.flock(used, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    open({told!r}, "w").close()
"""


@on_linux
def test_while_it_tries_the_environment_nobody_may_remove_it(tmp_path: Path) -> None:
    """Of an environment whose interpreter does nothing but find that out."""
    made = find_environment(tmp_path)
    made.launcher_python.parent.mkdir(parents=True)
    text = TELLS.format(python=sys.executable, used=f"{made.folder}.used", told=str(tmp_path / "told"))
    made.launcher_python.write_text(text)
    made.launcher_python.chmod(0o755)
    (made.folder / MANIFEST_NAME).write_text(Manifest("3.11.7", {}, frozenset()).to_json())
    done = snakepen("doctor", SNAKEPEN_DATA_DIR=str(tmp_path))
    assert (done.returncode, done.stderr) == (1, "")
    assert (tmp_path / "told").exists()


@on_linux
@pytest.mark.parametrize("command", the_rest_long([["serve", "--port", "0"]], [["run", __file__]]))
@pytest.mark.parametrize(
    ("denied", "sentence"),
    the_rest_long(
        [(("unshare", 1, {0: CLONE_NEWUSER}), "'user namespace' does not work (unshare 0x1")],
        [
            (("pivot_root", 1, {}), "'root' does not work (pivot_root: Operation not permitted (EPERM))"),
            (
                ("mount_setattr", ENOSYS, {}),
                "'read-only mounts' does not work (mount_setattr: Function not implemented",
            ),
        ],
    ),
    ids=["user namespace", "root", "read-only mounts"],
)
def test_nothing_starts_without_a_layer(
    command: list[str], denied: tuple[str, int, dict[int, int]], sentence: str
) -> None:
    call, number, bits = denied
    done = snakepen(*command, denied=refusing(call, number, bits=bits))
    assert (done.returncode, done.stdout) == (125, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("snakepen: Isolation level 'namespaces' is not available here, because the layer ")
    assert sentence in line
    assert line.endswith("'snakepen doctor' says what mends it.")


@pytest.mark.long
@on_linux
def test_without_isolation_nothing_is_tried(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("print(1)")
    arguments = ("run", "--isolation", "none", "--i-trust-the-code", str(program))
    done = snakepen(*arguments, denied=refusing("unshare"))
    assert (done.stdout, done.returncode) == ("1\n", 0)


@pytest.mark.skipif(sys.platform == "linux", reason="where level namespaces cannot be had")
def test_elsewhere_it_says_that_the_level_needs_linux() -> None:
    done = snakepen("doctor")
    assert done.returncode == 1
    assert "needs Linux" in done.stdout
    assert examined()["level"] is None
