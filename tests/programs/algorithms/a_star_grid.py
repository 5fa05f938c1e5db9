from heapq import heappop, heappush
from itertools import count

GRID = """\
..........
.####.###.
.#..1.2.#.
.#.####.#.
...5553...
.#######1.
.........."""
cells = {(x, y): c for y, row in enumerate(GRID.split("\n")) for x, c in enumerate(row)}
start, goal = (2, 2), (9, 6)


def heuristic(cell):
    return abs(cell[0] - goal[0]) + abs(cell[1] - goal[1])


ticket = count()
open_list = [(heuristic(start), next(ticket), start)]
best, came = {start: 0}, {}
expanded = 0
while open_list:
    _, _, here = heappop(open_list)
    expanded += 1
    if here == goal:
        break
    for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1)):
        there = here[0] + dx, here[1] + dy
        if cells.get(there, "#") == "#":
            continue
        new = best[here] + 1 + int(cells[there].replace(".", "0"))
        if new < best.get(there, 10**6):
            best[there], came[there] = new, here
            heappush(open_list, (new + heuristic(there), next(ticket), there))

while here != start:
    cells[here] = "*"
    here = came[here]
for y in range(7):
    print("".join(cells[x, y] for x in range(10)))
print(f"cost {best[goal]}, expanded {expanded} of {len(cells)} cells")
