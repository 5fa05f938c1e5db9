"""Runs on the server, from the editor to the terminal."""

from typing import Literal

import pytest
from playwright.sync_api import FloatRect, Locator, expect
from tests.support.browser import Ide
from tests.support.cases import the_rest_long
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.slow]

GUESS = """\
number = 7
while True:
    guess = int(input("Your guess? "))
    if guess == number:
        print("Yes,", number)
        break
    print("Higher." if guess < number else "Lower.")
"""


@pytest.mark.long
def test_the_first_program_is_a_game_that_can_be_played(ide: Ide) -> None:
    ide.run_button.click()
    ide.says("Waiting for input: Your guess?")
    ide.page.keyboard.type("0")
    ide.shows("Your guess? 0")
    ide.says("Waiting for input: Your guess?")
    ide.page.keyboard.press("Enter")
    ide.shows("Higher.")


def test_a_game_is_played_to_its_end(ide: Ide) -> None:
    ide.run(GUESS)
    ide.says("Waiting for input: Your guess?")
    for guess, answer in (("3", "Higher."), ("9", "Lower."), ("7", "Yes, 7")):
        ide.page.keyboard.type(f"{guess}\n")
        ide.shows(answer)
    ide.says("Finished.")
    expect(ide.run_button).to_be_visible()


@pytest.mark.long
def test_a_failure_leads_to_its_line(ide: Ide) -> None:
    ide.run("def f():\n    return 1 / 0\n\nprint('before')\nf()  # " + "and so on, " * 30)
    ide.says("Failed on line 2: ZeroDivisionError: division by zero.")
    expect(ide.steps.last).to_contain_text("Failed on line 2: ZeroDivisionError: division by zero.")
    ide.shows("ZeroDivisionError: division by zero")
    expect(ide.page.locator(".cm-failing-line").first).to_contain_text("1 / 0")
    # On a phone what it says is in sight as a whole, however far the code is scrolled sideways.
    ide.page.set_viewport_size({"width": 360, "height": 664})
    ide.page.get_by_role("button", name="Code", exact=True).click()
    said, code = ide.page.locator(".cm-failure"), ide.page.locator(".cm-scroller")
    for scrolled in (0, 700):
        code.evaluate("(code, left) => code.scrollTo({left})", scrolled)
        wait_until(lambda: box(said)["height"] > 36)  # two rows of it
        left = box(ide.page.locator(".cm-gutters"))["x"] + box(ide.page.locator(".cm-gutters"))["width"]
        wait_until(lambda: left <= box(said)["x"] + 1 and box(said)["x"] + box(said)["width"] <= 360)  # noqa: B023
    ide.page.set_viewport_size({"width": 1280, "height": 800})
    ide.page.get_by_role("button", name="Go to line 2").press("Enter")
    ide.focus_is("Program.")
    ide.page.keyboard.type("# ")
    expect(ide.editor).to_contain_text("# return 1 / 0")


@pytest.mark.parametrize("code", the_rest_long(["while True: pass"], ["import time\ntime.sleep(1e6)", "input('? ')"]))
def test_stop_ends_it(ide: Ide, code: str) -> None:
    ide.run(f"print('there', flush=True)\n{code}")
    ide.shows("there")
    ide.stop_button.click()
    ide.says("Stopped by you.")


@pytest.mark.long
@pytest.mark.parametrize("width", [1280, 360])
def test_a_double_click_on_run_does_not_stop_it_nor_one_on_stop_start_it(ide: Ide, width: int) -> None:
    """Either is in the place of the other by then."""
    ide.write("import time\nprint('there', flush=True)\ntime.sleep(600)")
    ide.page.set_viewport_size({"width": width, "height": 740})
    ide.run_button.dblclick(delay=20)
    ide.shows("there")
    ide.says("Running")
    ide.stop_button.dblclick(delay=20)
    ide.says("Stopped by you.")
    expect(ide.run_button).to_be_visible()


