"""How `snakepen ask` hands a program out, printed or written to a new file; and the list of recipes."""

import os
import shlex
from pathlib import Path

import typer

from snakepen.errors import SetupError


def check_place(path: Path) -> None:
    """Raises SetupError when no new file can be written there: before anybody is asked for a program."""
    if os.path.lexists(path):
        raise SetupError(f"{path} exists: name a file that does not, or take that one away.")
    if not path.parent.is_dir():
        raise SetupError(f"{path} cannot be written: there is no folder {path.parent}; make it, or name another.")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise SetupError(f"{path} cannot be written: the folder {path.parent} is not yours to write to; name another.")


def print_program(code: str) -> None:
    """To standard output. Raises SetupError. Nothing is left in a buffer, which would be tried again at the end."""
    left = memoryview(code.encode())
    try:
        while left:
            left = left[os.write(1, left) :]
    except OSError as error:
        raise SetupError(f"The program cannot be printed: {error.strerror}.") from error


def write_program(path: Path, code: str) -> None:
    """Raises SetupError, also when something is there already."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(code)
    except OSError as error:
        raise SetupError(f"{path} cannot be written: {error.strerror}.") from error


def list_recipes(wanted: bool) -> None:
    """All built-in recipes, on standard output; then the command ends."""
    if not wanted:
        return
    from snakepen.codegen.recipes import recipes  # only now, because `cli/ask.py` imports none of them

    for recipe in recipes():
        typer.echo(f"{recipe.title}: snakepen ask {shlex.quote(recipe.prompt)}")
    raise typer.Exit
