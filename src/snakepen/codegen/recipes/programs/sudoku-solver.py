"""Solves a sudoku, by trying out digits where fewest are possible."""

# A dot is an empty cell. Put in your own!
PUZZLE = """
    ..8 51. ...
    ..4 ... ..1
    ... 46. 7..

    .51 .3. ..4
    6.. 8.5 ..3
    8.. .9. 26.

    ..5 .24 ...
    7.. ... 3..
    ... .76 1..
"""


def read(text):
    """Return the cells as a list of 81 digits and dots."""
    cells = list("".join(text.split()).replace("0", "."))
    if len(cells) != 81 or not set(cells) <= set(".123456789"):
        raise ValueError("A sudoku has 81 cells, each a digit or a dot.")
    for place, cell in enumerate(cells):
        if cell != "." and cell in (cells[other] for other in PEERS[place]):
            raise ValueError(f"There is a {cell} twice in a row, a column or a box.")
    return cells


def units(place):
    """Return the row, the column and the box that a place is in."""
    row, column = divmod(place, 9)
    return row, column, (row // 3, column // 3)


# For each place, those that may not have the same digit.
PEERS = [
    [
        other
        for other in range(81)
        if other != place and any(a == b for a, b in zip(units(other), units(place)))
    ]
    for place in range(81)
]


def possible(cells, place):
    return set("123456789") - {cells[other] for other in PEERS[place]}


def solve(cells):
    """Fill in the empty cells; say whether it can be done."""
    empty = [place for place, cell in enumerate(cells) if cell == "."]
    if not empty:
        return True
    place = min(empty, key=lambda place: len(possible(cells, place)))
    for digit in sorted(possible(cells, place)):
        cells[place] = digit
        if solve(cells):
            return True
    cells[place] = "."
    return False


def show(cells):
    for row in range(9):
        threes = ["".join(cells[9 * row + at : 9 * row + at + 3]) for at in (0, 3, 6)]
        print("  ".join(" ".join(three) for three in threes))
        if row in (2, 5):
            print()


def main():
    try:
        cells = read(PUZZLE)
    except ValueError as error:
        print(error)
        return
    show(cells)
    if solve(cells):
        print("\nSolved:\n")
        show(cells)
    else:
        print("\nIt has no solution.")


if __name__ == "__main__":
    main()
