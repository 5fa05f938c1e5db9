"""Every refusal of the contract, over a real socket, in its one shape, with a sentence that says what to do."""

import asyncio
import contextlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from tests.support.client import FIVE_FIELDS, Api
from tests.support.fake_executor import FakeExecutor, Stage
from tests.support.live import Socket
from tests.support.servers import connect, post_bytes, rest_of, served_fake, served_over, talk
from tests.support.waiting import MORE_AND_MORE_SECONDS, wait_until

from snakepen.api import body as body_module
from snakepen.api import held as held_module
from snakepen.api import server as server_module
from snakepen.runs import explain
from snakepen.runs.admission import Admission

MIB = 1024 * 1024
# It speaks of types that no caller has sent.
PYDANTICS = r"Input|Value error|valid (string|integer|number|boolean|list)|dictionary|tuple|greater|\[key\]"
JSON = {"Content-Type": "application/json"}


async def _quiet(stage: Stage) -> int:
    return 0


@pytest.fixture(scope="module")
def fake_server() -> Iterator[tuple[Api, FakeExecutor]]:
    with served_fake({"": _quiet, "pass": _quiet}) as served:
        yield served


@pytest.fixture
def fake_api(fake_server: tuple[Api, FakeExecutor]) -> Iterator[Api]:
    """A client; whatever the test sent, no program may have been asked to run."""
    client, executor = fake_server
    executor.specs.clear()
    yield client
    assert executor.specs == []
    assert executor.capacity().running == 0


def refused(response: Any, status: int, code: str, *fields: str) -> dict[str, Any]:
    """The body of a refusal, checked: status, code, the five fields, and the fields it names."""
    assert response.status_code == status, response.text
    body: dict[str, Any] = response.json()
    assert list(body)[:5] == list(FIVE_FIELDS)
    assert (body["success"], body["output"], body["status"], body["return_code"]) == (False, "", "error", None)
    assert (body["executed"], body["code"]) == (False, code)
    assert body["error"].strip()
    assert "\n" not in body["error"]
    assert "Traceback" not in response.text
    assert not re.search(PYDANTICS, response.text), response.text
    assert [detail["field"] for detail in body["details"]] == list(fields)
    assert all(detail["problem"] for detail in body["details"])
    return body


@contextmanager
def shorter(module: Any, name: str, monkeypatch: pytest.MonkeyPatch, seconds: float = 0.3) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(module, name, seconds)
        yield


# 400 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-32-le", "utf-32-be", "utf-32"])
def test_a_body_in_another_encoding_is_400(fake_api: Api, encoding: str) -> None:
    """Where half of a character is a quote, what lies outside of strings would not be counted."""
    text = '{"code": "1", "other": ["\u2200", ' + "{}, " * 100_000 + "0]}"
    response = fake_api.send("POST", "/api/execute", content=text.encode(encoding), headers=JSON)
    assert "UTF-8" in refused(response, 400, "invalid_json")["error"]


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"{",
        b"code=print(1)",
        b"[]",
        b'"code"',
        b"null",
        b"7",
        b'{"code": "a"} trailing',
        b"\xff\xfe",
        b'{"code": "\xff"}',
        b"[" * 100_000,
        b'{"code":' * 20_000,
        b'{"timeout": ' + b"1" * 10_000 + b"}",
        b"[" + b"[]," * (8 * MIB - 10) + b"1]",
        b'{"x": [' + b'"",' * (8 * MIB - 10) + b"1]}",
        b'{"args": [' + b"0," * 10_001 + b"0]}",
    ],
    ids=[
        *("empty", "cut off", "a form", "an array", "a string", "null", "a number", "trailing", "utf-16", "not utf-8"),
        *("deep array", "deep objects", "ten thousand digits", "8 million arrays", "8 million strings"),
        "ten thousand numbers",
    ],
)
def test_a_body_that_is_no_json_object_is_400(fake_api: Api, sent: bytes) -> None:
    refused(fake_api.send("POST", "/api/execute", content=sent, headers=JSON), 400, "invalid_json")


# 413 ---------------------------------------------------------------------------------------------------------------


