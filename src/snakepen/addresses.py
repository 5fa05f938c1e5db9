"""Names and origins as browsers send them: what is written otherwise would match nothing, and nobody would know why."""

import ipaddress
import re
from typing import Final

_NAME: Final = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?")
_ORIGIN: Final = re.compile(r"([a-z][a-z0-9+.-]*)://(\[[^]]+\]|[^]\[:/]+)(?::([0-9]{1,5}))?/?")
_DEFAULT_PORTS: Final = {"http": "80", "https": "443"}


def host_name(text: str) -> str:
    """The name, or the address, that callers may use for a server. Raises ValueError with a sentence."""
    name = _as_sent(text.lower())
    if name is None:
        raise ValueError(
            f"{text!r} is no name of a host: write it as browsers send it, without scheme, port or path, such as "
            "learn.example, and each one by itself ('*' is not taken)"
        )
    return name


def origin(text: str) -> str:
    """The site whose pages may call a server, in the one way in which browsers write it. Raises ValueError likewise."""
    found = _ORIGIN.fullmatch(text.lower())
    name = _as_sent(found[2]) if found else None
    if found is None or name is None:
        raise ValueError(
            f"{text!r} is no origin: write it as browsers send it, with a scheme and without a path, such as "
            "https://learn.example or http://localhost:8080, and each one by itself ('*' is not taken)"
        )
    scheme, _, port = found.groups()
    end = f":{port}" if port and port != _DEFAULT_PORTS.get(scheme) else ""
    return f"{scheme}://[{name}]{end}" if ":" in name else f"{scheme}://{name}{end}"


def _as_sent(name: str) -> str | None:
    try:
        return str(ipaddress.ip_address(name.removeprefix("[").removesuffix("]")))
    except ValueError:
        return name if _NAME.fullmatch(name) else None
