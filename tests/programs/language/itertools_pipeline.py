from functools import cache, partial, reduce, singledispatch
from itertools import accumulate, chain, combinations, count, cycle, groupby, islice, pairwise, product, starmap, takewhile, zip_longest
from operator import mul

text = "wwwbbbbwwwwwr"
encoded = [(len(list(g)), k) for k, g in groupby(text)]
print(encoded, "".join(starmap(mul, encoded)) == text)

print(list(takewhile(lambda n: n < 60, accumulate(count(1), mul))))
print([b - a for a, b in pairwise([1, 4, 9, 16, 25])])
print(["".join(p) for p in product("ab", repeat=2)], len(list(combinations(range(6), 3))))
print(list(islice(cycle(["red", "amber", "green"]), 2, 7)))
print(list(zip_longest("abc", [1], fillvalue="-")), list(chain.from_iterable([[1], (), "x"])))

compose = lambda *fs: reduce(lambda f, g: lambda x: g(f(x)), fs)
print(compose(str.strip, str.title, partial(print, "composed:", sep=" "))("  hi there "))


@cache
def ways(amount, coins=(50, 20, 10, 5, 2, 1)):
    if amount == 0:
        return 1
    if amount < 0 or not coins:
        return 0
    return ways(amount - coins[0], coins) + ways(amount, coins[1:])


print(ways(100), ways.cache_info())


@singledispatch
def show(x): return f"? {x}"
@show.register
def _(x: int): return f"int {x:d}"
@show.register(list)
def _(x): return "list of " + ", ".join(map(show, x))


print(show([1, True, "a", [2.5]]))
