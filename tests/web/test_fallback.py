"""When the server cannot run programs the browser does, for real, and says so."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Route, expect
from tests.support.browser import Ide, MemoryOfPython
from tests.support.cases import the_rest_long
from tests.support.servers import served_process
from tests.support.waiting import wait_until
from tests.web.conftest import opening

pytestmark = [pytest.mark.slow]

OpenIde = Callable[..., Ide]

IS_KEPT = "async () => (await (await caches.open('snakepen-python')).keys()).length === 1"
ASK_SERVER = "() => dispatchEvent(new Event('online'))"
ASKS = "import sys\nname = input('Name? ')\nprint('Hello,', name, 'of', sys.platform)"


@pytest.fixture(scope="module")
def running_itself(browser: Browser, memory: MemoryOfPython, server: str) -> Iterator[Ide]:
    """One page that runs programs in the browser, one after the other, as somebody does who works with it: to load
    Python anew for each takes ten times as long as the program.
    """
    with opening(browser, memory) as make:
        ide = make(server).open()
        ide.choose_the_browser()
        ide.run("print('it is loaded')")
        ide.shows("it is loaded")
        ide.says("Finished.")
        yield ide


@pytest.mark.long
def test_the_same_program_on_the_server_without_it_and_on_it_again(ide_at: OpenIde) -> None:
    with served_process(return_code=-9) as (url, process):
        port = url.rpartition(":")[2]
        ide = ide_at(url, keeps=True, knows=True).open()
        ide.keep_for_later()
        ide.run(ASKS)
        ide.says("Waiting for input: Name?")
        ide.page.keyboard.type("Ada\n")
        ide.shows("Hello, Ada of linux")
        process.kill()
        process.wait()
        ide.page.keyboard.press("Control+Enter")
        expect(ide.place).to_contain_text("In your browser")
        ide.says("Waiting for input: Name?")
        ide.page.keyboard.type("Grace\n")
        ide.shows("Hello, Grace of emscripten")
        ide.says("Finished.")
        ide.page.reload()  # from what was kept
        expect(ide.place).to_contain_text("In your browser")
        expect(ide.editor).to_contain_text("Name?")
        ide.page.keyboard.press("Control+Enter")
        ide.says("Waiting for input: Name?")
        ide.stop_button.click()
        ide.says("Stopped by you.")
        with served_process(port=int(port)):
            expect(ide.page.get_by_text("The server is back.")).to_be_visible()
            expect(ide.place).to_contain_text("In your browser")  # not before somebody says so
            ide.page.get_by_role("button", name="Run on the server again").click()
            expect(ide.place).to_contain_text("On the server")
            ide.page.keyboard.press("Control+Enter")
            ide.page.keyboard.type("Alan\n")
            ide.shows("Hello, Alan of linux")


@pytest.mark.long
def test_python_is_started_once_for_who_stays_and_ahead_of_who_chose_the_browser(ide_at: OpenIde, server: str) -> None:
    """Its memory is kept then; who never wants it, or no longer does, has no interpreter waiting."""
    ide = ide_at(server, keeps=True)
    ide.page.clock.install()
    ide.open().keep_for_later()
    assert ide.pythons == 0
    ide.page.clock.fast_forward("01:00")
    wait_until(lambda: bool(ide.page.evaluate(IS_KEPT)))
    wait_until(lambda: ide.pythons == 0)
    ide.choose_the_browser()
    wait_until(lambda: ide.pythons == 1)
    ide.run("import sys\nprint(sys.platform)")
    ide.shows("emscripten")
    ide.says("Finished.")
    wait_until(lambda: ide.pythons == 1)  # for the next run
    ide.place.click()
    ide.page.get_by_role("button", name="Run on the server").click()
    wait_until(lambda: ide.pythons == 0)


@pytest.mark.long
def test_a_server_that_is_late_once_is_asked_again_and_one_that_is_late_twice_is_gone(
    ide_at: OpenIde, server: str
) -> None:
    ide = ide_at(server).open()
    late: list[Route] = []

    def is_late(route: Route) -> None:
        late.append(route)

    ide.page.route("**/api/execute", is_late, times=1)
    with ide.page.expect_response("**/api/execute"):
        ide.page.evaluate(ASK_SERVER)
    assert len(late) == 1
    expect(ide.place).to_contain_text("On the server")
    ide.page.route("**/api/execute", is_late)
    ide.page.evaluate(ASK_SERVER)
    expect(ide.place).to_contain_text("In your browser")
    assert len(late) >= 3


@pytest.mark.long
def test_a_run_whose_server_dies_is_lost_and_nobody_blames_the_program(ide_at: OpenIde) -> None:
    with served_process(return_code=-9) as (url, process):
        ide = ide_at(url, keeps=True, knows=True).open()
        ide.keep_for_later()
        ide.run("print('there', flush=True)\ninput()")
        ide.shows("there")
        process.kill()
        process.wait()
        ide.says("The connection to the server broke while the program ran: how it ended is not known.")
        expect(ide.page.get_by_text("Programs run for real in your browser")).to_be_visible()
        ide.page.keyboard.press("Control+Enter")
        ide.says("Waiting for input.")
        ide.stop_button.click()


@pytest.mark.long
def test_a_busy_server_has_the_browser_run_it(ide_at: OpenIde) -> None:
    full = {"SNAKEPEN_ADMISSION__RUNNING": "1", "SNAKEPEN_ADMISSION__QUEUE": "0"}
    with served_process(env=full) as (url, _):
        first, second = ide_at(url).open(), ide_at(url, knows=True).open()
        first.run("print('there', flush=True)\ninput()")
        first.shows("there")
        second.run(ASKS)
        expect(second.place).to_contain_text("In your browser")
        second.says("Waiting for input: Name?")
        with second.page.expect_response("**/api/execute"):
            second.page.evaluate(ASK_SERVER)
        expect(second.page.locator(".banner.warn")).to_contain_text("The server is full")
        expect(second.page.get_by_role("button", name="Run on the server again")).to_be_visible()
        first.stop_button.click()


@pytest.mark.long
def test_what_nothing_can_run_is_explained_and_said_not_to_be_run(ide_at: OpenIde) -> None:
    """The server is gone before the page could keep anything."""
    with served_process(return_code=-9) as (url, process):
        ide = ide_at(url).open()
        ide.write("import random\nprint(input('Name? '))")
        process.kill()
        process.wait()
        ide.page.keyboard.press("Control+Enter")
        expect(ide.page.get_by_role("alert")).to_contain_text("The program was not run")
        expect(ide.page.get_by_role("alert")).to_contain_text("It imports random. It asks for input. It prints.")
        ide.says("Not run: nothing can run it now.")
        for width in (320, 1280):
            ide.page.set_viewport_size({"width": width, "height": 800})
            ide.picture(f"explained-{width}")
            assert (ide.violations(), ide.sideways()) == ([], 0)


@pytest.mark.long
def test_what_the_browser_does_not_have_is_said_before_the_run(running_itself: Ide) -> None:
    ide = running_itself
    ide.run("display('of the run before')")
    results = ide.page.locator("#panel-results")
    expect(results).to_contain_text("of the run before")
    offers = ide.page.locator(".cm-tooltip-autocomplete")
    ide.write("print('never')\n")
    ide.page.keyboard.type("import nump")
    expect(offers).to_be_visible()
    ide.page.keyboard.press("Control+Enter")
    expect(ide.page.get_by_text("The program needs nump, which")).to_be_visible()
    expect(offers).to_have_count(0)
    ide.run("import numpy\nprint('never')")
    expect(results).not_to_contain_text("of the run before")
    expect(ide.page.get_by_text("The program needs numpy, which Python in the browser does not have.")).to_be_visible()
    ide.says("Not run")
    ide.page.keyboard.type("#")
    expect(ide.page.get_by_text("The program needs numpy")).to_be_hidden()
    ide.run("try:\n    import numpy\nexcept ImportError:\n    print('without')")
    ide.shows("without")
    ide.says("Finished.")


@pytest.mark.long
def test_what_is_said_of_the_server_that_has_what_the_browser_has_not_is_true_when_it_is_back(
    ide_at: OpenIde, server: str
) -> None:
    ide = ide_at(server, knows=True).open()
    ide.page.route("**/api/execute", lambda route: route.abort("connectionrefused"))
    ide.page.evaluate(ASK_SERVER)
    expect(ide.place).to_contain_text("In your browser")
    ide.run("import numpy")
    banner = ide.page.get_by_role("alert")
    expect(banner).to_contain_text("The server has more packages; the page keeps asking it until it answers.")
    expect(banner.get_by_role("button")).to_have_count(0)
    ide.page.unroute("**/api/execute")
    expect(banner).to_contain_text("The server has more packages, and is back.")
    expect(banner).not_to_contain_text("keeps asking")
    banner.get_by_role("button", name="Use the server").click()
    expect(ide.place).to_contain_text("On the server")


@pytest.mark.parametrize(
    ("code", "shown", "said"),
    the_rest_long([
        ("import sys\nprint(__name__, __file__, sys.argv)", "__main__ /workspace/main.py ['/workspace/main.py']", "Finished."),
        ("def f():\n    1 / 0\nf()", "ZeroDivisionError: division by zero", "Failed on line 2: ZeroDivisionError: division by zero. "),
        ("import sys\nprint(len(sys.stdin.read()))", None, "Running"),
        ("while True: print('flood' * 200)", "flood", "Ended by the limit on output."),
    ], [
        ("print('exits', end='')\nraise SystemExit(3)", "exits", "Ended with exit code 3."),
        ("import sys\nprint('é🐍', file=sys.stderr)", "é🐍", "Finished."),
        ("from rich.table import Table\nimport networkx as nx\nprint(nx.path_graph(3))", "Graph with 3 nodes", "Finished."),
        ("import asyncio\nasync def f():\n    await asyncio.sleep(0.01)\n    print('slept')\nasyncio.run(f())", "slept", "Finished."),
        ("import time\ntime.sleep(0.01)\nprint('waited')", "waited", "Finished."),
        ("import atexit\natexit.register(print, 'bye')", "bye", "Finished."),
        ("import os\nprint('before', flush=True)\nos._exit(5)", "before", "Ended with exit code 5."),
        ("import os\nos.abort()", None, "Ended by SIGABRT."),
        ("import signal\nsignal.raise_signal(signal.SIGTERM)", None, "Ended by SIGTERM."),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", "Ended by SIGINT."),
        ("import os\nos.write(1, b'past the streams')", "past the streams", "Finished."),
        ("from zoneinfo import ZoneInfo\nprint(ZoneInfo('Europe/Rome'))", "Europe/Rome", "Finished."),
        ("class C:\n    def __del__(self): print('last words')\nc = C()", "last words", "Finished."),
        ("print(open(0).readline)", "readline", "Finished."),
        ("import threading\nthreading.Thread(target=print).start()", "can't start new thread", "Failed on line 2: RuntimeError"),
    ]),
)  # fmt: skip
def test_programs_do_in_the_browser_what_they_do_elsewhere(
    running_itself: Ide, code: str, shown: str | None, said: str
) -> None:
    """What each shows is shown by no other: the terminal may for a moment still have what the last one said."""
    running_itself.run(code)
    running_itself.says(said)
    if shown is not None:
        running_itself.shows(shown)
    elif said == "Running":
        running_itself.page.keyboard.type("abc\n")
        running_itself.page.keyboard.press("Control+D")
        running_itself.says("Finished.")


@pytest.mark.long
def test_a_traceback_shows_nothing_of_ours(running_itself: Ide) -> None:
    running_itself.run("def fails():\n    [][1]\nfails()")
    running_itself.says("Failed on line ")
    running_itself.shows("IndexError")
    rows = [row for row in running_itself.terminal.inner_text().splitlines() if row.strip()]
    assert rows[0] == "Traceback (most recent call last):"
    assert [row for row in rows if "File" in row] == [
        '  File "/workspace/main.py", line 3, in <module>',
        '  File "/workspace/main.py", line 2, in fails',
    ]


@pytest.mark.long
def test_runs_from_one_snapshot_draw_other_numbers(running_itself: Ide) -> None:
    drawn = set()
    for number in range(3):
        running_itself.run(f"import random\nprint('{number}:', random.random())")
        running_itself.shows(f"{number}: 0.")
        running_itself.says("Finished.")
        drawn.add(running_itself.terminal.inner_text().split(":")[1].split()[0])
    assert len(drawn) == 3


def test_a_program_reaches_nothing_of_the_page(running_itself: Ide) -> None:
    """What it keeps, the server that it came from, and messages that would be taken for ours."""
    names = "caches indexedDB navigator postMessage fetch XMLHttpRequest WebSocket EventSource Worker BroadcastChannel"
    running_itself.run(
        f"js = __import__('js')\nprint([name for name in '{names}'.split() if hasattr(js, name)])\njs.eval('1')"
    )
    running_itself.shows("[]")
    running_itself.shows("EvalError")
    running_itself.says("Failed on line ")


SHOWS = """\
class Bold:
    def _repr_html_(self): return "<b>bold</b>"
