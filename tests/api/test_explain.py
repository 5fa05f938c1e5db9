"""POST /api/explain: what can be said of a program without running it, whatever the program."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from tests.support.client import Api

from snakepen.limits import MAX_PARSED_BYTES

pytestmark = pytest.mark.slow

MIB = 1024 * 1024
SECONDS = 60


@pytest.fixture
def explain(api: Api) -> Callable[[str], Any]:
    """Asked again when the time for it was up, as happens on a busy machine, if it is short enough to be parsed."""

    def explained(code: str) -> Any:
        deadline = monotonic() + SECONDS
        while True:
            response = api.post({"code": code}, "/api/explain")
            assert response.status_code == 200, response.text
            preview = response.json()
            if preview["valid"] is not None or len(code) > MAX_PARSED_BYTES or monotonic() > deadline:
                return preview

    return explained


def test_a_program_is_explained(explain: Any) -> None:
    preview = explain(
        """
import numpy as np, os.path
from pandas import DataFrame
from . import sibling
import nowhere_to_be_found

class Animal:
    def speak(self): ...

async def fetch(): ...

name = input("Name? ")
"""
    )
    assert preview["valid"] is True
    assert preview["syntax_error"] is None
    assert preview["imports"] == [
        {"name": "numpy", "available": True},
        {"name": "os", "available": True},
        {"name": "pandas", "available": True},
        {"name": "nowhere_to_be_found", "available": False},
    ]
    assert preview["classes"] == ["Animal"]
    assert sorted(preview["functions"]) == ["fetch", "speak"]
    assert preview["reads_input"] is True
    assert any("nowhere_to_be_found" in sentence for sentence in preview["summary"])


FLAGS = ("reads_input", "writes_files", "opens_network", "starts_server", "draws_plots", "runs_long")


@pytest.mark.parametrize(
    ("code", "flags"),
    [
        ("print('hello')", set()),
        ("print('input(')\n# open('x', 'w')", set()),
        ("import sys\nfor line in sys.stdin: print(line)", {"reads_input"}),
        ("from getpass import getpass\ngetpass()", {"reads_input"}),
        ("open('a.txt', 'w').write('x')", {"writes_files"}),
        ("open('a.txt', mode='ab')", {"writes_files"}),
        ("open('a.txt').read()", set()),
        ("from pathlib import Path\nPath('a').write_text('x')", {"writes_files"}),
        ("import requests", {"opens_network"}),
        ("import urllib.request", {"opens_network"}),
        ("from flask import Flask", {"starts_server"}),
        ("import http.server", {"starts_server"}),
        ("from http import server", {"starts_server"}),
        ("import matplotlib.pyplot as plt\nplt.savefig('a.png')", {"draws_plots", "writes_files"}),
        ("while True:\n    pass", {"runs_long"}),
        ("while True:\n    if input(): break", {"reads_input"}),
        ("import time\ntime.sleep(3600)", {"runs_long"}),
        ("for i in range(10**9): pass", {"runs_long"}),
        ("for i in range(10): pass", set()),
    ],
)
def test_what_a_program_does_is_seen(explain: Any, code: str, flags: set[str]) -> None:
    preview = explain(code)
    assert preview["valid"] is True
    assert {flag for flag in FLAGS if preview[flag]} == flags


def test_nothing_of_the_program_runs(explain: Any, tmp_path: Path) -> None:
    code = f"open({str(tmp_path / 'ran')!r}, 'w')\nclass A(metaclass=print('ran')): pass"
    assert explain(code)["writes_files"] is True
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "line", "part"),
    [
        ("def f(:\n    pass", 1, "invalid syntax"),
        ("x = 1\n  y = 2", 2, "indent"),
        ("print('a", 1, "unterminated"),
        ("if True:\n\tx\n        y", 3, "inconsistent"),
        ("x = 1\nreturn x", 2, "outside function"),
        ("a\0b", None, "null bytes"),
        ("# -*- coding: nonsense -*-\nx", None, "nonsense"),
    ],
    ids=["syntax", "indentation", "string", "tabs", "return", "NUL", "coding"],
)
def test_what_is_not_python_is_said_to_be_none(explain: Any, code: str, line: int | None, part: str) -> None:
    preview = explain(code)
    assert preview["valid"] is False
    assert part in preview["syntax_error"]["message"]
    if line is not None:
        assert preview["syntax_error"]["line"] == line
    assert preview["summary"][0].startswith("It is not valid Python")


@pytest.mark.parametrize("code", ["\ufeffprint(1)", "# -*- coding: latin-1 -*-\nprint('é')", "print(1)\r\nprint(2)\r"])
def test_what_a_file_may_begin_with_is_valid(explain: Any, code: str) -> None:
    assert explain(code)["valid"] is True


def test_a_broken_program_still_says_what_its_lines_show(explain: Any) -> None:
    preview = explain("import numpy, os\nclass A:\n    def f(self):\nname = input(\n")
    assert preview["valid"] is False
    assert [item["name"] for item in preview["imports"]] == ["numpy", "os"]
    assert (preview["classes"], preview["functions"], preview["reads_input"]) == (["A"], ["f"], True)


HOSTILE = {
    "deep parentheses": "(" * 60_000,
    "deep lists": "x = " + "[" * 30_000 + "]" * 30_000,
    "many minuses": "-" * 60_000 + "1",
    "many attributes": "a" + ".b" * 30_000,
    "many additions": "1" + "+1" * 30_000,
    "a huge name": "a" * 60_000,
    "many names": "\n".join(f"def f{n}(): ..." for n in range(4000)),
    "many imports": "\n".join(f"import m{n}" for n in range(5000)),
    "a constant to fold": "x = 9**9**9**9",
    "strings to fold": "x = 'a' * 10**9 * 10**9",
    "a megabyte of lines": "x = 1\n" * (MIB // 6),
    "a megabyte of parentheses": "(" * MIB,
    "a megabyte of spaces": " " * MIB,
    "a megabyte of imports": "import a, b\n" * (MIB // 12),
    "a megabyte of open calls": "open(" * (MIB // 5),
    "a megabyte of one import": "import " + "a, " * (MIB // 3 - 10) + "b",
    "a megabyte of defs": "def " * (MIB // 4),
    "a megabyte of emoji": "🐍" * (MIB // 4),
}


@pytest.mark.parametrize("code", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_program_is_answered_briefly(api: Api, code: str) -> None:
    response = api.post({"code": code}, "/api/explain")
    assert response.status_code == 200
    assert len(response.content) < 64 * 1024


def test_beyond_64_kib_the_lines_are_read_and_nothing_is_parsed(explain: Any) -> None:
    preview = explain("import numpy\ndef f(): ...\nx = input()\n" + "# filler\n" * 10_000)
    assert preview["valid"] is None
    assert preview["summary"][0].startswith("It was not parsed")
    assert preview["imports"] == [{"name": "numpy", "available": True}]
    assert (preview["functions"], preview["reads_input"]) == (["f"], True)


def test_an_empty_program_is_explained(explain: Any) -> None:
    preview = explain("")
    assert (preview["valid"], preview["imports"]) == (True, [])
    assert preview["summary"]


def test_warnings_of_the_parser_reach_nobody(explain: Any) -> None:
    assert explain(r"x = '\d'; y = 1 is 1")["valid"] is True


@pytest.mark.parametrize("body", [{}, {"code": 1}, {"code": "", "language": "python"}])
def test_a_wrong_request_is_422(api: Api, body: object) -> None:
    response = api.post(body, "/api/explain")
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")
