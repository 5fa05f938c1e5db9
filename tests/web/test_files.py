"""Files of a run, on the page: what it is given, what it made, and what somebody who names and fills them could want."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import FilePayload, expect
from tests.support.browser import Ide
from tests.support.fake_executor import FakeExecutor, Stage
from tests.support.servers import served_fake
from tests.support.waiting import wait_until

from snakepen.executor import Stream

pytestmark = [pytest.mark.slow]

OpenIde = Callable[..., Ide]

CSV = b"name,value\r\nalpha,10\r\nbeta,9\r\n<b>gamma</b>,100\r\n"
XSS = "<img src=x onerror=document.title='XSS'><script>document.title='XSS'</script>"
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50" onload="document.title=1"><script>{XSS[-30:-9]}</script></svg>'
MADE = {
    "out/data.csv": CSV,
    "report.txt": f"line 1\n{XSS}\n".encode() + b"and so on\n" * 30_000,
    "page.html": XSS.encode(),
    "drawing.svg": SVG.encode(),
    "fake.png": XSS.encode(),
    "bytes.bin": bytes(range(256)),
    f"{XSS.replace('/', '|')}.txt": b"named",
}


async def makes(stage: Stage) -> int:
    for path, content in MADE.items():
        stage.make(path, content)
    await stage.write(Stream.TERMINAL, b"made\r\n")
    return 0


async def reads(stage: Stage) -> int:
    for file in stage.spec.files:
        await stage.write(Stream.TERMINAL, f"{file.path}: {len(file.content)}\r\n".encode())
    await stage.write(Stream.TERMINAL, b"read\r\n")
    return 0


@pytest.fixture
def stage(ide_at: OpenIde) -> Iterator[tuple[Ide, FakeExecutor]]:
    with served_fake({"makes": makes, "reads": reads}) as (api, executor):
        yield ide_at(api.url).open(), executor


def files(ide: Ide) -> None:
    ide.page.get_by_role("tab", name="Files").click()


def give(ide: Ide, *given: FilePayload) -> None:
    files(ide)
    with ide.page.expect_file_chooser() as chooser:
        ide.page.get_by_role("button", name="Add files").click()
    chooser.value.set_files(list(given))


def a_file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def look(ide: Ide, name: str) -> None:
    ide.page.get_by_role("button", name=f"View {name}").click()


def test_what_a_run_made_is_listed_looked_at_and_saved(stage: tuple[Ide, FakeExecutor]) -> None:
    ide, _ = stage
    ide.run("makes")
    ide.says("Finished. 7 files.")
    expect(ide.page.get_by_role("tab", name="Files")).to_contain_text("7")
    files(ide)
    expect(ide.page.get_by_text(f"{len(CSV)} bytes, CSV table")).to_be_visible()
    look(ide, "out/data.csv")
    dialog = ide.page.get_by_role("dialog", name="out/data.csv")
    dialog.get_by_role("button", name="value").click()
    expect(dialog.locator("tbody td:nth-of-type(2)")).to_have_text(["9", "10", "100"])
    with ide.page.expect_download() as download:
        dialog.get_by_role("button", name="Download").click()
    assert (download.value.suggested_filename, download.value.path().read_bytes()) == ("data.csv", CSV)
    expect(dialog.get_by_role("button", name="Save as CSV")).to_have_count(0)  # which may be a part of it
    # In a low window the rows are scrolled, and what says which columns and how many rows there are stays.
    ide.page.set_viewport_size({"width": 1280, "height": 240})
    dialog.get_by_role("cell", name="100").scroll_into_view_if_needed()
    for text in (
        dialog.get_by_role("columnheader", name="value"),
        dialog.get_by_role("paragraph"),
        dialog.get_by_role("cell", name="100"),
    ):
        expect(text).to_be_in_viewport(ratio=1)
    ide.page.keyboard.press("Escape")
    ide.focus_is("View")
    look(ide, "bytes.bin")
    expect(ide.page.get_by_role("alert")).to_contain_text("This is not text")
    ide.page.get_by_role("button", name="Close", exact=True).click()
    with ide.page.expect_download() as download:
        ide.page.get_by_role("button", name="Download bytes.bin").click()
    assert download.value.path().read_bytes() == MADE["bytes.bin"]


def test_nothing_in_a_file_and_no_name_becomes_a_part_of_the_page(stage: tuple[Ide, FakeExecutor]) -> None:
    ide, _ = stage
    ide.run("makes")
    ide.says("Finished.")
    files(ide)
    for path, shown in (("report.txt", XSS), ("page.html", XSS), (f"{XSS.replace('/', '|')}.txt", "named")):
        look(ide, path)
        dialog = ide.page.get_by_role("dialog")
        expect(dialog.locator("pre")).to_contain_text(shown)
        dialog.get_by_role("region").evaluate("content => content.scrollTo({top: content.scrollHeight})")
        if path == "report.txt":
            expect(dialog.get_by_text("The first 256 KiB of 293 KiB")).to_be_in_viewport()
        ide.page.keyboard.press("Escape")
    look(ide, "fake.png")
    expect(ide.page.get_by_role("alert")).to_contain_text("It cannot be drawn")
    ide.page.keyboard.press("Escape")
    look(ide, "drawing.svg")
    picture = ide.page.get_by_role("img", name="SVG picture drawing.svg")
    expect(picture).to_be_visible()
    assert (picture.get_attribute("src") or "").startswith("data:image/svg+xml;base64,")
    panels = ide.page.locator("#panel-files, dialog")
    assert panels.locator("script, [onerror], [onload], a").count() == 0
    assert ide.page.title() == "Snakepen"


@pytest.mark.long
def test_a_file_that_is_no_longer_kept_is_said_to_be(stage: tuple[Ide, FakeExecutor]) -> None:
    ide, executor = stage
    ide.run("makes")
    ide.says("Finished.")
    files(ide)
    executor.artifacts.clear()
    look(ide, "report.txt")
    expect(ide.page.get_by_role("alert")).to_contain_text("report.txt is not kept any more")
    ide.page.keyboard.press("Escape")
    ide.page.get_by_role("button", name="Download report.txt").click()
    expect(ide.page.get_by_role("complementary", name="Notices")).to_contain_text("Run the program again.")
    ide.complaints = [one for one in ide.complaints if "404" not in one]


def test_a_run_is_given_files_under_the_names_that_the_person_says(stage: tuple[Ide, FakeExecutor]) -> None:
    ide, executor = stage
    give(ide, a_file("data.csv", b"1,2\n"), a_file("é🐍.bin", bytes(1000)))
    expect(ide.page.get_by_text("2 files, 1004 bytes")).to_be_visible()
    name = ide.page.get_by_label("Name of data.csv for the program")
    name.fill("../data.csv")
    name.press("Enter")
    expect(ide.page.get_by_role("alert")).to_contain_text("two dots")
    expect(name).to_have_value("data.csv")
    name.fill("in/data.csv")
    name.press("Enter")
    expect(ide.page.get_by_label("Name of in/data.csv for the program")).to_be_focused()
    said = ide.page.locator(".banner").get_by_text("2 files will be beside the program when it is run.")
    expect(said).to_be_visible()
    ide.run("reads")
    ide.shows("read")
    expect(said).to_be_hidden()
    assert {file.path: file.content for file in executor.specs[-1].files} == {
        "in/data.csv": b"1,2\n",
        "é🐍.bin": bytes(1000),
    }
    ide.page.reload()  # they are remembered
    files(ide)
    expect(ide.page.get_by_label("Name of in/data.csv")).to_be_visible()
    ide.page.get_by_role("button", name="Remove é🐍.bin").click()
    ide.focus_is("Add files")
    ide.run("reads")
    ide.shows("in/data.csv: 4")
    ide.says("Finished.")
    assert [file.path for file in executor.specs[-1].files] == ["in/data.csv"]


# What reads files waits until it is let go.
SLOW_READER = """() => {
    const read = FileReader.prototype.readAsDataURL;
    globalThis.waiting = [];
    FileReader.prototype.readAsDataURL = function (blob) { waiting.push(() => read.call(this, blob)); };
}"""


@pytest.mark.long
def test_a_run_can_be_stopped_while_its_files_are_still_read(stage: tuple[Ide, FakeExecutor]) -> None:
    ide, _ = stage
    give(ide, a_file("data.csv", CSV))
    ide.page.evaluate(SLOW_READER)
    ide.run("reads")
    ide.says("Starting")
    ide.page.keyboard.press("Control+.")
    ide.says("Stopped before it was started.")
    ide.run("reads")
    ide.says("Starting")
    ide.page.evaluate("() => waiting.forEach((read) => read())")
    ide.says("Finished.")
    expect(ide.terminal).to_contain_text("data.csv")  # drawn a moment later
    assert ide.terminal.inner_text().count("data.csv") == 1  # the one that was stopped was not started


@pytest.mark.long
def test_what_is_too_much_is_said_before_the_run(stage: tuple[Ide, FakeExecutor]) -> None:
    ide, _ = stage
    give(ide, a_file("main.py", b"x"), a_file("large.bin", bytes((10 << 20) + 1)), a_file("good.txt", b"good"))
    said = ide.page.get_by_role("alert")
    expect(said).to_contain_text("main.py is the program itself")
    expect(said).to_contain_text("large.bin is over 10 MiB")
    expect(ide.page.get_by_label("Name of good.txt")).to_be_visible()
    expect(ide.page.get_by_text("1 file, 4 bytes")).to_be_visible()


@pytest.mark.long
def test_files_are_dropped_anywhere(stage: tuple[Ide, FakeExecutor]) -> None:
    ide, executor = stage
    drop = """(target, kind) => {
        const data = new DataTransfer();
        data.items.add(new File(["print('helper')"], "helper.py"));
        target.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true, composed: true}));
    }"""
    before = ide.editor.inner_text()
    ide.editor.evaluate(drop, "dragenter")
    expect(ide.page.get_by_text("Let go to give the files to the next run")).to_be_visible()
    ide.editor.evaluate(drop, "drop")
    expect(ide.page.get_by_label("Name of helper.py")).to_be_visible()
    expect(ide.page.get_by_text("Let go to give")).to_be_hidden()
    assert ide.editor.inner_text() == before
    ide.page.get_by_role("button", name="Open it as the program instead").click()
    expect(ide.editor).to_contain_text("print('helper')")
    files(ide)
    expect(ide.page.get_by_label("Name of helper.py")).to_be_hidden()
    assert executor.specs == []


@pytest.mark.long
def test_what_was_made_is_given_to_the_next_run(stage: tuple[Ide, FakeExecutor]) -> None:
    ide, executor = stage
    ide.run("makes")
    ide.says("Finished.")
    files(ide)
    ide.page.get_by_role("button", name="Give to next run: out/data.csv").click()
    expect(ide.page.get_by_label("Name of out/data.csv")).to_be_visible()
    ide.run("reads")
    ide.shows(f"out/data.csv: {len(CSV)}")
    wait_until(lambda: len(executor.specs) == 2)
    assert executor.specs[-1].files[0].content == CSV


@pytest.mark.long
def test_files_by_keyboard_alone(stage: tuple[Ide, FakeExecutor]) -> None:
    ide, _ = stage
    ide.page.keyboard.press("F1")
    ide.page.keyboard.type("show files")
    ide.page.keyboard.press("Enter")
    ide.focus_is("Files")
    ide.page.keyboard.press("F1")
    ide.page.keyboard.type("add files")
    with ide.page.expect_file_chooser() as chooser:
        ide.page.keyboard.press("Enter")
    chooser.value.set_files([a_file("a.txt", b"a"), a_file("b.txt", b"b")])
    expect(ide.page.get_by_label("Name of a.txt")).to_be_visible()
    # What is said of them holds for those that are left.
    said = ide.page.locator(".banner")
    expect(said).to_contain_text("2 files will be beside the program")
    ide.page.get_by_role("button", name="Remove a.txt").press("Enter")
    expect(said).to_contain_text("1 file will be beside the program")
    name = ide.page.get_by_label("Name of b.txt for the program")
    name.fill("c.txt")
    name.press("Enter")
    expect(said).to_contain_text("1 file will be beside the program")
    ide.page.get_by_role("button", name="Remove c.txt").press("Enter")
    expect(said).to_be_hidden()
