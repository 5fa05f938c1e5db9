"""From a prompt to a program that runs, on the page: with recipes, and with a model that does as it is told."""

import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import expect
from tests.support.browser import Ide
from tests.support.cases import the_rest_long
from tests.support.scripted_model import (
    Asked,
    Cut,
    End,
    Refuse,
    Say,
    Script,
    ScriptedModel,
    Stall,
    Step,
    WaitFor,
    fenced,
)
from tests.support.servers import served_process
from tests.support.waiting import wait_until

from snakepen.codegen.recipes import find

pytestmark = [pytest.mark.slow]

OpenIde = Callable[..., Ide]

EXAMPLES: Final = Path(__file__).parents[2] / "web" / "src" / "ui" / "examples.ts"
GREETING: Final = 'name = input("Name? ")\nprint("Hello,", name)\n'
POLITE: Final = 'name = input("Your name? ")\nprint("Good day,", name)\nprint("How are you?")\n'
BROKEN: Final = "numbers = []\nprint(sum(numbers) / len(numbers))\n"
MENDED: Final = "numbers = []\nprint(sum(numbers) / max(len(numbers), 1))\n"


def written(ide: Ide, model: ScriptedModel, code: str, prompt: str = "greet me") -> None:
    """A first program, by the model."""
    model.script = fenced(code)
    ide.ask(prompt)
    ide.says("Written: ")
    expect(ide.steps).to_have_count(1)


def lines(ide: Ide) -> str:
    """What is in the editor; not `inner_text`, which has a newline for an empty line, or none, as it is laid out or not."""
    return "\n".join(ide.page.locator(".cm-content .cm-line").all_text_contents())


def holds(ide: Ide, code: str) -> None:
    wait_until(lambda: lines(ide).strip() == code.strip(), why=lambda: lines(ide))


# With no model.


def test_from_a_prompt_to_an_answer_by_a_recipe_and_the_keyboard_alone(ide: Ide) -> None:
    expect(ide.prompt).to_be_focused()
    expect(ide.page.get_by_text("No model connected: built-in recipes and your own code work.")).to_be_visible()
    ide.page.keyboard.type("create me a simple calculator")
    ide.page.keyboard.press("Control+Shift+Enter")
    ide.says("Written: ")
    expect(ide.steps).to_contain_text("Built-in recipe, not AI. Found by: calculator.")
    expect(ide.editor).to_contain_text("A calculator")
    expect(ide.prompt).to_be_focused()
    ide.page.keyboard.press("Control+Enter")
    ide.says("Waiting for input")
    ide.page.keyboard.type("2 + 2\n")
    expect(ide.terminal).to_contain_text(re.compile(r"2 \+ 2\s*4\b"))


@pytest.mark.long
def test_where_there_is_no_pointer_at_all_the_keyboard_does_what_it_does_beside_a_mouse(
    ide_at: OpenIde, server: str
) -> None:
    ide = ide_at(server)
    ide.page.add_init_script(
        "const asked = matchMedia; window.matchMedia = (query) => asked(query.replace(/.*pointer.*/, 'not all'))"
    )
    ide.open()
    expect(ide.prompt).to_be_focused()
    ide.page.keyboard.type("create me a simple calculator\n")
    ide.says("Written: ")


@pytest.mark.long
def test_each_example_finds_a_recipe(ide: Ide) -> None:
    chips = ide.page.locator(".chips button")
    prompts = chips.all_inner_texts()
    assert prompts == re.findall(r'^  "(.+)",$', EXAMPLES.read_text("utf-8"), re.MULTILINE)
    assert len(prompts) == 4
    assert [prompt for prompt in prompts if find(prompt) is None] == []
    chips.last.click()
    expect(ide.steps).to_contain_text("Built-in recipe, not AI.")
    ide.ask("make it bigger please")
    ide.says("No model is connected, and a recipe cannot change a program")


@pytest.mark.long
def test_no_match_is_said_with_what_to_do_next(ide: Ide) -> None:
    ide.ask("translate my thoughts into old Norse")
    ide.says("No built-in recipe fits this")
    holds_welcome = lines(ide)
    step = ide.steps.last
    for name in ("Connect a model", "Start from a blank program", "See all recipes"):
        expect(step.get_by_role("button", name=name)).to_be_visible()
    assert lines(ide) == holds_welcome
    expect(ide.prompt).to_have_value("translate my thoughts into old Norse")
    step.get_by_role("button", name="Connect a model").click()
    dialog = ide.page.get_by_role("dialog", name="Who writes programs")
    expect(dialog).to_contain_text("OPENAI_API_KEY")
    expect(dialog.get_by_role("radio", name="OpenAI")).to_be_disabled()
    expect(dialog.locator("input[type=text], input[type=password], textarea")).to_have_count(0)
    ide.page.keyboard.press("Escape")
    step.get_by_role("button", name="Start from a blank program").click()
    holds(ide, "")
    ide.focus_is("Program.")


