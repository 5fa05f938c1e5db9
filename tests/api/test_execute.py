"""POST /api/execute on a real server: what goes in, and what comes back."""

import base64
import json
import sys

import pytest
from tests.support.client import Api
from tests.support.waiting import MORE_AND_MORE_SECONDS

pytestmark = pytest.mark.slow

SHOW_INPUT = """
import json, os, sys
from pathlib import Path
paths = [path for path in sorted(Path().rglob("*")) if path.is_file() and path.name != "main.py"]
files = {str(path): path.read_bytes().hex() for path in paths}
print(json.dumps({
    "stdin": sys.stdin.read(), "args": sys.argv[1:], "colour": os.environ.get("COLOUR"), "files": files,
    "names": sorted(os.environ),
}))
"""


def test_the_example_of_the_contract_answers_as_written_there(api: Api) -> None:
    answer = api.run('print("Hello from Snakepen!")')
    assert list(answer)[:5] == ["success", "output", "error", "status", "return_code"]
    assert answer["success"] is True
    assert answer["output"] == "Hello from Snakepen!\n"
    assert answer["error"] == ""
    assert answer["status"] == "completed"
    assert answer["return_code"] == 0


def test_an_answer_has_every_field_of_the_contract(api: Api) -> None:
    answer = api.run("")
    assert answer["id"].startswith("run_")
    assert len(answer["id"]) >= len("run_") + 32
    assert answer["signal"] is None
    assert answer["executed"] is True
    assert 0 < answer["duration_ms"] < 30_000
    assert set(answer["usage"]) == {"cpu_ms", "peak_memory_bytes", "whole"}
    assert answer["truncated"] == {"output_bytes_dropped": 0, "error_bytes_dropped": 0, "display_dropped": 0}
    assert (answer["display"], answer["artifacts"]) == ([], [])
    assert (answer["where"], answer["environment"]) == ("sandbox", "standard")


def test_a_failing_program_is_a_success_of_ours(api: Api) -> None:
    answer = api.run("import sys\nprint('before')\nsys.exit('broken')")
    assert (answer["success"], answer["status"], answer["return_code"]) == (False, "completed", 1)
    assert (answer["output"], answer["error"]) == ("before\n", "broken\n")


def test_a_traceback_is_the_interpreters_own(api: Api) -> None:
    answer = api.run("def f():\n    return 1 / 0\n\nf()\n")
    lines = answer["error"].splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[1].endswith('main.py", line 4, in <module>')
    assert lines[-1] == "ZeroDivisionError: division by zero"
    assert "snakepen/" not in answer["error"].replace("snakepen-runs", "")


def test_everything_given_arrives(api: Api) -> None:
    answer = api.run(
        SHOW_INPUT,
        stdin="line one\nzwei é 🐍",
        args=["--flag", "two words", "", "é"],
        env={"COLOUR": "blue = sky"},
        files=[
            {"path": "data/notes.txt", "content": "first\r\nsecond"},
            {"path": "raw.bin", "content_base64": base64.b64encode(bytes(range(256))).decode()},
            {"path": "data/deep/er/ünïcode.txt", "content": ""},
        ],
    )
    seen = json.loads(answer["output"])
    assert seen["stdin"] == "line one\nzwei é 🐍"
    assert seen["args"] == ["--flag", "two words", "", "é"]
    assert seen["colour"] == "blue = sky"
    assert seen["files"] == {
        "data/notes.txt": b"first\r\nsecond".hex(),
        "raw.bin": bytes(range(256)).hex(),
        "data/deep/er/ünïcode.txt": "",
    }


@pytest.mark.skipif(sys.platform == "win32", reason="Windows needs some more")
def test_the_programs_environment_is_clean(api: Api) -> None:
    names = set(json.loads(api.run(SHOW_INPUT)["output"])["names"])
    assert names == {"LANG", "HOME", "PATH"}


def test_the_program_is_main_py_in_its_own_folder(api: Api) -> None:
    answer = api.run(
        "import os, sys\nprint(os.path.join(os.getcwd(), 'main.py') == __file__ == sys.argv[0])\nprint(__name__)"
    )
    assert answer["output"] == "True\n__main__\n"
    assert api.run("import os; print(os.environ['HOME'] == os.getcwd())")["output"] == "True\n"


def test_programs_see_their_environment_and_nothing_of_the_servers(api: Api) -> None:
    code = """
import importlib.util
for name in ("numpy", "pandas", "flask", "rich", "fastapi", "pydantic", "uvicorn", "snakepen"):
    print(name, importlib.util.find_spec(name) is not None)
"""
    assert api.run(code)["output"].splitlines() == [
        *("numpy True", "pandas True", "flask True", "rich True"),
        *("fastapi False", "pydantic False", "uvicorn False", "snakepen False"),
    ]


def test_a_pandas_program_answers_right(api: Api) -> None:
    code = """
import pandas as pd
frame = pd.DataFrame({"kind": ["a", "b", "a"], "value": [1, 2, 3]})
print(frame.groupby("kind")["value"].sum().to_dict())
"""
    answer = api.run(code, timeout=60)
    assert (answer["output"], answer["error"], answer["return_code"]) == ("{'a': 4, 'b': 2}\n", "", 0)


def test_a_matplotlib_program_saves_its_figure(api: Api) -> None:
    code = """
import matplotlib.pyplot as plt
plt.plot([1, 4, 9])
plt.title("squares")
plt.savefig("figure.png", dpi=50)
data = open("figure.png", "rb").read()
print(data[:4], int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big"))
"""
    answer = api.run(code, timeout=60)
    assert (answer["output"], answer["error"], answer["return_code"]) == ("b'\\x89PNG' 320 240\n", "", 0)


