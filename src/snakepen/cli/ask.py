"""`snakepen ask`: a prompt becomes a program in a terminal: shown, run when that is wanted, mended when it failed."""

import asyncio
import logging
import os
import re
import shlex
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Final

import typer

from snakepen.api.executors import check_isolation, try_isolation
from snakepen.api.writers import open_writer
from snakepen.cli.environment import ensure_environment
from snakepen.cli.foreground import Heard, run_to_its_end
from snakepen.cli.logs import configure_logs
from snakepen.cli.options import ConfigOption, IsolationOption, TrustOption
from snakepen.cli.results import Saving
from snakepen.cli.run import program_spec
from snakepen.cli.showing import Draft, ask_line, choose, say, show
from snakepen.codegen.repair import Repairs, plain, traceback_in
from snakepen.environments.environment import Environment
from snakepen.errors import InvalidRequest, SetupError
from snakepen.executor import Stream
from snakepen.limits import MAX_DRAFT_CHARACTERS, MAX_PROMPT_CHARACTERS
from snakepen.runs.explain import Explainer
from snakepen.settings import Settings, load_settings
from snakepen.wire.generate import GenerateRequest, ModelsInfo, ProblemIn

INTERRUPTED: Final = 130

# A model on this machine is looked for so long; and whoever waited for a model can wait for a look at its program.
_LOOK_FOR_MODELS_SECONDS: Final = 2.0
_LOOK_AT_PROGRAM_SECONDS: Final = 10.0


def ask(
    prompt: Annotated[str, typer.Argument(help="What the program is to do.", show_default=False)],
    model: Annotated[
        str | None,
        typer.Option(
            help="Who writes it: an id of GET /api/models, or recipes.", show_default="the first that there is"
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Run it without asking.", show_default=False)] = False,
    save: Annotated[
        Path | None, typer.Option(help="Where to write the program to; nothing may be there.", metavar="FILE")
    ] = None,
    artifacts: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="A folder to save the files that it makes in, and the plots that it shows."),
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Let the model mend it when it fails, without asking.", show_default=False)
    ] = False,
    config: ConfigOption = None,
    isolation: IsolationOption = None,
    i_trust_the_code: TrustOption = None,
) -> None:
    """Describe a program and get it: it is shown, and run when you say so. Outside of a terminal it is printed.

    The exit code is that of the program's last run, or 0 when it was not run.
    """
    settings = load_settings(config, isolation=isolation, i_trust_the_code=i_trust_the_code)
    configure_logs(least=logging.ERROR)
    check_isolation(settings)
    if not prompt.strip() or len(prompt) > MAX_PROMPT_CHARACTERS:
        raise SetupError(f"Say what the program is to do, in at most {MAX_PROMPT_CHARACTERS} characters.")
    if save is not None and save.exists():
        raise SetupError(f"{save} exists: name a file that does not, or take that one away.")
    environment = ensure_environment(settings)
    try_isolation(settings, environment)
    asking = _Asking(settings, environment, prompt, model, is_automatic=yes, mends=fix, file=save, artifacts=artifacts)
    try:
        sys.exit(asking.go())
    except KeyboardInterrupt:
        say()
        sys.exit(INTERRUPTED)


@dataclass(frozen=True, slots=True)
class _Version:
    """A program as it was written, by a model, a recipe or a hand."""

    code: str
    title: str
    may_run: bool
    """Whether nothing speaks against it; a person may run it all the same."""


