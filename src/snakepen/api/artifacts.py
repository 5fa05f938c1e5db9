"""GET /api/runs/{id}/artifacts/{path}: a file that a program made, as bytes to be saved and never to be looked at here.

What is in it is an enemy's, and its name too. So it is an attachment of a type that is said and not guessed, and
whoever opens it all the same has it in a sandbox of the browser's: without scripts, without our origin.
"""

import asyncio
import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Final
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.types import Receive, Scope, Send

from snakepen.api.documented import ARTIFACT_REFUSALS
from snakepen.api.links import ARTIFACT, media_type
from snakepen.api.services import ServicesOf
from snakepen.errors import Busy, NotFound
from snakepen.limits import KIB, MAX_DOWNLOADS, Patience

router = APIRouter()

# Whether a run is unknown, its file is, or both are forgotten, nobody is told who does not know.
_NOT_KEPT: Final = "There is no such file, or it is no longer kept: run the program again, and fetch it soon."
# Of what is not taken the transport holds as much once more before it asks for a pause.
_CHUNK_BYTES: Final = 64 * KIB
# RFC 8187, attr-char, beside letters and digits.
_PLAIN_IN_HEADERS: Final = "!#$&+-.^_`|~"
_ANSWER: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file, whole; of the type that its name says, where that is one to be told.",
        "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get(
    ARTIFACT,
    summary="Fetch a file that a program made",
    response_class=Response,
    responses=_ANSWER | ARTIFACT_REFUSALS,
)
@router.head(ARTIFACT, include_in_schema=False)
async def artifact(run_id: str, path: str, services: ServicesOf, request: Request) -> Response:
    """The bytes of it, for so long as it is kept: always an attachment, whatever its type."""
    downloads: Downloads = request.app.state.downloads
    with contextlib.ExitStack() as stack:
        stack.enter_context(downloads.place())
        content = await services.executor.artifact(run_id, path)
        if content is None:
            raise NotFound(_NOT_KEPT)
        stack.enter_context(content)
        return _Download(content, path, request, stack.pop_all())


class Downloads:
    """How many files are being sent now."""

    def __init__(self) -> None:
        self.count = 0

    @contextlib.contextmanager
    def place(self) -> Iterator[None]:
        """For one more. Raises Busy when there are too many."""
        if self.count >= MAX_DOWNLOADS:
            raise Busy("The server sends as many files as it can: try again in a moment.", retry_after_seconds=1)
        self.count += 1
        try:
            yield
        finally:
            self.count -= 1


class _Download(Response):
    """Owns the file and its place, from its making to the end of its sending."""

    def __init__(self, content: BinaryIO, path: str, request: Request, held: contextlib.ExitStack) -> None:
        self.status_code = 200
        self.background = None
        self._held = held
        self._content = content
        self._left = content.seek(0, os.SEEK_END)
        content.seek(0)
        self.init_headers(download_headers(path) | {"Content-Length": str(self._left)})
        patience: Patience = request.app.state.patience
        self._seconds = patience.download_seconds + self._left / patience.download_bytes_per_second
        self._abort: Callable[[], None] = request.state.abort
        self._is_gone = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        watching = asyncio.create_task(self._watch(receive))
        # Who takes a little now and then never stalls; to close would wait until all is taken.
        deadline = asyncio.get_running_loop().call_later(self._seconds, self._abort)
        with self._held:
            try:
                await self._send(scope, send)
            finally:
                deadline.cancel()
                watching.cancel()

    async def _watch(self, receive: Receive) -> None:
        """To send to one who is gone fails in no way: it has to be looked for."""
        while (await receive())["type"] != "http.disconnect":
            pass
        self._is_gone = True

    async def _send(self, scope: Scope, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        if scope["method"] == "HEAD":
            self._left = 0
        while self._left and not self._is_gone:
            # A file is read as it is taken, for `send` waits for what was sent before: who reads slowly makes nothing
            # grow.
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
