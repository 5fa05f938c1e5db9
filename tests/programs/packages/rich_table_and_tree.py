from rich.console import Console
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

console = Console(width=60)

table = Table(title="Moons", show_footer=True)
table.add_column("Planet", style="cyan", footer="Total")
table.add_column("Known moons", justify="right", footer="245")
table.add_column("Largest")
for row in (("Mars", "2", "Phobos"), ("Jupiter", "95", "[bold]Ganymede[/bold]"), ("Saturn", "146", "Titan"), ("Earth", "1", "月")):
    table.add_row(*row, end_section=row[0] == "Saturn")
console.print(table)

tree = Tree("project")
source = tree.add("[green]src[/green]")
source.add("main.py")
source.add("util.py")
tree.add("README.md")
console.print(tree)

console.print(Panel("A fairly long sentence that has to wrap inside its panel to fit.", title="note", width=40))
console.print("[bold red]warning:[/] nothing is [underline]wrong[/], see [b]\\[docs][/b]", {"a": [1, 2.5, None]})
console.rule("end")
print(Text.from_markup("[italic]plain[/italic] text").plain, console.is_terminal, console.color_system)
console.print(ProgressBar(total=10, completed=4, width=20))
