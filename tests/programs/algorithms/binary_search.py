from bisect import bisect_left, bisect_right


def search(items, wanted):
    low, high, steps = 0, len(items) - 1, 0
    while low <= high:
        steps += 1
        middle = (low + high) // 2
        if items[middle] == wanted:
            return middle, steps
        if items[middle] < wanted:
            low = middle + 1
        else:
            high = middle - 1
    return None, steps


squares = [n * n for n in range(1000)]
for wanted in (0, 49, 50, 250_000, 998_001, 10**9):
    where, steps = search(squares, wanted)
    found = "not found" if where is None else f"at index {where}"
    print(f"{wanted:>13,} {found:<14} after {steps} steps")

repeated = [1, 2, 2, 2, 3, 5, 8]
print("2 occurs", bisect_right(repeated, 2) - bisect_left(repeated, 2), "times")

low, high = 1.0, 2.0
while high - low > 1e-12:
    middle = (low + high) / 2
    low, high = (middle, high) if middle**2 < 2 else (low, middle)
print(f"square root of two: {low:.10f}")
