"""Builds on disk: their key, their manifest, and two makers at once. A real uv makes real, tiny environments."""

import json
import os
import subprocess
import sys
import tarfile
import threading
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from snakepen.environments import build, environment
from snakepen.environments.build import make_environment, remove_builds
from snakepen.environments.environment import MANIFEST_NAME, Environment, Manifest, find_environment, list_builds
from snakepen.environments.uses import keep
from snakepen.errors import SetupError

pytestmark = pytest.mark.slow
LINUX = sys.platform == "linux"


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one wheel, and requirements that ask for just that."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    wheel = folder / "tiny_pen-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny_pen/__init__.py", "ANSWER = 42\n")
        archive.writestr("tiny_pen/template.py", "{{ no Python }}\n")
        archive.writestr("tiny_pen/tests/__init__.py", "")
        archive.writestr("tiny_pen-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny-pen\nVersion: 1.0\n")
        archive.writestr(
            "tiny_pen-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr("tiny_pen-1.0.dist-info/RECORD", "")
    lines = f"tiny-pen==1.0 --hash=sha256:{sha256(wheel.read_bytes()).hexdigest()}\n"
    for module in (build, environment):
        monkeypatch.setattr(module, "requirements_text", lambda name: lines)
    return folder


def make(data: Path, wheels: Path | None) -> tuple[Environment, list[str]]:
    said: list[str] = []
    return make_environment(find_environment(data), wheels=wheels, say=said.append), said


def test_an_environment_is_made_from_a_folder_of_wheels(tmp_path: Path, wheels: Path) -> None:
    assert find_environment(tmp_path).problem()
    made, said = make(tmp_path, wheels)
    assert made.problem() is None
    assert made.manifest is not None
    assert dict(made.manifest.packages) == {"tiny-pen": "1.0"}
    assert "tiny_pen" in made.manifest.modules
    assert any(str(made.folder) in line for line in said)
    code = "import tiny_pen, sys; print(tiny_pen.ANSWER, sys.prefix)"
    done = subprocess.run([made.python, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["42", str(made.folder)]
    assert find_environment(tmp_path) == made


def test_all_that_programs_import_is_compiled_but_no_tests_of_packages(tmp_path: Path, wheels: Path) -> None:
    made, _ = make(tmp_path / "tests" / "data", wheels)
    compiled = {path.relative_to(made.folder).parts[-3:] for path in made.folder.rglob("tiny_pen/**/*.pyc")}
    assert compiled == {("tiny_pen", "__pycache__", f"__init__.{sys.implementation.cache_tag}.pyc")}


def test_it_is_made_once(tmp_path: Path, wheels: Path) -> None:
    make(tmp_path, wheels)
    _, said = make(tmp_path, None)
    assert said == []


def test_two_makers_make_one(tmp_path: Path, wheels: Path) -> None:
    results: list[tuple[Environment, list[str]]] = []
    makers = [threading.Thread(target=lambda: results.append(make(tmp_path, wheels))) for _ in range(3)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert len(results) == 3
    assert len({result.folder for result, _ in results}) == 1
    assert sum(any("is ready" in line for line in said) for _, said in results) == 1


def test_a_build_that_was_cut_off_is_made_anew(tmp_path: Path, wheels: Path) -> None:
    made, _ = make(tmp_path, wheels)
    (made.folder / MANIFEST_NAME).unlink()
    (made.folder / "rubbish").write_text("x")
    assert find_environment(tmp_path).problem()
    again, _ = make(tmp_path, wheels)
    assert again.problem() is None
    assert not (again.folder / "rubbish").exists()


def test_a_wheel_that_is_not_the_locked_one_is_refused_and_nothing_is_left(tmp_path: Path, wheels: Path) -> None:
    wheel = next(wheels.iterdir())
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("tiny_pen/evil.py", "x = 1\n")
    with pytest.raises(SetupError, match="could not be made"):
        make(tmp_path, wheels)
    assert list_builds(tmp_path) == []


def test_what_would_have_to_be_built_is_refused(tmp_path: Path, wheels: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    next(wheels.iterdir()).unlink()
    source = wheels / "tiny_pen-1.0.tar.gz"
    with tarfile.open(source, "w:gz") as archive:
        setup = tmp_path / "setup.py"
        setup.write_text("raise SystemExit('code of a package ran')")
        archive.add(setup, "tiny_pen-1.0/setup.py")
    lines = f"tiny-pen==1.0 --hash=sha256:{sha256(source.read_bytes()).hexdigest()}\n"
    for module in (build, environment):
        monkeypatch.setattr(module, "requirements_text", lambda name: lines)
    with pytest.raises(SetupError, match="could not be made"):
        make(tmp_path, wheels)
    assert list_builds(tmp_path) == []


def test_another_lock_is_another_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = set()
    for text in ("a", "b"):
        monkeypatch.setattr(environment, "requirements_text", lambda name, text=text: text)
        keys.add(find_environment(tmp_path).folder)
    assert len(keys) == 2


def test_removing_removes_every_build(tmp_path: Path, wheels: Path) -> None:
    make(tmp_path, wheels)
    (tmp_path / "environments" / "standard-0000").mkdir()
    remove_builds(tmp_path, "standard")
    assert list_builds(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="where files in use cannot be removed anyway")
def test_while_one_build_is_used_none_is_removed(tmp_path: Path) -> None:
    used, other = (tmp_path / "environments" / f"standard-{key}" for key in ("0001", "0000"))
    lock = keep(used)  # as of one that is yet to be made
    used.mkdir()
    other.mkdir()
    assert lock is not None
    with pytest.raises(SetupError, match=f"{used} is in use: end each .*{os.getpid() if LINUX else ''}"):
        remove_builds(tmp_path, "standard")
    assert other.exists()
    os.close(lock)
    remove_builds(tmp_path, "standard")
    assert list_builds(tmp_path) == []


def test_a_build_that_cannot_be_removed_is_named_in_a_sentence(tmp_path: Path, wheels: Path) -> None:
    made, _ = make(tmp_path, wheels)
    lock = Path(f"{made.folder}.lock")
    lock.unlink(missing_ok=True)
    lock.mkdir()  # which even root cannot open as a file
    with pytest.raises(SetupError, match=f"{made.folder} cannot be removed"):
        remove_builds(tmp_path, made.name)
    assert made.folder.exists()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"format": 99}', '{"format": 1}', "null", '{"format": 1, "python": 3}']
)
def test_a_manifest_that_is_none_is_no_build(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST_NAME).write_text(text)
    assert Manifest.read(tmp_path) is None


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    manifest = Manifest("3.11.7", {"numpy": "2.4"}, frozenset({"numpy"}))
    (tmp_path / MANIFEST_NAME).write_text(manifest.to_json())
    assert Manifest.read(tmp_path) == manifest
    assert json.loads(manifest.to_json())["format"] == 2