REMINDER = "A program is running: Ctrl+. stops it."
SAYS_IN_ORDER = """() => {
    window.said = [];
    for (const place of document.querySelectorAll(".status [role=status]"))
        new MutationObserver(() => window.said.push(place.textContent)).observe(
            place, {childList: true, characterData: true, subtree: true});
}"""
PRESS_RUN = """() => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", {key: "Enter", ctrlKey: true, bubbles: true, cancelable: true}))"""


@pytest.mark.long
def test_who_presses_run_while_a_program_runs_is_told_how_to_stop_it(ide: Ide) -> None:
    ide.page.evaluate(SAYS_IN_ORDER)
    ide.run("import time\nprint('there', flush=True)\ntime.sleep(600)")
    ide.shows("there")
    ide.says("Running, ")
    for _ in range(3):
        ide.page.keyboard.press("Control+Enter")
    expect(ide.page.get_by_role("status").get_by_text(REMINDER)).to_be_attached()
    ide.says("s. Ctrl+. stops it.")
    ide.page.keyboard.press("Control+.")
    ide.says("Stopped by you.")
    expect(ide.status).not_to_contain_text("Ctrl+.")
    assert ide.page.evaluate("() => window.said").count(REMINDER) == 1


@pytest.mark.long
def test_who_presses_run_twice_by_accident_is_told_nothing(ide: Ide) -> None:
    ide.write("import time\nprint('there', flush=True)\ntime.sleep(600)")
    ide.page.evaluate(SAYS_IN_ORDER)
    ide.page.evaluate(f"() => {{ const press = {PRESS_RUN}; press(); press(); press(); }}")
    ide.says("Running, ")
    assert REMINDER not in ide.page.evaluate("() => window.said")


@pytest.mark.long
def test_a_run_that_went_on_when_the_page_was_left_is_spoken_of(ide: Ide) -> None:
    ide.run("import time\nprint('half of it', flush=True)\ntime.sleep(600)")
    ide.shows("half of it")
    ide.page.reload()
    ide.says("The last run ended when the page was left; how it ended is not known.")
    expect(ide.steps.last).to_contain_text("Ended when the page was left; how is not known.")
    ide.steps.last.get_by_role("button", name="v1").click()
    expect(ide.page.get_by_role("region", name="Its last run")).to_have_text("half of it")
    ide.page.keyboard.press("Escape")
    # It closes by going back; to be read anew meanwhile would fail.
    wait_until(lambda: ide.page.evaluate("() => history.state") is None)
    ide.page.reload()  # said once
    ide.says("Ready.")


@pytest.mark.long
def test_nothing_is_said_of_a_run_that_had_ended_when_the_page_was_left(ide: Ide) -> None:
    ide.run("print('all of it')")
    ide.says("Finished.")
    ide.page.reload()
    ide.says("Ready.")
    expect(ide.steps.last).to_contain_text("Finished.")


@pytest.mark.long
def test_a_program_that_prints_nothing_is_said_to(ide: Ide) -> None:
    expect(ide.page.get_by_text("Press Run or Ctrl+Enter. What the program prints")).to_be_visible()
    nothing = ide.page.get_by_text("The program printed nothing.")
    ide.run("x = 1\nassert x")
    expect(nothing).to_be_visible()
    ide.run("print('something')")
    ide.says("Finished.")
    ide.shows("something")
    expect(nothing).to_be_hidden()
    ide.run("def main(): print('never called')")
    expect(nothing).to_be_visible()


@pytest.mark.long
def test_what_the_editor_offers_is_gone_when_the_program_runs(ide: Ide) -> None:
    """It is offered a while after the last key, and the program runs longer than that."""
    ide.write("import time\nxylophone = 5\n")
    ide.page.keyboard.type("time.sleep(1)\nxylo")
    ide.page.keyboard.press("Control+Enter")
    ide.says("Failed on line 4: NameError")
    expect(ide.page.locator(".cm-tooltip-autocomplete")).to_have_count(0)


