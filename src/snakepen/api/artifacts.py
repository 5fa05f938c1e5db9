"""GET /api/runs/{id}/artifacts/{path}: a file that a program made, as bytes to be saved and never to be looked at here.

What is in it is an enemy's, and its name too. So it is an attachment of a type that is said and not guessed, and
whoever opens it all the same has it in a sandbox of the browser's: without scripts, without our origin.
"""

import asyncio
import os
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Final
from urllib.parse import quote

from fastapi import APIRouter, Response
from starlette.types import Receive, Scope, Send

from snakepen.api.documented import ARTIFACT_REFUSALS
from snakepen.api.links import ARTIFACT, media_type
from snakepen.api.services import ServicesOf
from snakepen.errors import NotFound
from snakepen.limits import KIB

router = APIRouter()

# Whether a run is unknown, its file is, or both are forgotten, nobody is told who does not know.
_NOT_KEPT: Final = "There is no such file, or it is no longer kept: run the program again, and fetch it soon."
_CHUNK_BYTES: Final = 256 * KIB
# RFC 8187, attr-char, beside letters and digits.
_PLAIN_IN_HEADERS: Final = "!#$&+-.^_`|~"
_ANSWER: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file, whole.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get(
    ARTIFACT,
    summary="Fetch a file that a program made",
    response_class=Response,
    responses=_ANSWER | ARTIFACT_REFUSALS,
)
@router.head(ARTIFACT, include_in_schema=False)
async def artifact(run_id: str, path: str, services: ServicesOf) -> Response:
    """The bytes of it, for so long as it is kept: always an attachment, whatever its type."""
    content = await services.executor.artifact(run_id, path)
    if content is None:
        raise NotFound(_NOT_KEPT)
    return _Download(content, path)


class _Download(Response):
    """Owns the file, from its making to the end of its sending."""

    def __init__(self, content: BinaryIO, path: str) -> None:
        self.status_code = 200
        self.background = None
        self._content = content
        self._left = content.seek(0, os.SEEK_END)
        content.seek(0)
        self.init_headers(download_headers(path) | {"Content-Length": str(self._left)})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._content:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            if scope["method"] == "HEAD":
                self._left = 0
            while self._left:
                # A file is read as it is taken: who reads slowly makes nothing grow.
                data = await asyncio.to_thread(self._content.read, min(self._left, _CHUNK_BYTES))
                if not data:  # somebody has cut it: the connection ends before what was promised
                    break
                self._left -= len(data)
                await send({"type": "http.response.body", "body": data, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})


def download_headers(path: str) -> dict[str, str]:
    """What is said with a file of this path, whatever the path is."""
    name = PurePosixPath(path).name
    plain = "".join(one if one.isascii() and (one.isalnum() or one in "._- ") else "_" for one in name)
    exact = quote(name, safe=_PLAIN_IN_HEADERS)
    kind = media_type(path)
    return {
        "Content-Type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
        # RFC 6266: the first for whoever does not know the second.
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
    }
