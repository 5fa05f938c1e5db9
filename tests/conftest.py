"""What all tests share: one real server for those that need no other, and the census at the end."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Generator, Iterator

import pytest

from tests.support.census import Census
from tests.support.client import Api
from tests.support.servers import served

MUST_SANDBOX = os.environ.get("SNAKEPEN_MUST_SANDBOX") == "1"
SANDBOX_TESTS = ("hostile", "differential", "sandbox")


def pytest_configure(config: pytest.Config) -> None:
    """A folder for temporary files that is this session's alone, so that the census counts nobody else's."""
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
    with served() as url:
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
    before = Census.take()
    yield
    left = Census.take().more_than(before)
    assert not left, "left behind:\n" + "\n".join(left)
