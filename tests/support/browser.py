"""The page in a real browser: Debian's chromium, driven by Playwright, against a real server."""

import os
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Playwright, Request, expect, sync_playwright

from snakepen.api.pages import BUILT
from tests.support.processes import Process, all_processes, reap
from tests.support.waiting import wait_until

MUST_BROWSE = os.environ.get("SNAKEPEN_MUST_BROWSE") == "1"
WHOLE_BROWSER = os.environ.get("SNAKEPEN_WHOLE_BROWSER") == "1"
SCREENSHOTS: Final = Path(__file__).parents[2] / "screenshots"
AXE: Final = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
# Of what may take long on a slow machine: Python in the browser starts in seconds.
DEADLINE_MS: Final = 60_000
# Level AA of WCAG 2.2, and what axe's authors hold to be good besides.
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Look = tuple[Literal["light", "dark"], int]
ALL_LOOKS: Final[Sequence[Look]] = (
    ("light", 320), ("light", 768), ("light", 1280), ("dark", 320), ("dark", 768), ("dark", 1280),
)  # fmt: skip
# What is made for one theme or for a phone is in these; what only another pair of them shows is for `make thorough`.
LOOKS: Final = ALL_LOOKS if os.environ.get("SNAKEPEN_ALL_LOOKS") == "1" else (("dark", 320), ("light", 1280))
# Ruff's and Python's WebAssembly, 20 MB, is compiled anew for each profile: by the quick compiler only, and what is
# never called not at all, the tests of the page take a quarter less of the processors.
COMPILES: Final = "--js-flags=--wasm-lazy-compilation,--liftoff-only"
# A page whose server is gone asks for it again and again, and the browser writes down each refusal.
EXPECTED: Final = (
    "net::ERR_CONNECTION_REFUSED",
    "net::ERR_CONNECTION_RESET",
    "status of 429",
    "status of 503",
    "status of 401",
    "status of 409",
    "ERR_EMPTY_RESPONSE",
    "blocked by Playwright",
    "does not match the recipient window's origin ('null')",  # axe's, which looks for itself in frames of no origin
    "task queue exceeded allotted deadline",  # xterm's, of a machine that has other work
)

expect.set_options(timeout=DEADLINE_MS)


def each_of(states: Sequence[Callable[..., None]], *, telling: Collection[Callable[..., None]]) -> pytest.MarkDecorator:
    """A test for each state of the page; those that are not `telling` much of it are for `make test-long`."""
    return pytest.mark.parametrize(
        "state",
        [state if state in telling else pytest.param(state, marks=pytest.mark.long) for state in states],
        ids=lambda state: state.__name__,
    )


def chromium(*, whole: bool) -> str:
    """Where it is; the test is skipped without.

    The same engine without a browser's own windows, Debian's chromium-headless-shell, takes half of the processors'
    time; the `whole` one keeps frames without an origin in processes of their own, as people's do.
    """
    shell: tuple[str, ...] = () if whole or WHOLE_BROWSER else ("chromium-headless-shell",)
    for name in (*shell, "chromium", "chromium-browser", "google-chrome"):
        if (found := shutil.which(name)) is not None and (BUILT / "index.html").exists():
            return found
    why = "needs the page ('make page') and chromium ('apt install chromium')"
    if MUST_BROWSE:
        pytest.fail(why)
    pytest.skip(why)


@contextmanager
def playing() -> Iterator[Playwright]:
    """Playwright, for any number of browsers, beside each other too; none is left."""
    with sync_playwright() as playwright:
        yield playwright
    wait_until(lambda: not _of_the_browser())


@contextmanager
def open_browser(playwright: Playwright, *, whole: bool = False) -> Iterator[Browser]:
    # Its own sandbox needs rights that a test in a container does not have; it is shown our own page only.
    browser = playwright.chromium.launch(executable_path=chromium(whole=whole), args=["--no-sandbox", COMPILES])
    try:
        yield browser
    finally:
        browser.close()


