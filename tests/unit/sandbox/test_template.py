"""What of the host's `/etc` is copied into the file system of programs."""

import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("sandboxes are Linux's", allow_module_level=True)
assert sys.platform == "linux"

from snakepen.sandbox.template import _walk


def test_files_are_taken_with_their_content_and_links_with_their_targets(tmp_path: Path) -> None:
    inner = tmp_path / "etc" / "inner"
    inner.mkdir(parents=True)
    (tmp_path / "etc" / "file").write_bytes(b"1")
    (inner / "file").write_bytes(b"22")
    (inner / "to a file").symlink_to("file")
    (tmp_path / "etc" / "to a folder").symlink_to("inner")
    (inner / "to nothing").symlink_to("/nowhere")
    (inner / "empty").mkdir()
    assert dict(_walk(str(tmp_path / "etc"))) == {
        "file": b"1",
        "inner/file": b"22",
        "inner/to a file": "file",
        "inner/to nothing": "/nowhere",
        "to a folder": "inner",
    }
