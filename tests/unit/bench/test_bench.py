"""The whole benchmark, small: that it measures every way, and leaves nothing behind. No test looks at a time."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from tests.support.client import ROOT
from tests.support.servers import WITHOUT_ISOLATION, clean_env

SMALL = ("--seconds", "0.2", "--rounds", "1", "--only", "hello", "--clients", "1")
COMMAND = (sys.executable, "-m", "bench", f"--serve-arguments={' '.join(WITHOUT_ISOLATION)}")

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="the benchmark runs on Linux and macOS"),
]


def left_behind() -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob("snakepen-bench-*"))


@pytest.mark.parametrize("plain", [[], ["--plain", "python"]])
def test_every_way_has_its_row(plain: list[str], tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    done = subprocess.run(
        [*COMMAND, *SMALL, *plain, "--json", str(file)], cwd=ROOT, env=clean_env(), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    rows = {line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")}
    assert rows >= {"plain", "spawn", "bubblewrap", "snakepen"}
    figures = json.loads(file.read_text("utf-8"))
    measured = {cell["way"] for cell in figures["cells"]}
    assert measured | set(figures["absent"]) == {"plain", "spawn", "bubblewrap", "snakepen"}
    assert measured >= {"plain", "spawn", "snakepen"}
    assert all(cell["runs"] >= 1 for cell in figures["cells"])
    assert left_behind() == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_what_it_started(number: signal.Signals) -> None:
    process = subprocess.Popen(
        [*COMMAND, "--only", "hello"], cwd=ROOT, env=clean_env(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    try:
        while (line := process.stderr.readline()) and not line.startswith(b"round 1"):
            pass
        assert left_behind()
        os.kill(process.pid, number)
        _, rest = process.communicate(timeout=30)
    except BaseException:
        process.kill()
        process.communicate()
        raise
    assert process.returncode == 128 + number, rest.decode()
    assert rest.decode() == f"Stopped by {number.name}: nothing is left behind.\n"
    assert left_behind() == []


def test_a_server_that_does_not_start_is_told() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", *SMALL, "--serve-arguments=--no-such-option"],
        cwd=ROOT,
        env=clean_env(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "snakepen ended before it served" in done.stderr
    assert left_behind() == []
