"""A times table: all products up to LAST × LAST, or those of one number."""

LAST = 12
NUMBER = None  # a number here shows its table alone

if NUMBER is None:
    width = len(str(LAST * LAST)) + 1
    numbers = range(1, LAST + 1)
    print(" " * width + "|" + "".join(f"{n:{width}}" for n in numbers))
    print("-" * width + "+" + "-" * (width * LAST))
    for row in numbers:
        products = "".join(f"{row * column:{width}}" for column in numbers)
        print(f"{row:{width - 1}} |{products}")
else:
    for factor in range(1, LAST + 1):
        print(f"{factor:3} × {NUMBER} = {factor * NUMBER}")
