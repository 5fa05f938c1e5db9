"""Multiplies two matrices: each row of the first with each column of the second."""

# Put in your own: the first has to have as many columns as the second has rows.
FIRST = [
    [1, 2, 3],
    [4, 5, 6],
]
SECOND = [
    [7, 8],
    [9, 10],
    [11, 12],
]


def multiply(first, second):
    """Return the product of two matrices, which are lists of rows."""
    if len(first[0]) != len(second):
        raise ValueError(
            "the columns of the first are not as many as the second's rows"
        )
    columns = list(zip(*second))
    return [
        [sum(a * b for a, b in zip(row, column)) for column in columns] for row in first
    ]


def show(title, matrix):
    width = max(len(str(number)) for row in matrix for number in row)
    print(f"{title}:")
    for row in matrix:
        print("  [ " + "  ".join(f"{number:{width}}" for number in row) + " ]")


def main():
    show("First", FIRST)
    show("Second", SECOND)
    try:
        product = multiply(FIRST, SECOND)
    except ValueError as error:
        print(f"They cannot be multiplied: {error}.")
        return
    show("Product", product)
    column = [row[0] for row in SECOND]
    terms = " + ".join(f"{a} × {b}" for a, b in zip(FIRST[0], column))
    print(f"At the top left of it is {terms} = {product[0][0]}.")


if __name__ == "__main__":
    main()
