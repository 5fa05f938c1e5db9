"""The wheel holds what an installation needs, and nothing else."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.support.client import ROOT
from uv import find_uv_bin

pytestmark = pytest.mark.slow


def test_the_wheel_is_whole(tmp_path: Path) -> None:
    command = [find_uv_bin(), "build", "--wheel", "--no-build-isolation", "--python", sys.executable]
    subprocess.run([*command, "--out-dir", str(tmp_path), str(ROOT)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("snakepen-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    sources = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src" / "snakepen").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert sources <= names
    assert {"snakepen/py.typed", "snakepen/environments/standard.txt"} <= names
    others = {name for name in names - sources if ".dist-info/" not in name}
    assert others == set()
    assert any(name.endswith("licenses/LICENSE") for name in names)
