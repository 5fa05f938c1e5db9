"""Everything by keyboard: where the focus is after each step, and no way in without a way out."""

import re
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import expect
from tests.support.browser import Ide
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.slow]

COMMANDS: Final = Path(__file__).parents[2] / "web" / "src" / "ui" / "commands.ts"


def press(ide: Ide, *keys: str) -> None:
    for key in keys:
        ide.page.keyboard.press(key)


def test_from_the_editor_to_the_terminal_and_back(ide: Ide) -> None:
    ide.write("print(input('? '))")
    press(ide, "Control+Enter")
    ide.says("Waiting for input: ?")
    ide.focus_is("Terminal.")
    press(ide, "F8")  # the page's own only when no program runs
    ide.shows("^[[19~")
    ide.page.keyboard.type("typed\n")
    ide.says("Finished.")
    press(ide, "Shift+F6")
    ide.focus_is("Program.")
    press(ide, "F6")
    ide.focus_is("Terminal.")
    press(ide, "Shift+Tab")
    ide.focus_is("Copy output")


@pytest.mark.long
def test_tab_indents_and_escape_then_tab_leaves(ide: Ide) -> None:
    ide.write("x")
    press(ide, "Home", "Tab")
    expect(ide.editor).to_have_text("    x")
    press(ide, "Escape", "Tab")
    ide.focus_is("Height of the editor")


@pytest.mark.long
def test_panes_are_resized_and_the_size_is_remembered(ide: Ide) -> None:
    splitter = ide.page.get_by_role("separator", name="Height of the editor")
    splitter.focus()
    before = int(splitter.get_attribute("aria-valuenow") or 0)
    press(ide, "ArrowUp", "ArrowUp")
    expect(splitter).to_have_attribute("aria-valuenow", str(before - 10))
    ide.page.reload()
    expect(splitter).to_have_attribute("aria-valuenow", str(before - 10))


@pytest.mark.long
def test_in_a_low_window_a_row_of_the_terminal_is_left_however_high_the_editor_was_made(ide: Ide) -> None:
    splitter = ide.page.get_by_role("separator", name="Height of the editor")
    splitter.focus()
    while splitter.get_attribute("aria-valuenow") != splitter.get_attribute("aria-valuemax"):
        press(ide, "ArrowDown")
    ide.page.set_viewport_size({"width": 1280, "height": 360})

    def is_inside() -> bool:
        rows, status = ide.page.locator(".xterm-screen").bounding_box(), ide.page.locator("footer").bounding_box()
        return (
            rows is not None and status is not None and rows["height"] > 0 and rows["y"] + rows["height"] <= status["y"]
        )

    wait_until(is_inside)


@pytest.mark.long
def test_every_command_is_reached_by_its_name(ide: Ide) -> None:
    ide.editor.click()
    press(ide, "F1")
    ide.focus_is("Find a command")
    titles = re.findall(r'title: "(.+?)"', COMMANDS.read_text("utf-8"))
    titles.remove("Show all commands")  # they are shown
    expect(ide.page.get_by_role("option")).to_have_count(len(titles))
    chosen = ide.page.locator("[role=option][aria-selected=true]")
    for title in titles:
        ide.page.get_by_label("Find a command").fill(title)
        expect(chosen).to_contain_text(title)
    press(ide, "Control+A")
    ide.page.keyboard.type("theme nothing")
    expect(ide.page.get_by_text("There is no such command.")).to_be_visible()
    press(ide, "Control+A")
    ide.page.keyboard.type("light and dark")
    press(ide, "Enter")
    expect(ide.page.locator("html")).to_have_attribute("data-theme", "dark")
    ide.focus_is("Program.")


def test_escape_and_the_browsers_back_close_a_dialog_and_give_the_focus_back(ide: Ide) -> None:
    entry = lambda: ide.page.evaluate("() => history.state")  # noqa: E731
    where = ide.page.get_by_role("dialog", name="Where programs run")
    ide.write("kept = 1")
    for back in (lambda: press(ide, "Escape"), ide.page.go_back):
        ide.editor.click()
        press(ide, "F1")
        ide.focus_is("Find a command")
        back()
        ide.focus_is("Program.")
        ide.place.focus()
        press(ide, "Enter")
        expect(where).to_be_visible()
        press(ide, "Control+Enter", "F6", "F1")  # nothing happens behind it
        back()
        ide.focus_is("Where programs run")
        ide.says("Ready.")
        expect(ide.page.get_by_role("dialog")).to_have_count(0)
        wait_until(lambda: entry() is None)  # the next Back leaves the page
    ide.page.go_forward()
    wait_until(lambda: entry() is None)
    expect(ide.page.get_by_role("dialog")).to_have_count(0)
    # Read anew with something open, nothing is open, and there is nothing to go back from.
    ide.place.click()
    expect(where).to_be_visible()
    ide.page.reload()
    expect(ide.editor).to_contain_text("kept = 1")
    wait_until(lambda: entry() is None)
    expect(ide.page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.long
def test_tabs_are_chosen_by_arrows(ide: Ide) -> None:
    ide.page.get_by_role("tab", name="Terminal").focus()
    press(ide, "ArrowRight")
    ide.focus_is("Results")
    expect(ide.page.get_by_role("tabpanel", name="Results")).to_be_visible()
    press(ide, "ArrowRight")
    ide.focus_is("Files")
    press(ide, "End")
    ide.focus_is("Problems")
    expect(ide.page.get_by_role("tabpanel", name="Problems")).to_be_visible()
    press(ide, "Home")
    ide.focus_is("Terminal")


def test_stop_has_a_key_that_works_in_the_terminal(ide: Ide) -> None:
    ide.run("print('there', flush=True)\nwhile True: pass")
    ide.shows("there")
    ide.focus_is("Terminal.")
    press(ide, "Control+.")
    ide.says("Stopped by you.")
