"""The modules that show what programs show, made ready: for a warm interpreter, and as text for a new one."""

import os
import sys
from types import CodeType, FunctionType
from typing import Final

from snakepen.runner import display, showing
from snakepen.runner.reports import FILE_NAME

_PARTS: Final = (*(sys.modules[f"snakepen.runner.{name}"] for name in display.PARTS), showing)
"""In the order to load them in."""


def take_names_away() -> None:
    """Let nothing that a program sees of them, as in a warning, say where they lie."""
    for module in _PARTS:
        for value in list(vars(module).values()):
            for function in list(vars(value).values()) if isinstance(value, type) else [value]:
                if isinstance(function, FunctionType) and function.__module__ == module.__name__:
                    function.__code__ = _renamed(function.__code__)


def _renamed(code: CodeType) -> CodeType:
    constants = tuple(_renamed(item) if isinstance(item, CodeType) else item for item in code.co_consts)
    return code.replace(co_filename=FILE_NAME, co_consts=constants)


def program_text() -> str:
    """What a new interpreter takes by `-c`. Raises OSError when our own sources cannot be read."""
    sources = {name: _source(name) for name in (module.__name__.rpartition(".")[2] for module in _PARTS)}
    return f"{_source('bootstrap')}\n\nmain({sources!r})\n"


def _source(name: str) -> str:
    with open(os.path.join(os.path.dirname(__file__), f"{name}.py"), encoding="utf-8") as file:
        return file.read()
