"""Fibonacci numbers: each is the sum of the two before it."""

from itertools import islice, takewhile

COUNT = 20
LAST = None  # with a number here: all up to it, however many they are


def fibonacci():
    """Yield the numbers for ever: 0, 1, 1, 2, 3, 5, ..."""
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


def main():
    if LAST is None:
        numbers = list(islice(fibonacci(), COUNT))
    else:
        numbers = list(takewhile(lambda number: number <= LAST, fibonacci()))
    width = len(f"{numbers[-1]:,}")
    before = 0
    for position, number in enumerate(numbers):
        ratio = f"   ratio {number / before:.8f}" if before else ""
        print(f"{position:4}: {number:{width},}{ratio}")
        before = number
    print("The ratio of two neighbours comes close to the golden ratio, 1.61803399.")


if __name__ == "__main__":
    main()
