# snakepen: {"args": ["200"]}
import sys
from math import isqrt


def sieve(limit):
    flags = bytearray([1]) * (limit + 1)
    flags[:2] = b"\0\0"
    for n in range(2, isqrt(limit) + 1):
        if flags[n]:
            flags[n * n::n] = bytes(len(range(n * n, limit + 1, n)))
    return [n for n, prime in enumerate(flags) if prime]


def factor(n):
    found = {}
    for p in sieve(isqrt(n)):
        while n % p == 0:
            found[p] = found.get(p, 0) + 1
            n //= p
    if n > 1:
        found[n] = 1
    return found


limit = int(sys.argv[1]) if len(sys.argv) > 1 else 100
primes = sieve(limit)
for start in range(0, len(primes), 10):
    print(*(f"{p:4d}" for p in primes[start:start + 10]))
print("twins:", [(p, q) for p, q in zip(primes, primes[1:]) if q - p == 2][-3:])
print(len(sieve(100_000)), "primes below 100000")
for n in (360, 97, 600851475143 // 71, 2**16 + 1):
    print(n, "=", " × ".join(f"{p}^{e}" if e > 1 else str(p) for p, e in factor(n).items()))
