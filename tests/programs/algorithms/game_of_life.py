# snakepen: {"env": {"LIFE_STEPS": "4"}}
import os
from collections import Counter

GLIDER = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
BLINKER = {(9, 3), (10, 3), (11, 3)}


def step(alive):
    near = Counter(
        (x + dx, y + dy)
        for x, y in alive
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
        if dx or dy
    )
    return {cell for cell, n in near.items() if n == 3 or n == 2 and cell in alive}


def show(alive, width=14, height=7):
    for y in range(height):
        print("".join("■" if (x, y) in alive else "□" for x in range(width)))


world = GLIDER | BLINKER
for generation in range(int(os.environ["LIFE_STEPS"]) + 1):
    print(f"generation {generation}, {len(world)} alive")
    show(world)
    world = step(world)

later = GLIDER
for _ in range(40):
    later = step(later)
print("glider after 40 steps moved by (10, 10):", later == {(x + 10, y + 10) for x, y in GLIDER})