@pytest.mark.long
def test_recipes_are_looked_through_and_taken(ide: Ide) -> None:
    ide.page.get_by_role("button", name="See all recipes").click()
    dialog = ide.page.get_by_role("dialog", name="Built-in recipes")
    expect(dialog.get_by_role("listitem").nth(39)).to_be_attached()
    dialog.get_by_role("textbox").fill("nothing has such words")
    expect(dialog.get_by_role("status")).to_have_text("No recipe has these words.")
    dialog.get_by_role("textbox").fill("times table")
    expect(dialog.get_by_role("status")).to_have_text("1 recipe")
    dialog.get_by_role("button", name="Times table").click()
    ide.says("Written: ")
    expect(ide.steps).to_contain_text("Built-in recipe, not AI.")


@pytest.mark.long
def test_of_a_long_prompt_the_history_has_the_beginning_and_the_rest_when_it_is_wanted(ide: Ide) -> None:
    prompt = "translate into old Norse: " + "word " * 3000 + "and that is all"
    ide.ask(prompt)
    step = ide.steps.last
    expect(step).to_contain_text("translate into old Norse: word word")
    expect(step).to_contain_text("No built-in recipe fits this")
    expect(step).not_to_contain_text("and that is all")
    button = step.get_by_role("button", name=f"Show all {len(prompt):,} characters")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    ide.page.keyboard.press("Enter")
    expect(step).to_contain_text("and that is all")
    less = step.get_by_role("button", name="Show the beginning only")
    expect(less).to_be_focused()
    expect(less).to_have_attribute("aria-expanded", "true")
    ide.page.keyboard.press("Enter")
    expect(step).not_to_contain_text("and that is all")


@pytest.mark.long
def test_what_a_person_wrote_is_kept_and_a_recipe_waits_beside_it(ide: Ide) -> None:
    ide.write(GREETING)
    ide.ask("create me a simple calculator")
    bar = ide.page.get_by_role("group", name="Proposed change")
    expect(bar).to_contain_text("added")
    bar.get_by_role("button", name="Accept", exact=True).click()
    expect(ide.editor).not_to_contain_text("Hello")
    ide.steps.first.get_by_role("button", name="Back to version 1").click()
    holds(ide, GREETING)
    expect(ide.steps).to_have_count(3)


# With a model.


LONG: Final = "x = 1  # as somebody pastes it\n" * 2300


def paste(ide: Ide, code: str) -> None:
    """So much is not typed."""
    ide.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ide.page.evaluate("text => navigator.clipboard.writeText(text)", code)
    ide.write("")
    ide.page.keyboard.press("Control+V")
    ide.page.keyboard.press("Control+Home")
    expect(ide.editor).to_contain_text("as somebody pastes it")


@pytest.mark.long
def test_a_program_that_is_too_long_to_change_is_said_so(asking: Ide, model: ScriptedModel) -> None:
    paste(asking, LONG)
    asking.ask("more of it")
    asking.says("The program is too long for a model to change")
    expect(asking.prompt).to_have_value("more of it")
    assert [one for one in model.asked if one.body] == []
    model.script = fenced(GREETING)
    asking.page.get_by_label("A new program, not a change").check()
    asking.page.get_by_role("button", name="Send").click()
    asking.says("Written: ")
    asking.page.get_by_role("button", name="Accept", exact=True).click()
    holds(asking, GREETING)


@pytest.mark.long
def test_a_long_program_is_not_in_the_way_of_a_recipe(ide: Ide) -> None:
    paste(ide, LONG)
    ide.ask("create me a simple calculator")
    ide.says("Written: ")


def test_code_grows_in_the_editor_and_the_focus_stays(asking: Ide, model: ScriptedModel) -> None:
    gate = threading.Event()
    model.script = [Say("A greeting.\n\n```python\n" + GREETING[:12]), WaitFor(gate), Say(GREETING[12:] + "```\n")]
    asking.ask("greet me")
    expect(asking.editor).to_contain_text("name = input")
    expect(asking.editor).to_have_attribute("aria-readonly", "true")
    asking.says("Writing code, 1 line.")
    expect(asking.prompt).to_be_focused()
    expect(asking.steps.last).to_contain_text("Written by tiny")
    gate.set()
    asking.says("Written: 2 lines. Press Run to try it.")
    holds(asking, GREETING)
    expect(asking.editor).not_to_have_attribute("aria-readonly", "true")
    expect(asking.prompt).to_be_focused()
    asking.page.keyboard.press("Control+Enter")
    asking.says("Waiting for input: Name?")
    asking.page.keyboard.type("Ada\n")
    asking.shows("Hello, Ada")
    expect(asking.steps.last).to_contain_text("Finished.")


