"""Every state of asking, in the looks of test_looks.py: axe finds nothing, nothing is cut; a picture of each is kept."""

import threading
from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import expect
from tests.support.browser import Ide, each_of
from tests.support.scripted_model import Say, ScriptedModel, WaitFor, fenced

pytestmark = [pytest.mark.slow]

MEAN: Final = '''\
"""The mean of numbers."""


def mean(numbers):
    return sum(numbers) / len(numbers)


print(mean([int(word) for word in input("Numbers? ").split()]))
'''
BETTER: Final = MEAN.replace(
    "    return sum(numbers) / len(numbers)\n",
    "    if not numbers:\n        return 0.0\n    return sum(numbers) / len(numbers)\n",
)

State = Callable[[Ide, ScriptedModel], None]


def recipe(ide: Ide, _: ScriptedModel) -> None:
    ide.page.get_by_role("button", name="Who writes: tiny").click()
    ide.page.get_by_role("radio", name="Built-in recipes").check()
    ide.page.keyboard.press("Escape")
    ide.ask("create me a simple calculator")
    ide.says("Written: ")


def no_match(ide: Ide, model: ScriptedModel) -> None:
    recipe(ide, model)
    ide.ask("translate my thoughts into old Norse")
    ide.says("No built-in recipe fits this")


def writing(ide: Ide, model: ScriptedModel) -> None:
    gate = threading.Event()
    model.script = [Say("It asks for numbers and prints their mean.\n\n```python\n" + MEAN[:-30]), WaitFor(gate)]
    ide.page.on("close", lambda _: gate.set())
    ide.ask("the mean of numbers that I type")
    ide.says("Writing code, 8 lines.")


def proposal(ide: Ide, model: ScriptedModel) -> None:
    model.script = fenced(MEAN, "It asks for numbers and prints their mean.")
    ide.ask("the mean of numbers that I type")
    ide.says("Written: ")
    model.script = fenced(BETTER, "Nothing typed has the mean 0 now.")
    ide.ask("what if I type nothing?")
    expect(ide.page.get_by_role("group", name="Proposed change")).to_be_attached()


def not_taken(ide: Ide, model: ScriptedModel) -> None:
    model.script = fenced("import sys\n# ... rest of the code ...\n", "I left the rest as it was.")
    ide.ask("the mean of numbers that I type")
    ide.says("Not taken.")


def not_python(ide: Ide, model: ScriptedModel) -> None:
    model.script = [Say("no"), Say("\n\n```python\nimport sys\n"), Say("print(sys"), Say("```")]
    ide.ask("something that does not parse")
    ide.says("Not taken.")


def to_mend(ide: Ide, model: ScriptedModel) -> None:
    model.script = fenced(MEAN, "It asks for numbers and prints their mean.")
    ide.ask("the mean of numbers that I type")
    ide.says("Written: ")
    ide.page.keyboard.press("Control+Enter")
    ide.says("Waiting for input")
    ide.page.keyboard.press("Enter")
    ide.says("Failed on line ")
    ide.page.get_by_text("What is sent").click()


def gave_up(ide: Ide, model: ScriptedModel) -> None:
    to_mend(ide, model)
    model.script = fenced("# Better.\n" + MEAN)
    ide.page.get_by_role("button", name="Fix with tiny").click()
    ide.page.get_by_role("button", name="Accept and run").click()
    ide.says("Waiting for input")
    ide.page.keyboard.press("Enter")
    expect(ide.page.get_by_role("group", name="Repair")).to_contain_text("The same error came twice")


def version(ide: Ide, model: ScriptedModel) -> None:
    to_mend(ide, model)
    ide.steps.first.get_by_role("button", name="v1").click()
    expect(ide.page.get_by_role("dialog", name="Version 1")).to_be_visible()


def models(ide: Ide, _: ScriptedModel) -> None:
    ide.page.get_by_role("button", name="Who writes: tiny").click()
    expect(ide.page.get_by_role("radio", name="OpenAI")).to_be_attached()


def recipes(ide: Ide, _: ScriptedModel) -> None:
    ide.page.get_by_role("button", name="See all recipes").click()
    expect(ide.page.get_by_role("dialog", name="Built-in recipes").get_by_role("listitem").first).to_be_attached()


def put_away(ide: Ide, _: ScriptedModel) -> None:
    ide.page.get_by_role("button", name="Hide the prompt").click()
    expect(ide.prompt).to_be_hidden()


STATES: Final[tuple[State, ...]] = (
    recipe, no_match, writing, proposal, not_taken, not_python, to_mend, gave_up, version, models, recipes, put_away,
)  # fmt: skip
VIEWS: Final = {"proposal": "Code", "writing": "Code", "to_mend": "Output", "gave_up": "Output"}


@each_of(STATES, telling=())
def test_a_state_of_asking_is_accessible_and_fits(
    ide_at: Callable[..., Ide], modelled: tuple[str, ScriptedModel], model: ScriptedModel, state: State
) -> None:
    ide = ide_at(modelled[0], reduced_motion="reduce").open()
    expect(ide.page.get_by_role("button", name="Who writes: tiny")).to_be_visible()
    state(ide, model)
    for theme, width in ide.looks():
        views = ["Ask", VIEWS[state.__name__]] if width == 320 and state.__name__ in VIEWS else [""]
        for view in views:
            if view:
                ide.page.get_by_role("button", name=view, exact=True).last.click()
            ide.must_be_well(f"ask-{state.__name__}-{theme}-{width}{view}")
