"""Throws dice: each throw is shown, and of many is drawn how often each total came."""

from collections import Counter

import numpy as np

DICE = 2
SIDES = 6
ROLLS = 1
SHOWN = 20  # more throws than these are counted and drawn


def roll():
    """Return a list of all throws for each die; NumPy makes a million in no time."""
    rng = np.random.default_rng()
    return [rng.integers(1, SIDES + 1, ROLLS).tolist() for _ in range(DICE)]


def show(throws):
    for dice in throws:
        total = f" = {sum(dice)}" if len(dice) > 1 else ""
        print(" + ".join(str(points) for points in dice) + total)


def count(totals):
    print(f"{DICE} × {SIDES} sides, {ROLLS:,} throws. The first: {totals[:10]}")
    counts = Counter(totals)
    for total in range(DICE, DICE * SIDES + 1):
        share = counts[total] / ROLLS
        print(f"{total:4} {counts[total]:7} {share:6.1%} {'#' * round(100 * share)}")
    print(f"Average: {sum(totals) / ROLLS:.2f}, expected {DICE * (SIDES + 1) / 2:.2f}")
    return counts


def draw(counts):
    import matplotlib.pyplot as plt  # here, because a few throws do not need it

    plt.bar(counts.keys(), counts.values())
    plt.title(f"{ROLLS:,} throws of {DICE} × {SIDES} sides")
    plt.xlabel("total")
    plt.ylabel("how often")
    plt.show()


def main():
    throws = zip(*roll(), strict=True)
    if ROLLS <= SHOWN:
        show(throws)
    else:
        draw(count([sum(dice) for dice in throws]))


if __name__ == "__main__":
    main()