@pytest.mark.long
@pytest.mark.parametrize(("motion", "is_calm"), [("reduce", True), ("no-preference", False)])
def test_code_comes_in_blocks_for_those_who_want_little_to_move(
    ide_at: OpenIde, modelled: tuple[str, ScriptedModel], model: ScriptedModel, motion: str, is_calm: bool
) -> None:
    gates = threading.Event(), threading.Event()
    model.script = [
        *(
            Say("```python\nfirst = 1\n"),
            WaitFor(gates[0]),
            Say("second = 2\n"),
            WaitFor(gates[1]),
            Say("third = 3\n```\n"),
        )
    ]
    ide = ide_at(modelled[0], reduced_motion=motion)
    clock = ide.page.clock
    clock.install()
    ide.open()
    expect(ide.page.get_by_role("button", name="Who writes: tiny")).to_be_visible()
    ide.ask("count")
    expect(ide.editor).to_contain_text("first = 1")
    # From here on a second is over when the test says so.
    clock.pause_at(ide.page.evaluate("Date.now()") / 1000 + 5)
    gates[0].set()
    ide.says("Writing code, 2 lines.")
    clock.run_for(900)
    assert ("second = 2" in lines(ide)) is not is_calm
    clock.run_for(200)
    assert "second = 2" in lines(ide)
    gates[1].set()
    clock.resume()
    ide.says("Written: 3 lines.")
    holds(ide, "first = 1\nsecond = 2\nthird = 3\n")


def test_a_follow_up_is_a_change_that_is_accepted_and_run(asking: Ide, model: ScriptedModel) -> None:
    written(asking, model, GREETING)
    model.script = fenced(POLITE, "I made it more polite.")
    asking.ask("more polite")
    bar = asking.page.get_by_role("group", name="Proposed change")
    expect(bar).to_contain_text("3 lines added, 2 removed")
    expect(asking.prompt).to_be_focused()
    asked = model.asked[-1].text
    assert GREETING.rstrip() in asked
    assert "greet me" in asked
    assert asked.index("greet me") < asked.index("more polite")
    # As long as nothing is decided the program is the one that was there.
    asking.page.reload()
    holds(asking, GREETING)
    asking.steps.last.get_by_role("button", name="Show the change").click()
    expect(bar).to_contain_text("3 lines added, 2 removed")
    asking.page.keyboard.press("Control+Enter")
    asking.says("Waiting for input: Your name?")
    asking.page.keyboard.type("Ada\n")
    asking.shows("How are you?")
    holds(asking, POLITE)
    expect(asking.steps.last).to_contain_text("in the editor")


@pytest.mark.long
def test_a_change_that_comes_while_a_program_runs_is_not_offered_to_be_run(asking: Ide, model: ScriptedModel) -> None:
    """It was accepted, and the earlier one went on as if it were the new one."""
    written(asking, model, GREETING)
    asking.page.keyboard.press("Control+Enter")
    asking.says("Waiting for input: Name?")
    model.script = fenced(POLITE)
    asking.ask("more polite")
    bar = asking.page.get_by_role("group", name="Proposed change")
    expect(bar.get_by_role("button", name="Accept", exact=True)).to_be_visible()
    expect(bar.get_by_role("button", name="Accept and run")).to_be_hidden()
    asking.stop_button.click()
    bar.get_by_role("button", name="Accept and run").click()
    asking.says("Waiting for input: Your name?")


@pytest.mark.long
def test_a_change_is_rejected_and_can_be_had_back(asking: Ide, model: ScriptedModel) -> None:
    written(asking, model, GREETING)
    model.script = fenced(POLITE)
    asking.ask("more polite")
    asking.page.get_by_role("button", name="Reject", exact=True).click()
    asking.says("Rejected: the program is as it was.")
    holds(asking, GREETING)
    expect(asking.steps.last).to_contain_text("rejected")
    asking.steps.last.get_by_role("button", name="Show the change").click()
    asking.says("A change to accept or reject.")
    asking.page.get_by_role("button", name="Accept", exact=True).click()
    holds(asking, POLITE)
    asking.page.keyboard.press("Control+Enter")
    asking.says("Waiting for input")
    asking.page.keyboard.type("Ada\n")
    asking.says("Finished.")
    asking.steps.first.get_by_role("button", name="Back to version 1").click()
    asking.says("Version 1 is in the editor again.")


@pytest.mark.long
def test_a_change_is_edited_and_taken_in_part(asking: Ide, model: ScriptedModel) -> None:
    middle = "".join(f"step_{number} = {number}\n" for number in range(10))
    written(asking, model, f"first = 1\n{middle}last = 1\n")
    model.script = fenced(f"first = 2\n{middle}last = 2\n")
    asking.ask("two instead of one")
    expect(asking.page.get_by_role("group", name="Proposed change")).to_contain_text("2 lines added, 2 removed")
    asking.page.get_by_role("button", name="Reject this part").first.click()
    expect(asking.page.get_by_role("group", name="Proposed change")).to_contain_text("1 line added, 1 removed")
    asking.page.locator(".cm-line", has_text="last = 2").click()
    asking.page.keyboard.press("End")
    asking.page.keyboard.type("3")
    asking.page.get_by_role("button", name="Accept", exact=True).click()
    holds(asking, f"first = 1\n{middle}last = 23\n")
    expect(asking.steps.last).to_contain_text("You edited it, or left parts of it out.")