def test_a_body_over_24_mib_is_413_before_it_is_sent(fake_server: tuple[Api, FakeExecutor]) -> None:
    head = (
        b"POST /api/execute HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    )
    status, _, body = talk(fake_server[0].url, head % (24 * MIB + 1))
    assert status == 413
    assert json.loads(body)["code"] == "too_large"


def test_a_body_of_unsaid_length_over_24_mib_is_413_before_it_is_read_whole(fake_api: Api) -> None:
    sent = 0

    def chunks() -> Iterator[bytes]:
        nonlocal sent
        yield b'"'
        for _ in range(200):
            sent += MIB
            yield b"x" * MIB

    # The answer comes after 24 MiB, and a client that sends on for a while still gets it.
    response = fake_api.send("POST", "/api/execute", content=chunks(), headers=JSON)
    refused(response, 413, "too_large")
    assert sent == 200 * MIB


def test_a_refused_body_is_read_to_its_end_for_a_while_only(fake_api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    head = b"POST /api/execute HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 500\r\n\r\n"
    with shorter(server_module, "LINGER_SECONDS", monkeypatch), connect(fake_api.url) as connection:
        connection.sendall(head)
        received = rest_of(connection)
    assert received.startswith(b"HTTP/1.1 415")


def test_who_wants_the_connection_closed_gets_a_refusal_too_and_sends_to_the_end(fake_api: Api) -> None:
    """As Python's urllib asks for it, which sends all before it reads."""
    size = 8 * MIB
    head = (
        b"POST /api/execute HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
        b"Connection: close\r\nContent-Length: %d\r\n\r\n" % size
    )
    with connect(fake_api.url) as connection:
        connection.sendall(head + b"x" * size)
        received = rest_of(connection)
    assert received.startswith(b"HTTP/1.1 415")
    assert b"\r\nconnection: close\r\n" in received.lower()


@pytest.mark.parametrize("before", [b"", b"2\r\n{}\r\n"], ids=["the first chunk", "a later one"])
def test_a_body_that_breaks_off_in_nonsense_is_400(fake_api: Api, before: bytes) -> None:
    head = (
        b"POST /api/execute HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n"
    )
    with connect(fake_api.url) as connection:
        connection.sendall(head + before + b"no number\r\n")
        received = rest_of(connection)
    assert received.startswith(b"HTTP/1.1 400")
    assert received.count(b"\r\n\r\n") == 1
    assert b'"malformed_request"' in received


def test_after_a_refusal_the_connection_serves_on(fake_api: Api) -> None:
    refused_request = (
        b"POST /api/execute HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n" + b"x" * 200_000
    )
    next_request = b"GET /api/execute HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with connect(fake_api.url) as connection:
        connection.sendall(refused_request + next_request)
        received = rest_of(connection)
    assert received.count(b"HTTP/1.1 415") == 1
    assert received.count(b"HTTP/1.1 200") == 1


@pytest.mark.parametrize(
    ("field", "request_body"),
    [
        ("code", {"code": "#" * (MIB + 1)}),
        ("code", {"code": "é" * (MIB // 2 + 1)}),
        ("stdin", {"code": "", "stdin": "x" * (10 * MIB + 1)}),
        ("files.0.content", {"code": "", "files": [{"path": "a", "content": "x" * (10 * MIB + 1)}]}),
        (
            "files.0.content_base64",
            {"code": "", "files": [{"path": "a", "content_base64": "QUJD" * (10 * MIB // 3 + 2)}]},
        ),
    ],
    ids=["code", "code in bytes", "stdin", "a file", "a base64 file"],
)
def test_a_part_over_its_limit_is_413(fake_api: Api, field: str, request_body: object) -> None:
    refused(fake_api.post(request_body), 413, "too_large", field)


def test_explain_takes_no_more_than_a_program(fake_api: Api) -> None:
    response = fake_api.post({"code": "#" * (MIB + 1)}, "/api/explain")
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


# 415 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content_type",
    [None, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp"],
)
def test_a_body_that_does_not_say_json_is_415(fake_api: Api, content_type: str | None) -> None:
    headers = {} if content_type is None else {"Content-Type": content_type}
    response = fake_api.send("POST", "/api/execute", content=b'{"code": ""}', headers=headers)
    refused(response, 415, "unsupported_media_type")


@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=utf-8", "Application/JSON"])
def test_a_body_that_says_json_in_any_spelling_is_read(
    fake_server: tuple[Api, FakeExecutor], content_type: str
) -> None:
    response = fake_server[0].send(
        "POST", "/api/execute", content=b'{"code": ""}', headers={"Content-Type": content_type}
    )
    assert response.status_code == 200


# 422 ---------------------------------------------------------------------------------------------------------------

WRONG = {
    "no code": ({}, ["code"]),
    "code is null": ({"code": None}, ["code"]),
    "code is a number": ({"code": 1}, ["code"]),
    "code is a list": ({"code": ["print(1)"]}, ["code"]),
    "unknown field": ({"code": "", "timout": 5}, ["timout"]),
    "unknown limit": ({"code": "", "limits": {"memory": 1}}, ["limits.memory"]),
    "unknown in a file": ({"code": "", "files": [{"path": "a", "content": "", "mode": 1}]}, ["files.0.mode"]),
    "language": ({"code": "", "language": "ruby"}, ["language"]),
    "language in capitals": ({"code": "", "language": "Python"}, ["language"]),
    "stdin is a number": ({"code": "", "stdin": 3}, ["stdin"]),
    "stdin is null": ({"code": "", "stdin": None}, ["stdin"]),
    "args is a string": ({"code": "", "args": "a b"}, ["args"]),
    "args holds a number": ({"code": "", "args": ["a", 1]}, ["args.1"]),
    "args and env hold numbers": ({"code": "", "args": ["a", 1, 2], "env": {"A": 1, "B": 2}}, ["args.1", "env.A"]),
    "args holds NUL": ({"code": "", "args": ["a\0b"]}, ["args.0"]),
    "args is too long": ({"code": "", "args": ["x" * 131_072]}, ["args.0"]),
    "args are too many": ({"code": "", "args": [""] * 4097}, ["args"]),
    "variables are too many": ({"code": "", "env": {str(n): "" for n in range(4097)}}, ["env"]),
    "args are too much": ({"code": "", "args": ["x" * 100_000] * 3}, ["args"]),
    "env is a list": ({"code": "", "env": [["A", "b"]]}, ["env"]),
    "env holds a number": ({"code": "", "env": {"A": 1}}, ["env.A"]),
    "env name is empty": ({"code": "", "env": {"": "x"}}, ["env"]),
    "env name has =": ({"code": "", "env": {"A=B": "x"}}, ["env"]),
    "env name has NUL": ({"code": "", "env": {"A\0": "x"}}, ["env"]),
    "env value has NUL": ({"code": "", "env": {"A": "x\0"}}, ["env.A"]),
    "PYTHONPATH": ({"code": "", "env": {"PYTHONPATH": "x"}}, ["env"]),
    "PYTHONSTARTUP": ({"code": "", "env": {"PYTHONSTARTUP": "x"}}, ["env"]),
    "pythonhome": ({"code": "", "env": {"pythonhome": "x"}}, ["env"]),
    "LD_PRELOAD": ({"code": "", "env": {"LD_PRELOAD": "x"}}, ["env"]),
    "GLIBC_TUNABLES": ({"code": "", "env": {"GLIBC_TUNABLES": "x"}}, ["env"]),
    "BASH_ENV": ({"code": "", "env": {"BASH_ENV": "x"}}, ["env"]),
    "BASH_FUNC": ({"code": "", "env": {"BASH_FUNC_ls%%": "() { :; }"}}, ["env"]),
    "DYLD_INSERT_LIBRARIES": ({"code": "", "env": {"DYLD_INSERT_LIBRARIES": "x"}}, ["env"]),
    "timeout is text": ({"code": "", "timeout": "5"}, ["timeout"]),
    "timeout is true": ({"code": "", "timeout": True}, ["timeout"]),
    "timeout is 0": ({"code": "", "timeout": 0}, ["timeout"]),
    "timeout is negative": ({"code": "", "timeout": -1}, ["timeout"]),
    "timeout is too long": ({"code": "", "timeout": 60.5}, ["timeout"]),
    "memory is a float": ({"code": "", "limits": {"memory_bytes": 1e9}}, ["limits.memory_bytes"]),
    "memory is too much": ({"code": "", "limits": {"memory_bytes": 2**40}}, ["limits.memory_bytes"]),
    "memory is too little": ({"code": "", "limits": {"memory_bytes": 1}}, ["limits.memory_bytes"]),
    "cpu is too long": ({"code": "", "limits": {"cpu_seconds": 61}}, ["limits.cpu_seconds"]),
    "processes is 0": ({"code": "", "limits": {"processes": 0}}, ["limits.processes"]),
    "processes are too many": ({"code": "", "limits": {"processes": 257}}, ["limits.processes"]),
    "output is negative": ({"code": "", "limits": {"output_bytes": -1}}, ["limits.output_bytes"]),
    "output is too much": ({"code": "", "limits": {"output_bytes": 64 * MIB + 1}}, ["limits.output_bytes"]),
    "disk is too much": ({"code": "", "limits": {"disk_bytes": 2**40}}, ["limits.disk_bytes"]),
    "open files is text": ({"code": "", "limits": {"open_files": "9"}}, ["limits.open_files"]),
    "limits is a list": ({"code": "", "limits": []}, ["limits"]),
    "files is an object": ({"code": "", "files": {"a": "b"}}, ["files"]),
    "a file without path": ({"code": "", "files": [{"content": ""}]}, ["files.0.path"]),
    "a file without content": ({"code": "", "files": [{"path": "a"}]}, ["files.0"]),
    "a file with both": ({"code": "", "files": [{"path": "a", "content": "", "content_base64": ""}]}, ["files.0"]),
    "base64 is none": ({"code": "", "files": [{"path": "a", "content_base64": "a?b="}]}, ["files.0.content_base64"]),
    "too many files": ({"code": "", "files": [{"path": f"f{n}", "content": ""} for n in range(101)]}, ["files"]),
    "files over the disk": (
        {"code": "", "files": [{"path": "a", "content": "x" * 70_000}], "limits": {"disk_bytes": 65_536}},
        ["files"],
    ),
    "session": ({"code": "", "session": "ses_1"}, ["session"]),
    "dependencies": ({"code": "", "dependencies": ["six"]}, ["dependencies"]),
    "network is text": ({"code": "", "network": "yes"}, ["network"]),
    "several": ({"code": "", "timeout": 99, "limits": {"processes": 0}, "args": ["\0"]},
                ["args.0", "timeout", "limits.processes"]),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_field_is_422_and_named(fake_api: Api, case: tuple[object, list[str]]) -> None:
    request_body, fields = case
    refused(fake_api.post(request_body), 422, "invalid_request", *fields)


LONG = "a" * 200_000


@pytest.mark.parametrize(
    "request_body",
    [
        {"code": "", "env": {LONG: "x"}},
        {"code": "", "env": {LONG: "\0"}},
        {"code": "", "env": {f"PYTHON{LONG}": "x"}},
        {"code": "", "env": {LONG: 1}},
        {"code": "", "env": {f"A{number}": "\0" for number in range(4096)}},
        {"code": "", LONG: 1},
        {"code": "", "limits": {LONG: 1}},
        {"code": "", "args": ["\0" + LONG] * 50},
        {"code": "", "files": [{"path": LONG, "content": ""}]},
        {"code": "", "files": [{"path": "a", "content": "", LONG: 1}]},
        {"code": "", "language": LONG},
        {"code": "", "session": LONG},
        {"code": "", "dependencies": [LONG]},
    ],
    ids=lambda body: next(name for name in body if name != "code")[:20],
)
def test_a_refusal_does_not_repeat_what_was_sent(fake_api: Api, request_body: object) -> None:
    response = fake_api.post(request_body)
    assert response.status_code == 422
    assert len(response.content) < 4096
    assert "a" * 81 not in response.text
    assert len(response.json()["details"]) <= 20


BAD_PATHS = [
    *(
        "",
        "/etc/passwd",
        "../up",
        "a/../b",
        "a/./b",
        "./a",
        "a//b",
        "a/",
        "..",
        ".",
        "back\\slash",
        "nul\0",
        "new\nline",
    ),
    *("del\x7f", "main.py", "main.py/inside", "n" * 256, "é" * 128, "/".join(["d" * 200] * 6), "d/" * 32 + "a"),
]


@pytest.mark.parametrize("path", BAD_PATHS, ids=repr)
def test_a_path_that_leaves_the_folder_or_is_no_name_is_422(fake_api: Api, path: str) -> None:
    body = {"code": "", "files": [{"path": path, "content": ""}]}
    refused(fake_api.post(body), 422, "invalid_request", "files.0.path")


@pytest.mark.parametrize("paths", [("a", "a"), ("a", "a/b"), ("a/b", "a"), ("a/b/c", "a/b")], ids=repr)
def test_files_that_cannot_stand_side_by_side_are_422(fake_api: Api, paths: tuple[str, str]) -> None:
    body = {"code": "", "files": [{"path": path, "content": ""} for path in paths]}
    refused(fake_api.post(body), 422, "invalid_request", "files.1.path")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_number_that_is_none_is_422(fake_api: Api, number: str) -> None:
    sent = f'{{"code": "", "timeout": {number}}}'.encode()
    refused(fake_api.send("POST", "/api/execute", content=sent, headers=JSON), 422, "invalid_request", "timeout")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        (r'{"code": "\ud800"}', "code"),
        (r'{"code": "", "stdin": "a\udfff"}', "stdin"),
        (r'{"code": "", "args": ["\ud83d"]}', "args.0"),
        (r'{"code": "", "args": ["\udcff"]}', "args.0"),
        (r'{"code": "", "env": {"A": "\ud800"}}', "env.A"),
        (r'{"code": "", "env": {"A": "\udcff"}}', "env.A"),
        (r'{"code": "", "files": [{"path": "\ud800", "content": ""}]}', "files.0.path"),
        (r'{"code": "", "files": [{"path": "a", "content": "\ud800"}]}', "files.0.content"),
        (r'{"code": "", "\ud800": 1}', "body"),
    ],
)
def test_a_lone_surrogate_is_422_wherever_it_is(fake_api: Api, sent: str, field: str) -> None:
    response = fake_api.send("POST", "/api/execute", content=sent.encode(), headers=JSON)
    refused(response, 422, "invalid_request", field)


def test_a_lone_surrogate_in_a_variables_name_is_422(fake_api: Api) -> None:
    response = fake_api.send("POST", "/api/execute", content=rb'{"code": "", "env": {"\ud800": "x"}}', headers=JSON)
    body = refused(response, 422, "invalid_request", "env")
    assert body["error"] == "env: has a name that holds a lone surrogate"


WHOLE = "must be a whole number, without quotes, point or exponent"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"code": 1}, "code: must be a string"),
        ({"stdin": None}, "stdin: must be a string"),
        ({"args": "a b"}, "args: must be a list"),
        ({"args": {"0": "a"}}, "args: must be a list"),
        ({"args": ["a", 1]}, "args.1: must be a string"),
        ({"env": []}, "env: must be an object"),
        ({"env": {"A": 1}}, "env.A: must be a string"),
        ({"files": {}}, "files: must be a list"),
        ({"files": ["a"]}, "files.0: must be an object"),
        ({"files": [{"path": "a"}]}, "files.0: give either content or content_base64"),
        ({"limits": []}, "limits: must be an object"),
        ({"limits": None}, "limits: must be an object"),
        ({"limits": {"processes": 1.0}}, f"limits.processes: {WHOLE}"),
        ({"limits": {"processes": True}}, f"limits.processes: {WHOLE}"),
        ({"limits": {"processes": "1"}}, f"limits.processes: {WHOLE}"),
        ({"limits": {"cpu_seconds": "1"}}, "limits.cpu_seconds: must be a number, without quotes"),
        ({"timeout": "5"}, "timeout: must be a number, without quotes"),
        ({"timeout": 0}, "timeout: must be more than 0"),
        ({"display": "yes"}, "display: must be true or false, without quotes"),
        ({"network": 0}, "network: must be true or false, without quotes"),
        ({"dependencies": "six"}, "dependencies: must be a list"),
        ({"session": 1}, "session: must be a string"),
        ({"language": 3}, "language: is not supported: use 'python', 'python3' or 'py'"),
    ],
)
def test_a_wrong_type_is_told_in_the_words_of_json(fake_api: Api, fields: dict[str, object], sentence: str) -> None:
    body = refused(fake_api.post({"code": "", **fields}), 422, "invalid_request", sentence.partition(":")[0])
    assert body["error"] == sentence


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ('{"code": "1", "code": "2"}', "code"),
        ('{"code": "1", "code": "1"}', "code"),
        (r'{"code": "1", "\u0063ode": "2"}', "code"),
        ('{"code": "", "env": {"A": "1", "B": "2", "A": "3"}}', "env.A"),
        ('{"code": "", "limits": {"processes": 1, "processes": 2}}', "limits.processes"),
        ('{"code": "", "files": [{"path": "a", "content": ""}, {"path": "b", "path": "c"}]}', "files.1.path"),
        ('{"code": "", "code": {"a": 1, "a": 2}, "code": ""}', "code"),
        ('{"code": "", "nothing": [[{"a": {"b": 1, "b": 2}}]]}', "nothing.0.0.a.b"),
    ],
)
def test_a_name_that_is_there_twice_is_422(fake_api: Api, sent: str, field: str) -> None:
    """Who looked at the request before us may have seen the other one."""
    response = fake_api.send("POST", "/api/execute", content=sent.encode(), headers=JSON)
    assert "is there twice" in refused(response, 422, "invalid_request", field)["error"]


@pytest.mark.parametrize("path", ["/api/explain", "/api/generate"])
def test_a_name_that_is_there_twice_is_422_elsewhere_too(fake_api: Api, path: str) -> None:
    response = fake_api.send("POST", path, content=b'{"code": "1", "prompt": "1", "code": "2"}', headers=JSON)
    assert (response.status_code, response.json()["error"]) == (422, "code: is there twice: give it once")


def test_what_was_sent_is_not_sent_back(fake_api: Api) -> None:
    response = fake_api.post({"code": "", "stdin": ["SECRET"], "timeout": "SECRET", "x" * 5000: "SECRET"})
    assert response.status_code == 422
    assert "SECRET" not in response.text
    assert len(response.text) < 2000


def test_an_unsupported_language_hears_what_is_supported(fake_api: Api) -> None:
    body = refused(fake_api.post({"code": "", "language": "ruby"}), 422, "invalid_request", "language")
    for name in ("python", "python3", "py"):
        assert f"'{name}'" in body["details"][0]["problem"]


# 403, 404, 405 -----------------------------------------------------------------------------------------------------


def test_network_is_403(fake_api: Api) -> None:
    refused(fake_api.post({"code": "", "network": True}), 403, "forbidden", "network")


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/execute/", "/api/Execute", "/api/nothing", "/api/execute/x"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_path_that_is_not_there_is_404(fake_api: Api, method: str, path: str) -> None:
    refused(fake_api.send(method, path, content=b'{"code": ""}', headers=JSON), 404, "not_found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        *((method, "/api/execute", "GET, HEAD, POST") for method in ("PUT", "DELETE", "PATCH", "OPTIONS")),
        ("POST", "/", "GET, HEAD"),
        ("GET", "/api/explain", "POST"),
        ("POST", "/api/environment", "GET, HEAD"),
    ],
)
def test_a_method_that_the_path_does_not_take_is_405(fake_api: Api, method: str, path: str, allowed: str) -> None:
    response = fake_api.http.request(method, path, content=b'{"code": ""}', headers=JSON)
    body = refused(response, 405, "method_not_allowed")
    assert response.headers["allow"] == allowed
    assert allowed in body["error"]


# 408, 431, and what is no HTTP --------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_body_that_trickles_is_408(fake_api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    head = b"POST /api/execute HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    head += b"Content-Length: 50\r\n\r\n{"
    with shorter(body_module, "BODY_SECONDS", monkeypatch):
        status, headers, body = talk(fake_api.url, head)
    assert (status, headers["connection"]) == (408, "close")
    assert json.loads(body)["code"] == "request_timeout"


@pytest.mark.slow
@pytest.mark.parametrize("sent", [b"", b"POST /api/exec", b"GET /api/execute HTTP/1.1\r\nHost: localhost\r\nX-Slow:"])
def test_a_head_that_trickles_is_408(fake_api: Api, monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    with shorter(server_module, "HEAD_SECONDS", monkeypatch):
        status, headers, body = talk(fake_api.url, sent)
    assert (status, headers["connection"]) == (408, "close")
    assert json.loads(body)["code"] == "request_timeout"


def test_a_second_head_that_trickles_is_408(fake_api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = b"GET /api/execute HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for seconds in MORE_AND_MORE_SECONDS:
        with shorter(server_module, "HEAD_SECONDS", monkeypatch, seconds), connect(fake_api.url) as connection:
            connection.sendall(whole)
            received = connection.recv(65536)
            connection.sendall(whole[:30])
            received += rest_of(connection)
        if received.startswith(b"HTTP/1.1 200"):  # the first was there in time
            break
    assert received.count(b"HTTP/1.1 200") == 1
    assert received.count(b"HTTP/1.1 408") == 1


def test_a_body_in_one_write_with_the_next_head_is_not_taken_for_a_head(fake_api: Api) -> None:
    body = b'{"code": "' + b"#" * 100_000 + b'", "language": 1}'
    head = b"POST /api/execute HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    with connect(fake_api.url) as connection:
        connection.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body + b"GET /api/exec")
        received = connection.recv(65536)
        assert received.startswith(b"HTTP/1.1 422")
        connection.sendall(b"ute HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        received += rest_of(connection)
    assert received.count(b"HTTP/1.1 200") == 1


def _while_the_first_is_answered(seconds: float, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """What comes back when the answer takes longer than a head may, and a second head has begun."""

    async def takes_a_while(stage: Stage) -> int:
        await asyncio.sleep(2 * seconds)
        return 0

    with (
        shorter(server_module, "HEAD_SECONDS", monkeypatch, seconds),
        served_fake({"slow": takes_a_while}) as (client, _),
        connect(client.url) as connection,
    ):
        connection.sendall(post_bytes(b'{"code": "slow"}') + b"GET /api/exec")
        return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.mark.slow
def test_a_second_head_that_trickles_does_not_answer_for_the_first_request(monkeypatch: pytest.MonkeyPatch) -> None:
    for seconds in MORE_AND_MORE_SECONDS:
        received = _while_the_first_is_answered(seconds, monkeypatch)
        if received.startswith(b"HTTP/1.1 200"):  # the first was there in time
            break
    assert received.startswith(b"HTTP/1.1 200")
    assert received.count(b"HTTP/1.1 408") == 1


def test_all_bodies_together_have_a_bound(fake_api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_module, "MAX_BODIES_BYTES", 100_000)
    body = b'{"code": "' + b"#" * 60_000
    head = b"POST /api/execute HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"

    def second_is_refused() -> bool:
        """When it is the second to be read: whichever that is, is refused."""
        with connect(fake_api.url) as first:
            first.sendall(head + b"Content-Length: 70000\r\n\r\n" + body)
            return fake_api.post({"code": "#" * 60_000, "language": 1}).status_code == 429

    wait_until(second_is_refused)
    wait_until(lambda: fake_api.post({"code": "#" * 60_000, "language": 1}).status_code == 422)


@pytest.mark.parametrize("parts", [1, 20], ids=["at once", "bit by bit"])
def test_a_head_without_end_is_431(fake_api: Api, parts: int) -> None:
    head = b"GET /api/execute HTTP/1.1\r\nHost: localhost\r\n" + b"X-Filler: " + b"x" * (100 * 1024)
    with connect(fake_api.url) as connection:
        size = len(head) // parts + 1
        received = b""
        try:
            for start in range(0, len(head), size):
                connection.sendall(head[start : start + size])
            connection.sendall(b"\r\n\r\n")
            while chunk := connection.recv(65536):
                received += chunk
        except ConnectionError:
            pass  # the server hung up while we still sent
    assert not received or b"HTTP/1.1 431" in received
    if parts == 1:
        assert b'"headers_too_large"' in received


@pytest.mark.parametrize("sent", [b"hello\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", b"GET / HTTP/9.9\r\n\r\n"])
def test_what_is_no_http_is_400_in_our_shape(fake_api: Api, sent: bytes) -> None:
    status, headers, body = talk(fake_api.url, sent)
    assert (status, headers["content-type"]) == (400, "application/json")
    answer = json.loads(body)
    assert (answer["code"], answer["status"], answer["executed"]) == ("malformed_request", "error", False)


@pytest.mark.parametrize("protocol", [b"h2c", b"websocket", b"anything"])
def test_a_request_that_asks_for_another_protocol_is_400_and_its_body_is_no_request(
    fake_api: Api, protocol: bytes
) -> None:
    hidden = b"GET /api/environment HTTP/1.1\r\nHost: localhost\r\n\r\n"
    head = b"POST /api/execute HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    head += b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: " + protocol + b"\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"
    with connect(fake_api.url) as connection:
        connection.sendall(head + b"Content-Length: %d\r\n\r\n" % len(hidden))
        received = connection.recv(65536)
        with contextlib.suppress(ConnectionError):
            connection.sendall(hidden)
            received += rest_of(connection)
    assert received.count(b"\r\n\r\n") == 1
    assert received.startswith(b"HTTP/1.1 400")
    assert b'"malformed_request"' in received


# 500 ---------------------------------------------------------------------------------------------------------------


class _BrokenExecutor(FakeExecutor):
    def run(self, spec: Any, *, caller: str) -> Any:
        raise RuntimeError("SECRET of the server")


def test_a_fault_of_ours_is_500_and_says_nothing_more() -> None:
    broken = _BrokenExecutor({}, Admission(running=1, queue=1, per_caller=1))
    with served_over(broken) as url, Api(url) as client:
        body = refused(client.post({"code": "pass"}), 500, "internal")
        assert client.send("GET", "/api/execute").status_code == 200
    assert "SECRET" not in json.dumps(body)
    assert "our fault" in body["error"]


# 503 ---------------------------------------------------------------------------------------------------------------


def test_when_nothing_can_run_it_is_503_with_an_explanation() -> None:
    with served_fake({}) as (client, executor):
        executor.down = "The environment 'standard' is not there."
        response = client.post({"code": "import numpy, nowhere\nname = input()\n"})
        body = refused(response, 503, "unavailable")
        assert 1 <= int(response.headers["retry-after"]) <= 60
        assert body["error"] == "The environment 'standard' is not there."
        assert body["preview"]["valid"] is True
        assert body["preview"]["reads_input"] is True
        assert body["preview"]["imports"] == [
            {"name": "numpy", "available": True},
            {"name": "nowhere", "available": False},
        ]
        health = client.send("GET", "/api/execute")
        assert (health.status_code, health.json()["status"]) == (503, "unavailable")
        executor.down = None
        assert client.send("GET", "/api/execute").status_code == 200


def test_when_nothing_can_run_and_too_many_ask_it_is_503_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explain, "MAX_UNDER_WAY", 0)
    with served_fake({}) as (client, executor):
        executor.down = "The environment 'standard' is not there."
        body = refused(client.post({"code": "pass"}), 503, "unavailable")
        assert (body["error"], body["preview"]) == ("The environment 'standard' is not there.", None)
        with Socket(client.url) as socket:
            socket.start("pass")
            event = socket.event()
        assert (event["code"], event["error"], event["preview"]) == ("unavailable", body["error"], None)
