"""`snakepen openapi`."""

import json

import typer

from snakepen.api.app import create_app
from snakepen.settings import Settings


def openapi() -> None:
    """Print the OpenAPI document of this version."""
    document = create_app(Settings.model_construct()).openapi()
    typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
