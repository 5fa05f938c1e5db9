"""Who writes programs: the one place where settings become the models that can be had.

Beside `app.py` and not in it, so that the command line can ask a model without importing a web framework.
"""

from collections.abc import Iterator
from dataclasses import replace

from snakepen.codegen.discovery import Catalogue
from snakepen.codegen.draft import Look
from snakepen.codegen.endpoints import LOCAL_SERVERS, Endpoint
from snakepen.codegen.prompting import Facts
from snakepen.codegen.writer import Writer
from snakepen.environments.environment import Environment
from snakepen.settings import ModelsSettings, Settings


def open_writer(settings: Settings, environment: Environment, look: Look) -> Writer:
    """What writes by the settings; it has looked for nothing yet."""
    return Writer(_catalogue(settings.models), facts(settings, environment), look)


def open_terminals_writer(settings: Settings, environment: Environment, look: Look, *, otherwise: str) -> Writer:
    """The same for the command line, where runs may take long; `otherwise` is what else can be done there."""
    where = facts(settings, environment)
    where = replace(where, wall_seconds=where.most_wall_seconds)
    return Writer(_catalogue(settings.models), where, look, otherwise=otherwise)


def _catalogue(models: ModelsSettings) -> Catalogue:
    return Catalogue(_endpoints(models), LOCAL_SERVERS if models.local else (), models.default)


def _endpoints(models: ModelsSettings) -> Iterator[Endpoint]:
    """In the order in which one of them is taken when nobody says which."""
    for one in models.endpoints:
        yield Endpoint(one.name, one.name, "compatible", str(one.url), one.api_key, one.models)
    url = str(models.openai_url).rstrip("/")
    yield Endpoint("openai", "OpenAI", "openai", url, models.openai_api_key, models.openai_models)
    yield Endpoint("anthropic", "Anthropic", "anthropic", None, models.anthropic_api_key, models.anthropic_models)
    yield Endpoint("google", "Google", "google", None, models.google_api_key, models.google_models)


def facts(settings: Settings, environment: Environment) -> Facts:
    """What whoever writes a program has to know of where it will run."""
    manifest = environment.manifest
    limits = settings.limits
    return Facts(
        python=manifest.python if manifest else "3",
        packages=dict(manifest.packages) if manifest else {},
        wall_seconds=limits.timeout.default,
        most_wall_seconds=limits.timeout.maximum,
        terminal_seconds=settings.terminal.whole_seconds,
        cpu_seconds=min(settings.terminal.cpu_seconds, limits.cpu_seconds.maximum),
        memory_bytes=int(limits.memory_bytes.default),
        disk_bytes=int(limits.disk_bytes.default),
        output_bytes=int(limits.output_bytes.default),
        processes=int(limits.processes.default),
        is_isolated=settings.isolation == "namespaces",
    )