@pytest.mark.long
def test_deciding_each_part_decides_the_whole(asking: Ide, model: ScriptedModel) -> None:
    written(asking, model, "first = 1\n")
    model.script = fenced("first = 2\n")
    for name, code in (("Reject this part", "first = 1"), ("Accept this part", "first = 2")):
        asking.ask("two instead of one")
        asking.page.get_by_role("button", name=name).focus()
        asking.page.keyboard.press("Enter")
        expect(asking.page.get_by_role("group", name="Proposed change")).to_be_hidden()
        holds(asking, code)


@pytest.mark.parametrize(
    ("steps", "why"),
    the_rest_long(
        [(fenced("import random\n# ... rest of the code ...\n"), "stands for a part that was left out")],
        [
            (fenced("def broken(:\n"), "not valid Python"),
            ([Say("I would rather talk about the weather.")], "holds no program"),
            ([*fenced(POLITE)[:-4], End("length")], "had to stop before the program's end"),
        ],
    ),
    ids=["placeholder", "syntax", "no code", "cut"],
)
def test_what_is_no_whole_program_replaces_nothing(asking: Ide, model: ScriptedModel, steps: Script, why: str) -> None:
    written(asking, model, GREETING)
    model.script = steps
    asking.ask("more polite")
    expect(asking.steps.last).to_contain_text(why)
    holds(asking, GREETING)
    expect(asking.page.get_by_role("group", name="Proposed change")).to_be_hidden()
    model.script = fenced(POLITE)
    asking.steps.last.get_by_role("button", name="Ask again").click()
    expect(asking.page.get_by_role("group", name="Proposed change")).to_be_visible()


@pytest.mark.long
def test_a_first_program_that_is_none_leaves_the_editor_as_it_was(asking: Ide, model: ScriptedModel) -> None:
    before = lines(asking)
    model.script = fenced("print('one')\n# rest of the code\n")
    asking.ask("greet me")
    asking.says("Not taken.")
    assert lines(asking) == before
    asking.steps.last.get_by_role("button", name="Open it as text").click()
    expect(asking.page.get_by_role("dialog", name="Version 1")).to_contain_text("print('one')")


def test_stopping_keeps_a_draft_and_hangs_up_on_the_model(asking: Ide, model: ScriptedModel) -> None:
    before = lines(asking)
    model.script = [Say("```python\nprint('half of it')\nprint('the oth"), Stall()]
    asking.ask("greet me")
    expect(asking.editor).to_contain_text("half of it")
    asking.page.keyboard.press("Escape")
    model.wait_for_hang_up()
    asking.says("your program is as it was")
    assert lines(asking) == before
    expect(asking.steps.last).to_contain_text("a draft, not whole")
    expect(asking.prompt).to_be_focused()
    expect(asking.prompt).to_have_value("greet me")


@pytest.mark.long
def test_stopping_in_an_empty_editor_leaves_what_was_written(asking: Ide, model: ScriptedModel) -> None:
    asking.write("")
    model.script = [Say("```python\nprint('half of it')\n"), Stall()]
    asking.ask("greet me")
    expect(asking.editor).to_contain_text("half of it")
    asking.page.get_by_role("button", name="Stop writing").click()
    asking.says("What had been written is in the editor: it is not a whole program.")
    holds(asking, "print('half of it')")


@pytest.mark.long
@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([Refuse(401)], "key"),
        ([Refuse(404)], "tiny"),
        ([Refuse(429, {"Retry-After": "7"})], "7"),
        ([Say("```python\nprint('half"), Cut()], "broke off"),
    ],
    ids=["401", "404", "429", "cut"],
)
def test_a_model_that_fails_is_said_and_nothing_is_lost(
    asking: Ide, model: ScriptedModel, steps: Script, said: str
) -> None:
    before = lines(asking)
    model.script = steps
    asking.ask("greet me")
    expect(asking.steps.last.locator(".reason")).to_contain_text(said)
    assert lines(asking) == before
    expect(asking.prompt).to_have_value("greet me")
    model.script = fenced(GREETING)
    asking.page.get_by_role("button", name="Send").click()
    holds(asking, GREETING)


@pytest.mark.long
@pytest.mark.parametrize(
    ("answer", "becomes"),
    [(fenced(GREETING), "in the editor"), ([Say("I would rather not.")], "holds no program")],
    ids=["program", "none"],
)
def test_a_long_prompt_that_was_opened_while_it_was_answered_stays_open(
    asking: Ide, model: ScriptedModel, answer: list[Step], becomes: str
) -> None:
    gate = threading.Event()
    model.script = [WaitFor(gate), *answer]
    asking.ask("greet me " + "word " * 3000 + "and that is all")
    asking.steps.last.get_by_role("button", name="Show all").focus()
    asking.page.keyboard.press("Enter")
    expect(asking.steps.last).to_contain_text("and that is all")
    gate.set()
    expect(asking.steps.last).to_contain_text(becomes)
    expect(asking.steps.last).to_contain_text("and that is all")
    expect(asking.prompt).to_be_focused()


