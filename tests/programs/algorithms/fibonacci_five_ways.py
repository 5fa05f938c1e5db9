import sys
from functools import cache

sys.setrecursionlimit(3000)


@cache
def recursive(n):
    return n if n < 2 else recursive(n - 1) + recursive(n - 2)


def loop(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def multiply(x, y):
    return [[sum(a * b for a, b in zip(row, column)) for column in zip(*y)] for row in x]


def matrix(n):
    result, base = ((1, 0), (0, 1)), ((1, 1), (1, 0))
    while n:
        result = multiply(result, base) if n & 1 else result
        base, n = multiply(base, base), n >> 1
    return result[0][1]


def doubling(n):
    a, b = 0, 1
    for bit in bin(n)[2:]:
        a, b = a * (2 * b - a), a * a + b * b
        if bit == "1":
            a, b = b, a + b
    return a


print([loop(n) for n in range(20)])
print(all(recursive(n) == loop(n) == matrix(n) == doubling(n) for n in range(300)))
print([n for n in range(90) if round(((1 + 5**0.5) / 2) ** n / 5**0.5) != loop(n)][:1])
print("F(500) =", matrix(500))
print("F(5000) has", len(str(doubling(5000))), "digits;", recursive.cache_info())
