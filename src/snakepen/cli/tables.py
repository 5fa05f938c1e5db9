"""Tables on standard output: fitted to a terminal, a line each when a program reads them."""

from collections.abc import Iterable, Sequence
from typing import Final

_PIPE_COLUMNS: Final = 1000


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Only the last column is ever broken; nothing in a cell means anything to rich."""
    from rich.console import Console  # here, because the commands without a table do without it
    from rich.table import Table

    console = Console(markup=False, highlight=False)
    if not console.is_terminal:
        console.width = _PIPE_COLUMNS
    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=heading != headings[-1])
    for row in rows:
        table.add_row(*row)
    console.print(table)