def test_ctrl_c_is_the_programs(ide: Ide) -> None:
    ide.run("try:\n    print('there', flush=True)\n    input()\nexcept KeyboardInterrupt:\n    print('caught')")
    ide.shows("there")
    ide.page.keyboard.press("Control+C")
    ide.shows("caught")
    ide.says("Finished.")


@pytest.mark.long
def test_a_flood_ends_at_the_limit_and_more_can_be_had(ide: Ide) -> None:
    ide.run("for i in range(1_000_000): print('line', i)")
    ide.says("Ended by the limit on output.")
    expect(ide.page.get_by_role("button", name="Run again with 4 MiB of output")).to_be_visible()
    ide.run("print('still awake')")
    ide.shows("still awake")


def test_the_program_has_a_terminal_of_the_size_that_is_seen(ide: Ide) -> None:
    ide.run("import os, sys\nprint(sys.stdout.isatty(), os.get_terminal_size().columns > 100)")
    ide.shows("True True")
    ide.page.set_viewport_size({"width": 700, "height": 800})
    ide.page.get_by_role("button", name="Code").click()
    ide.run("import os\nprint(os.get_terminal_size().columns < 100)")
    ide.shows("True")


@pytest.mark.long
@pytest.mark.parametrize("theme", the_rest_long(["dark"], ["light"]))
def test_cells_have_the_colours_that_the_program_gave_them(ide: Ide, theme: Literal["light", "dark"]) -> None:
    """Or such as can be read, where those could not; that the policy refused none is among what `ide` looks for."""
    ide.page.emulate_media(color_scheme=theme)
    # Of 256: one that can be read on white and one that can on black; what is not is drawn lighter or darker.
    ide.run(
        "for code in '48;2;0;0;160;38;2;255;255;0', '48;5;19;38;5;226', '38;5;17', '38;5;226':\n"
        "    print(f'\\x1b[{code}mcell {code}\\x1b[0m')"
    )
    ide.says("Finished.")
    ide.shows("cell 38;5;226")
    assert colours_of(ide, "cell 48;2") == ("rgb(255, 255, 0)", "rgb(0, 0, 160)")
    assert colours_of(ide, "cell 48;5") == ("rgb(255, 255, 0)", "rgb(0, 0, 175)")
    readable, faint = ("17", "226") if theme == "light" else ("226", "17")
    kept = {"17": "rgb(0, 0, 95)", "226": "rgb(255, 255, 0)"}
    assert colours_of(ide, f"cell 38;5;{readable}")[0] == kept[readable]
    assert colours_of(ide, f"cell 38;5;{faint}")[0] != kept[faint]
    before = colours_of(ide, "cell 38;5;17")
    ide.terminal.get_by_text("cell 38;5;17").dblclick(force=True)  # the screen hears it, which is above
    wait_until(lambda: before[1] != colours_of(ide, "38;5;17")[1])


def colours_of(ide: Ide, text: str) -> tuple[str, str]:
    """Of the last cells with this text: what it is drawn in, and its ground."""
    cells = ide.terminal.locator("span", has_text=text).last
    color, ground = cells.evaluate(
        "(cells) => [getComputedStyle(cells).color, getComputedStyle(cells).backgroundColor]"
    )
    return color, ground


@pytest.mark.long
def test_the_other_theme_takes_nothing_away(ide: Ide) -> None:
    ide.run("print('still there')")
    ide.shows("still there")
    ide.says("Finished.")
    ide.write("x = 1")
    ide.page.get_by_role("button", name="Use the dark theme").click()
    expect(ide.page.locator("html")).to_have_attribute("data-theme", "dark")
    ide.shows("still there")
    ide.editor.click()
    ide.page.keyboard.press("Control+Z")
    expect(ide.editor).to_contain_text("still there")


@pytest.mark.long
def test_a_program_survives_a_reload(ide: Ide) -> None:
    ide.write("print('kept over a reload')")
    ide.page.reload()
    expect(ide.editor).to_contain_text("kept over a reload")


