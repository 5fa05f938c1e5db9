import sys

from rich import print as rprint
from rich.columns import Columns
from rich.console import Console
from rich.markdown import Markdown
from rich.pretty import pretty_repr
from rich.syntax import Syntax

config = {"name": "snake", "sizes": list(range(20)), "nested": {"deep": {"list": ["x" * 30, "y" * 30]}}}
print(pretty_repr(config, max_width=50))

console = Console(width=60, file=sys.stdout)
console.print(Markdown("# Title\n\nSome *text* with `code`.\n\n1. first\n2. second\n   - inner\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |"))
console.print(Syntax("def add(a, b):\n    return a + b", "python", line_numbers=True))
console.print(Columns(["apple", "banana", "cherry", "damson", "elderberry", "fig"], width=14))
console.print("centred", justify="center")
console.print("a very long line " * 6, overflow="ellipsis", no_wrap=True)
rprint("[green]ok[/green]", [1, "two", {"three": 3}], ":snake:")
Console(stderr=True, width=60).print("[red]this goes to stderr[/red]")
