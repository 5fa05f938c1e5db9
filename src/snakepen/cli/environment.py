"""`snakepen environment`: the packages that programs import."""

from pathlib import Path
from typing import Annotated

import typer

from snakepen.cli.options import ConfigOption
from snakepen.cli.tables import print_table
from snakepen.environments.build import make_environment, remove_builds
from snakepen.environments.environment import STANDARD, Environment, find_environment, list_builds
from snakepen.environments.uses import keep
from snakepen.errors import SetupError
from snakepen.settings import Settings, load_settings

app = typer.Typer(help="The packages that programs can import.", no_args_is_help=True)

WheelsOption = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Install from the wheels in this folder, without network."),
]


def ensure_environment(settings: Settings) -> Environment:
    """The standard environment, made on first use and kept until the process ends. Raises SetupError."""
    keep(find_environment(settings.data_dir).folder)
    environment = find_environment(settings.data_dir)  # as it is now that nobody removes it any more
    if environment.problem() is None:
        return environment
    if environment.manifest is not None:
        raise SetupError(str(environment.problem()))
    return make_environment(environment, wheels=settings.environment.wheels, say=_say)


@app.command("list")
def list_(
    packages: Annotated[bool, typer.Option("--packages", help="List what the current one holds.")] = False,
    config: ConfigOption = None,
) -> None:
    """List the environments on this machine, and where they are."""
    settings = load_settings(config)
    current = find_environment(settings.data_dir)
    if packages:
        if current.manifest is None:
            raise SetupError(str(current.problem()))
        for name, version in sorted(current.manifest.packages.items(), key=lambda item: item[0].lower()):
            typer.echo(f"{name}=={version}")
        return
    builds = list_builds(settings.data_dir)
    if current.folder not in [build.folder for build in builds]:
        builds.append(current)
    print_table(
        ("name", "state", "python", "packages", "folder"),
        [
            (
                build.name,
                _state(build, current),
                build.manifest.python if build.manifest else "-",
                str(len(build.manifest.packages)) if build.manifest else "-",
                str(build.folder),
            )
            for build in builds
        ],
    )


def _state(build: Environment, current: Environment) -> str:
    if build.folder != current.folder:
        return "old"
    if build.problem() is None:
        return "ready"
    return "not made" if build.manifest is None else "damaged"


@app.command()
def make(wheels: WheelsOption = None, config: ConfigOption = None) -> None:
    """Make the standard environment, if it is not there yet."""
    settings = load_settings(config)
    environment = find_environment(settings.data_dir)
    make_environment(environment, wheels=wheels or settings.environment.wheels, say=_say)


@app.command()
def remake(wheels: WheelsOption = None, config: ConfigOption = None) -> None:
    """Remove the standard environment, builds of other versions too, and make it anew. End what uses them first."""
    settings = load_settings(config)
    remove_builds(settings.data_dir, STANDARD)
    environment = find_environment(settings.data_dir)
    make_environment(environment, wheels=wheels or settings.environment.wheels, say=_say)


def _say(text: str) -> None:
    typer.echo(text, err=True)
