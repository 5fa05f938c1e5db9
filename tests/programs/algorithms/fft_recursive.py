from cmath import exp, pi
from math import sin


def fft(x, sign=-1):
    n = len(x)
    if n == 1:
        return x
    even, odd = fft(x[::2], sign), fft(x[1::2], sign)
    turned = [exp(sign * 2j * pi * k / n) * odd[k] for k in range(n // 2)]
    return [e + t for e, t in zip(even, turned)] + [e - t for e, t in zip(even, turned)]


def multiply(a, b):
    digits = len(a) + len(b)
    size = 1 << digits.bit_length()
    fa = fft([int(d) for d in a[::-1]] + [0] * (size - len(a)))
    fb = fft([int(d) for d in b[::-1]] + [0] * (size - len(b)))
    product = fft([x * y for x, y in zip(fa, fb)], sign=1)
    return sum(round(c.real / size) * 10**i for i, c in enumerate(product))


signal = [sin(2 * pi * 3 * t / 32) + 0.5 * sin(2 * pi * 7 * t / 32) for t in range(32)]
for k, value in enumerate(fft(signal)[:10]):
    strength = round(abs(value), 3)
    print(f"{k:>2} Hz {strength:>7.3f} {'█' * round(strength)}")

a, b = "31415926535897932384626433832795", "27182818284590452353602874713526"
print(multiply(a, b))
print(multiply(a, b) == int(a) * int(b))
