"""A progress bar while something takes long, and then a table of the results."""

import time

from rich.console import Console
from rich.progress import track
from rich.table import Table

STEPS = 20


def work(number):
    """Something that takes a while: how many numbers up to n³ are squares?"""
    time.sleep(0.1)
    return sum(1 for n in range(1, number**3 + 1) if round(n**0.5) ** 2 == n)


def main():
    console = Console()
    results = {}
    for number in track(range(1, STEPS + 1), "Working", console=console):
        results[number] = work(number)

    table = Table(title="The last results")
    table.add_column("n", justify="right")
    table.add_column("squares up to n³", justify="right", style="green")
    for number, result in list(results.items())[-5:]:
        table.add_row(str(number), str(result))
    console.print(table)


if __name__ == "__main__":
    main()
