"""`snakepen openapi`."""

import json

import typer

from snakepen.importing import importing
from snakepen.settings import Settings


def openapi() -> None:
    """Print the OpenAPI document of this version."""
    # Here, because the web framework takes a third of a second to import and the other commands do without it.
    with importing():
        from snakepen.api.app import create_app

    document = create_app(Settings.model_construct()).openapi()
    typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
