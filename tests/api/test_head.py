"""HEAD: what GET says, without the body (RFC 9110, section 9.3.2), as monitors and proxies ask for it."""

from collections.abc import Iterator

import httpx2
import pytest
from starlette.routing import Route
from tests.support.client import Api
from tests.support.fake_executor import FakeExecutor
from tests.support.servers import served_fake

from snakepen.api.app import create_app
from snakepen.settings import load_settings

PATHS = [
    *("/", "/ide", "/ide/nothing", "/api/execute", "/api/environment", "/api/models", "/api/recipes"),
    *("/api/openapi.json", "/api/nothing", "/api/runs/run_1/artifacts/a"),
]


@pytest.fixture(scope="module")
def fake() -> Iterator[tuple[Api, FakeExecutor]]:
    with served_fake({}) as served:
        yield served


@pytest.mark.parametrize("down", [None, "It is down."], ids=["well", "unavailable"])
@pytest.mark.parametrize("path", PATHS)
def test_it_says_what_get_says_and_sends_nothing(fake: tuple[Api, FakeExecutor], path: str, down: str | None) -> None:
    client, executor = fake
    executor.down = down
    said, sent = (client.http.request(method, path) for method in ("HEAD", "GET"))
    assert (said.status_code, said.content) == (sent.status_code, b"")
    assert sent.status_code == 307 or sent.content
    assert _headers(said) == _headers(sent)
    assert executor.specs == []


def _headers(response: httpx2.Response) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name != "date"}


def test_whatever_answers_get_answers_it() -> None:
    methods: dict[str, set[str]] = {}
    for route in create_app(load_settings(isolation="none", i_trust_the_code=True)).routes:
        if isinstance(route, Route):
            methods.setdefault(route.path, set()).update(route.methods or ())
    readable = {path for path, taken in methods.items() if "GET" in taken}
    assert len(readable) == 9
    assert readable == {path for path, taken in methods.items() if "HEAD" in taken}
