"""What `python main.py` does: the measure of what a run answers."""

import base64
import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from snakepen.environments.environment import find_environment
from snakepen.settings import load_settings

HEADER = "# snakepen: "


@dataclass(frozen=True)
class Program:
    code: str | bytes
    stdin: str | bytes = ""
    args: list[str] = field(default_factory=list)
    env: dict[str, str] = field(default_factory=dict)
    files: list[dict[str, str]] = field(default_factory=list)

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


def bare(program: Program, folder: Path) -> tuple[bytes, bytes, int]:
    """What `python main.py` prints, by the environment's interpreter in a folder of its own."""
    folder = folder.resolve()
    (folder / "main.py").write_bytes(as_bytes(program.code))
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
        input=as_bytes(program.stdin),
        capture_output=True,
        timeout=60,
        check=False,
    )
    place = os.fsencode(folder)
    return done.stdout.replace(place, b"/workspace"), done.stderr.replace(place, b"/workspace"), done.returncode


def as_bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def content_of(file: dict[str, str]) -> bytes:
    if "content" in file:
        return file["content"].encode()
    return base64.b64decode(file["content_base64"])
