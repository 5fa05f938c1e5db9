"""Who may talk to the server: Host, Origin, token; and the pages that an operator lists."""

from collections.abc import Iterator

import pytest
from tests.support.client import Api, document
from tests.support.fake_executor import Stage
from tests.support.servers import served_fake, talk

TOKEN = "a-token-of-the-tests-0123456789"
JSON = {"Content-Type": "application/json"}
PATHS = [
    ("GET", "/api/execute"),
    ("POST", "/api/execute"),
    ("POST", "/api/explain"),
    ("GET", "/api/environment"),
    ("GET", "/api/runs/run_1/artifacts/a"),
    ("GET", "/"),
]


async def _quiet(stage: Stage) -> int:
    return 0


@pytest.fixture(scope="module")
def plain() -> Iterator[Api]:
    with served_fake({"": _quiet}) as (client, _):
        yield client


@pytest.fixture(scope="module")
def configured() -> Iterator[Api]:
    with served_fake(
        {"": _quiet},
        token=TOKEN,
        allowed_hosts=["pen.example", "2001:db8::1"],
        allowed_origins=["https://learn.example", "http://other.example:8080/"],
    ) as (client, _):
        yield client


def status(client: Api, method: str = "POST", path: str = "/api/execute", **headers: str) -> int:
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    response = client.send(method, path, content=b'{"code": ""}', headers=JSON | headers)
    assert response.headers["x-content-type-options"] == "nosniff"
    if response.status_code == 403:
        assert response.json()["code"] == "forbidden"
    return response.status_code


@pytest.mark.parametrize(
    "host",
    ["localhost", "localhost:3001", "LOCALHOST", "127.0.0.1", "127.0.0.1:80", "127.1.2.3", "[::1]", "[::1]:3001"],
)
def test_a_loopback_host_is_ours(plain: Api, host: str) -> None:
    assert status(plain, host=host) == 200


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "localhost.evil.example", "evil-localhost", "localhost.", "127.0.0.1.evil.example"),
        *("0.0.0.0", "192.168.1.1", "[::]", "[::ffff:10.0.0.1]", "169.254.169.254", "2130706433", "0x7f.1", "127.1"),
        *("localhost:port", "localhost:99999999", "user@localhost", "localhost/path", "a b", "[::1", "", ":3001"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("method", "path"), PATHS)
def test_any_other_host_is_403(plain: Api, method: str, path: str, host: str) -> None:
    assert status(plain, method, path, host=host) == 403


@pytest.mark.parametrize("hosts", [b"", b"Host: localhost\r\nHost: localhost\r\n"], ids=["none", "two"])
def test_a_request_has_exactly_one_host(plain: Api, hosts: bytes) -> None:
    code, _, _ = talk(plain.url, b"GET /api/execute HTTP/1.1\r\n" + hosts + b"Connection: close\r\n\r\n")
    assert code in (400, 403)


def test_a_request_without_origin_is_not_from_a_page(plain: Api) -> None:
    assert status(plain) == 200


def test_our_own_page_may_call(plain: Api) -> None:
    host = plain.url.removeprefix("http://")
    assert status(plain, origin=plain.url) == 200
    assert status(plain, origin=f"https://{host}") == 200
    assert status(plain, host="localhost", origin="http://localhost") == 200
    assert status(plain, host="localhost:80", origin="http://localhost") == 200


