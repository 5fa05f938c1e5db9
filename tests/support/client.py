"""The one client of the tests: every answer it gets is checked against the OpenAPI document."""

import json
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx2
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[2]
FIVE_FIELDS = ("success", "output", "error", "status", "return_code")


@cache
def document() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((ROOT / "contract" / "openapi.json").read_text("utf-8"))
    return loaded


def check_answer(method: str, path: str, status: int, body: object) -> None:
    """Fails unless the document describes exactly this answer."""
    described = document()["paths"].get(path, {}).get(method.lower())
    if described is None:
        schema: dict[str, Any] = {"$ref": "#/components/schemas/RefusalBody"}
    else:
        assert str(status) in described["responses"], (
            f"{method} {path} answers {status}, and the document does not know"
        )
        schema = described["responses"][str(status)]["content"]["application/json"]["schema"]
    Draft202012Validator({**schema, "components": document()["components"]}).validate(body)


class Api:
    """Talks to a server; `answer` is the JSON of the last one, checked."""

    def __init__(self, url: str, **options: Any) -> None:
        self.url = url
        # Nothing here has TLS, and to read the machine's authorities takes as long as many a test.
        self.http = httpx2.Client(base_url=url, timeout=90, trust_env=False, verify=False, **options)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def send(self, method: str, path: str, **options: Any) -> httpx2.Response:
        response = self.http.request(method, path, **options)
        if response.headers.get("content-type") == "application/json" and path.startswith("/api/"):
            body = response.json()
            check_answer(method, path, response.status_code, body)
            if method == "POST" and path == "/api/execute":
                assert list(body)[:5] == list(FIVE_FIELDS)
        return response

    def post(self, body: object, path: str = "/api/execute") -> httpx2.Response:
        return self.send("POST", path, json=body)

    def run(self, code: str, **fields: Any) -> dict[str, Any]:
        """Run a program that has to be taken; the answer."""
        response = self.post({"code": code, **fields})
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    def health(self) -> dict[str, Any]:
        answer: dict[str, Any] = self.send("GET", "/api/execute").json()
        return answer
