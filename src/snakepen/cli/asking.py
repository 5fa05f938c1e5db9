"""One `snakepen ask`: a prompt becomes a program, which is shown, run when wanted, and repaired when it failed."""

import asyncio
import os
import re
import shlex
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from snakepen.api.writers import open_terminals_writer
from snakepen.cli.exit_codes import INTERRUPTED
from snakepen.cli.foreground import Heard, run_to_its_end
from snakepen.cli.handing_out import print_program, write_program
from snakepen.cli.results import Saving
from snakepen.cli.run import program_spec
from snakepen.cli.showing import Draft, ask_line, choose, harmless, say, show, show_change
from snakepen.codegen.repair import (
    Error,
    Repair,
    error_of,
    is_same_program,
    next_try,
    plain,
    stop_reason,
    traceback_in,
)
from snakepen.environments.environment import Environment
from snakepen.errors import InvalidRequest, SetupError, SnakepenError
from snakepen.executor import Stream
from snakepen.limits import MAX_DRAFT_CHARACTERS, MAX_PROMPT_CHARACTERS
from snakepen.runs.explain import Explainer
from snakepen.settings import Settings
from snakepen.wire.generate import RECIPES, GenerateRequest, ModelsInfo, ProblemIn

# What can be done here when no recipe fits and no model is there.
_OTHERWISE: Final = "or list the recipes by 'snakepen ask --recipes'"
# A model on this machine is looked for so long; and whoever waited for a model can wait for a look at its program.
_LOOK_FOR_MODELS_SECONDS: Final = 2.0
_LOOK_AT_PROGRAM_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class _Version:
    """A program as it was written, by a model, a recipe or a hand."""

    code: str
    title: str
    prompt: str
    """What it is to do, as it was asked for last."""
    problem: str | None = None
    """What speaks against it, as a sentence; a person may run it all the same."""
    repair: Repair | None = None
    """The try that it came of; none any more once it ran well, or was gone back to."""
    tried: Repair | None = None
    """The last try at a failure of it that did not take its place."""

    @property
    def last_try(self) -> Repair | None:
        """What the next try comes after."""
        return self.tried or self.repair