print("first")
display(Bold())
print("second")
bar = display("0 %", display_id=True)
bar.update("100 %")
display({"image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "text/plain": "dot"}, raw=True)
import os
os.makedirs("in/deep")
open("in/deep/made.txt", "w").write(open("given.txt").read() * 2)
os.symlink("/etc/passwd", "link")
[1, 2, 3]
"""


@pytest.mark.long
def test_what_a_program_shows_and_makes_there(ide_at: OpenIde, server: str) -> None:
    ide = ide_at(server, knows=True).open()
    ide.page.locator("header .place").click()
    expect(ide.page.get_by_text("No figures and no data frames")).to_be_visible()
    ide.page.keyboard.press("Escape")
    ide.page.get_by_role("tab", name="Files").click()
    with ide.page.expect_file_chooser() as chooser:
        ide.page.get_by_role("button", name="Add files").click()
    chooser.value.set_files([{"name": "given.txt", "mimeType": "text/plain", "buffer": b"given"}])
    ide.choose_the_browser()
    ide.run(SHOWS)
    ide.says("Finished. 4 results, 1 file.")
    found = [text.strip() for text in ide.page.locator(".feed > li").all_inner_texts()]
    assert [found[place] for place in (0, 2, 3, 5)] == ["first", "second", "'100 %'", "[1, 2, 3]"]
    expect(ide.page.frame_locator("iframe").get_by_text("bold")).to_be_visible()
    ide.page.get_by_role("tab", name="Files").click()
    expect(ide.page.get_by_text("1 thing left out: links")).to_be_visible()
    ide.page.get_by_role("button", name="View in/deep/made.txt").click()
    expect(ide.page.get_by_role("dialog").get_by_text("givengiven")).to_be_visible()
    ide.page.keyboard.press("Escape")
    ide.run("print('nothing more', sorted(__import__('os').listdir()))")
    ide.shows("['given.txt', 'main.py']")
    expect(ide.page.get_by_role("tab", name="Results")).to_have_text("Results")


@pytest.mark.long
def test_html_is_drawn_without_the_server(ide_at: OpenIde) -> None:
    with served_process(return_code=-9) as (url, process):
        ide = ide_at(url, keeps=True, knows=True).open()
        ide.keep_for_later()
        process.kill()
        process.wait()
        ide.page.reload()
        expect(ide.place).to_contain_text("In your browser")
        ide.run("class Bold:\n    def _repr_html_(self): return '<b>bold</b>'\nBold()")
        ide.says("Finished. 1 result.")
        expect(ide.page.frame_locator("iframe").get_by_text("bold")).to_be_visible()


def test_stop_ends_what_computes_and_the_next_starts(running_itself: Ide) -> None:
    ide = running_itself
    ide.run("print('it computes')\nwhile True: pass")
    ide.shows("it computes")
    ide.stop_button.click()
    ide.says("Stopped by you.")
    ide.run("print('again')")
    ide.shows("again")
    ide.says("Finished.")
