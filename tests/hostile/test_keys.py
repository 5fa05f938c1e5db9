"""Keys of models: a program looks for them everywhere, and everybody else looks at what the server says and writes down.

The program never holds the whole of what it looks for, and so does not find itself. Where it is started with a key in its
environment it finds that, so that the search is known to be one.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from tests.support.client import Api
from tests.support.drafts import drafted
from tests.support.scripted_model import Raw, Refuse, Say, Script, ScriptedModel, scripted_model
from tests.support.servers import clean_env, served_process
from tests.support.waiting import wait_until

FOLDERS: Final = ["/workspace", "/tmp", "/etc", "/run", "/dev/shm", "/home", "/root", "/var", "/srv", "/opt"]

pytestmark = [pytest.mark.slow]

FIRST, SECOND = "sk-canary-", "of-the-server"
KEY: Final = FIRST + SECOND

LOOKS = f"""
import os, re, sys
wanted = {SECOND[::-1]!r}[::-1].encode()
before = {FIRST[::-1]!r}[::-1].encode()
places = []

def look(place, data):
    at = data.find(wanted)
    while at >= 0:
        if data[max(at - len(before), 0):at] == before:
            places.append(place)
        at = data.find(wanted, at + 1)

for name, value in os.environb.items():
    look('environment', name + b'=' + value)
for pid in filter(str.isdigit, os.listdir('/proc')):
    for name in ('environ', 'cmdline'):
        try:
            with open(f'/proc/{{pid}}/{{name}}', 'rb') as file:
                look(f'{{name}} of a process', file.read())
        except OSError:
            pass
regions = 0
with open('/proc/self/maps') as maps, open('/proc/self/mem', 'rb', buffering=0) as memory:
    for line in maps:
        begin, end = (int(part, 16) for part in line.split()[0].split('-'))
        if line.split()[1].startswith('r'):
            try:
                memory.seek(begin)
                look('memory', memory.read(end - begin))
                regions += 1
            except (OSError, ValueError, OverflowError):
                pass
files = 0
for top in sys.argv[1:]:
    for folder, _, names in os.walk(top):
        for name in names:
            path = os.path.join(folder, name)
            try:
                if os.path.isfile(path) and os.path.getsize(path) < 1 << 20:
                    with open(path, 'rb') as file:
                        look('a file', file.read())
                    files += 1
            except OSError:
                pass
print(sorted(set(places)), regions > 10)
"""


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedModel]:
    with scripted_model() as opened:
        yield opened


@pytest.fixture(scope="module")
def api(model: ScriptedModel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """A server with the key in its environment and in its settings file. Its log is looked through when it has ended."""
    file = tmp_path_factory.mktemp("settings") / "snakepen.toml"
    endpoint = f'[[models.endpoints]]\nname = "mine"\nurl = "{model.address}"\napi_key = "{KEY}"\n'
    file.write_text(f'[models]\nopenai_url = "{model.url}"\n\n{endpoint}', "utf-8")
    env = dict.fromkeys(("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY"), KEY)
    log = bytearray()
    with (
        served_process("--config", str(file), env=env, quiet=False, log=log, all_kinds=True) as (url, _),
        Api(url) as api,
    ):
        wait_until(lambda: api.send("GET", "/api/models").json()["default"] == "mine:tiny")
        yield api
    assert b"model_failed" in log
    assert SECOND.encode() not in log


def test_a_program_finds_no_key(api: Api, model: ScriptedModel) -> None:
    model.script = [Say("```python\nprint(1)\n```")]
    assert drafted(api, "something")[-1]["problem"] is None
    assert model.asked[-1].headers["authorization"] == f"Bearer {KEY}", "the server has none itself"
    answer = api.run(LOOKS, timeout=60, args=FOLDERS)
    assert (answer["output"], answer["error"]) == ("[] True\n", "")


def test_it_finds_one_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(LOOKS, "utf-8")
    (tmp_path / "settings.toml").write_text(KEY, "utf-8")
    command = [sys.executable, str(tmp_path / "main.py"), str(tmp_path)]
    done = subprocess.run(
        command, env=clean_env(OPENAI_API_KEY=KEY), capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "['a file', 'environ of a process', 'environment', 'memory'] True\n"


@pytest.mark.parametrize(
    "script",
    [
        [Refuse(401, body=json.dumps({"error": {"message": f"Incorrect API key provided: {KEY}"}}))],
        [Refuse(500, body=KEY)],
        [Refuse(429, {"Retry-After": "3", "X-Key": KEY}, body=KEY)],
        [Raw(f'data: {{"error": {{"message": "{KEY}"}}}}\n\n'.encode())],
        [Raw(f"data: {{{KEY}\n\n".encode())],
    ],
    ids=["401", "500", "429", "an error in the stream", "nonsense"],
)
def test_no_answer_tells_a_key_even_when_the_model_does(api: Api, model: ScriptedModel, script: Script) -> None:
    model.script = script
    for chosen in (None, "openai:gpt-6-luna"):
        events = drafted(api, "something", model=chosen)
        assert events[-1]["type"] == "refused"
        assert KEY not in json.dumps(events)
    for path in ("/api/models", "/api/execute", "/api/environment", "/api/openapi.json", "/api/recipes", "/ide"):
        assert KEY not in api.http.get(path).text
    assert KEY not in api.post({"prompt": "x", "model": "anthropic"}, "/api/generate").text
