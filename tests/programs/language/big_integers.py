import math
import sys

print(2 ** 200)
print(math.factorial(40), math.comb(100, 50))
print((3 ** 150).bit_length(), (1 << 70) - 1, -7 // 2, -7 % 3, divmod(-10 ** 20, 7))
print(pow(7, 10 ** 18, 1_000_000_007), pow(3, -1, 11))
print(math.isqrt(10 ** 40 + 1), math.gcd(2 ** 60, 6 ** 30) == 2 ** 30, math.lcm(*range(1, 31)))


def fib(n):
    if n == 0:
        return 0, 1
    a, b = fib(n // 2)
    c, d = a * (2 * b - a), a * a + b * b
    return (d, c + d) if n % 2 else (c, d)


print(fib(300)[0])
digits = str(fib(5000)[0])
print(len(digits), digits[:20], "...", digits[-20:])
print(int("zz", 36), int("0b1011", 0), hex(10 ** 20), f"{10 ** 24:,}")
print((10 ** 18).to_bytes(9, "little").hex(), ~5 & 0xFF, (255).bit_count())
print(sys.int_info.default_max_str_digits)
try:
    print(str(10 ** 5000))
except ValueError as exc:
    print("ValueError:", exc)
