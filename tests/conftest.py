"""What all tests share: one real server for those that need no other, and the census at the end."""

import gc
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.support.census import Census
from tests.support.client import Api
from tests.support.servers import served

MUST_SANDBOX = os.environ.get("SNAKEPEN_MUST_SANDBOX") == "1"
SANDBOX_TESTS = ("hostile", "differential", "sandbox")
# Where a file takes longest, longest first: what begins last would else be waited for by processes without work.
LONG_FILES = ("web", "cli", "sandbox", "hostile", "api", "contract", "differential")
# Between two files of the page, which keep both processors busy, come so many of tests that mostly wait.
BETWEEN = 2


def pytest_configure(config: pytest.Config) -> None:
    """A folder for temporary files that is this session's alone, so that the census counts nobody else's."""
    # No test fails by the time that it took, and two runs of the tests try the same.
    hypothesis.settings.register_profile("snakepen", deadline=None, derandomize=True)
    hypothesis.settings.load_profile("snakepen")
    # Hundreds of servers and commands are started: none is to compile what the one before it has.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # A shell starts what is in the background with these ignored, and every child of ours would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if sys.platform != "win32":
        signal.signal(signal.SIGQUIT, signal.SIG_DFL)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    # Pytest's own stay where they are; and ours, of which each process of the session has one, lie side by side.
    place = os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())
    os.environ["TMPDIR"] = tempfile.mkdtemp(prefix="snakepen-tests-", dir=place)
    tempfile.tempdir = None
    config.add_cleanup(lambda: shutil.rmtree(os.environ["TMPDIR"]))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    of_page = [path for path in files if path.parent.name == LONG_FILES[0]]
    others = sorted((path for path in files if path not in of_page), key=_place)
    for number, path in enumerate(of_page):
        others.insert(number * (BETWEEN + 1), path)
    items[:] = [item for path in others for item in files[path]]


def pytest_collection_finish() -> None:
    """Hundreds of thousands of objects stay until the end: no collection need look through them again and again."""
    gc.collect()
    gc.freeze()


def _place(path: Path) -> int:
    folder = path.parent.name
    return LONG_FILES.index(folder) if folder in LONG_FILES else len(LONG_FILES)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With SNAKEPEN_MUST_SANDBOX=1 no test of a sandbox may be skipped: a layer that is not there is a failure."""
    report = yield
    if report.skipped and MUST_SANDBOX and item.path.parent.name in SANDBOX_TESTS:
        report.outcome = "failed"
        report.longrepr = f"skipped, which SNAKEPEN_MUST_SANDBOX forbids: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a real server with default settings."""
    with served(all_kinds=True) as url:
        yield url


@pytest.fixture
def api(server: str) -> Iterator[Api]:
    with Api(server) as client:
        yield client


@pytest.fixture(autouse=True)
def _no_settings_of_the_developer(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        keys = ("OPENAI_", "ANTHROPIC_", "GEMINI_", "GOOGLE_")
        if name.startswith(("SNAKEPEN_", *keys)) and name != "SNAKEPEN_DATA_DIR":
            monkeypatch.delenv(name)


def _user() -> str:
    if sys.platform != "win32":
        return str(os.getuid())
    return "windows"


def pytest_report_header() -> list[str]:
    return [f"user: {_user()}, platform: {sys.platform}, temporary files: {tempfile.gettempdir()}"]


@pytest.fixture(scope="session", autouse=True)
def _census() -> Iterator[None]:
    """Nothing of ours is left when the session ends: no process, no folder, no descriptor, no thread."""
    if sys.platform != "win32":
        import uvloop

        uvloop.new_event_loop().close()  # its first loop opens a pipe that it keeps for good (libuv, src/unix/signal.c)
    before = Census.take()
    yield
    left = Census.take().more_than(before)
    assert not left, "left behind:\n" + "\n".join(left)
