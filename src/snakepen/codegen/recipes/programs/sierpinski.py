"""Draws the Sierpinski triangle: of each triangle three corners stay, again and again."""

import matplotlib.pyplot as plt
from matplotlib.collections import PolyCollection

DEPTH = 6
COLOR = "tab:blue"


def middle(a, b):
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def triangles(a, b, c, depth):
    """Return the triangles that are left of the one with these corners."""
    if depth == 0:
        return [(a, b, c)]
    ab, bc, ca = middle(a, b), middle(b, c), middle(c, a)
    return [
        *triangles(a, ab, ca, depth - 1),
        *triangles(ab, b, bc, depth - 1),
        *triangles(ca, bc, c, depth - 1),
    ]


def main():
    height = 3**0.5 / 2
    left = triangles((0, 0), (1, 0), (0.5, height), DEPTH)
    print(f"Depth {DEPTH}: {len(left):,} triangles")
    print(f"They cover {0.75**DEPTH:.1%} of the first one.")
    ax = plt.subplot()
    ax.add_collection(PolyCollection(left, color=COLOR, linewidth=0))
    ax.autoscale()
    ax.set_aspect("equal")
    ax.axis("off")
    ax.set_title(f"Sierpinski triangle, depth {DEPTH}")
    plt.show()


if __name__ == "__main__":
    main()
