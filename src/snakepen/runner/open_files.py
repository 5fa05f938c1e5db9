"""The files that a program has left open, as far as they can be looked at without running any code of its."""

import weakref
from collections.abc import Iterable
from contextlib import suppress
from io import BufferedRandom, BufferedReader, BufferedWriter, FileIO, TextIOWrapper
from typing import Any, Final, TextIO

from snakepen.runner.own_builtins import keep_own_builtins

keep_own_builtins(globals())

_BUFFERS: Final = frozenset({BufferedReader, BufferedWriter, BufferedRandom})
CONTAINERS: Final = frozenset({list, tuple, set, frozenset, dict})
MOST_LOOKED_AT: Final = 1000


def is_plain(stream: Any) -> bool:  # noqa: ANN401  -- what a program made of it
    """Whether it is all C, so that none of the program's code is called by it: to hide what lies below costs as much as
    half of a short program's end.
    """
    if type(stream) is not TextIOWrapper and type(stream) not in _BUFFERS:
        return False
    try:
        buffer = stream.buffer if type(stream) is TextIOWrapper else stream
        if type(buffer) not in _BUFFERS or type(buffer.raw) is not FileIO:
            return False
        # The interpreter itself gives them these names; a program may give them methods as well.
        return {*vars(stream), *vars(buffer), *vars(buffer.raw)} <= {"mode", "name"}
    except ValueError:  # detached
        return False


def files_of(names: dict[str, object] | None) -> list[weakref.ref[TextIO]]:
    """The open files that main has names for, or containers of."""
    found: list[weakref.ref[TextIO]] = []
    todo: list[object] = [] if names is None else [names]
    looked_at = 0
    while todo and looked_at <= MOST_LOOKED_AT:
        value: Any = todo.pop()
        looked_at += 1
        kind = type(value)
        if kind in CONTAINERS and len(value) <= MOST_LOOKED_AT:
            todo += value.values() if kind is dict else value
        elif kind is TextIOWrapper or kind in _BUFFERS:
            found.append(weakref.ref(value))
    return found


def flush_kept(files: Iterable[weakref.ref[TextIO]]) -> None:
    """CPython frees all objects at its end, and so flushes each file. What a library holds, or anything beside a daemon
    thread, is not freed by ours; what was written to these files is there all the same.
    """
    for reference in files:
        file = reference()
        if file is not None and is_plain(file) and not file.closed:
            with suppress(BaseException):  # as a file that is freed says nothing of it
                file.flush()