@pytest.mark.long
def test_who_goes_on_writing_loses_nothing(asking: Ide, model: ScriptedModel) -> None:
    gate = threading.Event()
    model.script = [WaitFor(gate), *fenced(GREETING)]
    asking.ask("greet me")
    asking.says("Asking tiny")
    asking.write("print('mine')")
    asking.page.keyboard.press("Escape")  # with it begins the way out of the editor
    gate.set()
    asking.says("Written: a change to accept or reject.")
    asking.page.get_by_role("button", name="Accept", exact=True).click()
    holds(asking, GREETING)
    asking.steps.first.get_by_role("button", name="Back to version 1").click()
    holds(asking, "print('mine')")


@pytest.mark.long
def test_the_focus_is_always_somewhere(asking: Ide, model: ScriptedModel) -> None:
    asking.page.get_by_role("button", name="a times table up to 12").focus()
    model.script = fenced(BROKEN)
    asking.page.keyboard.press("Enter")  # and the button is gone
    asking.says("Written: ")
    expect(asking.prompt).to_be_focused()
    asking.page.keyboard.press("Control+Enter")
    asking.says("Failed on line ")
    model.script = fenced(MENDED)
    asking.page.get_by_role("button", name="Fix with tiny").focus()
    asking.page.keyboard.press("Enter")
    expect(asking.page.get_by_role("group", name="Proposed change")).to_be_visible()
    expect(asking.prompt).to_be_focused()
    asking.page.get_by_role("button", name="Reject", exact=True).focus()
    asking.page.keyboard.press("Enter")
    asking.focus_is("Program.")
    asking.steps.last.get_by_role("button", name="Show the change").focus()
    asking.page.keyboard.press("Enter")
    asking.focus_is("Accept and run")


@pytest.mark.long
def test_another_program_can_be_asked_for(asking: Ide, model: ScriptedModel) -> None:
    written(asking, model, GREETING)
    model.script = fenced("print('new')\n")
    asking.page.get_by_label("A new program, not a change").check()
    asking.ask("something new")
    holds(asking, "print('new')")  # at once: the one before is a version
    assert "Hello" not in model.asked[-1].text


@pytest.mark.long
def test_recipes_can_be_chosen_where_there_is_a_model(asking: Ide, model: ScriptedModel) -> None:
    asking.page.get_by_role("button", name="Who writes: tiny").click()
    asking.page.get_by_role("radio", name="Built-in recipes").check()
    asking.page.keyboard.press("Escape")
    asking.ask("create me a simple calculator")
    expect(asking.steps).to_contain_text("Built-in recipe, not AI.")
    assert model.asked == []
    asking.page.reload()
    expect(asking.page.get_by_role("button", name="Who writes: Built-in recipes")).to_be_visible()


# Repair.


def fix_button(ide: Ide) -> str:
    return ide.page.get_by_role("button", name=re.compile("^Fix with")).inner_text()


def mends(mended: str) -> Callable[[Asked], list[Step]]:
    """By a model that is told what went wrong, and what was typed."""

    def script(asked: Asked) -> list[Step]:
        knows = "ZeroDivisionError" in asked.text and "What was typed" in asked.text
        return fenced(mended if knows else BROKEN)

    return script


@pytest.mark.long
def test_a_broken_program_is_mended(asking: Ide, model: ScriptedModel) -> None:
    written(asking, model, f'input("Ready? ")\n{BROKEN}', "a mean")
    asking.page.keyboard.press("Control+Enter")
    asking.says("Waiting for input")
    asking.page.keyboard.type("yse\x08\x08es\n")
    asking.says("Failed on line ")
    asking.page.get_by_text("What is sent").click()
    expect(asking.page.get_by_role("region", name="What is sent")).to_contain_text("ZeroDivisionError")
    expect(asking.page.get_by_role("region", name="What is sent")).to_contain_text("a mean")
    assert fix_button(asking) == "Fix with tiny, attempt 1 of 3"
    model.script = mends('print(1 / len(input("Again? ")))\n')
    asking.page.get_by_role("button", name="Fix with tiny").click()
    expect(asking.page.get_by_role("group", name="Proposed change")).to_be_visible()
    asked = model.asked[-1].text
    assert "main.py" in asked
    assert "a mean" in asked
    assert "assistant" not in [message["role"] for message in model.asked[-1].messages], "no earlier programs are sent"
    asking.page.get_by_role("button", name="Accept and run").click()
    asking.says("Waiting for input")
    asking.page.keyboard.type("x\n")
    asking.shows("1.0")
    asking.says("Finished.")
    expect(asking.steps.last).to_contain_text("Fix, attempt 1 of 3: ZeroDivisionError")
    # It has run well: the next failure of it is another, and its tries begin anew.
    asking.page.keyboard.press("Control+Enter")
    asking.says("Waiting for input")
    asking.page.keyboard.type("\n")
    asking.says("Failed on line ")
    assert fix_button(asking) == "Fix with tiny, attempt 1 of 3"


