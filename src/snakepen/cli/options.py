"""Options that more than one command has, and the one that is written in a way of its own."""

from pathlib import Path
from typing import Annotated

import typer

from snakepen.errors import SetupError


def _folder(name: str) -> Path:
    """Raises SetupError."""
    if not name:  # a variable of a shell that is not set; as a path it would be the current folder
        raise SetupError("--artifacts has no folder: name one, or give '.' for the current one.")
    return Path(name)


ArtifactsOption = Annotated[
    Path | None,
    typer.Option(
        "--artifacts",
        metavar="DIR",
        parser=_folder,
        help="A folder to save the files that it makes in, and the plots that it shows.",
    ),
]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="A settings file; without it, snakepen.toml when it is there.")
]
IsolationOption = Annotated[
    str | None,
    typer.Option("--isolation", metavar="LEVEL", help="namespaces, or none for code that you trust."),
]
TrustOption = Annotated[
    bool | None,
    typer.Option(
        "--i-trust-the-code",
        help="With --isolation none: programs may do all that you may do.",
        show_default=False,
    ),
]


def limit_overrides(pairs: list[str]) -> dict[str, dict[str, str]] | None:
    """`timeout.maximum=120` as the nested setting that it is. Raises SetupError."""
    nested: dict[str, dict[str, str]] = {}
    for pair in pairs:
        name, separator, value = pair.partition("=")
        limit, dot, half = name.partition(".")
        if not (separator and dot and half in ("default", "maximum")):
            raise SetupError(f"--limit {pair}: write it as NAME.maximum=NUMBER or NAME.default=NUMBER.")
        nested.setdefault(limit, {})[half] = value
    return nested or None
