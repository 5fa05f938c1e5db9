# snakepen: {"files": {"maze.txt": "###########\n#S..#.....#\n#.#.#.###.#\n#.#...#...#\n#.#####.#.#\n#.......#E#\n###########\n"}}
from collections import deque

maze = open("maze.txt").read().splitlines()
find = {c: (y, x) for y, row in enumerate(maze) for x, c in enumerate(row) if c in "SE"}


def neighbours(y, x):
    for dy, dx in ((0, 1), (1, 0), (0, -1), (-1, 0)):
        if maze[y + dy][x + dx] != "#":
            yield y + dy, x + dx


def search(take):
    frontier = deque([find["S"]])
    parent = {find["S"]: None}
    while frontier:
        cell = take(frontier)
        if cell == find["E"]:
            break
        for other in neighbours(*cell):
            if other not in parent:
                parent[other] = cell
                frontier.append(other)
    path = []
    while cell:
        path.append(cell)
        cell = parent[cell]
    return path[::-1], len(parent)


for name, take in (("BFS", deque.popleft), ("DFS", deque.pop)):
    path, seen = search(take)
    print(f"{name}: path of {len(path) - 1} steps, {seen} cells seen")
    for y, row in enumerate(maze):
        print("".join("·" if (y, x) in path and c == "." else c for x, c in enumerate(row)))
