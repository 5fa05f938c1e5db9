from itertools import permutations
from math import factorial


def heap(items):
    items = list(items)
    counters = [0] * len(items)
    yield tuple(items)
    i = 1
    while i < len(items):
        if counters[i] < i:
            other = 0 if i % 2 == 0 else counters[i]
            items[other], items[i] = items[i], items[other]
            yield tuple(items)
            counters[i] += 1
            i = 1
        else:
            counters[i] = 0
            i += 1


def parity(p):
    return sum(p[i] > p[j] for i in range(len(p)) for j in range(i + 1, len(p))) % 2


for number, p in enumerate(heap("ABCD"), start=1):
    print("".join(p) + "-+"[parity(p) == 0], end="\n" if number % 6 == 0 else "  ")

five = list(heap(range(5)))
print(len(five) == factorial(5), sorted(five) == list(permutations(range(5))))
moved = [sum(a != b for a, b in zip(p, q)) for p, q in zip(five, five[1:])]
print("every step swaps exactly two:", {*moved} == {2})
