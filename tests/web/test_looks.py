"""Every state in both themes and narrow and wide (`make thorough`: in all there are): axe finds nothing, nothing is cut."""

from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import expect
from tests.support.browser import Ide, each_of
from tests.support.servers import served_process

pytestmark = [pytest.mark.slow]

TOKEN = "a-token-of-the-tests-0123456789"


def empty(ide: Ide) -> None:
    expect(ide.run_button).to_be_visible()


def waiting(ide: Ide) -> None:
    ide.run("print('There you are.')\nname = input('What is your name? ')")
    ide.says("Waiting for input: What is your name?")


def running(ide: Ide) -> None:
    ide.run("import time\nprint('working', flush=True)\ntime.sleep(600)")
    ide.shows("working")
    ide.says("Running")


def finished(ide: Ide) -> None:
    ide.run("for n in range(5): print(n, n ** 2)")
    ide.says("Finished.")


def failed(ide: Ide) -> None:
    ide.run("def mean(numbers):\n    return sum(numbers) / len(numbers)\n\nprint(mean([]))")
    ide.says("Failed on line ")
    expand(ide, "code")
    expect(ide.page.locator(".cm-failing-line").first).to_be_attached()


def limited(ide: Ide) -> None:
    ide.run("while True: print('again and again')")
    ide.says("Ended by the limit on output.")


def stopped(ide: Ide) -> None:
    running(ide)
    ide.page.keyboard.press("Control+.")
    ide.says("Stopped by you.")


def problems(ide: Ide) -> None:
    ide.write("import os\nprint(undefined_name)")
    expand(ide, "output")
    expect(ide.page.get_by_role("tab", name="Problems")).to_contain_text("2")
    ide.page.get_by_role("tab", name="Problems").click()


def palette(ide: Ide) -> None:
    ide.page.keyboard.press("F1")
    ide.page.get_by_role("combobox").fill("out")
    expect(ide.page.get_by_role("option").first).to_be_visible()


def where(ide: Ide) -> None:
    ide.page.locator("header .place").click()
    expect(ide.page.get_by_role("heading", name="Where programs run")).to_be_visible()
    expect(ide.page.get_by_text("What is different:")).to_be_visible()


def in_the_browser(ide: Ide) -> None:
    ide.choose_the_browser()
    ide.run("import sys\nprint(sys.platform)")
    ide.shows("emscripten")


def needs_the_server(ide: Ide) -> None:
    ide.choose_the_browser()
    ide.run("import numpy")
    expect(ide.page.get_by_text("needs numpy")).to_be_visible()


SHOWS = """\
import matplotlib.pyplot as plt
import pandas as pd

months = pd.DataFrame({"month": ["January", "February", "March"], "sold": [120, 98, 143], "share": [0.33, 0.27, 0.4]})
print("Three months:")
display(months)
plt.bar(months["month"], months["sold"])
plt.title("Sold by month")
plt.ylabel("pieces")
plt.show()
months.to_csv("months.csv", index=False)
plt.plot([3, 1, 2])
plt.savefig("line.png")
plt.close()
open("note.txt", "w").write("Nothing to add.")

class Formula:
    def _repr_latex_(self):
        return r"$\\sum_{n=1}^{\\infty} \\frac{1}{n^2} = \\frac{\\pi^2}{6}$"

class Html:
    def _repr_html_(self):
        return "<h3>Drawn by the program</h3><p>In a <em>frame</em> of its own.</p>"

display(Formula(), Html())
months["sold"].sum() == 361  # the last line's value is shown
"""


def results(ide: Ide) -> None:
    ide.run(SHOWS)
    ide.says("Finished. 5 results, 3 files.")
    # `display` is known, and the value of the last line is not thrown away.
    expect(ide.page.get_by_role("tab", name="Problems")).to_have_text("Problems")
    expect(ide.page.locator(".formula math")).to_be_attached()


def figure(ide: Ide) -> None:
    results(ide)
    ide.page.get_by_role("button", name="Full size").click()
    expect(ide.page.get_by_role("dialog", name="Sold by month")).to_be_visible()


def files(ide: Ide) -> None:
    results(ide)
    ide.page.get_by_role("tab", name="Files").click()
    with ide.page.expect_file_chooser() as chooser:
        ide.page.get_by_role("button", name="Add files").click()
    given = [("prices.csv", b"a,b\n1,2\n"), ("main.py", b"")]
    chooser.value.set_files([{"name": name, "mimeType": "text/csv", "buffer": content} for name, content in given])
    expect(ide.page.get_by_label("Name of prices.csv")).to_be_visible()


def file(ide: Ide) -> None:
    results(ide)
    ide.page.get_by_role("tab", name="Files").click()
    ide.page.get_by_role("button", name="View months.csv").click()
    expect(ide.page.get_by_role("dialog").get_by_role("cell", name="February")).to_be_visible()


def nothing_yet(ide: Ide) -> None:
    ide.page.get_by_role("tab", name="Results").click()
    expect(ide.page.get_by_text("the value of the last line")).to_be_visible()


STATES: Final = (
    empty, waiting, running, finished, failed, limited, stopped, problems, palette, where, in_the_browser, needs_the_server,
    nothing_yet, results, figure, files, file,
)  # fmt: skip
STARTING_PYTHON: Final = (in_the_browser, needs_the_server)


def expand(ide: Ide, view: str) -> None:
    """On a phone one pane is seen at a time."""
    button = ide.page.get_by_role("button", name="Code" if view == "code" else "Output", exact=True)
    if button.is_visible():
        button.click()


