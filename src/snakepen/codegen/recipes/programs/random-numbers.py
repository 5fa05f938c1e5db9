"""Picks random whole numbers; both bounds can come."""

import random

COUNT = 1
LOWEST = 1
HIGHEST = 100


def main():
    print(f"From {LOWEST:,} to {HIGHEST:,}:")
    for _ in range(COUNT):
        print(random.randint(LOWEST, HIGHEST))


if __name__ == "__main__":
    main()
