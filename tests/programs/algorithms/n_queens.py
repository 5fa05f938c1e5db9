def count(n, row=0, columns=0, left=0, right=0):
    if row == n:
        return 1
    total = 0
    free = ~(columns | left | right) & ((1 << n) - 1)
    while free:
        bit = free & -free
        free ^= bit
        total += count(n, row + 1, columns | bit, (left | bit) << 1, (right | bit) >> 1)
    return total


def boards(n, queens=()):
    if len(queens) == n:
        yield queens
        return
    for column in range(n):
        if all(column != q and abs(column - q) != len(queens) - i for i, q in enumerate(queens)):
            yield from boards(n, queens + (column,))


for n in range(1, 8):
    print(f"{n} queens: {count(n)} solutions")

first = next(boards(8))
print("\n8 queens, first solution:", first)
for column in first:
    print(" ".join("♛" if i == column else "·" for i in range(8)))