class MemoryOfPython:
    """What the page keeps of Python as it is after a start, as a file that the tests' processes share: to begin with it
    takes a third of the time of another start, and its browser is one in which somebody ran something before.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def give(self, page: Page) -> None:
        """Nothing, if no test has started Python yet."""
        if not self._file.exists():
            return
        page.evaluate(
            # A page that is made to believe that it cannot suspend has a Python that can.
            """async ([address, memory]) => {
                if (!("Suspending" in WebAssembly)) address = address.replace("-suspending", "");
                const bytes = new Blob([Uint8Array.from(atob(memory), (character) => character.charCodeAt(0))]);
                const body = bytes.stream().pipeThrough(new DecompressionStream("gzip"));
                await (await caches.open("snakepen-python")).put(address, new Response(body));
            }""",
            self._file.read_text("ascii").split(),
        )

    def take(self, page: Page) -> None:
        """For the next, if there is one and none was taken before."""
        if self._file.exists() or not page.url.startswith("http"):
            return
        found: list[str] | None = page.evaluate(
            """async () => {
                const cache = await caches.open("snakepen-python");
                const [request] = await cache.keys();
                if (!request?.url.endsWith("-suspending")) return null;
                const kept = (await cache.match(request)).body.pipeThrough(new CompressionStream("gzip"));
                const reader = new FileReader();
                const read = new Promise((done) => (reader.onload = done));
                reader.readAsDataURL(await new Response(kept).blob());
                await read;
                return [new URL(request.url).pathname, reader.result.split(",")[1]];
            }"""
        )
        if found is None:
            return
        written = self._file.with_suffix(f".{os.getpid()}")
        written.write_text(" ".join(found), "ascii")
        written.replace(self._file)


def _of_the_browser() -> list[Process]:
    """Those of its processes that are below us; where we adopt orphans, who has ended waits for us to notice."""
    family = [one for one in all_processes().values() if one.parent == os.getpid() and "chrom" in one.name]
    reap(one for one in family if one.is_zombie)
    return family


class Ide:
    """The page as a person has it before them, and what the browser complained of."""

    def __init__(self, page: Page, url: str, memory: MemoryOfPython | None = None) -> None:
        self.page = page
        self.url = url
        self._memory = memory
        self.may_ask = [url]
        """All that it is to ask anything of."""
        self.complaints: list[str] = []
        page.set_default_timeout(DEADLINE_MS)
        page.on("console", self._console)
        page.context.on("request", self._request)
        # Only who listens gets a dialog, and to listen takes effect later than the next key: so from the start.
        page.on("filechooser", lambda _: None)
        page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(word in message.text for word in EXPECTED):
            self.complaints.append(f"{message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        """Workers' too."""
        if not request.url.startswith(("data:", "blob:", *self.may_ask)):
            self.complaints.append(f"asked elsewhere: {request.url}")

    def open(self, at: str = "/ide", place: str = "On the server") -> "Ide":
        self.page.goto(self.url + at)
        if self._memory is not None:
            self._memory.give(self.page)
        expect(self.place).to_contain_text(place)
        return self

    @property
    def place(self) -> Locator:
        return self.page.locator("header .place")

    @property
    def status(self) -> Locator:
        return self.page.locator(".status .text")

    @property
    def terminal(self) -> Locator:
        return self.page.locator(".xterm-rows")

    @property
    def editor(self) -> Locator:
        return self.page.get_by_role("textbox", name="Program.")

    @property
    def prompt(self) -> Locator:
        return self.page.locator("#prompt")

    @property
    def steps(self) -> Locator:
        """Of the history."""
        return self.page.locator(".history li")

    @property
    def run_button(self) -> Locator:
        return self.page.locator("button.run:visible")

    @property
    def stop_button(self) -> Locator:
        return self.page.locator("button.stop:visible")

    def write(self, code: str) -> None:
        """Put a program into the editor, as a paste does: typing would indent it."""
        self.editor.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(code)

    def run(self, code: str) -> None:
        self.write(code)
        self.page.keyboard.press("Control+Enter")

    def ask(self, prompt: str) -> None:
        self.prompt.fill(prompt)
        self.prompt.press("Enter")

    def says(self, text: str) -> None:
        expect(self.status).to_contain_text(text)

    def shows(self, text: str) -> None:
        expect(self.terminal).to_contain_text(text)

    def focus_is(self, name: str) -> None:
        """What has the focus begins with this, by its name for a screen reader; it may take a frame to get there."""
        wait_until(lambda: self._focused().startswith(name), why=self._focused)

    def _focused(self) -> str:
        # Through shadow roots.
        found: Any = self.page.evaluate(
            """() => {
                let element = document.activeElement;
                while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
                return element?.getAttribute("aria-label") ?? element?.textContent?.trim() ?? "";
            }"""
        )
        return str(found)

    def keep_for_later(self) -> None:
        """Until the service worker has all parts of the page, and controls it."""
        self.page.evaluate("() => navigator.serviceWorker.ready")
        self.page.evaluate(
            """() => navigator.serviceWorker.controller ?? new Promise(
                (done) => navigator.serviceWorker.addEventListener("controllerchange", () => done(null)))"""
        )

    def choose_the_browser(self) -> None:
        """To run programs in, instead of the server."""
        self.place.click()
        self.page.get_by_role("button", name="Run in this browser").click()
        expect(self.place).to_contain_text("In your browser")

    @property
    def pythons(self) -> int:
        """Interpreters that there are in the browser: one for each worker, whether it has started yet or not."""
        self.page.evaluate("() => 0")  # Playwright hears of workers only while it waits for something
        return sum("python.worker" in worker.url for worker in self.page.workers)

    def looks(self) -> Iterator[Look]:
        """The page as it is now in themes and at widths, one after the other: as the theme of the system and the size
        of the window change, and the page with them.
        """
        for theme, width in LOOKS:
            self.page.emulate_media(color_scheme=theme)
            expect(self.page.locator("html")).to_have_attribute("data-theme", theme)
            self.page.set_viewport_size({"width": width, "height": 800})
            yield theme, width

    def must_be_well(self, name: str) -> None:
        """Accessible by axe, and nothing cut; a picture of this name is kept."""
        self.picture(name)
        found = (name, self.violations(), self.sideways(), self.below())
        assert found == (name, [], 0, 0), found

    def picture(self, name: str) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")

    def violations(self) -> list[str]:
        """Of accessibility, by axe; a line each."""
        if not self.page.evaluate("() => 'axe' in window"):
            # As an extension would, past the page's policy: it is not part of the page.
            devtools = self.page.context.new_cdp_session(self.page)
            devtools.send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
            devtools.detach()
        found: Any = self.page.evaluate(
            "(rules) => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
        )
        return [
            f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes']]}" for one in found["violations"]
        ]

    def below(self) -> int:
        """By how many pixels the page is higher than the window, in which it has its place."""
        # The body cuts off what is in it; what has its place in the window itself it does not.
        return int(
            self.page.evaluate(
                """() => Math.max(
                    document.scrollingElement.scrollHeight - innerHeight,
                    document.body.scrollHeight - document.body.clientHeight)"""
            )
        )

    def sideways(self) -> int:
        """By how many pixels the page, or what may not be cut in it, is wider than its place."""
        return int(
            self.page.evaluate(
                """() => Math.max(
                    document.scrollingElement.scrollWidth - innerWidth,
                    ...[...document.querySelectorAll("header, .bar, .banner, .status, dialog[open], .views")].map(
                        (element) => element.scrollWidth - element.clientWidth))"""
            )
        )
