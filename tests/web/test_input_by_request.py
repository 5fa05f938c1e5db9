"""Input where a browser cannot suspend a program: it waits for the answer to a request, or has all input before."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.support.browser import Ide

pytestmark = [pytest.mark.slow, pytest.mark.long]

CODE = "import sys\nname = input('Name? ')\nprint('Hello,', name, 'of', sys.platform)"


def without_suspension(ide: Ide) -> Ide:
    ide.page.add_init_script("delete WebAssembly.Suspending")
    return ide


def test_a_program_waits_for_the_answer_to_a_request(ide_at: Callable[..., Ide], server: str) -> None:
    ide = without_suspension(ide_at(server, keeps=True, knows=True)).open()
    ide.keep_for_later()
    ide.choose_the_browser()
    ide.run(CODE)
    ide.says("Waiting for input: Name?")
    end_service_workers(ide)  # as the browser does when one has kept a request waiting for some minutes
    ide.page.keyboard.type("Ada\n")
    ide.shows("Hello, Ada of emscripten")
    ide.says("Finished.")
    ide.run("import sys\nprint(len(sys.stdin.read()))")
    ide.says("Running")
    ide.page.keyboard.type("four\n")
    ide.page.keyboard.press("Control+D")
    ide.shows("5")
    ide.complaints = [one for one in ide.complaints if "net::ERR_FAILED" not in one]


def end_service_workers(ide: Ide) -> None:
    devtools = ide.page.context.new_cdp_session(ide.page)
    devtools.send("ServiceWorker.enable")
    devtools.send("ServiceWorker.stopAllWorkers")
    devtools.detach()


def test_without_a_service_worker_all_input_is_given_before(ide_at: Callable[..., Ide], server: str) -> None:
    ide = without_suspension(ide_at(server, knows=True)).open()
    ide.choose_the_browser()
    box = ide.page.get_by_label("Input for the program, before it runs (this browser cannot ask while it does):")
    box.fill("Ada\nand more")
    ide.run(CODE)
    ide.shows("Hello, Ada of emscripten")
    ide.says("Finished.")
    # A service worker that comes makes the box needless, but what is in it is not thrown away.
    ide.page.evaluate(
        """() => {
            Object.defineProperty(navigator.serviceWorker, "controller", {value: {postMessage() {}}});
            navigator.serviceWorker.dispatchEvent(new Event("controllerchange"));
        }"""
    )
    expect(box).to_have_count(0)
    box = ide.page.get_by_label("Input for the program, before it runs:")
    expect(box).to_have_value("Ada\nand more")
    box.clear()
    expect(box).to_have_count(0)
