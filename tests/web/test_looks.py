"""Every state in both themes and three widths: axe finds nothing, nothing is cut; a picture of each is kept."""

from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import expect
from tests.support.browser import Ide
from tests.support.servers import served_process

pytestmark = [pytest.mark.slow]

WIDTHS: Final = (320, 768, 1280)
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
    ide.says("Ended with exit code 1.")
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
    where(ide)
    ide.page.get_by_role("button", name="Run in this browser").click()
    ide.run("import sys\nprint(sys.platform)")
    ide.shows("emscripten")


def needs_the_server(ide: Ide) -> None:
    where(ide)
    ide.page.get_by_role("button", name="Run in this browser").click()
    ide.run("import numpy")
    expect(ide.page.get_by_text("imports numpy")).to_be_visible()


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


def expand(ide: Ide, view: str) -> None:
    """On a phone one pane is seen at a time."""
    button = ide.page.get_by_role("button", name="Code" if view == "code" else "Output", exact=True)
    if button.is_visible():
        button.click()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_a_state_is_accessible_and_fits(
    ide_at: Callable[..., Ide], server: str, state: Callable[[Ide], None], theme: str
) -> None:
    ide = ide_at(server, color_scheme=theme, reduced_motion="reduce").open()
    state(ide)
    for width in WIDTHS:
        ide.page.set_viewport_size({"width": width, "height": 800})
        ide.picture(f"{state.__name__}-{theme}-{width}")
        assert (width, ide.violations()) == (width, [])
        assert (width, ide.sideways()) == (width, 0)
    if ide.stop_button.is_visible():
        ide.stop_button.click()
        ide.says("Stopped by you.")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_without_its_server_is_accessible(ide_at: Callable[..., Ide], theme: str) -> None:
    with served_process(return_code=-9) as (url, process):
        ide = ide_at(url, color_scheme=theme).open()
        ide.keep_for_later()
        process.kill()
        process.wait()
        ide.page.reload()
        expect(ide.place).to_contain_text("In your browser")
        for width in WIDTHS:
            ide.page.set_viewport_size({"width": width, "height": 800})
            ide.picture(f"gone-{theme}-{width}")
            assert (width, ide.violations(), ide.sideways()) == (width, [], 0)


def test_a_server_that_wants_its_token_asks_for_it_and_runs_then(ide_at: Callable[..., Ide]) -> None:
    with served_process(env={"SNAKEPEN_TOKEN": TOKEN}) as (url, _):
        ide = ide_at(url).open(place="Locked")
        field = ide.page.get_by_label("This server wants a token.")
        for width in WIDTHS:
            ide.page.set_viewport_size({"width": width, "height": 800})
            ide.picture(f"locked-{width}")
            assert (width, ide.violations(), ide.sideways()) == (width, [], 0)
        field.fill("wrong")
        field.press("Enter")
        expect(ide.page.get_by_label("That token is not this server's.")).to_be_visible()
        ide.page.get_by_label("That token").fill(TOKEN)
        ide.page.get_by_role("button", name="Unlock").click()
        expect(ide.place).to_contain_text("On the server")
        ide.run("print('unlocked')")
        ide.shows("unlocked")
