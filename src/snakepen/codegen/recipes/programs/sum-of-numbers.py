"""The sum of all whole numbers from one to another, with a loop and by a formula."""

FIRST = 1
LAST = 100


def sum_by_loop(first, last):
    """Add one number after the other."""
    total = 0
    for number in range(first, last + 1):
        total += number
    return total


def sum_by_formula(first, last):
    """The first and the last, the second and the last but one, ... are all the same."""
    return (first + last) * (last - first + 1) // 2


def main():
    print(f"From {FIRST} to {LAST}:")
    print(f"  with a loop:  {sum_by_loop(FIRST, LAST):,}")
    print(f"  by a formula: {sum_by_formula(FIRST, LAST):,}")
    print(f"  by Python:    {sum(range(FIRST, LAST + 1)):,}")


if __name__ == "__main__":
    main()
