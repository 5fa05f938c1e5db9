"""`python -m bench.page`: what a person who has the page before them waits for, in a real browser.

Each round has a server and a browser of its own, with nothing cached. A figure is taken by the page's clock, from the
key that asks for something to when the text is in the document; what the page loads is counted as it travels.
"""

import argparse
import asyncio
import os
import shutil
import signal
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import median
from typing import Final

from playwright.async_api import Browser, Error, Page, Response, async_playwright, expect

from bench.errors import BenchError
from bench.report import aligned
from bench.rounds import machine
from bench.servers import clean_env, serving
from bench.ways import ROOT, SNAKEPEN
from snakepen import __version__

_DEADLINE_MS: Final = 60_000
_ROUNDS: Final = 5
_RUNS: Final = 5
_READING_SECONDS: Final = 2.0

PLACE: Final = "header .place"
SCREEN: Final = ".xterm-rows"
CODE: Final = ".editor .cm-content"

# Between the key and each text: `begin` when the key goes down, the others when what is looked for is in the document.
_WATCH: Final = """(wanted) => {
    const times = (globalThis.benchTimes = { seen: wanted.map(() => null) });
    addEventListener("keydown", (event) => {
        if (event.key === "Enter" && event.ctrlKey) times.begin ??= performance.now();
    }, { capture: true });
    wanted.forEach(([selector, text], which) => {
        const step = (place, part) => (place.shadowRoot ?? place).querySelector(part);
        const place = selector.split(" ").reduce(step, document);
        const look = () => {
            if (times.begin !== undefined && place.textContent.includes(text)) times.seen[which] ??= performance.now();
        };
        new MutationObserver(look).observe(place, { subtree: true, childList: true, characterData: true });
    });
}"""
_TAKEN: Final = "() => benchTimes.seen.map((at) => at - benchTimes.begin)"
_PAINTED: Final = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
# What the browser keeps for when the server is gone, and whether it is in charge of the page.
_KEPT: Final = """async () => {
    await navigator.serviceWorker.ready;
    await (navigator.serviceWorker.controller ?? new Promise(
        (done) => navigator.serviceWorker.addEventListener("controllerchange", () => done(null))));
}"""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: to stay at or below what must be reached."""

    title: str
    unit: str
    must: float


PAINT: Final = Row("first paint, nothing cached", "ms", 1000)
SCRIPTS: Final = Row("JavaScript before one can type, compressed", "kB", 400)
RECIPE: Final = Row("prompt to first code in the editor, by a recipe", "ms", 200)
FIRST_OUTPUT: Final = Row("Run to first output in the terminal", "ms", 100)
FALLBACK: Final = Row("Run to 'in your browser', the server being gone", "ms", 500)
FIRST_START: Final = Row("Run to first output in the browser, the first time", "ms", 6000)
LATER_START: Final = Row("Run to first output in the browser, after that", "ms", 1000)
ROWS: Final = (PAINT, SCRIPTS, RECIPE, FIRST_OUTPUT, FALLBACK, FIRST_START, LATER_START)

Figures = Mapping[Row, list[float]]


async def measure(rounds: int) -> Figures:
    """Every figure of every round. Raises BenchError when there is no browser, or what is waited for does not come."""
    figures: dict[Row, list[float]] = defaultdict(list)
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", file=sys.stderr, flush=True)
        try:
            async with _browser() as browser:
                await _round(browser, figures)
        except (Error, AssertionError) as problem:
            raise BenchError(f"The page did not do what was waited for: {problem}") from problem
    return figures


@asynccontextmanager
async def _browser() -> AsyncIterator[Browser]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        raise BenchError("There is no chromium on the PATH: 'apt install chromium' brings it.")
    async with async_playwright() as playwright:
        # As in tests/support/browser.py: it is shown our own page only.
        browser = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            await browser.close()


async def _round(browser: Browser, figures: dict[Row, list[float]]) -> None:
    page = await browser.new_page()
    page.set_default_timeout(_DEADLINE_MS)
    expect.set_options(timeout=_DEADLINE_MS)
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    async with serving("snakepen", str(SNAKEPEN), "serve", "--port", "0", cwd=ROOT, env=clean_env()) as server:
        await page.goto(f"{server.url}/ide")
        await page.get_by_role("textbox", name="Program.").click()
        figures[SCRIPTS].append(sum([await _script_bytes(one) for one in responses.copy()]) / 1000)
        await expect(page.locator(PLACE)).to_contain_text("On the server")
        figures[PAINT].append(await page.evaluate(_PAINTED))
        for number in range(_RUNS):
            figures[RECIPE] += await _ask(page, 31 + number)
        for number in range(_RUNS):
            figures[FIRST_OUTPUT] += await _run(page, f"here {number}", (SCREEN, f"here {number}"))
        await page.evaluate(_KEPT)
        if sys.platform != "win32":  # where the benchmark does not run
            os.kill(server.pid, signal.SIGKILL)
        told, shown = await _run(page, "away", (PLACE, "In your browser"), (SCREEN, "away"))
        figures[FALLBACK].append(told)
        figures[FIRST_START].append(shown)
        for number in range(_RUNS):
            # As people do, who read what it said first: by then the next interpreter is there.
            await asyncio.sleep(_READING_SECONDS)
            figures[LATER_START] += await _run(page, f"away {number}", (SCREEN, f"away {number}"))
    await page.close()


async def _script_bytes(response: Response) -> int:
    """As it travels; 0 for anything but a script of the page."""
    if response.request.resource_type != "script":
        return 0
    return (await response.request.sizes())["responseBodySize"]


async def _ask(page: Page, last: int) -> list[float]:
    """Milliseconds from Ctrl+Shift+Enter to when the recipe's code is there."""
    await page.locator("#prompt").fill(f"a times table up to {last}")
    await page.evaluate(_WATCH, [[CODE, str(last)]])
    await page.keyboard.press("Control+Shift+Enter")
    await expect(page.locator(CODE)).to_contain_text(str(last))
    taken: list[float] = await page.evaluate(_TAKEN)
    return taken


