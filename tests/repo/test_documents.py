"""The documents tell the truth: what exists is described, what is described exists, what is shown happens."""

import ast
import json
import re
import shlex
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pytest
import typer.main
from pydantic import BaseModel
from tests.support.client import ROOT, Api, document

from snakepen import limits
from snakepen.api import live
from snakepen.api.app import GRACE_SECONDS
from snakepen.cli.main import app
from snakepen.codegen import repair
from snakepen.errors import Refusal
from snakepen.runner import display, room
from snakepen.settings import AdmissionSettings, LimitSetting, MaximumSetting, Settings
from snakepen.variables import TOLD_TO_TESTS, variables_of
from snakepen.wire.generate import (
    DoneEvent,
    DraftProblem,
    GenerateRequest,
    ModelInfo,
    RecipeInfo,
    SourceEvent,
    TokenUsage,
)
from snakepen.wire.run import RunLimit, RunRequest, RunResult, RunStatus, SkipReason

GENERATE = [
    *GenerateRequest.model_fields,
    *SourceEvent.model_fields,
    *DoneEvent.model_fields,
    *DraftProblem.model_fields,
    *get_args(DraftProblem.model_fields["kind"].annotation),
    *TokenUsage.model_fields,
    *ModelInfo.model_fields,
    *RecipeInfo.model_fields,
]
HOSTILE_SUITE = "docs/explanation/hostile-suite.md"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("contract/*.md")])


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def settings_of(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        is_group = isinstance(kind, type) and issubclass(kind, BaseModel)
        if is_group and kind not in (LimitSetting, MaximumSetting):
            assert isinstance(kind, type)
            yield from settings_of(kind, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


def test_every_setting_has_its_heading_and_every_heading_its_setting() -> None:
    headings = re.findall(r"^## (\S+)$", text("docs/reference/settings.md"), re.MULTILINE)
    assert headings == list(settings_of(Settings))


def commands(group: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command


def test_every_command_and_option_is_described() -> None:
    page = text("docs/reference/command-line.md")
    sections = dict(re.findall(r"^## (snakepen [a-z ]+)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    found = dict(commands(typer.main.get_command(app), "snakepen"))
    assert set(sections) == set(found)
    for name, command in found.items():
        options = {
            opt for param in command.params for opt in (*param.opts, *param.secondary_opts) if opt.startswith("--")
        } - {"--help"}
        described = set(re.findall(r"`(--[a-z-]+)`", "\n".join(re.findall(r"^\|.*", sections[name], re.MULTILINE))))
        assert described >= options, name
        assert described - options <= {"--isolation"}, name  # named in the text of another option


def test_every_field_status_code_and_route_is_described() -> None:
    page = text("docs/reference/http.md")
    schemas = document()["components"]["schemas"]
    tags = [
        tag
        for union in ("Event", "ClientMessage", "GenerateEvent")
        for tag in schemas[union]["discriminator"]["mapping"]
    ]
    for name in [
        *RunRequest.model_fields,
        *RunResult.model_fields,
        *RunStatus,
        *RunLimit,
        *SkipReason,
        *tags,
        *GENERATE,
    ]:
        assert f"`{name}`" in page, name
    for refusal in Refusal.__subclasses__():
        assert f"| {refusal.http_status} | `{refusal.code}` |" in page
    for path, methods in document()["paths"].items():
        for method in methods:
            assert f"## {method.upper()} {path}" in page


def test_the_limits_are_those_of_the_code() -> None:
    shown = limits.RANGES
    units = {"s": 1, "": 1, "KiB": limits.KIB, "MiB": limits.MIB, "GiB": limits.GIB}
    for name in ("docs/reference/http.md", "SPECIFICATION.md"):
        rows = re.findall(r"^\| `(\w+)`[^|]*\| ([^|]+) \| (\d+) ?(\w*) \|", text(name), re.MULTILINE)
        assert {row[0] for row in rows} >= set(shown), name
        for limit, default, maximum, unit in rows:
            assert int(maximum) * units[unit] == shown[limit].maximum, (name, limit)
            if default != "the timeout":
                number, _, unit = default.partition(" ")
                assert int(number) * units[unit] == shown[limit].default, (name, limit)


def test_the_numbers_of_requests_are_those_of_the_code() -> None:
    page = text("SPECIFICATION.md")
    for row in (
        f"| body | {limits.MAX_BODY_BYTES // limits.MIB} MiB |",
        f"| body that is not inside strings | {limits.MAX_JSON_STRUCTURE_BYTES // limits.KIB} KiB |",
        f"| head | {limits.MAX_HEAD_BYTES // limits.KIB} KiB |",
        f"| requests of one connection that wait for the answer to an earlier one | {limits.MAX_PIPELINED} |",
        f"| head arrives within | {limits.HEAD_SECONDS:g} s |",
        f"| body arrives within | {limits.BODY_SECONDS:g} s |",
        f"| a refused body is read on for | {limits.LINGER_SECONDS:g} s |",
        f"after | {limits.PATIENCE.heartbeat_seconds:g} s |",
        f"after | {limits.PATIENCE.stalled_seconds:g} s |",
        f"after | {limits.PATIENCE.unused_seconds:g} s |",
        f"| input that waits for a program, of one run | {limits.MAX_WAITING_INPUT_BYTES // limits.MIB} MiB |",
        f"| pings and pongs of a client between two pings of the server's, 20 s | {limits.MAX_CONTROL_FRAMES:,} |",
        f"| WebSockets at once | {limits.MAX_LIVE_CONNECTIONS} |",
        f"| an answer of over a million characters is dropped after | {limits.PATIENCE.download_seconds:g} s, "
        f"and 1 s more for each {limits.PATIENCE.download_bytes_per_second / limits.KIB:g} KiB that it holds |",
        f"that are being taken hold, all together | {limits.MAX_LEAVING_BYTES // limits.MIB} MiB, ",
        f"| sent at once | {limits.MAX_DOWNLOADS} files |",
        f"| a fetch is dropped after | {limits.PATIENCE.download_seconds:g} s, and 1 s more for each "
        f"{limits.PATIENCE.download_bytes_per_second / limits.KIB:g} KiB |",
        f"| a WebSocket message | {limits.MAX_BODY_BYTES // limits.MIB} MiB, {limits.MAX_FRAGMENTS:,} fragments |",
        f"| nothing in or out for | {limits.TERMINAL.idle_seconds / 60:g} min |",
        f"| the whole session | {limits.TERMINAL.whole_seconds / 60:g} min |",
        f"| a maximum can be set to | {limits.WALL_SECONDS.most // (24 * 3600)} days, "
        f"{limits.MEMORY_BYTES.most // 1024**5} PiB, {limits.PROCESSES.most:,} processes, "
        f"{limits.OPEN_FILES.most:,} open files at most |",
        f"| `code` | {limits.MAX_CODE_BYTES // limits.MIB} MiB |",
        f"| `stdin` | {limits.MAX_STDIN_BYTES // limits.MIB} MiB |",
        f"| a file | {limits.MAX_FILE_BYTES // limits.MIB} MiB |",
        f"| files | {limits.MAX_FILES} |",
        f"| a file's path, a name in it, its parts | {limits.MAX_FILE_PATH_BYTES:,} bytes, "
        f"{limits.MAX_FILE_NAME_BYTES} bytes, {limits.MAX_FILE_DEPTH} |",
        f"| one argument or variable | {(limits.MAX_ARGUMENT_BYTES + 1) // limits.KIB} KiB |",
        f"| arguments and variables together | {limits.MAX_ARGUMENTS_AND_ENVIRONMENT_BYTES // limits.KIB} KiB |",
        f"| arguments, and variables | {limits.MAX_ARGUMENTS} each |",
        f"| things of one run | {room.MOST} |",
        f"| one thing, in all its media types | {limits.MAX_SHOWN_BYTES // limits.MIB} MiB |",
        f"| all things of one run | {room.MOST_ALL_BYTES // limits.MIB} MiB |",
        f"| {room.MOST_UPDATES:,} and {room.MOST_UPDATE_BYTES // limits.MIB} MiB |",
        f"| `prompt` | {limits.MAX_PROMPT_CHARACTERS:,} characters |",
        f"| `code`, of a request and of an answer | {limits.MAX_DRAFT_CHARACTERS:,} characters |",
        f"| `problem.error`, `problem.output`, `problem.input` | {limits.MAX_PROBLEM_CHARACTERS:,} characters each |",
        f"| `history` | {limits.MAX_HISTORY} |",
        f"| `model` | {limits.MAX_MODEL_NAME_CHARACTERS} characters |",
        f"| an answer of a model, all of it | {limits.MAX_ANSWER_CHARACTERS:,} characters |",
        f"| all that its server may send for it | {limits.MAX_ANSWER_BYTES // limits.MIB} MiB, uncompressed |",
        f"| programs that are written at once | {limits.MAX_DRAFTS} |",
        f"ends within | {limits.MODEL_PATIENCE.first_seconds:g} s, {limits.MODEL_PATIENCE.between_seconds:g} s, "
        f"{limits.MODEL_PATIENCE.whole_seconds:g} s |",
        f"| models of one server that lists them | {limits.MAX_LISTED_MODELS}, "
        f"in {limits.MAX_LISTED_BYTES // limits.MIB} MiB |",
        f"and of the output the last | {repair.OUTPUT_LINES} lines |",
        f"| tries to repair a program by `snakepen ask` | {repair.MAX_TRIES},",
        f"| source that is parsed | {limits.MAX_PARSED_BYTES // limits.KIB} KiB;",
        f"| of one run: a file, all of them | {limits.MAX_ARTIFACT_BYTES // limits.MIB} MiB, "
        f"{limits.MAX_ALL_ARTIFACTS_BYTES // limits.MIB} MiB |",
        f"| of one run: files, parts of a path | {limits.MAX_ARTIFACTS}, {limits.MAX_ARTIFACT_DEPTH} |",
        f"and once after | {limits.MAX_LOOKED_AT:,}, for {limits.COLLECTING_SECONDS:g} s |",
        f"| kept of all runs together | {limits.KEPT_ARTIFACTS_BYTES // limits.GIB} GiB (a setting) |",
        f"| kept for | {limits.KEEP_ARTIFACTS_SECONDS // 60} min (a setting) |",
        f"| programs waiting | {AdmissionSettings().queue} (a setting) |",
        f"| of one client, running and waiting | {AdmissionSettings().per_client} (a setting) |",
    ):
        assert row in page, row


@pytest.mark.skipif(sys.platform != "linux", reason="the pool is for Linux")
def test_the_seconds_of_runs_are_those_of_the_code() -> None:
    pool = import_module("snakepen.runs.pool")  # which the type checker has no names of on other systems
    page = text("SPECIFICATION.md")
    for row in (
        f"| a program that is stopped has to end by itself within | {live._STOP_SECONDS:g} s |",
        f"| runs under way when the server is asked to stop get | {GRACE_SECONDS:g} s, "
        "after a second SIGINT or SIGTERM no more |",
        f"| a run waits for a sandbox, when none can be made, for | {pool._WAIT_SECONDS:g} s |",
        f"| a run waits for the first sandbox, while nothing has failed, for | {pool._FIRST_SECONDS:g} s |",
    ):
        assert row in page, row


def test_every_variable_of_ours_that_is_used_is_known() -> None:
    known = {*dict(variables_of(Settings)), *TOLD_TO_TESTS}
    places = [ROOT / "Makefile", *ROOT.glob(".ci/*"), *ROOT.glob("scripts/*.*"), *ROOT.glob("bench/*.py"), *DOCUMENTS]
    # The log of changes tells of names that are gone.
    pages = [path.read_text("utf-8") for path in places if path.name != "CHANGELOG.md"]
    used = set(re.findall(r"\bSNAKEPEN_[A-Z_]+\b", "".join(pages)))
    read = r'os\.environ(?:\.get\(|\[)"(SNAKEPEN_\w+)"'
    told = set(re.findall(read, "".join(path.read_text("utf-8") for path in ROOT.glob("tests/**/*.py"))))
    assert not used - known
    assert told == TOLD_TO_TESTS


@pytest.mark.parametrize("name", ["SPECIFICATION.md", "ARCHITECTURE.md", "SECURITY.md", HOSTILE_SUITE])
def test_every_guard_that_is_named_exists_and_must_pass(name: str) -> None:
    """Of what is for `make thorough` alone nobody hears when it fails."""
    guards = re.findall(r"`(tests/[\w/.]+?\.py)(?:::(\w+))?`", text(name))
    assert guards
    for path, test in guards:
        source = text(path)
        assert not test or re.search(rf"^(?:async )?(?:def |class )?{test}\b", source, re.MULTILINE), f"{path}::{test}"
        assert "thorough" not in marks_of(source, test), f"{path}::{test}"


def marks_of(source: str, test: str) -> set[str]:
    """Of a test, and of all in its module; not imported, for some systems have no names for what it imports."""
    marks: list[ast.expr] = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
            marks.append(node.value)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name == test:
            marks += node.decorator_list
    return set(re.findall(r"pytest\.mark\.(\w+)", " ".join(map(ast.unparse, marks))))


def test_every_file_that_the_map_names_exists() -> None:
    sources = ROOT / "src" / "snakepen"
    for name in re.findall(r"`((?:[a-z_]+/)*[a-z_]+\.(?:py|in))`", text("ARCHITECTURE.md").replace("`main.py`", "")):
        assert (sources / name).exists() or (ROOT / name).exists(), name


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere_and_code_blocks_have_a_language(path: Path) -> None:
    page = path.read_text("utf-8")
    for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page):
        if not link.startswith("https://"):
            assert (path.parent / link).exists(), link
    fences = re.findall(r"^ *```(\w*)$", page, re.MULTILINE)
    assert len(fences) % 2 == 0
    if path.name not in ("README.md", "ARCHITECTURE.md"):  # these two draw pictures
        assert all(fences[::2])


def test_the_browser_has_all_that_shows_and_is_built_anew_when_that_changes() -> None:
    """TypeScript and the Makefile cannot read `display.PARTS`: they have lists of their own."""
    source = text("web/src/browser/display.ts")
    imported = re.findall(r'^import (\w+) from "../../../src/snakepen/runner/(\w+)\.py\?raw";$', source, re.MULTILINE)
    assert imported == [(name, name) for name in display.PARTS]
    record = re.search(r"^export const PARTS.* = \{\n(.*?)^\};", source, re.DOTALL | re.MULTILINE)
    assert record
    assert re.findall(r"\w+", record.group(1)) == [*display.PARTS]
    patterns = re.search(r"^DISPLAY := \$\(wildcard (.*)\)$", text("Makefile"), re.MULTILINE)
    assert patterns
    watched = {path for pattern in patterns.group(1).split() for path in ROOT.glob(pattern)}
    assert watched >= {ROOT / f"src/snakepen/runner/{name}.py" for name in display.PARTS}


def test_the_layers_that_are_drawn_are_those_that_are_checked() -> None:
    drawn = re.search(r"```\n(cli\n.*?)```", text("ARCHITECTURE.md"), re.DOTALL)
    listed = re.search(r"^layers = \[\n(.*?)^\]", text("pyproject.toml"), re.DOTALL | re.MULTILINE)
    assert drawn
    assert listed
    assert drawn.group(1).split("\n")[:-1] == re.findall(r'"(.*)"', listed.group(1))


@pytest.mark.skipif(sys.platform != "linux", reason="the suite is for Linux")
def test_the_page_of_the_hostile_suite_lists_each_attack_and_nothing_else() -> None:
    page = text(HOSTILE_SUITE)
    modules = {
        path.stem: import_module(f"tests.hostile.{path.stem}") for path in (ROOT / "tests/hostile").glob("test_*")
    }
    named, rows = set(), {int(row) for row in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)}
    for module, test, section in re.findall(
        r"^### `tests/hostile/(\w+)\.py::(\w+)`$(.*?)(?=^##|\Z)", page, re.DOTALL | re.MULTILINE
    ):
        named |= {test, *re.findall(r"`(test_\w+)`", section)}
        listed = re.findall(r"^\| (\d+) \| `?(.*?)`? \|", section, re.MULTILINE)
        assert listed, test
        for mark in getattr(getattr(modules[module], test), "pytestmark", ()):
            if mark.name == "parametrize" and mark.args[0] == "row":
                assert [int(row) for row, _ in listed] == [*mark.args[1]]
            elif mark.name == "parametrize" and mark.args[0] == "name":
                assert sorted(attack for _, attack in listed) == sorted(mark.args[1]), test
    wanted = [
        (1, 9),
        (17, 27),
        (32, 45),
        (56, 64),
        (67, 72),
        (78, 79),
        (81, 84),
        (86, 89),
        (94, 99),
        (111, 115),
    ]
    assert rows >= {row for first, last in wanted for row in range(first, last + 1)}
    tests = {name for module in modules.values() for name in vars(module) if name.startswith("test_")}
    assert named == tests


@pytest.mark.slow
def test_the_request_of_the_readme_answers_as_shown(api: Api) -> None:
    shown = re.search(r"\$ curl (.*?)\n(\{.*?), \.\.\.\}", text("README.md"), re.DOTALL)
    assert shown
    words = shlex.split(shown.group(1).replace("\\\n", ""))
    body = json.loads(words[words.index("-d") + 1])
    expected: dict[str, Any] = json.loads(shown.group(2) + "}")
    response = api.post(body)
    assert response.text.startswith(shown.group(2))
    assert list(response.json().items())[:5] == list(expected.items())
