"""Throws dice many times, and draws how often each total came."""

import random
from collections import Counter

import matplotlib.pyplot as plt

DICE = 2
SIDES = 6
ROLLS = 10000


def roll():
    """Return the total of one throw of all dice."""
    return sum(random.randint(1, SIDES) for _ in range(DICE))


def main():
    totals = [roll() for _ in range(ROLLS)]
    print(f"{DICE} × {SIDES} sides, {ROLLS:,} throws. The first: {totals[:10]}")
    counts = Counter(totals)
    for total in range(DICE, DICE * SIDES + 1):
        share = counts[total] / ROLLS
        print(f"{total:4} {counts[total]:7} {share:6.1%} {'#' * round(100 * share)}")
    print(f"Average: {sum(totals) / ROLLS:.2f}, expected {DICE * (SIDES + 1) / 2:.2f}")

    plt.bar(counts.keys(), counts.values())
    plt.title(f"{ROLLS:,} throws of {DICE} × {SIDES} sides")
    plt.xlabel("total")
    plt.ylabel("how often")
    plt.show()


if __name__ == "__main__":
    main()
