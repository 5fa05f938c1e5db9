# snakepen: {"args": ["3", "6"]}
import sys


def hanoi(n, src="A", dst="C", via="B"):
    if n == 0:
        return 0
    moves = hanoi(n - 1, src, via, dst)
    print(f"Move disk {n} from {src} to {dst}")
    return moves + 1 + hanoi(n - 1, via, dst, src)


def queens(n, row=0, cols=(), placed=None):
    if row == n:
        yield cols
        return
    for col in range(n):
        if all(col != c and abs(col - c) != row - r for r, c in enumerate(cols)):
            yield from queens(n, row + 1, cols + (col,))


disks, size = map(int, sys.argv[1:])
print("Total:", hanoi(disks), "moves\n")
solutions = list(queens(size))
print(f"{len(solutions)} ways to place {size} queens; the first:")
for col in solutions[0]:
    print(" ".join("Q" if c == col else "." for c in range(size)))