@each_of(STATES, telling=(empty, results))
def test_a_state_is_accessible_and_fits(ide_at: Callable[..., Ide], server: str, state: Callable[[Ide], None]) -> None:
    ide = ide_at(server, knows=state in STARTING_PYTHON, reduced_motion="reduce").open()
    state(ide)
    for theme, width in ide.looks():
        ide.must_be_well(f"{state.__name__}-{theme}-{width}")
    if state is results:
        must_have_bars_of_one_row(ide)
    if state is files:  # in a low window some of what is there to be heard alone lies further down than that is high
        ide.page.set_viewport_size({"width": 1280, "height": 400})
        assert ide.below() == 0
    if ide.stop_button.is_visible():
        ide.stop_button.click()
        ide.says("Stopped by you.")


@pytest.mark.long
def test_a_page_without_its_server_is_accessible(ide_at: Callable[..., Ide]) -> None:
    with served_process(return_code=-9) as (url, process):
        ide = ide_at(url, keeps=True, knows=True).open()
        ide.keep_for_later()
        process.kill()
        process.wait()
        ide.page.reload()
        expect(ide.place).to_contain_text("In your browser")
        for theme, width in ide.looks():
            ide.must_be_well(f"gone-{theme}-{width}")


@pytest.mark.long
def test_a_server_that_wants_its_token_asks_for_it_and_runs_then(ide_at: Callable[..., Ide]) -> None:
    with served_process(env={"SNAKEPEN_TOKEN": TOKEN}) as (url, _):
        ide = ide_at(url).open(place="Locked")
        field = ide.page.get_by_label("This server wants a token.")
        for theme, width in ide.looks():
            ide.must_be_well(f"locked-{theme}-{width}")
        field.fill("wrong")
        field.press("Enter")
        expect(ide.page.get_by_label("That token is not this server's.")).to_be_visible()
        ide.page.get_by_label("That token").fill(TOKEN)
        ide.page.get_by_role("button", name="Unlock").click()
        expect(ide.place).to_contain_text("On the server")
        ide.run("print('unlocked')")
        ide.shows("unlocked")


@pytest.mark.long
def test_the_hint_in_an_empty_field_can_be_read(ide: Ide) -> None:
    """Of which axe says nothing."""
    for theme in ("light", "dark"):
        ide.page.emulate_media(color_scheme=theme)
        expect(ide.page.locator("html")).to_have_attribute("data-theme", theme)
        for field in ("#prompt", ".input-line input", ".recipes input"):
            colours = ide.page.locator(field).evaluate(
                """field => {
                    const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
                    const drawn = (colour) => {
                        canvas.fillStyle = colour;
                        canvas.fillRect(0, 0, 1, 1);
                        return [...canvas.getImageData(0, 0, 1, 1).data];
                    };
                    const ground = getComputedStyle(document.documentElement).getPropertyValue("--ground");
                    return [drawn(getComputedStyle(field, "::placeholder").color), drawn(ground)];
                }"""
            )
            assert (theme, field, contrast(*colours) >= 4.5) == (theme, field, True)


def contrast(*colours: list[int]) -> float:
    """As WCAG 2.2 has it."""

    def luminance(colour: list[int]) -> float:
        parts = [one / 255 for one in colour[:3]]
        red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted(map(luminance, colours))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.long
def test_on_a_phone_what_is_said_above_the_panes_leaves_them_room(ide_at: Callable[..., Ide], server: str) -> None:
    ide = ide_at(server, viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True).open()
    ide.page.locator(".views").get_by_role("button", name="Files").click()
    with ide.page.expect_file_chooser() as chooser:
        ide.page.get_by_role("button", name="Add files").click()
    chooser.value.set_files([{"name": "prices.csv", "mimeType": "text/csv", "buffer": b"a,b\n"}])
    close = ide.page.get_by_role("button", name="Close this notice")
    heights = [height(ide, ".banner")]
    close.click()
    ide.choose_the_browser()
    expect(ide.page.get_by_role("button", name="What is different")).to_be_visible()
    heights.append(height(ide, ".banner"))
    assert max(heights) <= 96


def test_on_a_phone_what_closes_and_what_sends_is_in_sight(ide_at: Callable[..., Ide], server: str) -> None:
    ide = ide_at(server, viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True).open()
    dialog = ide.page.get_by_role("dialog")
    for width, height in ((360, 640), (390, 664), (640, 400)):
        ide.page.set_viewport_size({"width": width, "height": height})
        expect(ide.page.get_by_role("button", name="Send")).to_be_in_viewport(ratio=1)
        for name in ("Where programs run", "Commands", "Who writes", "See all recipes"):
            ide.page.get_by_role("button", name=name).click()
            expect(dialog.get_by_role("button", name="Close", exact=True)).to_be_in_viewport(ratio=1)
            dialog.evaluate("dialog => dialog.scrollTo({top: dialog.scrollHeight})")
            dialog.get_by_role("button", name="Close", exact=True).click()
            expect(dialog).to_have_count(0)


def must_have_bars_of_one_row(ide: Ide) -> None:
    for width in (768, 820):
        ide.page.set_viewport_size({"width": width, "height": 1024})
        bars = ide.page.locator(".bar").evaluate_all("bars => bars.map((bar) => bar.clientHeight).filter(Boolean)")
        assert (width, len(bars), max(bars) < 60) == (width, 3, True)


def height(ide: Ide, of: str) -> float:
    box = ide.page.locator(of).bounding_box()
    assert box is not None
    return box["height"]