@dataclass
class Asking:
    """One prompt and all that comes of it."""

    settings: Settings
    environment: Environment
    prompt: str
    model: str | None
    is_automatic: bool
    repairs: bool
    file: Path | None
    artifacts: Path | None
    versions: list[_Version] = field(default_factory=list)
    is_by_model: bool = False
    is_run: bool = False
    """Whether the newest version was."""
    failure: ProblemIn | None = None
    """Of the last run of the newest version."""
    stopped: str | None = None
    """Why it is not repaired any more."""
    is_stuck: bool = False
    """The model did not repair it when it was asked: a person says how to go on."""
    return_code: int | None = None

    def go(self) -> int:
        """To the end; the exit code. Whatever happens, the program is saved where that is wanted."""
        self._take(asyncio.run(self._draft(self.prompt)), self.prompt)
        try:
            if sys.stdin.isatty() and sys.stdout.isatty() and not self.is_automatic:
                self._talk()
            elif self.is_automatic:
                self._run_alone()
            elif self.file is None and not sys.stdout.isatty():
                print_program(self.newest.code)
        finally:
            if self.file is not None:
                write_program(self.file, self.newest.code)
        if self.return_code is None and self.newest.problem is not None:
            raise SetupError(f"This program cannot be used as it is. {self.newest.problem}")
        return self.return_code or 0

    @property
    def newest(self) -> _Version:
        return self.versions[-1]

    @property
    def can_be_repaired(self) -> bool:
        """Whether another try is worth it."""
        return self.is_by_model and self.failure is not None and self.stopped is None

    def _run_alone(self) -> None:
        """Run it, and repair it if that is wanted, with nobody to ask."""
        if self.newest.problem is not None:
            raise SetupError("Nothing was run: the answer holds no program that could be.")
        self._run()
        while self.repairs and self.can_be_repaired and self._repair():
            self._run()

    def _talk(self) -> None:
        """Ask what to do until nothing is left to do."""
        while True:
            repairs = self.repairs and self.can_be_repaired and not self.is_stuck
            answer = "f" if repairs else choose(*self._choices())
            if answer == "q":
                return
            try:
                self._do(answer)
            except SnakepenError as error:
                say(str(error))

    def _do(self, answer: str) -> None:
        """What a person wants done with the newest version."""
        if answer == "r":
            self._run()
        elif answer == "f":
            try:
                is_repaired = self._repair()
            except KeyboardInterrupt:
                say("Stopped: the program is as it was.")
                self.is_stuck = True
                return
            if is_repaired and self.repairs:
                self._run()
        elif answer == "c":
            self._change()
        elif answer == "b":
            self.versions.pop()
            # Who goes back begins anew: the tries that led nowhere are no longer counted.
            self._become(replace(self.versions.pop(), repair=None, tried=None))
            say(f"Back to version {len(self.versions)}: {harmless(self.newest.title)}")
        elif answer == "e":
            self._edit()
        elif answer == "s":
            self._save()

    def _choices(self) -> tuple[str, dict[str, str], str]:
        answers = {"r": "run again" if self.is_run else "run"}
        answers |= ({"c": "change"} if self.is_by_model else {}) | {"e": "edit", "s": "save"}
        default = "r" if self.newest.problem is None and not self.is_run else "q"
        question = "Run it?" if default == "r" else "And now?"
        if self.can_be_repaired:
            question, default = "It failed.", "f"
            attempt = next_try(self.newest.last_try, self._error()).attempt
            answers = {"f": f"fix (try {attempt})"} | answers
        if len(self.versions) > 1:
            answers["b"] = f"back to version {len(self.versions) - 1}"
        return question, answers | {"q": "quit"}, default

    def _become(self, version: _Version) -> None:
        """Have a newest version, of which nothing is known yet."""
        self.versions.append(version)
        self.failure, self.stopped, self.is_run, self.is_stuck = None, None, False, False

    def _take(self, draft: Draft, prompt: str, repair: Repair | None = None) -> bool:
        """Keep a draft as the newest version. Nothing that must not replace a program does."""
        self.is_by_model = draft.source.kind == "model"
        code, problem = draft.done.code, draft.done.problem
        if code is None or (problem is not None and self.versions):
            if not self.versions:
                raise SetupError("The answer holds no program: ask in other words, or choose another model.")
            say("The program is as it was.")
            return False
        if self.versions and is_same_program(code, self.newest.code):
            if repair is None:
                say("It is the program as it was: nothing is changed.")
            return False
        before = self.newest.code if self.versions else None
        self._become(_Version(code, draft.done.title, prompt, problem.message if problem else None, repair))
        if before is not None:
            show_change(f"Version {len(self.versions)}", before, code)
        return True

    def _run(self) -> None:
        heard = Heard()
        saving = Saving(self.artifacts) if self.artifacts is not None else None
        spec = replace(program_spec(self.settings, self.newest.code.encode()), display=saving is not None)
        self.failure, self.stopped, self.is_stuck = None, None, False
        self.return_code = run_to_its_end(self.settings, self.environment, spec, heard=heard, saving=saving)
        self.is_run = True
        if self.return_code == 0:
            self.versions[-1] = replace(self.newest, repair=None, tried=None)  # what it was to repair is repaired
        elif self.return_code != INTERRUPTED:
            self.failure = _problem(heard, self.return_code)
            say(f"It ended with {self.return_code}.")
            self._say_if_stopped()

    def _say_if_stopped(self) -> None:
        self.stopped = stop_reason(self.newest.last_try, self._error())
        if self.stopped is not None:
            say(self.stopped)

    def _error(self) -> Error:
        assert self.failure is not None
        return error_of(self.failure.error)

    def _repair(self) -> bool:
        """Let the model repair the newest version; whether there is a newer one now."""
        repair = next_try(self.newest.last_try, self._error())
        say(f"Try {repair.attempt}:")
        self.is_stuck = True
        try:
            draft = asyncio.run(self._draft(self.newest.prompt, self.failure))
        except SnakepenError as error:
            say(str(error))
            return False
        if self._take(draft, self.newest.prompt, repair):
            return True
        # It was answered, and so it counts, though nothing came of it.
        is_same = draft.done.code is not None and is_same_program(draft.done.code, self.newest.code)
        tried = replace(repair, left="same" if is_same else "another")
        self.versions[-1] = replace(self.newest, tried=tried)
        self._say_if_stopped()
        return False

    def _change(self) -> None:
        """Have the model change the newest version as the person says."""
        prompt = ask_line("What is to change?")
        if not prompt:
            return
        check_prompt(prompt)
        try:
            self._take(asyncio.run(self._draft(prompt)), prompt)
        except KeyboardInterrupt:
            say("Stopped: the program is as it was.")

    async def _draft(self, prompt: str, problem: ProblemIn | None = None) -> Draft:
        modules = self.environment.manifest.modules if self.environment.manifest else frozenset()
        looker = Explainer(lambda: modules, parse_seconds=_LOOK_AT_PROGRAM_SECONDS)
        writer = open_terminals_writer(self.settings, self.environment, looker.look, otherwise=_OTHERWISE)
        try:
            await writer.catalogue.refresh(seconds=_LOOK_FOR_MODELS_SECONDS)
            code = self.newest.code if self.versions else None
            if code is not None and len(code) > MAX_DRAFT_CHARACTERS:
                raise SetupError(f"The program is over {MAX_DRAFT_CHARACTERS} characters: no model can change it.")
            request = GenerateRequest(prompt=prompt, code=code, problem=problem, model=self.model)
            try:
                source = await writer.source(request)
            except InvalidRequest as error:
                raise SetupError(_no_such_model(self.model, await writer.catalogue.info())) from error
            return await show(writer.write(request, source))
        finally:
            await writer.close()
            await looker.close()

    def _edit(self) -> None:
        """Let the person change the newest version; what came of it is the next."""
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
        with tempfile.TemporaryDirectory(prefix="snakepen-ask-") as folder:
            path = Path(folder, "main.py")
            path.write_text(self.newest.code, "utf-8")
            try:
                subprocess.run([*shlex.split(editor), str(path)], check=True)  # noqa: S603  -- the person's own editor
                code = path.read_text("utf-8")
            except (OSError, ValueError, subprocess.CalledProcessError):
                say(f"The editor '{editor}' did not work: set VISUAL or EDITOR to one that does.")
                return
        if code != self.newest.code:
            self._become(_Version(code, self.newest.title, self.newest.prompt))

    def _save(self) -> None:
        name = re.sub(r"[^a-z0-9]+", "_", self.newest.title.lower()).strip("_")[:40] or "program"
        path = Path(ask_line("File", f"{name}.py"))
        try:
            write_program(path, self.newest.code)
        except SetupError as error:
            say(str(error))
        else:
            say(f"Saved as {path}.")


