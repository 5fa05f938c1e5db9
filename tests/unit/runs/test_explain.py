"""The explainer against parsers that misbehave: it takes nothing from them but a closed set, and never waits long."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from snakepen.runner import outline
from snakepen.runs import explain
from snakepen.runs.explain import Explainer

pytestmark = pytest.mark.slow

SECONDS = 60.0
"""For parsers that are to be waited for, on any machine."""

PARSERS = {
    "says nothing": "",
    "says rubbish": "print('rubbish')",
    "says a list": "print('[]')",
    "says half": "print('{\"valid\": true')",
    "says too much": "import sys\nwhile True: sys.stdout.write('x' * 100000)",
    "adds a field": "import json; print(json.dumps({**OUTLINE, 'more': 1}))",
    "names of another type": "import json; print(json.dumps({**OUTLINE, 'functions': [1]}))",
    "a name too long": "import json; print(json.dumps({**OUTLINE, 'functions': ['x' * 1000]}))",
    "too many names": "import json; print(json.dumps({**OUTLINE, 'functions': ['x'] * 1000}))",
    "crashes": "import os; os.abort()",
    "hangs": "import time; time.sleep(600)",
    "hangs with a child": "import os, time; os.fork(); time.sleep(600)",
}


@pytest.mark.skipif(sys.platform == "win32", reason="one of them forks")
@pytest.mark.parametrize("behaviour", PARSERS.values(), ids=PARSERS.keys())
async def test_a_parser_that_misbehaves_is_replaced_by_the_scan(tmp_path: Path, behaviour: str) -> None:
    parser = tmp_path / "parser.py"
    parser.write_text(f"OUTLINE = {outline.empty() | {'valid': True}!r}\n{behaviour}\n")
    explainer = Explainer(lambda: frozenset(), parser=parser)
    try:
        preview = await explainer.explain("import os\ndef f(): ...")
    finally:
        await explainer.close()
    assert preview.valid is None
    assert [item.name for item in preview.imports] == ["os"]
    assert preview.functions == ["f"]


async def test_a_parser_that_behaves_is_believed(tmp_path: Path) -> None:
    parser = tmp_path / "parser.py"
    said = outline.empty() | {"valid": True, "functions": ["told"]}
    parser.write_text(f"import json\nprint(json.dumps({said!r}))")
    explainer = Explainer(lambda: frozenset(), parser=parser, parse_seconds=SECONDS)
    preview = await explainer.explain("")
    await explainer.close()
    assert (preview.valid, preview.functions) == (True, ["told"])


async def test_time_that_is_up_before_a_parser_is_free_gives_the_scan() -> None:
    explainer = Explainer(lambda: frozenset(), parse_seconds=0.0)
    for _ in range(explain.PARSERS):
        await explainer._free.acquire()  # else one may be quicker than nothing
    assert (await explainer.explain("x = 1")).valid is None
    await explainer.close()


async def test_more_than_so_many_at_once_are_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explain, "MAX_UNDER_WAY", 2)
    explainer = Explainer(lambda: frozenset(), parse_seconds=SECONDS)
    answers = await asyncio.gather(*(explainer.explain("x = 1") for _ in range(3)), return_exceptions=True)
    assert [type(answer).__name__ for answer in answers] == ["Preview", "Preview", "Busy"]
    assert (await explainer.explain("x = 1")).valid is not None
    await explainer.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="macOS does not hold RLIMIT_AS")
def test_the_parser_limits_itself_before_it_reads() -> None:
    code = f"""
import runpy, resource
outline = runpy.run_path({os.fspath(outline.__file__)!r})
outline["_limit_myself"]()
print(resource.getrlimit(resource.RLIMIT_CPU), resource.getrlimit(resource.RLIMIT_AS)[0] <= 1 << 30)
"""
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "(2, 2) True\n"
