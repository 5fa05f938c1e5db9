"""Which models there are, and why one is not: what the operator named, and what is found on this machine.

Nobody waits for it but who asks for the list, and that for a moment only. Nothing but loopback is asked, and what the
operator named. What answers there is a stranger: its list is bounded, and taken for text.
"""

import asyncio
import contextlib
import importlib.util
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Final

from pydantic import BaseModel, Field, ValidationError

from snakepen.codegen.endpoints import LOCAL_SERVERS, Endpoint, bases
from snakepen.limits import MAX_LISTED_BYTES, MAX_LISTED_MODELS, MAX_MODEL_NAME_CHARACTERS
from snakepen.wire.generate import ModelInfo, ModelsInfo

# A server on this machine that does not answer in this time is none; one elsewhere may be far away.
_LOCAL_SECONDS: Final = 1.0
_FAR_SECONDS: Final = 5.0
# A list that is older is looked for again when somebody asks, who waits for it so long.
_FRESH_SECONDS: Final = 5.0
WAIT_SECONDS: Final = 0.2

# Extras of ours, and the module that each brings.
_EXTRAS: Final = {"anthropic": "anthropic", "google": "google.genai"}
_VARIABLES: Final = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY", "google": "GEMINI_API_KEY"}


class _Listed(BaseModel):
    """A model in a server's list; it says more, which is not ours to believe."""

    id: Annotated[str, Field(min_length=1, max_length=MAX_MODEL_NAME_CHARACTERS - 50, pattern=r"^[ -~]+$")]


class _List(BaseModel):
    data: list[object]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A model, and where it is."""

    endpoint: Endpoint
    """With the address that answered."""
    name: str

    @property
    def id(self) -> str:
        return f"{self.endpoint.name}:{self.name}"

    @property
    def title(self) -> str:
        return f"{self.name} ({self.endpoint.title})"


@dataclass(slots=True)
class _Known:
    """What is known of an endpoint."""

    endpoint: Endpoint
    must_be_asked: bool
    models: tuple[str, ...] = ()
    problem: str | None = None


class Catalogue:
    """All models there are. `start` looks for them in the background, `close` stops looking."""

    def __init__(
        self, endpoints: Iterable[Endpoint], local: Iterable[Endpoint] = LOCAL_SERVERS, default: str | None = None
    ) -> None:
        """`endpoints` are those that the operator named, the first first; `local` those that are looked for."""
        self._default = default
        self._known = [_named(endpoint) for endpoint in endpoints]
        taken = {base for known in self._known if known.endpoint.url for base in bases(known.endpoint.url)}
        for server in local:
            if server.url not in taken:
                self._known.append(_Known(server, must_be_asked=True, problem=_nobody_at(server)))
        self._looking: asyncio.Task[None] | None = None
        self._looked_at: float | None = None

    def start(self) -> None:
        """Begin to look; nobody has to wait for it."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())

    async def close(self) -> None:
        """Stop looking."""
        if self._looking is not None:
            self._looking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._looking

    async def info(self) -> ModelsInfo:
        """What can be chosen; as fresh as a moment allows."""
        await self.refresh()
        default = self.chosen(None)
        return ModelsInfo(models=[*self._infos()], default=default.id if default else None)

    async def refresh(self, *, seconds: float = WAIT_SECONDS) -> None:
        """Look again if the last look is old; wait for the end of it no longer than that."""
        if self._looked_at is None or time.monotonic() - self._looked_at > _FRESH_SECONDS:
            self.start()
        if self._looking is not None and not self._looking.done():
            await asyncio.wait({self._looking}, timeout=seconds)

    @property
    def has_looked(self) -> bool:
        """Whether everybody has been asked once."""
        return self._looked_at is not None

    def chosen(self, wanted: str | None) -> Chosen | None:
        """The model of this `id`; without one the default, or else the first. None when it is not available."""
        all_of_them = [
            Chosen(known.endpoint, name) for known in self._known if known.problem is None for name in known.models
        ]
        for name in (wanted,) if wanted is not None else (self._default, None):
            for one in all_of_them:
                if name is None or one.id == name:
                    return one
        return None

    def problem_of(self, wanted: str) -> str | None:
        """Why a model that is listed is not available; None when nobody has heard of it."""
        for known in self._known:
            if known.problem is not None and wanted.partition(":")[0] == known.endpoint.name:
                return known.problem
        return None

    def _infos(self) -> Iterable[ModelInfo]:
        for known in self._known:
            endpoint = known.endpoint
            if known.problem is not None:
                yield ModelInfo(
                    id=endpoint.name,
                    name=endpoint.title,
                    provider=endpoint.title,
                    local=endpoint.is_local,
                    available=False,
                    problem=known.problem,
                )
                continue
            for name in known.models:
                yield ModelInfo(
                    id=f"{endpoint.name}:{name}",
                    name=name,
                    provider=endpoint.title,
                    local=endpoint.is_local,
                    available=True,
                    problem=None,
                )

    async def _look(self) -> None:
        unknown = [known for known in self._known if known.must_be_asked]
        if unknown:
            # It takes a tenth of a second to import, and nothing waits for that.
            await asyncio.to_thread(importlib.import_module, "snakepen.codegen.client")
            await asyncio.gather(*(_ask(known) for known in unknown))
        self._looked_at = time.monotonic()


