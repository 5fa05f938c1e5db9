from itertools import (
    chain, combinations, count, cycle, dropwhile, groupby, islice,
    pairwise, permutations, product, starmap, takewhile, zip_longest,
)

print(["".join(p) for p in permutations("abc", 2)])
print([c for c in combinations([2, 3, 5, 7, 11], 3) if sum(c) % 5 == 0])
print(len(list(product("HT", repeat=5))), "coin sequences")

runs = [(k, len(list(g))) for k, g in groupby("aaabccddddde")]
print(runs)
print("".join(f"{k}{n}" for k, n in runs))

shifts = cycle(["early", "late", "night"])
for day, shift in zip(["Mon", "Tue", "Wed", "Thu"], shifts):
    print(day, shift)

temps = [11, 14, 13, 17, 21, 20]
print("steps", [b - a for a, b in pairwise(temps)])
print("warm-up", list(dropwhile(lambda t: t < 15, temps)))
print("squares", list(takewhile(lambda n: n < 80, (n * n for n in count(1)))))
print("powers", list(starmap(pow, [(2, 5), (3, 2), (10, 3)])))


def primes():
    yield 2
    for n in count(3, 2):
        if all(n % p for p in takewhile(lambda p: p * p <= n, primes())):
            yield n


print("primes", list(islice(primes(), 10, 15)))
for left, right in zip_longest("abc", "wxyz", fillvalue="-"):
    print(left, right, end="; ")
print(list(chain.from_iterable([[1], [], [2, 3]])))
