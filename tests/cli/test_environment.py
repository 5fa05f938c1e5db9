"""`snakepen environment` and `snakepen openapi`; and how every command prints."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.cases import the_rest_long
from tests.support.client import ROOT
from tests.support.servers import SNAKEPEN, WITHOUT_ISOLATION, clean_env

from snakepen.environments.environment import find_environment
from snakepen.settings import load_settings

pytestmark = pytest.mark.slow


def snakepen(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(SNAKEPEN), *arguments], capture_output=True, text=True, env=clean_env(**env), timeout=120, check=False
    )


def test_list_says_where_the_environment_is_and_that_it_is_ready() -> None:
    done = snakepen("environment", "list")
    assert done.returncode == 0
    (row,) = [line.split() for line in done.stdout.splitlines() if " ready " in line]
    assert row[0] == "standard"
    assert Path(row[-1], "snakepen-environment.json").is_file()


@pytest.mark.long
def test_list_packages_names_each_with_its_version() -> None:
    lines = snakepen("environment", "list", "--packages").stdout.splitlines()
    assert any(line.startswith("numpy==") for line in lines)
    assert lines == sorted(lines, key=str.lower)


def test_make_is_quiet_and_quick_the_second_time() -> None:
    done = snakepen("environment", "make")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_missing_environment_is_listed_as_not_made(tmp_path: Path) -> None:
    done = snakepen("environment", "list", SNAKEPEN_DATA_DIR=str(tmp_path))
    assert "not made" in done.stdout
    done = snakepen("environment", "list", "--packages", SNAKEPEN_DATA_DIR=str(tmp_path))
    assert done.returncode == 125
    assert "snakepen environment make" in done.stderr


@pytest.mark.long
def test_without_its_wheels_it_is_not_made_and_nothing_is_left(tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    data = tmp_path / "data"
    for arguments in (
        ["environment", "make", "--wheels", str(wheels)],
        ["serve", "--port", "0", *WITHOUT_ISOLATION],
    ):
        done = snakepen(*arguments, SNAKEPEN_DATA_DIR=str(data), SNAKEPEN_ENVIRONMENT__WHEELS=str(wheels))
        assert done.returncode == 125
        assert done.stderr.splitlines()[-1].startswith("snakepen: The environment could not be made")
        assert "--wheels" in done.stderr.splitlines()[-1]
        assert not [path for path in (data / "environments").iterdir() if path.is_dir()]


@pytest.mark.long
def test_a_folder_of_wheels_that_is_not_there_is_said(tmp_path: Path) -> None:
    done = snakepen("environment", "make", "--wheels", str(tmp_path / "none"), SNAKEPEN_DATA_DIR=str(tmp_path))
    assert (done.returncode, len(done.stderr.splitlines())) == (125, 1)
    assert "does not exist" in done.stderr


def test_a_data_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    occupied = tmp_path / "a file"
    occupied.write_text("")
    done = snakepen("environment", "make", SNAKEPEN_DATA_DIR=str(occupied))
    assert done.returncode == 125
    assert "SNAKEPEN_DATA_DIR" in done.stderr.splitlines()[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="where files in use cannot be removed anyway")
@pytest.mark.parametrize(
    ("command", "sign"),
    the_rest_long([(["serve", "--port", "0"], b"serves")], [(["run", "program.py"], b"waits")]),
    ids=["serve", "run"],
)
def test_an_environment_in_use_is_not_remade(tmp_path: Path, command: list[str], sign: bytes) -> None:
    real = find_environment(load_settings().data_dir).folder
    data = tmp_path / "data"
    (data / "environments").mkdir(parents=True)
    # A link, which is not removed whatever fails here.
    (data / "environments" / real.name).symlink_to(real)
    (tmp_path / "program.py").write_text("print('waits', flush=True)\ninput()")
    with subprocess.Popen(
        [str(SNAKEPEN), command[0], *WITHOUT_ISOLATION, *command[1:]],
        cwd=tmp_path, env=clean_env(SNAKEPEN_DATA_DIR=str(data)),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        while sign not in (line := process.stdout.readline()):
            assert line
        done = snakepen("environment", "remake", SNAKEPEN_DATA_DIR=str(data))
        process.terminate()
        process.stdout.read()
    assert done.returncode == 125
    assert "is in use: end each" in done.stderr
    assert sys.platform != "linux" or f"(process {process.pid})" in done.stderr
    assert "in use" not in snakepen("environment", "remake", SNAKEPEN_DATA_DIR=str(data)).stderr


def test_openapi_prints_the_committed_document() -> None:
    done = snakepen("openapi")
    assert done.returncode == 0
    assert done.stdout == (ROOT / "contract" / "openapi.json").read_text("utf-8")
    assert json.loads(done.stdout)["openapi"].startswith("3.1")


PRINTS = [["--version"], ["--help"], ["openapi"], ["environment", "list"], ["ask", "--recipes"], ["doctor"]]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a full device")
@pytest.mark.parametrize("arguments", the_rest_long(PRINTS[:1], PRINTS[1:]), ids=" ".join)
def test_what_cannot_be_printed_is_125_and_one_sentence(arguments: list[str]) -> None:
    command = [str(SNAKEPEN), *arguments]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=clean_env(), timeout=60, check=False)
    assert done.stderr == b"snakepen: Standard output cannot be written: No space left on device.\n"
    assert done.returncode == 125


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="141 is of POSIX")
@pytest.mark.parametrize("arguments", PRINTS, ids=" ".join)
def test_who_does_not_read_on_is_told_nothing(arguments: list[str]) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    command = [str(SNAKEPEN), *arguments]
    done = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, env=clean_env(), timeout=60, check=False)
    os.close(theirs)
    assert (done.stderr, done.returncode) == (b"", 141)


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="the shell is POSIX")
@pytest.mark.parametrize("arguments", PRINTS, ids=" ".join)
def test_a_closed_output_is_as_if_nobody_listened(arguments: list[str]) -> None:
    command = ["sh", "-c", 'exec "$@" >&-', "sh", str(SNAKEPEN), *arguments]
    done = subprocess.run(command, stderr=subprocess.PIPE, env=clean_env(), timeout=60, check=False)
    assert done.stderr == b""
    assert done.returncode in ((0, 1) if arguments == ["doctor"] else (0,))


@pytest.mark.long
def test_version_and_help() -> None:
    assert snakepen("--version").stdout.startswith("snakepen ")
    for arguments in (["--help"], ["serve", "--help"], ["run", "--help"], ["environment", "--help"]):
        assert snakepen(*arguments).returncode == 0
