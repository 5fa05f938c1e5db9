"""`snakepen ask`: a prompt becomes a program in a terminal."""

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from snakepen.api.executors import check_isolation, try_isolation
from snakepen.cli.environment import ensure_environment
from snakepen.cli.exit_codes import INTERRUPTED
from snakepen.cli.handing_out import check_place, list_recipes
from snakepen.cli.isolation import warn_who_runs
from snakepen.cli.logs import configure_logs
from snakepen.cli.options import ArtifactsOption, ConfigOption, IsolationOption, TrustOption
from snakepen.cli.results import Saving
from snakepen.errors import SetupError
from snakepen.importing import importing
from snakepen.limits import MAX_MODEL_NAME_CHARACTERS
from snakepen.settings import load_settings


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
    artifacts: ArtifactsOption = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Let the model repair it when it fails, without asking.", show_default=False)
    ] = False,
    recipes: Annotated[
        bool,
        typer.Option(
            "--recipes",
            callback=list_recipes,
            is_eager=True,
            help="List the built-in recipes, each with a prompt that finds it.",
            show_default=False,
        ),
    ] = False,
    config: ConfigOption = None,
    isolation: IsolationOption = None,
    i_trust_the_code: TrustOption = None,
) -> None:
    """Describe a program and get it: it is shown, and run when you say so. Outside of a terminal it is printed.

    The exit code is that of the program's last run: its own, 124 when it took too long, 128 + N when signal N ended it.
    Without a run it is 0, or 125 when there is no program that could be run.
    """
    # Here, because what knows models and recipes takes long to import and the other commands do without it.
    with importing():
        from snakepen.cli.asking import Asking, check_prompt, is_text

    settings = load_settings(config, isolation=isolation, i_trust_the_code=i_trust_the_code)
    configure_logs(least=logging.ERROR)
    check_isolation(settings)
    check_prompt(prompt)
    if model is not None and (len(model) > MAX_MODEL_NAME_CHARACTERS or not is_text(model)):
        raise SetupError("--model is too long for a name, or not UTF-8: leave it out to use the first model there is.")
    if save is not None:
        check_place(save)
    if artifacts is not None:
        Saving(artifacts).close()  # what cannot be saved is better known before a model is asked
    environment = ensure_environment(settings)
    try_isolation(settings, environment)
    if settings.isolation == "none" and isolation is None:
        warn_who_runs()
    asking = Asking(settings, environment, prompt, model, is_automatic=yes, repairs=fix, file=save, artifacts=artifacts)
    try:
        sys.exit(asking.go())
    except KeyboardInterrupt:
        typer.echo(err=True)
        sys.exit(INTERRUPTED)
