"""The page at `/ide`: files that were built with the package, each known by its name before anybody asks.

They hold no secret and are sent to whoever may reach this server at all; what they ask for under `/api` is guarded.
"""

import base64
import hashlib
import html
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from snakepen.api.refusals import refusal_response
from snakepen.errors import NotFound

PAGE: Final = "/ide"
BUILT: Final = Path(__file__).parents[1] / "static"
"""Where the build of `web/` puts them."""

# Smallest first, by what the builds come to.
_ENCODINGS: Final = {"br": ".br", "gzip": ".gz"}
_MEDIA_TYPES: Final = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
    ".whl": "application/zip",
}
_NOT_BUILT: Final = (
    "Snakepen is running, and its API with it, but its page has not been built.\n"
    "In a clone of the repository 'make run' builds it; that needs Node 20.19 or later.\n"
)

# The build puts the hash of its content in between.
_FRAME: Final = "assets/frame-*.html"

# Says to the page where the operator's own Python for the browser is.
_PYTHON_META: Final = '<meta name="snakepen-python" content="{}" />'


@dataclass(frozen=True, slots=True)
class _Built:
    """A file in the encodings that there are of it, and what is always said with it."""

    files: Mapping[str, Path]
    """By content coding; `identity` is always there."""
    media_type: str
    tag: str
    headers: Mapping[str, str]

    def answer(self, request: Request) -> Response:
        headers = Headers(scope=request.scope)
        coding = _best(headers.get("accept-encoding", ""), self.files)
        tag = f'"{self.tag}-{coding}"'
        said = {**self.headers, "ETag": tag}
        if tag in (given.strip().removeprefix("W/") for given in headers.get("if-none-match", "").split(",")):
            return Response(status_code=304, headers=said)
        if coding != "identity":
            said["Content-Encoding"] = coding
        return FileResponse(self.files[coding], headers=said, media_type=self.media_type)


def page_routes(folder: Path = BUILT, *, python_url: str | None = None) -> list[Route]:
    """`/`, the page and its parts; when it has not been built, a sentence that says so in its place.

    `python_url`: the folder of a Pyodide distribution of the operator's own.
    """
    found = _found(folder, _headers(python_url))
    front = found.get("index.html")
    text = _with_python(folder, python_url) if front is not None and python_url is not None else None

    async def root(_: Request) -> Response:
        return RedirectResponse(PAGE)

    async def page(request: Request) -> Response:
        if front is None:
            return PlainTextResponse(_NOT_BUILT, 503)
        return HTMLResponse(text, headers=dict(front.headers)) if text is not None else front.answer(request)

    async def part(request: Request) -> Response:
        built = found.get(request.path_params["name"])
        if built is None:
            return refusal_response(NotFound(f"The page has no such part: it is at {PAGE}."))
        return built.answer(request)

    return [
        Route("/", root, include_in_schema=False),
        Route(PAGE, page, include_in_schema=False),
        Route(PAGE + "/{name:path}", part, include_in_schema=False),
    ]


def _headers(python_url: str | None) -> dict[str, str]:
    """Nothing from elsewhere but what the operator names, nothing inline, no frame around it."""
    elsewhere = f" {_origin(python_url)}" if python_url is not None else ""
    policy = (
        "default-src 'none'",
        f"script-src 'self' 'wasm-unsafe-eval'{elsewhere}",  # WebAssembly is Python in the browser
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        f"connect-src 'self'{elsewhere}",
        "worker-src 'self'",
        "frame-src 'self'",  # where HTML is drawn that a program shows; no frame may lead elsewhere
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Vary": "Accept-Encoding",
    }


def _of_frame(headers: Mapping[str, str], content: bytes) -> dict[str, str]:
    """What a program's HTML is drawn in, the one part of the page that runs what is not ours: it has no origin, so no
    cookies, no storage and no window of ours; it fetches nothing and leads nowhere. The one script in it evaluates
    those of the program; no other may run, because a frame within it would inherit that."""
    scripts = re.findall(rb"<script>(.*?)</script>", content, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(script).digest()).decode() for script in scripts]
    policy = (
        "sandbox allow-scripts",
        "default-src 'none'",
        " ".join(["script-src", *(f"'sha256-{digest}'" for digest in hashes), "'unsafe-eval'"]),
        "style-src 'unsafe-inline'",
        "img-src data: blob:",
        "font-src data:",
        "media-src data: blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    )
    return {**headers, "Content-Security-Policy": "; ".join(policy), "X-DNS-Prefetch-Control": "off"}


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _with_python(folder: Path, python_url: str) -> str:
    meta = _PYTHON_META.format(html.escape(python_url))
    return (folder / "index.html").read_text("utf-8").replace("<head>", f"<head>\n    {meta}", 1)


def _found(folder: Path, headers: Mapping[str, str]) -> dict[str, _Built]:
    names = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {
        name: _described(name, path, names, headers)
        for name, path in names.items()
        if not any(name.endswith(suffix) and name.removesuffix(suffix) in names for suffix in _ENCODINGS.values())
    }


def _described(name: str, path: Path, names: Mapping[str, Path], headers: Mapping[str, str]) -> _Built:
    encoded = {coding: names[name + suffix] for coding, suffix in _ENCODINGS.items() if name + suffix in names}
    media_type = _MEDIA_TYPES.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    # What is below assets/ has the hash of its content in its name.
    lasting = name.startswith("assets/")
    if fnmatch(name, _FRAME):
        headers = _of_frame(headers, path.read_bytes())
    # A service worker may serve what is below its own folder; the page is that folder.
    more = {"Service-Worker-Allowed": PAGE} if name == "service_worker.js" else {}
    caching = "public, max-age=31536000, immutable" if lasting else "no-cache"
    tag = hashlib.sha256(path.read_bytes()).hexdigest()[:32]
    return _Built({**encoded, "identity": path}, media_type, tag, {**headers, **more, "Cache-Control": caching})


def _best(accepted: str, files: Mapping[str, Path]) -> str:
    """RFC 9110, section 12.5.3, as far as browsers and curl use it: a coding with q=0 is refused."""
    wanted = set()
    for part in accepted.lower().split(","):
        coding, _, weight = part.partition(";")
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            wanted.add(coding.strip())
    return next((coding for coding in files if coding in wanted), "identity")