def test_a_link_carries_a_program(ide: Ide) -> None:
    ide.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ide.write("print('from the link')")
    ide.page.get_by_role("button", name="Copy link").click()
    expect(ide.page.get_by_text("has been copied")).to_be_visible()
    link = str(ide.page.evaluate("() => navigator.clipboard.readText()"))
    ide.write("print('something else')")
    ide.page.goto("about:blank")
    ide.page.goto(link)
    expect(ide.editor).to_contain_text("from the link")
    ide.page.get_by_role("button", name="Bring the earlier one back").click()
    expect(ide.editor).to_contain_text("something else")


@pytest.mark.long
def test_a_broken_link_says_so_and_takes_nothing_away(ide: Ide) -> None:
    ide.write("print('mine')")
    ide.page.goto(ide.url + "/ide#program=broken")
    expect(ide.page.get_by_text("cannot be read: part of it is missing")).to_be_visible()
    expect(ide.editor).to_contain_text("mine")


@pytest.mark.long
def test_files_are_opened_and_downloaded(ide: Ide) -> None:
    with ide.page.expect_file_chooser() as chooser:
        ide.page.keyboard.press("Control+O")
    chooser.value.set_files({"name": "hello.py", "mimeType": "text/x-python", "buffer": b"print('opened')\r\n"})
    expect(ide.editor).to_contain_text("opened")
    with ide.page.expect_download() as download:
        ide.page.keyboard.press("Control+S")
    assert download.value.suggested_filename == "hello.py"
    assert download.value.path().read_bytes() == b"print('opened')\n"


@pytest.mark.long
def test_a_file_that_is_no_text_is_refused(ide: Ide) -> None:
    notices = ide.page.get_by_role("complementary", name="Notices").element_handle()
    with ide.page.expect_file_chooser() as chooser:
        ide.page.keyboard.press("Control+O")
    chooser.value.set_files({"name": "x.py", "mimeType": "text/x-python", "buffer": b"\xff\xfe"})
    expect(ide.page.get_by_text("x.py is not UTF-8 text")).to_be_visible()
    # What a screen reader has known from the beginning.
    assert notices.get_attribute("aria-live") == "polite"
    assert "x.py is not UTF-8 text" in notices.inner_text()


def box(place: Locator) -> FloatRect:
    found = place.bounding_box()
    assert found is not None
    return found


def test_problems_are_found_while_typing_and_the_program_is_formatted(ide: Ide) -> None:
    ide.write("import os\nx=1\nprint( y )")
    tab = ide.page.get_by_role("tab", name="Problems")
    expect(tab).to_contain_text("2")
    tab.click()
    message, place = (ide.page.locator(f".problems .{name}").first for name in ("message", "where"))
    assert box(message)["y"] == box(place)["y"]
    ide.page.set_viewport_size({"width": 360, "height": 740})
    ide.page.get_by_role("button", name="Output", exact=True).click()
    assert box(message)["x"] == box(place)["x"]
    assert 0 < box(place)["y"] - box(message)["y"] < 40
    ide.page.set_viewport_size({"width": 1280, "height": 800})
    ide.page.get_by_role("button", name="Undefined name").click()
    ide.focus_is("Program.")
    # From anywhere, to one after the other, and the other way round.
    said = ide.page.locator(".cm-diagnostic")
    for place, key, problem in (
        (ide.prompt, "F8", "Undefined name"),  # where the cursor is
        (ide.page.get_by_label("Terminal."), "F8", "imported but unused"),
        (tab, "Shift+F8", "Undefined name"),
    ):
        place.focus()
        ide.page.keyboard.press(key)
        ide.focus_is("Program.")
        expect(said).to_contain_text(problem)
    ide.page.keyboard.press("F1")
    ide.focus_is("Find a command")
    ide.page.keyboard.press("F8")  # nothing behind what is open
    ide.page.keyboard.press("Escape")
    ide.focus_is("Program.")
    expect(said).to_contain_text("Undefined name")
    ide.page.get_by_role("button", name="Format").click()
    expect(ide.editor).to_contain_text("print(y)")
