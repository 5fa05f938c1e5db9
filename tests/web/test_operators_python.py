"""A Pyodide distribution of the operator's own, on a server of its own: here npm's, with one package more."""

import functools
import hashlib
import http.server
import json
import shutil
import socket
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import expect
from tests.support.browser import Ide
from tests.support.servers import served_process

pytestmark = [pytest.mark.slow, pytest.mark.thorough]

PYODIDE: Final = Path(__file__).parents[2] / "web" / "node_modules" / "pyodide"
FILES: Final = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
WHEEL: Final = "greeting-1.0-py3-none-any.whl"


class Shared(http.server.SimpleHTTPRequestHandler):
    """Files for pages of any origin, as such a server has to be set up."""

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, *_: object) -> None: ...


@contextmanager
def distribution(folder: Path) -> Iterator[str]:
    for name in FILES:
        shutil.copy(PYODIDE / name, folder / name)
    with zipfile.ZipFile(folder / WHEEL, "w") as wheel:
        wheel.writestr("greeting.py", "WORDS = 'Hello from the package'\n")
        wheel.writestr("greeting-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: greeting\nVersion: 1.0\n")
        wheel.writestr("greeting-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text("utf-8"))
    lock["packages"] = {
        "greeting": {
            "name": "greeting",
            "version": "1.0",
            "file_name": WHEEL,
            "install_dir": "site",
            "sha256": hashlib.sha256((folder / WHEEL).read_bytes()).hexdigest(),
            "package_type": "package",
            "imports": ["greeting"],
            "depends": [],
            "unvendored_tests": False,
        }
    }
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), "utf-8")
    handler = functools.partial(Shared, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()


def test_programs_in_the_browser_import_what_the_operator_has(ide_at: Callable[..., Ide], tmp_path: Path) -> None:
    with distribution(tmp_path) as address, served_process(env={"SNAKEPEN_PAGE__PYTHON_URL": address}) as (url, _):
        ide = ide_at(url)
        ide.may_ask.append(address)
        ide.open().page.locator("header .place").click()
        expect(ide.page.get_by_text("Besides the standard library it has greeting.")).to_be_visible()
        ide.page.get_by_role("button", name="Run in this browser").click()
        ide.run("import greeting\nprint(greeting.WORDS)")
        ide.shows("Hello from the package")
        ide.says("Finished.")
        ide.run("import numpy")
        expect(ide.page.get_by_text("needs numpy")).to_be_visible()


def test_who_stays_is_not_told_of_to_where_the_operators_is(ide_at: Callable[..., Ide], tmp_path: Path) -> None:
    """Ours is started once for who stays; a request to elsewhere fails the test."""
    with distribution(tmp_path) as address, served_process(env={"SNAKEPEN_PAGE__PYTHON_URL": address}) as (url, _):
        ide = ide_at(url, keeps=True)
        ide.page.clock.install()
        ide.open().keep_for_later()
        ide.page.clock.fast_forward("01:00")
        ide.page.evaluate("() => new Promise((done) => requestIdleCallback(done))")
        ide.page.evaluate("() => fetch('/api/execute')")
        assert ide.pythons == 0


def test_ours_is_used_when_the_operators_is_not_there(ide_at: Callable[..., Ide]) -> None:
    with socket.socket() as nobody:  # bound, and nobody listens
        nobody.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}/"
        _ours_is_used(ide_at, address)


def _ours_is_used(ide_at: Callable[..., Ide], address: str) -> None:
    with served_process(env={"SNAKEPEN_PAGE__PYTHON_URL": address}) as (url, _):
        ide = ide_at(url)
        ide.may_ask.append(address)
        ide.open().page.locator("header .place").click()
        ide.page.get_by_role("button", name="Run in this browser").click()
        ide.run("import rich\nprint('ours')")
        ide.shows("ours")
