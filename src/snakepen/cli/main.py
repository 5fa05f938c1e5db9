"""`snakepen`: the commands, and the one place where an error becomes a sentence and an exit code."""

import os
import sys
from typing import TextIO, cast

import typer

from snakepen import __version__
from snakepen.cli import ask, doctor, environment, openapi, run, serve
from snakepen.cli.exit_codes import OUR_FAULT
from snakepen.cli.output import Output
from snakepen.cli.signals import ignore_alone
from snakepen.errors import Refusal, SnakepenError

app = typer.Typer(
    name="snakepen",
    help="Describe a program, get Python, run it for real, in milliseconds, in a pen it cannot leave.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve.serve)
# What comes after FILE is the program's, whatever it looks like.
app.command("run", context_settings={"allow_interspersed_args": False})(run.run)
app.command("ask")(ask.ask)
app.command("doctor")(doctor.doctor)
app.add_typer(environment.app, name="environment")
app.command("openapi")(openapi.openapi)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"snakepen {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None: ...


def _open_missing_streams() -> None:
    """Give a closed standard stream back as the null device: else the next file that is opened would become it."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(descriptor)
    # Python had found them closed, and knows none.
    sys.stdout = sys.stdout or os.fdopen(1, "w", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", closefd=False)


def main() -> None:
    """Run the command line."""
    _open_missing_streams()
    sys.stdout = cast(TextIO, Output(sys.stdout))
    ignore_alone()
    try:
        app()
    except SnakepenError as error:
        for detail in error.details if isinstance(error, Refusal) else ():
            print(f"snakepen: {detail.field}: {detail.problem}", file=sys.stderr)  # noqa: T201  -- the command line's voice
        print(f"snakepen: {error}", file=sys.stderr)  # noqa: T201  -- the command line's voice
        sys.exit(OUR_FAULT)
