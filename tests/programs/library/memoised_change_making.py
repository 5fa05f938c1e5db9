from functools import cache, lru_cache, partial, reduce, total_ordering


@lru_cache(maxsize=None)
def ways(amount, coins=(50, 20, 10, 5, 2, 1)):
    if amount == 0:
        return 1
    if amount < 0 or not coins:
        return 0
    return ways(amount - coins[0], coins) + ways(amount, coins[1:])


for pence in (5, 10, 50, 100):
    print(f"{pence:>3}p can be made in {ways(pence):>5,} ways")
info = ways.cache_info()
print("hits", info.hits, "misses", info.misses, "size", info.currsize)


@cache
def collatz(n):
    return 0 if n == 1 else 1 + collatz(n // 2 if n % 2 == 0 else 3 * n + 1)


print("longest chain:", max(range(1, 3000), key=collatz))


@total_ordering
class Version:
    def __init__(self, text):
        self.parts = tuple(map(int, text.split(".")))

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts

print(Version("3.9") < Version("3.10"), Version("2.0") >= Version("2.0.1"))
binary = partial(int, base=2)
print(binary("101010"), reduce(lambda a, b: a * b, range(1, 11)))
