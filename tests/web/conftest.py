"""One browser for the tests of a file; each test has a profile of its own, as a person who was never here before."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Playwright, expect
from tests.support.browser import Ide, MemoryOfPython, open_browser, playing
from tests.support.scripted_model import ScriptedModel, scripted_model
from tests.support.servers import served
from tests.support.waiting import wait_until

OpenIde = Callable[..., Ide]


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with playing() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with open_browser(playwright) as opened:
        yield opened


@pytest.fixture(scope="module")
def whole_browser(playwright: Playwright) -> Iterator[Browser]:
    """What people have, for what a hostile page may try with frames and windows; it takes twice the time."""
    with open_browser(playwright, whole=True) as opened:
        yield opened


@pytest.fixture(scope="session")
def memory(tmp_path_factory: pytest.TempPathFactory) -> MemoryOfPython:
    base = tmp_path_factory.getbasetemp()
    return MemoryOfPython((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "memory-of-python")


@contextmanager
def opening(browser: Browser, memory: MemoryOfPython) -> Iterator[OpenIde]:
    """Opens the page of a server, in a context with these options; complaints of the browser fail whoever uses it.

    A page that `keeps` itself for later fetches all of Python into each new profile, which takes as long as many a test.
    One that `knows` Python has it start from the memory that another test left, and leaves it where none has.
    """
    with ExitStack() as contexts:
        opened: list[Ide] = []

        def make(url: str, *, keeps: bool = False, knows: bool = False, **options: Any) -> Ide:
            workers: Literal["allow", "block"] = "allow" if keeps else "block"
            options = {"viewport": {"width": 1280, "height": 800}, **options}
            context = browser.new_context(service_workers=workers, **options)
            contexts.callback(context.close)
            ide = Ide(context.new_page(), url, memory if knows else None)
            if knows:
                contexts.callback(memory.take, ide.page)
            opened.append(ide)
            return ide

        yield make
        assert [one.complaints for one in opened if one.complaints] == []


@pytest.fixture
def ide_at(browser: Browser, memory: MemoryOfPython) -> Iterator[OpenIde]:
    with opening(browser, memory) as make:
        yield make


@pytest.fixture
def ide_in_whole_browser(whole_browser: Browser, memory: MemoryOfPython) -> Iterator[OpenIde]:
    with opening(whole_browser, memory) as make:
        yield make


@pytest.fixture
def ide(ide_at: Callable[..., Ide], server: str) -> Ide:
    """On the server that all tests share."""
    return ide_at(server).open()


@pytest.fixture(scope="module")
def modelled() -> Iterator[tuple[str, ScriptedModel]]:
    """A server that a model is connected to."""
    with scripted_model() as model:
        endpoints = json.dumps([{"name": "scripted", "url": model.address, "models": ["tiny"]}])
        # It writes down when a model fails.
        with served(env={"SNAKEPEN_MODELS__ENDPOINTS": endpoints}, quiet=False) as url:
            yield url, model


@pytest.fixture
def model(modelled: tuple[str, ScriptedModel]) -> ScriptedModel:
    model = modelled[1]
    wait_until(lambda: model.under_way == 0)
    model.asked.clear()
    model.hang_ups = 0
    return model


@pytest.fixture
def asking(ide_at: OpenIde, modelled: tuple[str, ScriptedModel], model: ScriptedModel) -> Ide:
    """The page, with a model that is chosen."""
    ide = ide_at(modelled[0]).open()
    expect(ide.page.get_by_role("button", name="Who writes: tiny")).to_be_visible()
    return ide