@pytest.mark.long
def test_a_fix_says_what_this_program_is_to_do(asking: Ide, model: ScriptedModel) -> None:
    sent = asking.page.get_by_role("region", name="What is sent", include_hidden=True)
    written(asking, model, BROKEN, "a mean")
    model.script = fenced("print('red')\n" + BROKEN)
    asking.ask("in red")
    asking.page.get_by_role("button", name="Accept and run").click()
    expect(sent).to_contain_text("in red")
    asking.steps.first.get_by_role("button", name="Back to version 1").click()
    asking.page.keyboard.press("Control+Enter")
    asking.says("Failed on line ")
    expect(sent).to_contain_text("a mean")
    # One that was asked for by nobody.
    asking.page.keyboard.press("F1")
    asking.page.keyboard.type("new program")
    asking.page.keyboard.press("Enter")
    expect(asking.steps.filter(has_text="in the editor")).to_have_count(0)
    asking.run("# Mine.\n" + BROKEN)
    asking.says("Failed on line ")
    expect(asking.steps.last).to_contain_text("Your program")
    expect(sent).to_contain_text("It should run without this error.")
    asking.ask("in blue")
    wait_until(lambda: "in blue" in model.asked[-1].text)
    assert "assistant" not in [message["role"] for message in model.asked[-1].messages]


@pytest.mark.long
def test_the_same_error_twice_stops_it_and_leads_back(asking: Ide, model: ScriptedModel) -> None:
    written(asking, model, "print('well')\n")
    asking.page.keyboard.press("Control+Enter")
    asking.says("Finished.")
    asking.run(BROKEN)
    asking.says("Failed on line ")
    model.script = fenced("# Now it works.\n" + BROKEN)
    asking.page.get_by_role("button", name="Fix with tiny").click()
    asking.page.get_by_role("button", name="Accept and run").click()
    repair = asking.page.get_by_role("group", name="Repair")
    expect(repair).to_contain_text("The same error came twice, so I stopped.")
    expect(asking.page.get_by_role("button", name="Fix with tiny")).to_have_count(0)
    repair.get_by_role("button", name="Back to version 1").click()
    holds(asking, "print('well')")


@pytest.mark.long
def test_tries_that_come_to_nothing_are_counted(asking: Ide, model: ScriptedModel) -> None:
    asking.run(BROKEN)
    asking.says("Failed on line ")
    fix = asking.page.get_by_role("button", name=re.compile("^Fix with"))
    repair = asking.page.get_by_role("group", name="Repair")
    model.script = fenced(MENDED)
    for attempt in (1, 2, 3):
        expect(fix).to_have_text(f"Fix with tiny, attempt {attempt} of 3")
        fix.click()
        asking.page.get_by_role("button", name="Reject", exact=True).click()
    expect(repair).to_contain_text("3 tries did not repair it, so I stopped.")
    expect(fix).to_have_count(0)
    asking.run(BROKEN + "\n# Another.\n")
    asking.says("Failed on line ")
    model.script = fenced(BROKEN + "\n# Another.\n")
    fix.click()
    expect(repair).to_contain_text("The program came back unchanged and would fail in the same way, so I stopped.")
    expect(fix).to_have_count(0)
    assert len(model.asked) == 4


@pytest.mark.long
def test_automatic_repair_is_off_until_it_is_switched_on_and_ends(asking: Ide, model: ScriptedModel) -> None:
    asking.run(BROKEN)
    asking.says("Failed on line ")
    switch = asking.page.get_by_role("switch", name="Automatic repair")
    expect(switch).not_to_be_checked()
    assert model.asked == []
    switch.check()
    attempts = iter(range(1, 10))

    def another_error(_: Asked) -> list[Step]:
        return fenced(f"number = {next(attempts)}\nprint({next(attempts)} / 0)\n")

    model.script = another_error
    asking.run("print(1 / 0)")
    expect(asking.page.get_by_role("group", name="Repair")).to_contain_text("3 tries did not repair it, so I stopped.")
    assert len(model.asked) == 3
    asking.page.reload()
    model.script = fenced(MENDED)
    asking.run(BROKEN)
    asking.shows("0.0")
    asking.says("Finished.")
    holds(asking, MENDED)


# What is kept.