@dataclass
class _Asking:
    """One prompt and all that comes of it."""

    settings: Settings
    environment: Environment
    prompt: str
    model: str | None
    is_automatic: bool
    mends: bool
    file: Path | None
    artifacts: Path | None
    versions: list[_Version] = field(default_factory=list)
    repairs: Repairs = field(default_factory=Repairs)
    is_by_model: bool = False
    failure: ProblemIn | None = None
    """Of the last run of the newest version."""
    return_code: int = 0

    def go(self) -> int:
        """To the end; the exit code."""
        self._take(asyncio.run(self._draft(None)))
        if sys.stdin.isatty() and sys.stdout.isatty() and not self.is_automatic:
            self._talk()
        elif self.is_automatic:
            self._run_alone()
        elif self.file is None and not sys.stdout.isatty():
            sys.stdout.buffer.write(self.newest.code.encode())
        if self.file is not None:
            _write(self.file, self.newest.code)
        return self.return_code

    @property
    def newest(self) -> _Version:
        return self.versions[-1]

    def _run_alone(self) -> None:
        """Run it, and mend it if that is wanted, with nobody to ask."""
        if not self.newest.may_run:
            raise SetupError("Nothing was run: the answer holds no program that could be.")
        self._run()
        while self.failure is not None and self.mends and self.is_by_model and self._mend():
            self._run()

    def _talk(self) -> None:
        """Ask what to do until nothing is left to do."""
        is_run = False
        while True:
            if is_run and self.failure is not None and self.mends and self.is_by_model:
                answer = "f"
            else:
                answer = choose(*self._choices(is_run=is_run))
            if answer == "q":
                return
            if answer == "r":
                self._run()
                is_run = True
            elif answer == "f":
                is_run = not self._mend()
                if is_run:
                    self.mends = False  # it was said why: now the person decides
                elif self.mends and self.newest.may_run:
                    self._run()
                    is_run = True
            elif answer == "b":
                self.versions.pop()
                say(f"Back to version {len(self.versions)}: {self.newest.title}")
                self.failure, is_run = None, False
            elif answer == "e":
                self._edit()
                is_run = False
            elif answer == "s":
                self._save()

    def _choices(self, *, is_run: bool) -> tuple[str, dict[str, str], str]:
        answers = {"r": "run again" if is_run else "run", "e": "edit", "s": "save"}
        default = "r" if self.newest.may_run and not is_run else "q"
        question = "Run it?" if default == "r" else "And now?"
        if is_run and self.failure is not None and self.is_by_model:
            question, default = "It failed.", "f"
            answers = {"f": f"fix (try {self.repairs.tries + 1})"} | answers
        if len(self.versions) > 1:
            answers["b"] = f"back to version {len(self.versions) - 1}"
        return question, answers | {"q": "quit"}, default

    def _take(self, draft: Draft) -> bool:
        """Keep a draft as the newest version. Nothing that must not replace a program does."""
        self.is_by_model = draft.source.kind == "model"
        done = draft.done
        if done.problem is not None and (done.code is None or self.versions):
            if not self.versions:
                raise SetupError("The answer holds no program: ask in other words, or choose another model.")
            return False
        assert done.code is not None
        self.versions.append(_Version(done.code, done.title, may_run=done.problem is None))
        self.failure = None
        return True

    def _run(self) -> None:
        heard = Heard()
        saving = Saving(self.artifacts) if self.artifacts is not None else None
        spec = replace(program_spec(self.settings, self.newest.code.encode()), display=saving is not None)
        self.return_code = run_to_its_end(self.settings, self.environment, spec, heard=heard, saving=saving)
        self.failure = None
        if self.return_code not in (0, INTERRUPTED):
            self.failure = _problem(heard, self.return_code)
            say(f"It ended with {self.return_code}.")

    def _mend(self) -> bool:
        """Let the model mend the newest version; whether there is a newer one now."""
        assert self.failure is not None
        reason = self.repairs.stop_reason(self.failure.error)
        if reason is not None:
            say(reason)
            return False
        self.repairs.begin(self.failure.error)
        say(f"Try {self.repairs.tries}:")
        return self._take(asyncio.run(self._draft(self.failure)))

    async def _draft(self, problem: ProblemIn | None) -> Draft:
        modules = self.environment.manifest.modules if self.environment.manifest else frozenset()
        looker = Explainer(lambda: modules, parse_seconds=_LOOK_AT_PROGRAM_SECONDS)
        writer = open_writer(self.settings, self.environment, looker.explain)
        try:
            await writer.catalogue.refresh(seconds=_LOOK_FOR_MODELS_SECONDS)
            code = self.newest.code if self.versions else None
            if code is not None and len(code) > MAX_DRAFT_CHARACTERS:
                raise SetupError(f"The program is over {MAX_DRAFT_CHARACTERS} characters: no model can mend it.")
            request = GenerateRequest(prompt=self.prompt, code=code, problem=problem, model=self.model)
            try:
                source = await writer.source(request)
            except InvalidRequest as error:
                raise SetupError(f"There is no model {self.model}. {_models(await writer.catalogue.info())}") from error
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
            self.versions.append(_Version(code, self.newest.title, may_run=True))

    def _save(self) -> None:
        name = re.sub(r"[^a-z0-9]+", "_", self.newest.title.lower()).strip("_")[:40] or "program"
        path = Path(ask_line("File", f"{name}.py"))
        try:
            _write(path, self.newest.code)
        except SetupError as error:
            say(str(error))
        else:
            say(f"Saved as {path}.")


def _write(path: Path, code: str) -> None:
    """Raises SetupError, also when something is there."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(code)
    except OSError as error:
        raise SetupError(f"{path} cannot be written: {error.strerror}.") from error


def _problem(heard: Heard, return_code: int) -> ProblemIn:
    """How a program failed, by what it said."""
    error, output = (heard.said[stream].decode("utf-8", "replace") for stream in (Stream.STDERR, Stream.STDOUT))
    if heard.said[Stream.TERMINAL]:
        said = plain(heard.said[Stream.TERMINAL].decode("utf-8", "replace")).strip("\n")
        error = traceback_in(said)
        output = said.removesuffix(error)
    error = error if error.strip() else f"It said nothing of an error, and ended with {return_code}."
    return ProblemIn(error=error, output=output, input=heard.typed.decode("utf-8", "replace"))


def _models(info: ModelsInfo) -> str:
    names = [one.id for one in info.models if one.available]
    return f"There are: {', '.join(names)}." if names else "There is none: connect one, or ask for 'recipes'."
