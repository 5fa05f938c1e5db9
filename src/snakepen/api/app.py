"""The composition root: builds the services from the settings, and the application from the services."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Final

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import WebSocketRoute

from snakepen import __version__
from snakepen.api import artifacts, execute, generate, service
from snakepen.api.body import JsonBody
from snakepen.api.documented import EXECUTE, EXPLAIN, GENERATE, install_document
from snakepen.api.executors import open_executor
from snakepen.api.guard import HostAndOrigin, Token
from snakepen.api.held import Held, Leaving
from snakepen.api.live import Live
from snakepen.api.pages import page_routes
from snakepen.api.refusals import install_handlers
from snakepen.api.services import Services
from snakepen.api.settle import Settler
from snakepen.api.writers import open_writer
from snakepen.environments.environment import Environment, find_environment
from snakepen.limits import PATIENCE, Patience, TerminalLimits
from snakepen.runs.explain import Explainer
from snakepen.settings import LimitSetting, Settings, is_loopback
from snakepen.wire.service import EnvironmentInfo, LimitInfo, LimitsInfo, PackageInfo

# How long runs under way may go on when the server is asked to stop.
GRACE_SECONDS: Final = 5.0
LOOK_SECONDS: Final = 5.0

OpenServices = Callable[[], AbstractAsyncContextManager[Services]]


def create_app(
    settings: Settings, open_services: OpenServices | None = None, *, patience: Patience = PATIENCE
) -> FastAPI:
    """The application; its services are opened when it starts and closed when it stops."""
    open_services = open_services or (lambda: _open_services(settings))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_services() as services:
            app.state.services = services
            yield

    held = Held()
    app = FastAPI(
        title="Snakepen",
        version=__version__,
        summary="Send a Python program, get what it really printed.",
        lifespan=lifespan,
        middleware=_middleware(settings, held),
        openapi_url="/api/openapi.json",
        docs_url=None,  # both pages would fetch scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.patience = patience
    app.state.held = held
    app.state.leaving = Leaving(patience)
    app.state.downloads = artifacts.Downloads()
    install_handlers(app)
    # Their routes themselves: a router that is included is asked for each request, and asks its routes again.
    for router in (execute.router, service.router, artifacts.router, generate.router):
        app.router.routes.extend(router.routes)
    app.router.routes.append(WebSocketRoute(EXECUTE, Live()))
    python_url = str(settings.page.python_url) if settings.page.python_url is not None else None
    app.router.routes.extend(page_routes(python_url=python_url))
    install_document(app, needs_token=settings.token is not None)
    return app


def _middleware(settings: Settings, held: Held) -> list[Middleware]:
    """From the outside in: who may talk to us at all, then what is sent."""
    stack = [
        Middleware(
            HostAndOrigin,
            hosts=(*settings.allowed_hosts, settings.host),
            origins=settings.allowed_origins,
            any_address=not is_loopback(settings.host),
        ),
    ]
    if settings.allowed_origins:
        headers = ["Authorization", "Content-Type"]
        cors = Middleware(
            CORSMiddleware,
            allow_origins=settings.allowed_origins,
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=headers,
            expose_headers=["Retry-After"],  # of all that we say in headers, a page needs no more
        )
        stack.append(cors)
    if settings.token is not None:
        stack.append(Middleware(Token, token=settings.token.get_secret_value()))
    stack.append(Middleware(JsonBody, paths=(EXECUTE, EXPLAIN, GENERATE), held=held))
    return stack


@asynccontextmanager
async def _open_services(settings: Settings) -> AsyncIterator[Services]:
    environment = find_environment(settings.data_dir)
    manifest = environment.manifest
    executor = open_executor(settings, environment)
    modules = manifest.modules if manifest else frozenset()
    explainer = Explainer(lambda: modules)
    # Whoever waited for a model can wait for a look at what it wrote, and has to have one.
    looker = Explainer(lambda: modules, parse_seconds=LOOK_SECONDS)
    writer = open_writer(settings, environment, looker.look)
    writer.start()
    try:
        yield Services(
            executor=executor,
            explainer=explainer,
            settler=Settler(limit_bounds(settings), TerminalLimits(**settings.terminal.model_dump())),
            environment=describe(environment),
            limits=describe_limits(limit_bounds(settings)),
            writer=writer,
        )
    finally:
        async with AsyncExitStack() as stack:  # each, whatever becomes of the others
            stack.push_async_callback(explainer.close)
            stack.push_async_callback(looker.close)
            stack.push_async_callback(executor.close, grace_seconds=GRACE_SECONDS)
            stack.push_async_callback(writer.close)


def limit_bounds(settings: Settings) -> Mapping[str, LimitSetting]:
    """Each limit's default and maximum, by its name on the wire."""
    limits = settings.limits
    cpu = LimitSetting(
        default=min(limits.timeout.default, limits.cpu_seconds.maximum), maximum=limits.cpu_seconds.maximum
    )
    return {name: cpu if name == "cpu_seconds" else getattr(limits, name) for name in type(limits).model_fields}


def describe(environment: Environment) -> EnvironmentInfo:
    """An environment as the wire sees it."""
    manifest = environment.manifest
    if manifest is None:
        return EnvironmentInfo(name=environment.name, python="", packages=[])
    by_name = sorted(manifest.packages.items(), key=lambda item: item[0].lower())
    packages = [PackageInfo(name=name, version=version) for name, version in by_name]
    return EnvironmentInfo(name=environment.name, python=manifest.python, packages=packages)


def describe_limits(bounds: Mapping[str, LimitSetting]) -> LimitsInfo:
    """The limits as the wire sees them."""
    infos = {name: LimitInfo(default=bound.default, maximum=bound.maximum) for name, bound in bounds.items()}
    return LimitsInfo(**infos)
