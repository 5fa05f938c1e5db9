# snakepen: {"args": ["3"]}
import sys


def hanoi(n, source, target, spare):
    if n:
        yield from hanoi(n - 1, source, spare, target)
        yield n, source, target
        yield from hanoi(n - 1, spare, target, source)


def draw(pegs, height):
    for level in range(height - 1, -1, -1):
        cells = []
        for name in "ABC":
            disc = pegs[name][level] if level < len(pegs[name]) else 0
            cells.append(("=" * (2 * disc - 1) if disc else "|").center(2 * height + 1))
        print(" ".join(cells).rstrip())


height = int(sys.argv[1])
pegs = {"A": list(range(height, 0, -1)), "B": [], "C": []}
draw(pegs, height)
for number, (disc, source, target) in enumerate(hanoi(height, "A", "C", "B"), start=1):
    assert pegs[source].pop() == disc
    assert not pegs[target] or pegs[target][-1] > disc
    pegs[target].append(disc)
    print(f"\nmove {number}: disc {disc} from {source} to {target}")
    draw(pegs, height)
print("\nsixty-four discs would take", f"{2**64 - 1:,}", "moves")
