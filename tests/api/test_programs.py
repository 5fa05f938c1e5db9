"""The corpus: small real programs, posted one after another, answer exactly as bare `python main.py` does.

A program is a file under tests/programs. Its first line may say what it is given, as JSON:
`# snakepen: {"stdin": "3\\n", "args": ["a"], "env": {"A": "b"}, "files": {"data.txt": "text"}}`.
"""

import base64
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.support.client import Api

from snakepen.environments.environment import find_environment
from snakepen.settings import load_settings

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="the corpus speaks POSIX")]

PROGRAMS = Path(__file__).resolve().parents[1] / "programs"
HEADER = "# snakepen: "
LEAST = 150


@dataclass(frozen=True)
class Program:
    code: str
    stdin: str
    args: list[str]
    env: dict[str, str]
    files: list[dict[str, str]]

    @classmethod
    def read(cls, path: Path) -> "Program":
        code = path.read_bytes().decode("utf-8")
        given: dict[str, Any] = {}
        if code.startswith(HEADER):
            given = json.loads(code.partition("\n")[0].removeprefix(HEADER))
        assert set(given) <= {"stdin", "args", "env", "files"}
        files = [
            {"path": name, "content_base64": content["base64"]}
            if isinstance(content, dict)
            else {"path": name, "content": content}
            for name, content in given.get("files", {}).items()
        ]
        return cls(code, given.get("stdin", ""), given.get("args", []), given.get("env", {}), files)


def corpus() -> list[Path]:
    return sorted(PROGRAMS.glob("*/*.py"))


def test_the_corpus_is_large_and_varied() -> None:
    paths = corpus()
    assert len(paths) >= LEAST
    assert len({path.read_bytes() for path in paths}) == len(paths)
    assert len({path.parent for path in paths}) >= 5


def bare(program: Program, folder: Path) -> tuple[bytes, bytes, int]:
    """What `python main.py` prints, by the environment's interpreter in a folder of its own."""
    folder = folder.resolve()
    (folder / "main.py").write_bytes(program.code.encode())
    for file in program.files:
        target = folder / file["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content_of(file))
    python = find_environment(load_settings().data_dir).python
    env = {"LANG": "C.UTF-8", "HOME": str(folder), "PATH": f"{python.parent}:/usr/local/bin:/usr/bin:/bin"}
    done = subprocess.run(
        [str(python), str(folder / "main.py"), *program.args],
        cwd=folder,
        env=env | program.env,
        input=program.stdin.encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    place = os.fsencode(folder)
    return done.stdout.replace(place, b"/workspace"), done.stderr.replace(place, b"/workspace"), done.returncode


def content_of(file: dict[str, str]) -> bytes:
    if "content" in file:
        return file["content"].encode()
    return base64.b64decode(file["content_base64"])


WHERE = """
import os
print(os.getcwd())
"""


# What is no text for an editor to keep: each CPython has its own word on it.
ODD = [
    "print(1)\0",
    "\0",
    "\ufeffprint('BOM')",
    "print('a')\r\nprint('b')\rprint('c')",
    "\f\fprint(1)\x0c",
    "# -*- coding: latin-1 -*-\nprint('é')",
]


@pytest.mark.parametrize("code", ODD, ids=repr)
def test_odd_texts_are_taken_as_bare_python_takes_them(api: Api, code: str, tmp_path: Path) -> None:
    stdout, stderr, return_code = bare(Program(code, "", [], {}, []), tmp_path)
    answer = api.run(code)
    assert answer["output"] == stdout.decode("utf-8", "replace")
    assert answer["return_code"] == return_code
    assert answer["error"].splitlines()[-1:] == stderr.decode("utf-8", "replace").splitlines()[-1:]


@pytest.mark.parametrize("path", corpus(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_it_answers_as_bare_python_does(api: Api, path: Path, tmp_path: Path) -> None:
    program = Program.read(path)
    stdout, stderr, return_code = bare(program, tmp_path)
    answer = api.run(
        program.code, stdin=program.stdin, args=program.args, env=program.env, files=program.files, timeout=60
    )
    # The folder of a plain run has another name each time; in the sandbox it is /workspace as it stands.
    root = Path(api.run(WHERE)["output"].strip()).parents[1] if "snakepen-runs" in str(answer) else None
    output, error = (unplaced(text, root, answer["id"]) for text in (answer["output"], answer["error"]))
    assert output == stdout.decode("utf-8", "replace")
    assert error == stderr.decode("utf-8", "replace")
    assert answer["return_code"] == return_code
    assert answer["status"] == "completed"


def unplaced(text: str, root: Path | None, run_id: str) -> str:
    return text.replace(str(root / run_id / "workspace"), "/workspace") if root else text
