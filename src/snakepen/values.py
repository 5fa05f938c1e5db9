"""What a single setting may be, and how it is kept: without these, what is written otherwise would mean something else.

Names of hosts and origins are kept as browsers send them, with which they are compared.
"""

import ipaddress
import re
from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator

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


def _no_truth(given: object) -> object:
    if isinstance(given, bool):  # which Python takes for 0 and 1
        raise ValueError("must be a number")
    return given


def _as_written(given: float) -> float:
    return int(given) if given.is_integer() else given


def _folder(given: object) -> object:
    if given == "":
        raise ValueError("must name a folder: as a path this would be the current one")
    try:
        return Path(given).expanduser() if isinstance(given, str) else given
    except RuntimeError as error:
        raise ValueError("begins with the home folder of a user whom this system does not know") from error


HostName = Annotated[str, AfterValidator(host_name)]
Origin = Annotated[str, AfterValidator(origin)]
Whole = Annotated[int, BeforeValidator(_no_truth)]
# Not a union of int and float: what is wrong would be told once for each.
Number = Annotated[float, BeforeValidator(_no_truth), AfterValidator(_as_written)]
Folder = Annotated[Path, BeforeValidator(_folder)]
