"""The corpus: small real programs, posted one after another, answer exactly as bare `python main.py` does.

A program is a file under tests/programs. Its first line may say what it is given, as JSON:
`# snakepen: {"stdin": "3\\n", "args": ["a"], "env": {"A": "b"}, "files": {"data.txt": "text"}}`.
"""

import sys
from pathlib import Path

import pytest
from tests.support.bare import Program, bare
from tests.support.client import Api

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="the corpus speaks POSIX")]

PROGRAMS = Path(__file__).resolve().parents[1] / "programs"
LEAST = 150


def corpus() -> list[Path]:
    return sorted(PROGRAMS.glob("*/*.py"))


def test_the_corpus_is_large_and_varied() -> None:
    paths = corpus()
    assert len(paths) >= LEAST
    assert len({path.read_bytes() for path in paths}) == len(paths)
    assert len({path.parent for path in paths}) >= 5


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
    stdout, stderr, return_code = bare(Program(code), tmp_path)
    answer = api.run(code)
    assert answer["output"] == stdout.decode("utf-8", "replace")
    assert answer["return_code"] == return_code
    assert answer["error"].splitlines()[-1:] == stderr.decode("utf-8", "replace").splitlines()[-1:]


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=[pytest.mark.long] if path.parent.name == "packages" else []) for path in corpus()],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_it_answers_as_bare_python_does(api: Api, path: Path, tmp_path: Path) -> None:
    program = Program.read(path)
    stdout, stderr, return_code = bare(program, tmp_path)
    assert isinstance(program.code, str)
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
