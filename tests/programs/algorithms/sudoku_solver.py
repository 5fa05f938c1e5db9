# snakepen: {"stdin": "53..7....\n6..195...\n.98....6.\n8...6...3\n4..8.3..1\n7...2...6\n.6....28.\n...419..5\n....8..79\n"}
import sys

grid = [list(line.strip()) for line in sys.stdin]
placed = tried = 0


def candidates(r, c):
    box = [grid[y][x] for y in range(r // 3 * 3, r // 3 * 3 + 3)
           for x in range(c // 3 * 3, c // 3 * 3 + 3)]
    used = set(grid[r]) | {row[c] for row in grid} | set(box)
    return [d for d in "123456789" if d not in used]


def solve():
    global placed, tried
    empty = [(len(candidates(r, c)), r, c) for r in range(9) for c in range(9) if grid[r][c] == "."]
    if not empty:
        return True
    _, r, c = min(empty)
    for digit in candidates(r, c):
        tried += 1
        grid[r][c] = digit
        if solve():
            placed += 1
            return True
        grid[r][c] = "."
    return False


if not solve():
    sys.exit("This sudoku has no solution.")
for r, row in enumerate(grid):
    if r in (3, 6):
        print("------+-------+------")
    print(" | ".join(" ".join(row[c:c + 3]) for c in (0, 3, 6)))
print(f"placed {placed} digits, tried {tried}")
