"""Makes a random maze, and finds the shortest way through it."""

import random
from collections import deque

WIDTH = 20  # in rooms
HEIGHT = 10


def make_maze(width, height):
    """Return the walls and floors of a maze in which every room can be reached.

    It digs from room to room until it is stuck, and goes back to where it is not.
    """
    rows = [["#"] * (2 * width + 1) for _ in range(2 * height + 1)]
    way = [(1, 1)]
    rows[1][1] = " "
    while way:
        x, y = way[-1]
        steps = [
            (dx, dy)
            for dx, dy in ((2, 0), (-2, 0), (0, 2), (0, -2))
            if 0 < x + dx < 2 * width
            and 0 < y + dy < 2 * height
            and rows[y + dy][x + dx] == "#"
        ]
        if steps:
            dx, dy = random.choice(steps)
            rows[y + dy // 2][x + dx // 2] = rows[y + dy][x + dx] = " "
            way.append((x + dx, y + dy))
        else:
            way.pop()
    return rows


def shortest_way(rows, start, end):
    """Return the places from start to end, found by looking ever further around."""
    came_from = {start: start}
    waiting = deque([start])
    while waiting and end not in came_from:
        x, y = waiting.popleft()
        for place in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
            if rows[place[1]][place[0]] == " " and place not in came_from:
                came_from[place] = (x, y)
                waiting.append(place)
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]


def main():
    rows = make_maze(WIDTH, HEIGHT)
    print("\n".join("".join(row) for row in rows))
    way = shortest_way(rows, (1, 1), (2 * WIDTH - 1, 2 * HEIGHT - 1))
    for x, y in way:
        rows[y][x] = "."
    print(f"\nThe shortest way has {len(way) - 1} steps:\n")
    print("\n".join("".join(row) for row in rows))


if __name__ == "__main__":
    main()
