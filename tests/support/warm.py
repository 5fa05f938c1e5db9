"""Programs run twice: in an interpreter that has imported nothing, and in a copy of one that has a shelf."""

import contextlib
import marshal
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RUNNER = Path(__file__).parents[2] / "src" / "snakepen" / "runner"

# Runs each workspace's main.py in a fork of itself, first having imported what stands in `ahead`. It looks only after
# the program has ended, and without importing anything.
_HOST = r"""
import marshal
import os
import sys

KEEP = frozenset(sys.modules)
runner, site, ahead, *workspaces = sys.argv[1:]
sys.path.append(site)
originals = {}
if ahead:
    sys.path[0] = runner
    from shelf import Shelf

    sys.path[0] = site
    shelf = Shelf()
    with shelf.recording():
        for name in ahead.split():
            __import__(name)
    originals = dict(sys.modules)
    shelf.put_away(KEEP)
    assert set(sys.modules) == KEEP
    shelf.install()


def describe(name, module):
    attributes = object.__getattribute__(module, "__dict__") if isinstance(module, type(sys)) else {}
    spec = attributes.get("__spec__")
    known = [attributes.get(key) for key in ("__name__", "__file__", "__package__", "__loader__", "__path__")]
    parts = (spec.name, spec.origin, spec.cached, type(spec.loader), spec.submodule_search_locations) if spec else ()
    return {
        "dir": sorted(map(str, attributes)),
        "repr": [repr(part) for part in (module, type(module), spec, *known, *parts)],
        "ahead": originals.get(name) is module or module is sys.modules["__main__"],
    }


def run(workspace):
    output = os.open(workspace + "/.output", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.chdir(workspace)
    sys.path[0] = workspace
    sys.argv[:] = [workspace + "/main.py"]
    main = sys.modules["__main__"] = type(sys)("__main__")
    error = None
    with open("main.py") as file:
        code = compile(file.read(), sys.argv[0], "exec")
    try:
        exec(code, main.__dict__)
    except BaseException as raised:
        error = raised
    seen = {name: describe(name, module) for name, module in sys.modules.items() if name not in KEEP}
    if error is not None:
        sys.excepthook(type(error), error, error.__traceback__.tb_next)
    sys.stdout.flush()
    sys.stderr.flush()
    with open(".modules", "wb") as file:
        marshal.dump(seen, file, 2)


for workspace in workspaces:
    child = os.fork()
    if not child:
        status = 1
        try:
            run(workspace)
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert status == 0, workspace
"""


@dataclass(frozen=True)
class Seen:
    """What a program said, and what it left in `sys.modules`, without what was there before it."""

    output: str
    modules: dict[str, dict[str, Any]]


def run_both(
    python: Path, folder: Path, programs: Mapping[str, Mapping[str, str]], *, ahead: Sequence[str], site: Path
) -> dict[str, tuple[Seen, Seen]]:
    """By name: what each program (its files, `main.py` among them) is seen to do cold, and warm."""
    host = folder / "host.py"
    host.write_text(_HOST, "utf-8")
    with contextlib.ExitStack() as stack:
        processes = []
        for kind, names in (("cold", ()), ("warm", ahead)):
            workspaces = [folder / kind / str(number) for number in range(len(programs))]
            for workspace, files in zip(workspaces, programs.values(), strict=True):
                write_files(workspace, files)
            command = [str(python), "-B", str(host), str(RUNNER), str(site), " ".join(names), *map(str, workspaces)]
            process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
            processes.append(stack.enter_context(process))
            stack.callback(_kill, process)
        for process in processes:
            _, said = process.communicate(timeout=50)
            assert process.returncode == 0, said
    return {
        name: (_seen(folder / "cold" / str(number)), _seen(folder / "warm" / str(number)))
        for number, name in enumerate(programs)
    }


def _kill(process: subprocess.Popen[str]) -> None:
    """With the program that it runs, which may be what never ended."""
    if sys.platform != "win32" and process.returncode is None:
        os.killpg(process.pid, signal.SIGKILL)


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _seen(workspace: Path) -> Seen:
    def placeless(text: str) -> str:
        return re.sub(r" at 0x[0-9a-f]+", "", text.replace(str(workspace), "/workspace"))

    modules = marshal.loads((workspace / ".modules").read_bytes())
    for module in modules.values():
        module["repr"] = [placeless(part) for part in module["repr"]]
    return Seen(placeless((workspace / ".output").read_text("utf-8")), modules)
