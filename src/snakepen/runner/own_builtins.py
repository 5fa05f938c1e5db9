"""The built-in names as our functions know them, whatever a program makes of its own. Portable, see `display.py`."""

from __future__ import annotations

import builtins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

_OWN: Final[dict[str, Any]] = dict(vars(builtins))


def keep_own_builtins(module: dict[str, Any]) -> None:
    """For a module, by its `globals()`, whose functions run after a program did; before its first function.

    A function looks `len` up in the `__builtins__` that its module had when it was made (Python's data model,
    `function.__builtins__`).
    """
    module["__builtins__"] = _OWN
