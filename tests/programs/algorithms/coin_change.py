# snakepen: {"args": ["63", "1", "5", "10", "21", "25"]}
import sys

target, *coins = map(int, sys.argv[1:])

ways = [1] + [0] * target
for coin in coins:
    for amount in range(coin, target + 1):
        ways[amount] += ways[amount - coin]

fewest = [0] + [None] * target
last = [0] * (target + 1)
for amount in range(1, target + 1):
    options = [(fewest[amount - c] + 1, c) for c in coins if c <= amount]
    fewest[amount], last[amount] = min(options)


def spend(amount):
    while amount:
        yield last[amount]
        amount -= last[amount]


greedy, rest = [], target
for coin in sorted(coins, reverse=True):
    greedy += [coin] * (rest // coin)
    rest %= coin

print(f"{ways[target]} ways to pay {target} with {coins}")
print("fewest coins:", sorted(spend(target)))
print("greedy gives:", greedy, f"({len(greedy)} coins)")
print("hardest amount:", max(range(target + 1), key=lambda a: fewest[a]))
