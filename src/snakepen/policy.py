"""Permissions: what a request may ask for, whoever asks. Numbers are in `limits.py`."""

import re
from typing import Final

NETWORK_REFUSAL: Final = (
    "Programs on this server have no network: leave `network` out; servers and clients inside one program "
    "can talk over its own loopback."
)

# Names that decide which code runs before the program's first line, or how the loader and the C library find
# theirs: ld.so(8), bash(1) "ENV, BASH_ENV, BASH_FUNC_", python(1) "ENVIRONMENT VARIABLES", iconv(3) GCONV_PATH.
_REFUSED_PREFIXES: Final = ("PYTHON", "LD_", "DYLD_", "BASH_FUNC_", "MALLOC_", "GLIBC_", "RES_")
_REFUSED_NAMES: Final = frozenset(
    {
        "BASH_ENV",
        "ENV",
        "SHELLOPTS",
        "BASHOPTS",
        "PS4",
        "PROMPT_COMMAND",
        "IFS",
        "GCONV_PATH",
        "LOCPATH",
        "NLSPATH",
        "HOSTALIASES",
        "LOCALDOMAIN",
        "GETCONF_DIR",
        "NODE_OPTIONS",
        "PERL5LIB",
        "PERL5OPT",
        "PERLLIB",
        "RUBYLIB",
        "RUBYOPT",
        "JAVA_TOOL_OPTIONS",
    }
)
_VARIABLE_NAME: Final = re.compile(r"[^=\0]+")


def variable_problem(name: str) -> str | None:
    """Why a program may not be given an environment variable of this name, or None when it may."""
    if not _VARIABLE_NAME.fullmatch(name):
        return "a variable's name must not be empty and must not hold '=' or NUL"
    upper = name.upper()
    if upper in _REFUSED_NAMES or upper.startswith(_REFUSED_PREFIXES):
        return (
            f"{name[:64]} is not allowed: it changes the interpreter, the loader or a shell before the program starts"
        )
    return None
