"""Conway's Game of Life: cells that are born, live on and die by their neighbours."""

import time
from collections import Counter

GENERATIONS = 12
WIDTH = 30
HEIGHT = 12
PAUSE = 0.1  # seconds between two pictures

# A glider, which walks, and a blinker, which stays.
START = """
.#............................
..#...................#.......
###...................#.......
......................#.......
"""


def read(picture):
    """Return the living cells of a picture."""
    rows = picture.split()
    return {
        (x, y)
        for y, row in enumerate(rows)
        for x, char in enumerate(row)
        if char == "#"
    }


def next_generation(cells):
    """A cell with three living neighbours lives; one with two stays as it is."""
    neighbours = Counter(
        ((x + dx) % WIDTH, (y + dy) % HEIGHT)  # the edges are joined
        for x, y in cells
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
        if (dx, dy) != (0, 0)
    )
    return {
        cell
        for cell, count in neighbours.items()
        if count == 3 or (count == 2 and cell in cells)
    }


def main():
    cells = read(START)
    for generation in range(GENERATIONS + 1):
        print(f"Generation {generation}, {len(cells)} cells")
        for y in range(HEIGHT):
            print("".join("#" if (x, y) in cells else "." for x in range(WIDTH)))
        print(flush=True)
        cells = next_generation(cells)
        time.sleep(PAUSE)


if __name__ == "__main__":
    main()