def test_output_is_decoded_with_replacement_and_whole_across_chunks(api: Api) -> None:
    code = """
import os
text = ("aé€🐍" * 20_000).encode()
for start in range(0, len(text), 4093):
    os.write(1, text[start : start + 4093])
os.write(2, b"bad \\xff\\xc3 end \\xf0\\x9f")
"""
    answer = api.run(code)
    assert answer["output"] == "aé€🐍" * 20_000
    assert answer["error"] == "bad \ufffd\ufffd end \ufffd"


def test_two_runs_share_nothing(api: Api) -> None:
    api.run("open('left.txt', 'w').write('secret')")
    assert api.run("import os; print(os.listdir())")["output"] == "['main.py']\n"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_death_by_a_signal_is_named(api: Api) -> None:
    answer = api.run("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)")
    assert (answer["status"], answer["return_code"], answer["signal"]) == ("completed", -11, "SIGSEGV")
    assert (answer["success"], answer["executed"]) == (False, True)


def test_time_that_is_up(api: Api) -> None:
    for seconds in MORE_AND_MORE_SECONDS:
        answer = api.run("print('begun', flush=True)\nwhile True: pass", timeout=seconds)
        assert answer["duration_ms"] >= seconds * 1000
        if answer["output"]:
            break
    assert (answer["status"], answer["return_code"], answer["signal"]) == ("timeout", -9, "SIGKILL")
    assert (answer["success"], answer["output"], answer["error"]) == (False, "begun\n", "")


def test_too_much_output(api: Api) -> None:
    answer = api.run("print('x' * 5000)", limits={"output_bytes": 1000})
    assert (answer["status"], answer["return_code"]) == ("output_limit", -9)
    assert answer["output"] == "x" * 1000
    assert answer["truncated"] == {"output_bytes_dropped": 4001, "error_bytes_dropped": 0, "display_dropped": 0}


def test_a_limit_can_be_raised_to_its_maximum(api: Api) -> None:
    answer = api.run("print('x' * 3_000_000, end='')", limits={"output_bytes": 64 * 1024 * 1024})
    assert (answer["status"], len(answer["output"])) == ("completed", 3_000_000)


def test_the_largest_answer_is_whole(api: Api) -> None:
    mib = 1024 * 1024
    code = "import sys\nfor out in (sys.stdout, sys.stderr): out.write('\\0\\n\"é🐍' * (2 * 1024 * 1024))"
    answer = api.run(code, timeout=60, limits={"output_bytes": 64 * mib})
    text = '\0\n"é🐍' * (2 * mib)
    assert (answer["output"] == text, answer["error"] == text) == (True, True)


@pytest.mark.parametrize("name", ["python", "python3", "py"])
def test_the_language_has_three_names(api: Api, name: str) -> None:
    assert api.run("print(1)", language=name)["output"] == "1\n"


def test_defaults_may_be_said_aloud(api: Api) -> None:
    answer = api.run(
        "print(1)",
        stdin="", args=[], env={}, files=[], timeout=10, limits={}, dependencies=[], network=False, session=None,
        display=False,
    )  # fmt: skip
    assert answer["output"] == "1\n"


def test_the_largest_request_is_taken(api: Api) -> None:
    mib = 1024 * 1024
    files = [{"path": "big.txt", "content": "f" * (10 * mib)}]
    code = "import sys, os\nprint(len(sys.stdin.read()), os.path.getsize('big.txt'))\n"
    answer = api.run(code + "#" * (mib - len(code)), stdin="s" * (10 * mib), files=files)
    assert answer["output"] == f"{10 * mib} {10 * mib}\n"


def test_health_says_what_one_needs_to_know(api: Api) -> None:
    response = api.send("GET", "/api/execute")
    health = response.json()
    assert response.status_code == 200
    assert (health["status"], health["message"]) == ("ok", "Snakepen execution service running")
    assert (health["platform"], health["languages"]) == (sys.platform, ["python"])
    assert health["python"] == api.run("import platform; print(platform.python_version(), end='')")["output"]
    isolation = health["isolation"]
    assert isolation["level"] == ("namespaces" if sys.platform == "linux" else "none")
    assert isolation["layers"]["time"] == "on"
    assert isolation["layers"]["filesystem"] == ("on" if sys.platform == "linux" else "off")
    assert set(health["capacity"]) == {"running", "queued", "free"}
    assert health["limits"]["timeout"] == {"default": 10, "maximum": 60}
    assert health["limits"]["cpu_seconds"] == {"default": 10, "maximum": 60}
    assert health["limits"]["memory_bytes"] == {"default": 512 * 1024**2, "maximum": 4 * 1024**3}


def test_the_environment_lists_what_programs_can_import(api: Api) -> None:
    listed = api.send("GET", "/api/environment").json()
    versions = {package["name"].lower(): package["version"] for package in listed["packages"]}
    assert listed["name"] == "standard"
    assert {"numpy", "pandas", "matplotlib", "scipy", "sympy", "pillow", "flask", "requests"} <= set(versions)
    assert {"beautifulsoup4", "networkx", "openpyxl", "rich"} <= set(versions)
    code = "import importlib.metadata as m; print(m.version('numpy'), m.version('flask'), end='')"
    assert api.run(code)["output"] == f"{versions['numpy']} {versions['flask']}"


def test_the_front_door_leads_to_the_page(api: Api) -> None:
    response = api.send("GET", "/")
    assert (response.status_code, response.headers["location"]) == (307, "/ide")
