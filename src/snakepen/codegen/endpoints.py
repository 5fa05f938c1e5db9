"""Where models are: addresses, keys, and the names that requests know them by."""

import ipaddress
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit, urlunsplit

from pydantic import SecretStr

Kind = Literal["openai", "compatible", "anthropic", "google"]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server of models. Its key is shown by nothing that prints it."""

    name: str
    """What the `id` of each of its models begins with."""
    title: str
    """For people."""
    kind: Kind
    url: str | None = None
    """None: where its provider is."""
    api_key: SecretStr | None = None
    models: tuple[str, ...] = ()
    """Without any, those that it lists when it is asked."""

    @property
    def is_local(self) -> bool:
        """On this machine: nothing leaves it, and no key is needed."""
        return self.url is not None and is_loopback_url(self.url)


LOCAL_SERVERS: Final = (
    Endpoint("ollama", "Ollama", "compatible", "http://127.0.0.1:11434/v1"),
    Endpoint("lmstudio", "LM Studio", "compatible", "http://127.0.0.1:1234/v1"),
    Endpoint("llamacpp", "llama.cpp", "compatible", "http://127.0.0.1:8080/v1"),
)
"""Where each listens unless it is told otherwise."""


def is_loopback_url(url: str) -> bool:
    """Whether it leads to this machine, whatever a resolver says."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def bases(url: str) -> tuple[str, ...]:
    """The addresses that may be meant, the likeliest first: people leave `/v1` out, or copy a whole route."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    for route in ("/chat/completions", "/completions", "/models"):
        path = path.removesuffix(route)

    def at(place: str) -> str:
        return urlunsplit((parts.scheme, parts.netloc, place, parts.query, ""))

    has_version = any(part[:1] == "v" and part[1:2].isdigit() for part in path.split("/"))
    return (at(path),) if has_version else (at(path + "/v1"), at(path))