def check_prompt(prompt: str) -> None:
    """Raises SetupError."""
    if not prompt.strip() or len(prompt) > MAX_PROMPT_CHARACTERS or not is_text(prompt):
        raise SetupError(f"Say what the program is to do, in at most {MAX_PROMPT_CHARACTERS} characters of UTF-8.")


def is_text(said: str) -> bool:
    """Whether it can be sent: what is not UTF-8 in an argument is half a character in Python."""
    try:
        said.encode()
    except UnicodeEncodeError:
        return False
    return True


def _problem(heard: Heard, return_code: int) -> ProblemIn:
    """How a program failed, by what it said."""
    error, output = (heard.said[stream].decode("utf-8", "replace") for stream in (Stream.STDERR, Stream.STDOUT))
    if heard.said[Stream.TERMINAL]:
        said = plain(heard.said[Stream.TERMINAL].decode("utf-8", "replace")).strip("\n")
        error = traceback_in(said)
        output = said.removesuffix(error)
    error = error if error.strip() else f"It said nothing of an error, and ended with {return_code}."
    return ProblemIn(error=error, output=output, input=heard.typed.decode("utf-8", "replace"))


def _no_such_model(model: str | None, info: ModelsInfo) -> str:
    names = [one.id for one in info.models if one.available]
    if not names:
        return (
            f"There is no model {model}, and no other: connect one, or use the built-in recipes by --model {RECIPES}."
        )
    return f"There is no model {model}: choose one of {', '.join(names)}, or {RECIPES}."
