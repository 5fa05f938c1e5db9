"""Where what a run made can be had, and what it is said to be."""

from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote

_OF_RUN: Final = "/api/runs/{}/artifacts/{}"
ARTIFACT: Final = _OF_RUN.format("{run_id}", "{path:path}")
"""The route."""

# By the ending alone, and from a table of our own: what lies in a file is never looked at, and the system's tables
# differ. Whatever is not in it is bytes. None of these is shown by a browser that is told to download it.
_MEDIA_TYPES: Final = {
    ".csv": "text/csv",
    ".gif": "image/gif",
    ".htm": "text/html",
    ".html": "text/html",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".log": "text/plain",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".py": "text/x-python",
    ".svg": "image/svg+xml",
    ".toml": "application/toml",
    ".tsv": "text/tab-separated-values",
    ".txt": "text/plain",
    ".wav": "audio/wav",
    ".webp": "image/webp",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".zip": "application/zip",
}
_BYTES: Final = "application/octet-stream"


def artifact_link(run_id: str, path: str) -> str:
    """On this server; every character of the path is quoted that could mean something in an address."""
    return _OF_RUN.format(run_id, quote(path))


def media_type(path: str) -> str:
    """What a file is said to be."""
    return _MEDIA_TYPES.get(PurePosixPath(path).suffix.lower(), _BYTES)
