"""Files that runs make: told on every way, fetched by their links, and harmless to whoever fetches them."""

import asyncio
import contextlib
import io
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import quote, unquote

import httpx2
import pytest
from tests.support.client import Api, check_answer
from tests.support.fake_executor import FakeExecutor, Stage
from tests.support.live import Socket, run_streamed
from tests.support.servers import connect, served_fake, talk
from tests.support.waiting import wait_until

from snakepen.api.sockets import StallTimer
from snakepen.executor import Stream
from snakepen.limits import KIB, MAX_DOWNLOADS, MIB, PATIENCE, Patience
from snakepen.wire.run import SkipReason

LARGE = 5 * MIB + 3
FILES = {
    "a/b.csv": b"1,2\n",
    "page.html": b"<script>alert(document.cookie)</script>",
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "code.js": b"alert(1)",
    "Makefile": b"",
    "large.bin": bytes(range(256)) * (LARGE // 256) + bytes(LARGE % 256),
    "Grüße 👩‍💻.txt": b"x",
    "100% ; filename=evil.exe.txt": b"y",
    "a\"b\\c;d'e,f.txt": b"z",
    "?#&=+%2e%2e%2f": b"odd",
    "-rf": b"dash",
}
MEDIA_TYPES = {
    "a/b.csv": "text/csv; charset=utf-8",
    "page.html": "text/html; charset=utf-8",
    "drawing.svg": "image/svg+xml",
    "code.js": "application/octet-stream",
    "Makefile": "application/octet-stream",
}
SKIPPED = {"not_a_file": 2, "bad_name": 1}


async def makes(stage: Stage) -> int:
    await stage.write(Stream.STDOUT, b"made\n")
    for path, content in FILES.items():
        stage.make(path, content)
    for reason, count in SKIPPED.items():
        for _ in range(count):
            stage.leave(SkipReason(reason))
    return 0


async def quiet(stage: Stage) -> int:
    return 0


@pytest.fixture(scope="module")
def fake() -> Iterator[tuple[Api, FakeExecutor]]:
    with served_fake({"makes": makes, "": quiet}) as served:
        yield served


@pytest.fixture(scope="module")
def client(fake: tuple[Api, FakeExecutor]) -> Api:
    return fake[0]


@pytest.fixture(scope="module")
def answer(client: Api) -> dict[str, Any]:
    return client.run("makes")


@pytest.fixture(scope="module")
def links(answer: dict[str, Any]) -> dict[str, str]:
    return {artifact["path"]: artifact["url"] for artifact in answer["artifacts"]}


def get(client: Api, link: str, **options: Any) -> httpx2.Response:
    return client.http.get(link, **options)


def test_the_contract_promises_no_type_that_a_file_need_not_have(client: Api) -> None:
    paths = client.http.get("/api/openapi.json").json()["paths"]
    assert list(paths["/api/runs/{run_id}/artifacts/{path}"]["get"]["responses"]["200"]["content"]) == ["*/*"]


def test_the_answer_lists_them_by_path_with_size_type_and_link(answer: dict[str, Any]) -> None:
    assert [artifact["path"] for artifact in answer["artifacts"]] == sorted(FILES)
    for artifact in answer["artifacts"]:
        path = artifact["path"]
        assert artifact["size"] == len(FILES[path])
        assert artifact["media_type"] == MEDIA_TYPES.get(path, artifact["media_type"]).partition(";")[0]
        assert artifact["url"] == f"/api/runs/{answer['id']}/artifacts/{quote(path)}"
    assert answer["artifacts_skipped"] == SKIPPED


def test_a_run_that_made_nothing_has_none(client: Api) -> None:
    answer = client.run("")
    assert (answer["artifacts"], answer["artifacts_skipped"]) == ([], {})


def test_events_tell_each_after_the_output_and_before_the_end(client: Api) -> None:
    streamed = run_streamed(client, "makes")
    with Socket(client.url) as connection:
        over_websocket = connection.run("makes")
    for events in (streamed, over_websocket):
        *_, finished = events
        told = [event for event in events if event["type"] == "artifact"]
        assert [event["type"] for event in events[-len(FILES) - 2 :]] == [
            "stdout",
            *["artifact"] * len(FILES),
            "finished",
        ]
        assert [{key: event[key] for key in event if key != "type"} for event in told] == finished["artifacts"]
        assert finished["artifacts_skipped"] == SKIPPED


@pytest.mark.parametrize("path", FILES)
def test_a_link_leads_to_the_bytes_as_an_attachment_that_is_no_page_of_ours(
    client: Api, links: dict[str, str], path: str
) -> None:
    response = get(client, links[path])
    assert (response.status_code, response.content) == (200, FILES[path])
    headers = response.headers
    assert headers["content-length"] == str(len(FILES[path]))
    assert headers["content-type"] == MEDIA_TYPES.get(path, headers["content-type"])
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert headers["cache-control"] == "private, no-store"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "set-cookie" not in headers


def test_whatever_its_name_is_the_header_names_it_and_nothing_else(client: Api, links: dict[str, str]) -> None:
    for path, link in links.items():
        name = path.rpartition("/")[2]
        disposition = get(client, link).headers["content-disposition"]
        found = re.fullmatch(
            r"""attachment; filename="([\w. -]*)"; filename\*=UTF-8''([\w!#$&+.^`|~%-]+)""", disposition
        )
        assert found, disposition
        assert found.group(1).isascii()
        assert len(found.group(1)) == len(name)
        assert unquote(found.group(2), errors="strict") == name


def test_head_says_the_same_and_sends_nothing(client: Api, links: dict[str, str]) -> None:
    for path in ("large.bin", "Makefile"):
        said, sent = client.http.head(links[path]), get(client, links[path])
        assert (said.status_code, said.content) == (200, b"")
        different = {"date"}
        assert {k: v for k, v in said.headers.items() if k not in different} == {
            k: v for k, v in sent.headers.items() if k not in different
        }


def refused_as_unknown(response: httpx2.Response) -> str:
    assert response.status_code == 404
    check_answer("GET", "/api/runs/{run_id}/artifacts/{path}", 404, response.json())
    assert response.json()["code"] == "not_found"
    assert response.headers["content-type"] == "application/json"
    return response.text


def test_nobody_is_told_which_part_of_an_address_was_wrong(client: Api, links: dict[str, str]) -> None:
    known = links["a/b.csv"]
    run = known.split("/")[3]
    others = [
        f"/api/runs/{run}/artifacts/a/c.csv",
        f"/api/runs/{run}/artifacts/a",
        f"/api/runs/{run}/artifacts/",
        f"/api/runs/{run}0/artifacts/a/b.csv",
        f"/api/runs/run_{'0' * 32}/artifacts/a/b.csv",
        "/api/runs/%20/artifacts/a/b.csv",
    ]
    assert len({refused_as_unknown(get(client, link)) for link in others}) == 1


@pytest.mark.parametrize(
    "path",
    [
        "a/../a/b.csv", "a//b.csv", "a/./b.csv", "/a/b.csv", "..%2f..%2fetc/passwd", "../../../../../../etc/passwd",
        "%2fetc%2fpasswd", "/etc/passwd", "a%5cb.csv", "a/b.csv%00", "a/b.csv%00.txt", "%00", "a/b.csv/", "%ff%fe",
        "%c0%ae%c0%ae/", "a/b.csv%0d%0aSet-Cookie:x=1", "1", "2", "%252e%252e%252f", "page.html%20", "PAGE.HTML",
        "." * 2000,
    ],
)  # fmt: skip
def test_a_path_is_what_was_told_or_nothing(client: Api, answer: dict[str, Any], path: str) -> None:
    """To the letter, as no client would send it."""
    request = f"GET /api/runs/{answer['id']}/artifacts/{path} HTTP/1.1\r\nHost: localhost\r\n\r\n"
    status, headers, body = talk(client.url, request.encode())
    assert status == 404
    assert json.loads(body)["code"] == "not_found"
    assert "set-cookie" not in headers


def test_an_encoded_slash_is_a_slash(client: Api, links: dict[str, str]) -> None:
    assert get(client, links["a/b.csv"].replace("a/b", "a%2Fb")).content == FILES["a/b.csv"]


def test_a_part_of_it_cannot_be_asked_for_and_all_of_it_comes(client: Api, links: dict[str, str]) -> None:
    response = get(client, links["a/b.csv"], headers={"Range": "bytes=1-2"})
    assert (response.status_code, response.content) == (200, FILES["a/b.csv"])


def test_nothing_can_be_done_to_it_but_fetching(client: Api, links: dict[str, str]) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        response = client.http.request(method, links["a/b.csv"])
        assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")
        assert response.headers["allow"] == "GET, HEAD"


def test_what_is_not_kept_any_more_is_as_unknown_as_the_rest(fake: tuple[Api, FakeExecutor]) -> None:
    client, executor = fake
    made = client.run("makes")
    link = made["artifacts"][0]["url"]
    assert get(client, link).status_code == 200
    del executor.artifacts[made["id"], made["artifacts"][0]["path"]]
    refused_as_unknown(get(client, link))


def test_it_is_guarded_as_everything_is() -> None:
    token = "a-token-of-the-tests-0123456789"
    with served_fake({"makes": makes}, token=token) as (client, _):
        bearer = {"Authorization": f"Bearer {token}"}
        made = client.http.post("/api/execute", json={"code": "makes"}, headers=bearer).json()
        link = made["artifacts"][0]["url"]
        assert get(client, link).status_code == 401
        assert client.http.head(link).status_code == 401
        assert get(client, link, headers=bearer).status_code == 200
        assert get(client, link, headers={**bearer, "Host": "evil.example"}).status_code == 403
        assert get(client, link, headers={**bearer, "Origin": "https://evil.example"}).status_code == 403


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_reader_that_goes_away_leaves_nothing_open(
    fake: tuple[Api, FakeExecutor], links: dict[str, str], monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    client, executor = fake
    opened = []

    class Counted(io.BytesIO):
        taken = 0

        def read(self, size: int | None = -1, /) -> bytes:
            data = super().read(size)
            self.taken += len(data)
            return data

    async def artifact(run_id: str, path: str) -> BinaryIO | None:
        opened.append(Counted(executor.artifacts[run_id, path]))
        return opened[-1]

    monkeypatch.setattr(executor, "artifact", artifact)
    for _ in range(10):
        with connect(client.url, buffer_bytes=4096) as connection:
            connection.sendall(request_for(links["large.bin"], method))
            assert connection.recv(100)
    wait_until(lambda: len(opened) == 10 and all(file.closed for file in opened))
    assert max(file.taken for file in opened) < LARGE // 2  # nor reads on for nobody


def request_for(link: str, method: str = "GET") -> bytes:
    return f"{method} {link} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def test_only_so_many_are_sent_at_once(client: Api, links: dict[str, str]) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(MAX_DOWNLOADS):
            connection = stack.enter_context(connect(client.url, buffer_bytes=4096))
            connection.sendall(request_for(links["large.bin"]))
            assert connection.recv(100)
        refused = get(client, links["a/b.csv"])
        assert (refused.status_code, refused.json()["code"], refused.headers["retry-after"]) == (429, "busy", "1")
        check_answer("GET", "/api/runs/{run_id}/artifacts/{path}", 429, refused.json())
    wait_until(lambda: get(client, links["a/b.csv"]).content == FILES["a/b.csv"])
    assert client.http.get("/api/runs/run_0/artifacts/x").status_code == 404
    for _ in range(MAX_DOWNLOADS + 1):  # what ended in any way has given its place back
        assert client.http.head(links["a/b.csv"]).status_code == 200
        assert get(client, "/api/runs/run_0/artifacts/x").status_code == 404


@pytest.mark.parametrize(
    "patience",
    [
        Patience(stalled_seconds=0.2),
        Patience(download_seconds=0.2, download_bytes_per_second=1000 * MIB),
    ],
    ids=["takes nothing", "takes a little now and then"],
)
def test_who_does_not_take_it_in_time_is_dropped(patience: Patience) -> None:
    takes = patience.stalled_seconds == PATIENCE.stalled_seconds
    with served_fake({"makes": makes}, patience=patience) as (client, executor):
        made = {one["path"]: one["url"] for one in client.run("makes")["artifacts"]}
        file = io.BytesIO(FILES["large.bin"])

        async def artifact(run_id: str, path: str) -> BinaryIO | None:
            return file

        executor.artifact = artifact  # type: ignore[method-assign]

        def is_over() -> bool:
            if takes:
                with contextlib.suppress(ConnectionError):
                    connection.recv(1)
            return file.closed

        with connect(client.url, buffer_bytes=4096) as connection:
            connection.sendall(request_for(made["large.bin"]))
            wait_until(is_over)


def test_who_does_not_take_the_end_is_dropped_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """When less is left than makes the transport pause, its application has long ended."""
    transports: list[asyncio.Transport] = []
    make = StallTimer.__init__

    def noted(timer: StallTimer, transport: asyncio.Transport, patience: Patience) -> None:
        make(timer, transport, patience)
        transports.append(transport)

    monkeypatch.setattr(StallTimer, "__init__", noted)
    sizes = [size * KIB for size in range(64, 320, 16)]  # of which the kernel takes as much as it likes
    with (
        served_fake({"makes": makes}, patience=Patience(stalled_seconds=0.2)) as (client, executor),
        contextlib.ExitStack() as stack,
    ):
        run_id = client.run("makes")["id"]
        for size in sizes:
            executor.artifacts[run_id, str(size)] = bytes(size)
            connection = stack.enter_context(connect(client.url, buffer_bytes=4096))
            connection.sendall(request_for(f"/api/runs/{run_id}/artifacts/{size}"))
            assert connection.recv(1)
        wait_until(lambda: not any(transport.get_write_buffer_size() for transport in transports))


# For real ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_real_program_makes_files_that_can_be_fetched(api: Api) -> None:
    code = (
        "import os\nos.makedirs('out/deep')\nopen('out/deep/numbers.csv', 'w').write('1,2\\n')\n"
        "open('in.txt', 'a').write('more')\nopen('main.py', 'a').write('#')\nos.symlink('/etc/passwd', 'link')\n"
        "with open('sparse', 'wb') as file:\n    file.seek(10 << 20)\n    file.write(b'end')\nprint('done')"
    )
    files = [{"path": "in.txt", "content": "given "}, {"path": "kept.txt", "content": "kept"}]
    answer = api.run(code, files=files)
    assert answer["success"], answer
    found = {artifact["path"]: artifact for artifact in answer["artifacts"]}
    assert list(found) == ["in.txt", "out/deep/numbers.csv", "sparse"]
    assert answer["artifacts_skipped"] == {"not_a_file": 1}
    assert get(api, found["in.txt"]["url"]).content == b"given more"
    assert get(api, found["out/deep/numbers.csv"]["url"]).content == b"1,2\n"
    assert get(api, found["sparse"]["url"]).content == bytes(10 << 20) + b"end"


# Row 78: names of what is given ------------------------------------------------------------------------------------

TAKEN = {
    "trailing.": b"a dot at the end",
    "a b": b"a blank",
    "Ä.txt": b"composed",
    "A\u0308.txt": b"decomposed",
    "x.TXT": b"upper",
    "x.txt": b"lower",
    "CON": b"a device elsewhere",
    "-rf": b"dash",
    "C:": b"a drive elsewhere",
    "~": b"home",
    "$HOME": b"home",
    "a*?.txt": b"a pattern",
    ".../x": b"three dots",
    "sitecustomize.txt": b"no code",
    "n" * 255: b"long",
}


@pytest.mark.slow
def test_odd_names_of_given_files_are_taken_as_they_are_and_are_no_artifacts_unless_changed(api: Api) -> None:
    code = "import os, sys\nfor n in sys.argv[1:]:\n    assert os.path.isfile(n), n\n    open(n, 'ab').write(b'!')"
    files = [{"path": path, "content": content.decode()} for path, content in TAKEN.items()]
    untouched = api.run("pass", files=files)
    assert (untouched["success"], untouched["artifacts"], untouched["artifacts_skipped"]) == (True, [], {})
    changed = api.run(code, files=files, args=list(TAKEN))
    assert changed["success"], changed["error"]
    assert {one["path"] for one in changed["artifacts"]} == {path for path in TAKEN if not path.startswith(".")}
    for one in changed["artifacts"]:
        assert get(api, one["url"]).content == TAKEN[one["path"]] + b"!"