@pytest.mark.parametrize(
    "origin",
    [
        *("https://evil.example", "null", "http://localhost:1", "http://localhost.evil.example", "file://", "http://"),
        *("chrome-extension://abc", "localhost", "http://localhost@evil.example", "", "http://[::1", "https://127.0.0.1"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("method", "path"), PATHS)
def test_a_foreign_page_is_403(plain: Api, method: str, path: str, origin: str) -> None:
    assert status(plain, method, path, origin=origin) == 403


def test_a_foreign_page_cannot_ask_for_permission_either(plain: Api) -> None:
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    response = plain.http.options("/api/execute", headers=headers)
    assert response.status_code == 403
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_a_listed_page_may_call_and_read(configured: Api, method: str) -> None:
    for origin in ("https://learn.example", "http://other.example:8080", "HTTPS://LEARN.EXAMPLE"):
        assert status(configured, origin=origin, authorization=f"Bearer {TOKEN}") == 200
    response = configured.http.options(
        "/api/execute",
        headers={
            "Origin": "https://learn.example",
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": "authorization, content-type",
        },
    )
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "https://learn.example"
    assert "access-control-allow-credentials" not in response.headers


def test_a_listed_page_can_read_why_it_was_refused(configured: Api) -> None:
    response = configured.send(
        "POST", "/api/execute", content=b"{}", headers=JSON | {"Origin": "https://learn.example"}
    )
    assert response.status_code == 401
    assert response.headers["access-control-allow-origin"] == "https://learn.example"
    # And when to come back, which a browser keeps from pages that are not told of it.
    assert response.headers["access-control-expose-headers"] == "Retry-After"


@pytest.mark.parametrize("origin", ["http://learn.example", "https://learn.example:444", "https://x.learn.example"])
def test_a_page_that_is_almost_listed_is_403(configured: Api, origin: str) -> None:
    assert status(configured, origin=origin, authorization=f"Bearer {TOKEN}") == 403


@pytest.mark.parametrize("host", ["pen.example", "PEN.example:443", "[2001:db8::1]:3001"])
def test_a_listed_host_is_ours(configured: Api, host: str) -> None:
    assert status(configured, host=host, authorization=f"Bearer {TOKEN}") == 200


@pytest.mark.parametrize(
    "given",
    [
        None,
        *(
            "",
            "Bearer",
            f"Basic {TOKEN}",
            TOKEN,
            f"Bearer {TOKEN}x",
            f"Bearer x{TOKEN}",
            f"Bearer {TOKEN[:-1]}",
        ),
        *(f"Bearer {TOKEN.upper()}", "Bearer é"),
    ],
)
@pytest.mark.parametrize(("method", "path"), PATHS[:4])
def test_without_the_token_it_is_401(configured: Api, method: str, path: str, given: str | None) -> None:
    headers = {b"Content-Type": b"application/json"}
    if given is not None:
        headers[b"Authorization"] = given.encode()
    response = configured.http.request(method, path, content=b'{"code": ""}', headers=headers)
    assert (response.status_code, response.json()["code"]) == (401, "unauthorized")
    assert response.headers["www-authenticate"] == "Bearer"
    assert TOKEN not in response.text


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_with_the_token_it_is_served(configured: Api, scheme: str) -> None:
    assert status(configured, authorization=f"{scheme} {TOKEN}") == 200


def test_the_document_says_whether_the_token_is_needed(plain: Api, configured: Api) -> None:
    at_one_without, at_one_with = (
        client.http.get("/api/openapi.json", headers={"Authorization": f"Bearer {TOKEN}"}).json()
        for client in (plain, configured)
    )
    assert at_one_without == document()
    bearer = at_one_without["components"]["securitySchemes"]["bearer"]
    assert (bearer["type"], bearer["scheme"]) == ("http", "bearer")
    assert at_one_without["security"] == [{}, {"bearer": []}]
    assert at_one_with == {**document(), "security": [{"bearer": []}]}


def test_the_token_is_asked_for_before_anything_is_read(configured: Api) -> None:
    head = b"POST /api/execute HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
    head += b"Content-Length: 99999999999\r\n\r\n"
    code, _, _ = talk(configured.url, head)
    assert code == 401


def test_every_answer_forbids_sniffing_and_keeping(plain: Api) -> None:
    for method, path in PATHS:
        response = plain.send(method, path, content=b'{"code": ""}', headers=JSON)
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["cache-control"] == "no-store"
        assert "server" not in response.headers