@pytest.mark.long
def test_the_history_survives_a_reload_and_shows_prompt_code_and_run_together(
    asking: Ide, model: ScriptedModel
) -> None:
    written(asking, model, "print('one')\n", "the first")
    asking.page.keyboard.press("Control+Enter")
    asking.says("Finished.")
    model.script = fenced("print('two')\n")
    asking.ask("the second")
    asking.page.get_by_role("button", name="Accept", exact=True).click()
    asking.page.reload()
    holds(asking, "print('two')")
    expect(asking.steps).to_have_count(2)
    asking.steps.first.get_by_role("button", name="v1").click()
    dialog = asking.page.get_by_role("dialog", name="Version 1")
    for text in ("the first", "print('one')", "Finished.", "Written by tiny"):
        expect(dialog).to_contain_text(text)
    expect(dialog.get_by_role("region", name="Its last run")).to_have_text(re.compile("^one"))
    # As over plain HTTP from another machine.
    asking.page.evaluate("() => Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    dialog.get_by_role("button", name="Copy the text").click()
    expect(asking.page.get_by_text("The text has been copied.")).to_be_visible()
    asking.prompt.press("Control+V")
    expect(asking.prompt).to_have_value("print('one')\n")
    asking.prompt.fill("")
    asking.steps.first.get_by_role("button", name="v1").click()
    dialog.get_by_role("button", name="Back to version 1").click()
    holds(asking, "print('one')")
    expect(asking.steps).to_have_count(3)
    asking.page.keyboard.press("F1")
    asking.page.keyboard.type("version before")
    asking.page.keyboard.press("Enter")
    holds(asking, "print('two')")


@pytest.mark.long
def test_two_tabs_lose_nothing_of_each_other(asking: Ide, model: ScriptedModel) -> None:
    written(asking, model, GREETING, "the first")
    wait_until(lambda: "the first" in str(asking.page.evaluate("localStorage['snakepen.history']")))
    other = asking.page.context.new_page()
    other.goto(asking.page.url)
    for page, prompt in ((other, "theirs"), (asking.page, "mine")):
        model.script = fenced(f"print('{prompt}')\n")
        page.get_by_role("textbox", name="Ask for").fill(prompt)
        page.get_by_role("button", name="Send").click()
        page.get_by_role("button", name="Accept", exact=True).click()
    other.close(run_before_unload=True)
    asking.page.reload()
    expect(asking.steps).to_have_count(3)
    for version, prompt in enumerate(("the first", "theirs", "mine"), start=1):
        expect(asking.steps.nth(version - 1)).to_contain_text(prompt)
        expect(asking.steps.nth(version - 1)).to_contain_text(f"v{version}")


@pytest.mark.long
def test_what_was_asked_survives_a_reload_while_it_is_written(asking: Ide, model: ScriptedModel) -> None:
    model.script = [Say("```python\nprint('half of it')\n"), Stall()]
    asking.ask("greet me")
    expect(asking.editor).to_contain_text("half of it")
    asking.page.reload()
    expect(asking.steps).to_have_count(1)
    for text in ("greet me", "The page was closed while it was written.", "a draft, not whole"):
        expect(asking.steps.last).to_contain_text(text)
    expect(asking.steps.last.get_by_role("button", name="Ask again")).to_be_visible()


@pytest.mark.long
def test_the_first_part_of_a_change_can_be_decided_on_at_once(asking: Ide, model: ScriptedModel) -> None:
    asking.page.set_viewport_size({"width": 1280, "height": 800})
    old = "".join(f"old_{number} = {number}\n" for number in range(40))
    written(asking, model, "first = 1\n" * 30 + old)
    model.script = fenced("first = 1\n" * 30 + "new = 1\n")
    asking.ask("another")
    buttons, seen = asking.page.locator(".cm-chunkButtons").first, asking.page.locator(".cm-scroller")

    def are_seen() -> bool:
        inner, outer = buttons.bounding_box(), seen.bounding_box()
        assert inner is not None
        assert outer is not None
        return outer["y"] <= inner["y"] and inner["y"] + inner["height"] <= outer["y"] + outer["height"]

    expect(buttons).to_be_attached()
    wait_until(are_seen)


@pytest.mark.long
def test_without_the_server_it_is_said_and_typing_and_running_work(ide_at: OpenIde) -> None:
    with served_process(return_code=-9) as (url, process):
        ide = ide_at(url, keeps=True, knows=True).open()
        ide.keep_for_later()
        process.kill()
        process.wait()
        ide.page.reload()
        expect(ide.place).to_contain_text("In your browser")
        expect(ide.page.locator("#prompt-hint")).to_contain_text("The server cannot be reached")
        ide.prompt.fill("create me a simple calculator")
        expect(ide.page.get_by_role("button", name="Send")).to_be_disabled()
        ide.run("import sys\nprint(sys.platform)")
        ide.shows("emscripten")


# By keyboard, and on a phone.


@pytest.mark.long
def test_panes_are_gone_through_in_a_circle(ide: Ide) -> None:
    expect(ide.prompt).to_be_focused()
    for key, name in (("F6", "Program."), ("F6", "Terminal."), ("Shift+F6", "Program.")):
        ide.page.keyboard.press(key)
        ide.focus_is(name)
    ide.page.keyboard.press("Shift+F6")
    expect(ide.prompt).to_be_focused()


@pytest.mark.long
def test_the_prompt_can_be_put_away_and_its_width_is_remembered(ide: Ide) -> None:
    splitter = ide.page.get_by_role("separator", name="Width of the prompt")
    before = int(splitter.get_attribute("aria-valuenow") or 0)
    splitter.focus()
    ide.page.keyboard.press("ArrowRight")
    expect(splitter).to_have_attribute("aria-valuenow", str(before + 5))
    ide.page.get_by_role("button", name="Hide the prompt").click()
    ide.focus_is("Program.")
    expect(ide.prompt).to_be_hidden()
    ide.page.reload()
    expect(ide.editor).to_be_visible()
    expect(ide.prompt).to_be_hidden()
    ide.page.keyboard.press("Control+Shift+Enter")
    expect(ide.prompt).to_be_focused()
    expect(splitter).to_have_attribute("aria-valuenow", str(before + 5))


@pytest.mark.long
def test_on_a_phone_a_change_is_seen_before_it_is_run(asking: Ide, model: ScriptedModel) -> None:
    page = asking.page
    written(asking, model, GREETING)
    page.set_viewport_size({"width": 320, "height": 640})
    page.locator(".views").get_by_role("button", name="Ask", exact=True).click()
    model.script = fenced(POLITE)
    asking.ask("more polite")
    runs = page.locator(".views .run")
    expect(runs).to_have_text("See the change")
    runs.click()
    expect(page.get_by_role("group", name="Proposed change")).to_be_visible()
    expect(runs).to_have_text("Accept and run")
    expect(page.get_by_role("button", name="Accept and run")).to_have_count(1)
    assert runs.evaluate("one => one.scrollWidth <= one.clientWidth"), "its words fit"
    assert asking.sideways() == 0
    runs.click()
    asking.says("Waiting for input")
    page.locator(".views").get_by_role("button", name="Code").click()
    holds(asking, POLITE)


@pytest.mark.long
def test_on_a_phone_the_newest_of_the_history_is_seen(asking: Ide, model: ScriptedModel) -> None:
    page = asking.page
    page.set_viewport_size({"width": 360, "height": 640})
    views = page.locator(".views")
    for number in range(4):
        model.script = fenced(f"print({number})\n", "A few words about it, and a few more.")
        if number > 0:
            page.get_by_label("A new program, not a change").check()
        asking.ask(f"print {number}")
        asking.says("Written: 1 line.")
    views.get_by_role("button", name="Code", exact=True).click()
    asking.run("print('mine')")
    asking.says("Finished.")
    views.get_by_role("button", name="Ask", exact=True).click()
    expect(asking.steps.last.get_by_text("in the editor")).to_be_in_viewport(ratio=1)


@pytest.mark.long
def test_the_newest_of_the_history_stays_in_sight(ide: Ide) -> None:
    for number in range(3):
        ide.ask(f"translate into old Norse, for the {number}. time: " + "so that the lines of it are broken " * 10)
        expect(ide.steps).to_have_count(number + 1)
        ide.says("No built-in recipe fits this")
    newest = ide.steps.last.get_by_role("button", name="Start from a blank program")
    expect(newest).to_be_in_viewport(ratio=1)
    ide.page.reload()
    expect(newest).to_be_in_viewport(ratio=1)
    ide.prompt.fill("one line\n" * 8)  # which leaves less room
    expect(newest).to_be_in_viewport(ratio=1)
    first = ide.steps.first.get_by_text("for the 0. time")
    ide.page.get_by_role("region", name="History").evaluate("one => one.scrollTo({top: 0})")
    expect(first).to_be_in_viewport()
    ide.prompt.fill("")
    ide.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(first).to_be_in_viewport()
    expect(newest).not_to_be_in_viewport()
    ide.run("input('? ')")
    expect(ide.steps.last.get_by_text("v1")).to_be_in_viewport(ratio=1)
    ide.says("Waiting for input")
    ide.page.get_by_role("region", name="History").evaluate("one => one.scrollTo({top: 0})")
    expect(first).to_be_in_viewport()
    ide.page.keyboard.press("Control+.")
    expect(ide.steps.last).to_contain_text("Stopped by you.")
    ide.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(first).to_be_in_viewport()
    # Of the newest too what is added when its run ends.
    ide.run(f"raise ValueError({'so long ' * 40!r})")
    expect(ide.steps.last.get_by_text("Failed on line 1")).to_be_in_viewport(ratio=1)


@pytest.mark.long
def test_in_a_low_window_the_history_is_there(ide: Ide) -> None:
    """As at 200 % on a small screen."""
    ide.page.set_viewport_size({"width": 640, "height": 400})
    ide.ask("translate my thoughts into old Norse")
    ide.says("No built-in recipe fits this")
    history = ide.page.get_by_role("region", name="History").bounding_box()
    assert history is not None
    assert history["height"] > 100
    expect(ide.page.get_by_role("button", name="Send")).to_be_in_viewport(ratio=1)
    connect = ide.steps.last.get_by_role("button", name="Connect a model")
    connect.click()
    expect(ide.page.get_by_role("dialog", name="Who writes programs")).to_be_visible()


def test_on_a_phone_one_asks_looks_and_runs(ide_at: OpenIde, server: str) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    ide = ide_at(server, **phone).open()
    ide.prompt.tap()
    ide.page.keyboard.type("a times table up to 12")
    ide.page.get_by_role("button", name="Send").tap()
    expect(ide.steps).to_contain_text("Built-in recipe, not AI.")
    ide.page.get_by_role("button", name="Code", exact=True).tap()
    expect(ide.editor).to_contain_text("12")
    ide.run_button.tap()
    ide.shows("144")
    ide.page.get_by_role("button", name="Ask", exact=True).tap()
    expect(ide.steps.last).to_contain_text("Finished.")
    assert ide.sideways() == 0
