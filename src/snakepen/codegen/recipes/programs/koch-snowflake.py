"""Draws the Koch snowflake: each side gets a point in its middle, again and again."""

import cmath
from itertools import pairwise

import matplotlib.pyplot as plt

DEPTH = 4
COLOR = "tab:blue"
TURN = cmath.exp(-1j * cmath.pi / 3)  # by 60 degrees, to the outside


def with_points(corners):
    """Return the corners, with three more on each side."""
    more = []
    for start, end in pairwise(corners):
        third = (end - start) / 3
        more += [start, start + third, start + third + third * TURN, end - third]
    return [*more, corners[-1]]


def main():
    # Points of the plane as complex numbers: x + y j.
    corners = [0, 1, 0.5 + 3**0.5 / 2 * 1j, 0]
    for _ in range(DEPTH):
        corners = with_points(corners)
    sides = len(corners) - 1
    print(f"Depth {DEPTH}: {sides:,} sides")
    print(f"It is {(4 / 3) ** DEPTH:.2f} times as long as the triangle at the start.")
    ax = plt.subplot()
    x, y = [point.real for point in corners], [point.imag for point in corners]
    ax.fill(x, y, facecolor="aliceblue", edgecolor=COLOR, linewidth=0.8)
    ax.set_aspect("equal")
    ax.axis("off")
    ax.set_title(f"Koch snowflake, depth {DEPTH}")
    plt.show()


if __name__ == "__main__":
    main()
