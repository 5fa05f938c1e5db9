"""The queens puzzle: as many queens as a board has rows, and none attacks another."""

SIZE = 8


def solutions(size, columns=()):
    """Go through all ways to go on from the queens of the first rows."""
    row = len(columns)
    if row == size:
        yield columns
        return
    for column in range(size):
        # Queens attack along columns and diagonals; a row never has two.
        if all(
            column != taken and abs(column - taken) != row - above
            for above, taken in enumerate(columns)
        ):
            yield from solutions(size, (*columns, column))


def show(columns):
    for column in columns:
        print(
            " ".join("Q" if place == column else "." for place in range(len(columns)))
        )


def main():
    found = list(solutions(SIZE))
    print(f"{SIZE} queens on a board of {SIZE} by {SIZE}: {len(found)} solutions.")
    if found:
        print("The first:")
        show(found[0])


if __name__ == "__main__":
    main()
