"""Prints a triangle, a pyramid or another shape of stars."""

SHAPE = "pyramid"  # or one of the others below
ROWS = 5
MARK = "*"


def triangle(rows):
    return [MARK * row for row in range(1, rows + 1)]


def pyramid(rows):
    """Each row has two marks more than the one above."""
    return [" " * (rows - row) + MARK * (2 * row - 1) for row in range(1, rows + 1)]


def diamond(rows):
    """It grows up to the middle row, and shrinks again."""
    widths = [2 * min(row, rows - 1 - row) + 1 for row in range(rows)]
    return [" " * ((max(widths) - width) // 2) + MARK * width for width in widths]


def square(rows):
    return [MARK * rows] * rows


def tree(rows):
    """A pyramid of so many rows that stands on a trunk."""
    return [*pyramid(rows), " " * (rows - 1) + MARK]


SHAPES = {
    "triangle": triangle,
    "inverted triangle": lambda rows: triangle(rows)[::-1],
    "pyramid": pyramid,
    "inverted pyramid": lambda rows: pyramid(rows)[::-1],
    "diamond": diamond,
    "square": square,
    "tree": tree,
}


if __name__ == "__main__":
    print("\n".join(SHAPES[SHAPE](ROWS)))
