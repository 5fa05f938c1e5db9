"""The page's files: what is said with them, in which form they come, and what is nobody's business."""

import base64
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from snakepen.api.pages import page_routes

FILES = {
    "index.html": b"<!doctype html>",
    "service_worker.js": b"self",
    "assets/frame-abc.html": b"<!doctype html><script>\nframe()\n</script>",
    "assets/page-abc.js": b"whole" * 500,
    "assets/page-abc.js.br": b"brotli",
    "assets/page-abc.js.gz": b"gzip",
    "assets/python/python.asm.wasm": b"\0asm",
}

IDENTITY = {"Accept-Encoding": "identity"}


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    for name, content in FILES.items():
        (tmp_path / "page" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "page" / name).write_bytes(content)
    (tmp_path / "secret").write_text("nobody's")
    async with over(tmp_path / "page") as opened:
        yield opened


def over(folder: Path) -> httpx2.AsyncClient:
    app = Starlette(routes=page_routes(folder))
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://localhost")


async def test_the_root_leads_to_the_page(client: httpx2.AsyncClient) -> None:
    response = await client.get("/")
    assert (response.status_code, response.headers["location"]) == (307, "/ide")
    page = await client.get("/ide")
    assert (page.status_code, page.content) == (200, FILES["index.html"])
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-cache"


async def test_head_says_of_each_file_what_get_says(client: httpx2.AsyncClient) -> None:
    for path in ("/ide", *(f"/ide/{name}" for name in FILES if not name.endswith((".br", ".gz")))):
        said, sent = [await client.request(method, path, headers=IDENTITY) for method in ("HEAD", "GET")]
        assert (said.status_code, said.content, said.headers) == (200, b"", sent.headers)


async def test_the_policy_lets_nothing_in_from_elsewhere_and_nothing_inline(client: httpx2.AsyncClient) -> None:
    for path in ("/ide", "/ide/service_worker.js", "/ide/assets/page-abc.js"):
        response = await client.get(path, headers={"Accept-Encoding": "identity"})
        policy = response.headers["content-security-policy"]
        directives = dict(part.split(" ", 1) for part in policy.split("; "))
        assert directives["default-src"] == "'none'"
        assert directives["script-src"] == "'self' 'wasm-unsafe-eval'"
        assert directives["style-src"] == directives["connect-src"] == "'self'"
        assert directives["frame-ancestors"] == "'none'"
        assert directives["frame-src"] == "'self'"
        assert "http" not in policy
        assert "unsafe-inline" not in policy


async def test_what_draws_html_of_programs_has_no_origin_no_network_and_no_script_but_its_own(
    client: httpx2.AsyncClient,
) -> None:
    response = await client.get("/ide/assets/frame-abc.html")
    directives = dict(part.split(" ", 1) for part in response.headers["content-security-policy"].split("; "))
    digest = base64.b64encode(hashlib.sha256(b"\nframe()\n").digest()).decode()
    assert directives == {
        "sandbox": "allow-scripts",
        "default-src": "'none'",
        "script-src": f"'sha256-{digest}' 'unsafe-eval'",
        "style-src": "'unsafe-inline'",
        "img-src": "data: blob:",
        "font-src": "data:",
        "media-src": "data: blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
    }
    assert response.headers["x-dns-prefetch-control"] == "off"
    # No service worker is asked for it: without the server it comes from the browser's own cache.
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("accepted", "coding", "content"),
    [
        ("gzip, deflate, br", "br", b"brotli"),
        ("gzip", "gzip", b"gzip"),
        ("br;q=0, gzip;q=0.5", "gzip", b"gzip"),
        ("", None, FILES["assets/page-abc.js"]),
        ("identity", None, FILES["assets/page-abc.js"]),
    ],
)
async def test_a_file_comes_in_the_smallest_form_that_is_taken(
    client: httpx2.AsyncClient, accepted: str, coding: str | None, content: bytes
) -> None:
    async with client.stream("GET", "/ide/assets/page-abc.js", headers={"Accept-Encoding": accepted}) as response:
        raw = b"".join([piece async for piece in response.aiter_raw()])
    assert (response.headers.get("content-encoding"), raw) == (coding, content)
    assert response.headers["vary"] == "Accept-Encoding"
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_what_has_not_changed_is_not_sent_again(client: httpx2.AsyncClient) -> None:
    first = await client.get("/ide")
    again = await client.get("/ide", headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]


async def test_a_service_worker_may_serve_the_page(client: httpx2.AsyncClient) -> None:
    response = await client.get("/ide/service_worker.js")
    assert (response.headers["service-worker-allowed"], response.headers["cache-control"]) == ("/ide", "no-cache")
    assert "service-worker-allowed" not in (await client.get("/ide")).headers


@pytest.mark.parametrize(
    "path",
    [
        *("/ide/", "/ide/nothing", "/ide/../secret", "/ide/%2e%2e/secret", "/ide//etc/passwd"),
        *("/ide/assets", "/ide/assets/page-abc.js.br"),
    ],
)
async def test_what_was_not_built_is_not_found(client: httpx2.AsyncClient, path: str) -> None:
    response = await client.get(path)
    assert response.status_code == 404


async def test_the_operators_python_is_named_and_let_in(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<html><head></head></html>")
    app = Starlette(routes=page_routes(tmp_path, python_url='https://files.example:8443/py"odide/'))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://localhost") as client:
        response = await client.get("/ide")
    assert '<meta name="snakepen-python" content="https://files.example:8443/py&quot;odide/" />' in response.text
    directives = dict(part.split(" ", 1) for part in response.headers["content-security-policy"].split("; "))
    assert directives["connect-src"] == "'self' https://files.example:8443"
    assert directives["script-src"] == "'self' 'wasm-unsafe-eval' https://files.example:8443"
    assert directives["style-src"] == "'self'"


async def test_without_a_build_it_says_so(tmp_path: Path) -> None:
    async with over(tmp_path / "nothing") as client:
        response = await client.get("/ide")
    assert response.status_code == 503
    assert "make run" in response.text
