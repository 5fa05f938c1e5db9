# snakepen: {"stdin": "2 3\n3 5\n2 7\n\n1 4\n3 6\n\n1 4\n2 6\n"}
import sys


def extended_gcd(a, b):
    if b == 0:
        return a, 1, 0
    g, x, y = extended_gcd(b, a % b)
    return g, y, x - a // b * y


def combine(first, second):
    (r1, m1), (r2, m2) = first, second
    g, p, _ = extended_gcd(m1, m2)
    if (r2 - r1) % g:
        raise ArithmeticError(f"x = {r1} (mod {m1}) contradicts x = {r2} (mod {m2})")
    step = m2 // g
    return (r1 + m1 * ((r2 - r1) // g * p % step)) % (m1 * step), m1 * step


g, x, y = extended_gcd(240, 46)
print(f"gcd(240, 46) = {g} = 240*{x} + 46*{y}")
print("inverse of 17 mod 3120:", extended_gcd(17, 3120)[1] % 3120)

for puzzle in sys.stdin.read().split("\n\n"):
    answer = (0, 1)
    try:
        for line in puzzle.split("\n"):
            if line:
                answer = combine(answer, tuple(map(int, line.split())))
        print("x = {} (mod {})".format(*answer))
    except ArithmeticError as error:
        print("impossible:", error)
