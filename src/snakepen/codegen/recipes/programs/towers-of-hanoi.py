"""Towers of Hanoi: moves all disks from A to C, and never one onto a smaller one."""

DISKS = 3


def move(disks, start, goal, other):
    """Yield the moves: all but the largest out of its way, then it, then the rest."""
    if disks == 0:
        return
    yield from move(disks - 1, start, other, goal)
    yield disks, start, goal
    yield from move(disks - 1, other, goal, start)


def show(pegs):
    print("   ".join(f"{name}: {' '.join(map(str, pegs[name]))}" for name in pegs))


def main():
    pegs = {"A": list(range(DISKS, 0, -1)), "B": [], "C": []}
    show(pegs)
    moves = 0
    for disk, start, goal in move(DISKS, "A", "C", "B"):
        pegs[goal].append(pegs[start].pop())
        moves += 1
        print(f"\n{moves}. Disk {disk} from {start} to {goal}")
        show(pegs)
    print(f"\nDisks: {DISKS}, moves: {moves}, which is 2^{DISKS} - 1.")


if __name__ == "__main__":
    main()