async def _run(page: Page, text: str, *wanted: tuple[str, str]) -> list[float]:
    """Milliseconds from Ctrl+Enter to when each of them is there, of a program that prints the text."""
    await page.get_by_role("textbox", name="Program.").click()
    await page.keyboard.press("Control+A")
    await page.keyboard.insert_text(f"print('{text[:2]}' '{text[2:]}')")
    await page.evaluate(_WATCH, [list(one) for one in wanted])
    await page.keyboard.press("Control+Enter")
    for selector, expected in wanted:
        await expect(page.locator(selector)).to_contain_text(expected)
    await expect(page.locator(".status .text")).to_contain_text("Finished.")
    taken: list[float] = await page.evaluate(_TAKEN)
    return taken


def missed(figures: Figures) -> list[str]:
    """What must be reached, and is promised, and was not reached."""
    return [row.title for row in ROWS if median(figures[row]) > row.must]


def rows(figures: Figures) -> Iterator[Sequence[str]]:
    """The table, its head first."""
    yield ("what", "measured", "over the rounds", "must", "")
    for row in ROWS:
        taken = figures[row]
        middle = median(taken)
        yield (
            row.title,
            f"{middle:.0f} {row.unit}",
            f"{min(taken):.0f} to {max(taken):.0f}",
            f"≤ {row.must:g}",
            "reached" if middle <= row.must else "not reached",
        )


def main() -> int:
    """The exit code: 0, or 1 when something failed or a promise was not kept."""
    if sys.platform == "win32":
        print("The benchmark runs on Linux and macOS.", file=sys.stderr)
        return 1
    parser = argparse.ArgumentParser(prog="python -m bench.page", description=__doc__, allow_abbrev=False)
    parser.add_argument("--rounds", type=int, default=_ROUNDS, metavar="N", help=f"how many (default: {_ROUNDS})")
    options = parser.parse_args()
    about = machine(None)
    print(f"Snakepen {__version__}; {about['cores']} cores, {about['system']}; load average {about['load_average']}")
    try:
        figures = asyncio.run(measure(max(1, options.rounds)))
    except BenchError as error:
        print(error, file=sys.stderr)
        return 1
    for line in aligned(rows(figures)):
        print(line)
    if broken := missed(figures):
        print("These are promised and not reached: " + "; ".join(broken) + ".", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
