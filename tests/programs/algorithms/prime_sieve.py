# snakepen: {"stdin": "20000\n"}
from itertools import islice


def sieve(limit):
    flags = bytearray([1]) * (limit + 1)
    flags[0:2] = b"\0\0"
    for n in range(2, int(limit**0.5) + 1):
        if flags[n]:
            flags[n * n::n] = bytes(len(range(n * n, limit + 1, n)))
    return [n for n, flag in enumerate(flags) if flag]


def endless():
    composites, n = {}, 2
    while True:
        if n in composites:
            for p in composites.pop(n):
                composites.setdefault(n + p, []).append(p)
        else:
            yield n
            composites[n * n] = [n]
        n += 1


limit = int(input("Primes up to: "))
primes = sieve(limit)
print(len(primes), "primes, the last is", primes[-1])
print(*primes[:15], "...")
twins = [(a, b) for a, b in zip(primes, primes[1:]) if b - a == 2]
print(len(twins), "pairs of twins, the last is", twins[-1])
gap, start = max((b - a, -a) for a, b in zip(primes, primes[1:]))
print(f"widest gap: {gap}, after {-start}")
print("lazy sieve agrees:", list(islice(endless(), 300)) == primes[:300])
