from fractions import Fraction
from math import ceil, comb, gcd, lcm


def egyptian(fraction):
    while fraction:
        unit = Fraction(1, ceil(1 / fraction))
        yield unit
        fraction -= unit


for text in ("3/4", "5/7", "4/13", "0.95"):
    parts = list(egyptian(Fraction(text)))
    print(f"{text:>5} = {' + '.join(map(str, parts))}", sum(parts) == Fraction(text))

pi_ish = Fraction(3.141592653589793)
for limit in (10, 200, 40_000):
    close = pi_ish.limit_denominator(limit)
    print(f"{str(close):>12}  off by {float(abs(close - pi_ish)):.2e}")


def bernoulli(n):
    row = [Fraction(0)] * (n + 1)
    for m in range(n + 1):
        row[m] = Fraction(1, m + 1)
        for j in range(m, 0, -1):
            row[j - 1] = j * (row[j - 1] - row[j])
    return row[0]


print("Bernoulli:", *(f"B{n}={bernoulli(n)}" for n in (2, 4, 6, 12)))
print(gcd(84, 36), lcm(4, 6, 10), comb(52, 5), Fraction(7, 2) // 1, Fraction(-7, 2) % 2)
