"""Pascal's triangle: each number is the sum of the two above it."""

from itertools import pairwise

ROWS = 8


def triangle(rows):
    """Return the rows, each made from the one before."""
    row = [1]
    for _ in range(rows):
        yield row
        row = [1, *(left + right for left, right in pairwise(row)), 1]


def main():
    rows = list(triangle(ROWS))
    cell = len(str(max(rows[-1]))) + 2
    cell += cell % 2  # so that half a cell is a whole number of characters
    for position, row in enumerate(rows):
        indent = " " * (cell // 2 * (ROWS - 1 - position))
        print((indent + "".join(f"{number:^{cell}}" for number in row)).rstrip())


if __name__ == "__main__":
    main()
