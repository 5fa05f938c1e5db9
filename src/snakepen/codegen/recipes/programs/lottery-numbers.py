"""Picks numbers for a lottery, and says how likely it is that all of them win."""

import random
from math import comb

PICK = 6
HIGHEST = 49
TICKETS = 1


def main():
    for _ in range(TICKETS):
        # random.sample takes no number twice.
        numbers = sorted(random.sample(range(1, HIGHEST + 1), PICK))
        print(" ".join(f"{number:2}" for number in numbers))
    print(
        f"{PICK} of {HIGHEST}: each ticket wins once in {comb(HIGHEST, PICK):,} draws."
    )


if __name__ == "__main__":
    main()
