"""Promises about the sources that no linter knows: sizes, docstrings, broad handlers, versions, addresses.

Prints each broken promise and ends with 1; prints one line and ends with 0 when all hold.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "snakepen"

MAX_MODULE_LINES = 600
EXPLAINED_MODULE_LINES = 400  # above this the module's docstring has to say why, with these words
EXPLANATION = "longer than our modules are"
MAX_FUNCTION_LINES = 60
MAX_SUPPRESSIONS_PER_1000_LINES = 6

# The edges of a process, where whatever goes wrong has to be caught; nowhere else.
BROAD_HANDLERS = {
    "codegen/pydantic_ai_model.py": 1,  # what three libraries raise at what a stranger's server says
    "runs/local.py": 1,  # a run
    "runs/artifacts.py": 1,  # what a run has left
    "runs/child_posix.py": 1,  # a thread that starts a process
    "sandbox/zygote.py": 1,  # a runner, which must never go back into its zygote
    "sandbox/rehearsal.py": 1,  # our own program, for which no zygote shall fail
    "runner/execute.py": 5,  # the program; what a late signal makes of it; its figures; its excepthook; its stderr
    "runner/bootstrap.py": 4,  # the program; its figures; its threads; its excepthook
    "runner/bundles.py": 8,  # whatever a program's values do when they are asked what they look like
    "runner/tables.py": 2,  # the same of a value in a table
    "runner/texts.py": 1,  # the same of a value in a list
    "runner/reports.py": 1,  # its stderr
    "runner/figures.py": 2,  # whatever a figure does when it is drawn, with what lies around it and without
    "runner/display.py": 6,  # no Python, or a warning that is an error; figures at the end, before input; streams
    "runner/ending.py": 4,  # what the program has left to be called; its streams, whether they are closed; its hook
}

PACKAGE_ADDRESS = re.compile(r"https?://[^\s\"']+(?:\.whl|\.tar\.gz|\.tgz|/simple)\b")


def main() -> int:
    problems = [*sizes(), *handlers(), *suppressions(), *versions(), *addresses()]
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print("The repository keeps its promises.")
    return bool(problems)


def modules() -> Iterator[tuple[str, str, ast.Module]]:
    for path in sorted(SOURCES.rglob("*.py")):
        text = path.read_text("utf-8")
        yield path.relative_to(SOURCES).as_posix(), text, ast.parse(text)


def sizes() -> Iterator[str]:
    for name, text, tree in modules():
        docstring = ast.get_docstring(tree)
        lines = text.count("\n")
        if not docstring:
            yield f"{name}: has no docstring that says what it owns"
        if lines > MAX_MODULE_LINES:
            yield f"{name}: {lines} lines; the most is {MAX_MODULE_LINES}: split it"
        elif lines > EXPLAINED_MODULE_LINES and EXPLANATION not in (docstring or ""):
            yield f"{name}: {lines} lines; say in its docstring why it is {EXPLANATION}, or split it"
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MAX_FUNCTION_LINES:
                    yield f"{name}:{node.lineno}: {node.name} has {length} lines; the most is {MAX_FUNCTION_LINES}"


def handlers() -> Iterator[str]:
    for name, _, tree in modules():
        broad = [
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.ExceptHandler)
            and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))
            )
            and not (node.body and isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
        ]
        if len(broad) != BROAD_HANDLERS.get(name, 0):
            yield f"{name}: catches everything on lines {broad}; {BROAD_HANDLERS.get(name, 0)} such handlers are listed"


def suppressions() -> Iterator[str]:
    texts = [text for _, text, _ in modules()]
    count = sum(len(re.findall(r"#\s*(?:noqa|type: ignore)", text)) for text in texts)
    lines = sum(text.count("\n") for text in texts)
    if count * 1000 > lines * MAX_SUPPRESSIONS_PER_1000_LINES:
        yield f"{count} suppressions in {lines} lines; the most is {MAX_SUPPRESSIONS_PER_1000_LINES} in 1000"
    for name, text, _ in modules():
        for number, line in enumerate(text.splitlines(), start=1):
            if re.search(r"#\s*(?:noqa(?!:)|type: ignore(?!\[))", line):
                yield f"{name}:{number}: a suppression without its code"
            elif re.search(r"#\s*(?:noqa|type: ignore)", line) and not re.search(
                r"(?:--|  #) \S", line.split("#", 1)[1]
            ):
                yield f"{name}:{number}: a suppression without its reason"


def versions() -> Iterator[str]:
    version = re.search(r'__version__ = "([^"]+)"', (SOURCES / "__init__.py").read_text("utf-8"))
    newest = re.search(r"^## \[?([^\]\s]+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    if not version or not newest or newest.group(1) not in ("Unreleased", version.group(1)):
        yield "CHANGELOG.md: its newest entry is neither Unreleased nor the version in __init__.py"


def addresses() -> Iterator[str]:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, tracked.decode().split("\0")):
        path = ROOT / name
        if name == "uv.lock":
            yield "uv.lock: records where packages were downloaded from; the locks are in requirements/"
        if path.is_file() and (found := PACKAGE_ADDRESS.search(path.read_bytes().decode("utf-8", "replace"))):
            yield f"{name}: holds the address of a package: {found.group()}"


if __name__ == "__main__":
    sys.exit(main())
