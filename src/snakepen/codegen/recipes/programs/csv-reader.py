"""Reads a CSV file, and prints it as a table."""

import csv
import io
from pathlib import Path

FILE = "data.csv"  # a sample is used when it is not there
SAMPLE = """\
name,town,age
Ada,London,36
Linus,Helsinki,28
Grace,"New York, NY",79
"""
WIDEST = 30


def read():
    """Return the rows, each a list of texts."""
    if Path(FILE).exists():
        text = Path(FILE).read_text("utf-8-sig", errors="replace")
    else:
        print(f"There is no {FILE}, so this is a sample.")
        text = SAMPLE
    return [row for row in csv.reader(io.StringIO(text, newline="")) if row]


def cut(cell):
    """Return a cell on one line, and not too wide."""
    cell = " ".join(cell.split())
    return cell if len(cell) <= WIDEST else cell[: WIDEST - 1] + "…"


def main():
    try:
        rows = [[cut(cell) for cell in row] for row in read()]
    except (OSError, csv.Error) as error:
        print(f"{FILE} cannot be read: {error}")
        return
    if not rows:
        print(f"{FILE} is empty.")
        return
    columns = max(len(row) for row in rows)
    rows = [row + [""] * (columns - len(row)) for row in rows]
    widths = [max(len(row[i]) for row in rows) for i in range(columns)]
    lines = [
        "  ".join(f"{cell:{w}}" for cell, w in zip(row, widths)).rstrip()
        for row in rows
    ]
    header, *others = lines
    print(header, "  ".join("-" * width for width in widths), *others, sep="\n")
    print(f"\nRows: {len(others)}, columns: {columns}")


if __name__ == "__main__":
    main()
