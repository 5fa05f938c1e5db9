# snakepen: {"files": {"glider.txt": ".#.....\n..#....\n###....\n.......\n.......\n.......\n.......\n"}}
from collections import Counter
from pathlib import Path

rows = Path("glider.txt").read_text().splitlines()
HEIGHT, WIDTH = len(rows), len(rows[0])
alive = {(y, x) for y, row in enumerate(rows) for x, ch in enumerate(row) if ch == "#"}


def step(cells):
    neighbours = Counter(
        ((y + dy) % HEIGHT, (x + dx) % WIDTH)
        for y, x in cells
        for dy in (-1, 0, 1)
        for dx in (-1, 0, 1)
        if dy or dx
    )
    return {cell for cell, n in neighbours.items() if n == 3 or (n == 2 and cell in cells)}


def draw(cells):
    for y in range(HEIGHT):
        print("".join("█" if (y, x) in cells else "·" for x in range(WIDTH)))


for generation in range(13):
    if generation % 4 == 0:
        print(f"generation {generation}: {len(alive)} alive")
        draw(alive)
    alive = step(alive)