def _named(endpoint: Endpoint) -> _Known:
    """What is known of an endpoint that the operator named, before anybody is asked."""
    if endpoint.kind == "compatible":
        assert endpoint.url is not None
        if endpoint.models:
            first = replace(endpoint, url=bases(endpoint.url)[0])
            return _Known(first, must_be_asked=False, models=endpoint.models)
        problem = f"{endpoint.title} has not answered yet: try again in a moment."
        return _Known(endpoint, must_be_asked=True, problem=problem)
    return _Known(endpoint, must_be_asked=False, models=endpoint.models, problem=_problem_of_provider(endpoint))


def _problem_of_provider(endpoint: Endpoint) -> str | None:
    extra = endpoint.kind
    if endpoint.api_key is None and not endpoint.is_local:
        variable = _VARIABLES[extra]
        return (
            f"No key is known: set {variable}, or models.{extra}_api_key in the settings, and start the server again."
        )
    module = _EXTRAS.get(extra)
    if module is not None and not _is_installed(module):
        return f"The server has no library for it: install snakepen[{extra}] there, and start it again."
    return None


def _is_installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # of a module within a package that is not there
        return False


async def _ask(known: _Known) -> None:
    """Ask a server for its list."""
    endpoint = known.endpoint
    assert endpoint.url is not None
    for base in bases(endpoint.url):
        names = await _list(replace(endpoint, url=base))
        if names:
            known.endpoint = replace(endpoint, url=base)
            known.models = names
            known.problem = None
            return
    known.models = ()
    known.problem = _nobody_at(endpoint)


def _nobody_at(endpoint: Endpoint) -> str:
    if endpoint.is_local:
        return f"{endpoint.title} does not answer on the server's machine, or has no models: start it there."
    return f"{endpoint.title} does not answer, or lists no models: correct models.endpoints in the settings."


async def _list(endpoint: Endpoint) -> tuple[str, ...]:
    """The names of its models; none when it does not answer, or with something else."""
    # By then both have been imported, aside.
    import httpx2

    from snakepen.codegen.client import new_client

    assert endpoint.url is not None
    seconds = _LOCAL_SECONDS if endpoint.is_local else _FAR_SECONDS
    headers = {"Accept": "application/json"}
    if endpoint.api_key is not None:
        headers["Authorization"] = f"Bearer {endpoint.api_key.get_secret_value()}"
    try:
        async with (
            asyncio.timeout(seconds),
            new_client(endpoint, seconds=seconds, most_bytes=MAX_LISTED_BYTES) as client,
        ):
            response = await client.get(f"{endpoint.url}/models", headers=headers)
    except (TimeoutError, OSError, httpx2.HTTPError, httpx2.InvalidURL):
        return ()
    return _names(response.content) if response.status_code == 200 else ()


def _names(said: bytes) -> tuple[str, ...]:
    try:
        listed = _List.model_validate_json(said)
    except ValidationError:
        return ()
    names: dict[str, None] = {}
    for item in listed.data[:1000]:
        with contextlib.suppress(ValidationError):
            name = _Listed.model_validate(item).id
            if "embed" not in name.lower():  # it makes numbers of text, and no text
                names[name] = None
    return tuple(names)[:MAX_LISTED_MODELS]
