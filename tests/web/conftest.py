"""One browser for the tests of a file; each test has a profile of its own, as a person who was never here before."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.support.browser import Ide, open_browser

OpenIde = Callable[..., Ide]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture
def ide_at(browser: Browser) -> Iterator[Callable[..., Ide]]:
    """Opens the page of a server, in a context with these options; complaints of the browser fail the test."""
    with ExitStack() as contexts:
        opened: list[Ide] = []

        def make(url: str, **options: Any) -> Ide:
            context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
            contexts.callback(context.close)
            opened.append(Ide(context.new_page(), url))
            return opened[-1]

        yield make
        assert [one.complaints for one in opened if one.complaints] == []


@pytest.fixture
def ide(ide_at: Callable[..., Ide], server: str) -> Ide:
    """On the server that all tests share."""
    return ide_at(server).open()
