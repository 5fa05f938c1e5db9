"""`snakepen serve`."""

import socket
from typing import Annotated

import typer

from snakepen import __version__
from snakepen.api.executors import check_isolation, try_isolation
from snakepen.cli.environment import ensure_environment
from snakepen.cli.isolation import warn_who_serves
from snakepen.cli.logs import configure_logs
from snakepen.cli.options import ConfigOption, IsolationOption, TrustOption, limit_overrides
from snakepen.importing import importing
from snakepen.settings import Settings, load_settings


def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="The port; 0 takes a free one.", show_default="3001")] = None,
    token: Annotated[
        str | None, typer.Option(help="What callers must send. SNAKEPEN_TOKEN keeps it out of process lists.")
    ] = None,
    allowed_host: Annotated[list[str] | None, typer.Option(help="A name that callers may use for this server.")] = None,
    allowed_origin: Annotated[
        list[str] | None, typer.Option(help="A site whose pages may call, such as https://learn.example.")
    ] = None,
    limit: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME.maximum=N", help="Change a limit, such as timeout.maximum=120."),
    ] = None,
    config: ConfigOption = None,
    isolation: IsolationOption = None,
    i_trust_the_code: TrustOption = None,
) -> None:
    """Serve the API until Ctrl-C."""
    settings = load_settings(
        config,
        host=host,
        port=port,
        token=token,
        allowed_hosts=allowed_host or None,
        allowed_origins=allowed_origin or None,
        limits=limit_overrides(limit or []),
        isolation=isolation,
        i_trust_the_code=i_trust_the_code,
    )
    configure_logs()
    check_isolation(settings)
    # Here, because the web framework takes a third of a second to import, which the other commands do without, and who
    # is told of a wrong setting.
    with importing():
        from snakepen.api.app import create_app
        from snakepen.api.server import bind
        from snakepen.api.server import serve as serve_application

    with bind(settings.host, settings.port) as listener:
        try_isolation(settings, ensure_environment(settings))
        if settings.isolation == "none":
            warn_who_serves()
        serve_application(create_app(settings), listener, lambda: _say(_ready_line(settings, listener)))


def _ready_line(settings: Settings, listener: socket.socket) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{listener.getsockname()[1]}"
    return f"Snakepen {__version__} serves {address} (the page is {address}/ide; Ctrl-C ends it)"


def _say(text: str) -> None:
    typer.echo(text, err=True)
