cache = {1: 1}


def collatz(n):
    while n != 1:
        yield n
        n = n // 2 if n % 2 == 0 else 3 * n + 1
    yield 1


def length(n):
    trail = []
    while n not in cache:
        trail.append(n)
        n = n // 2 if n % 2 == 0 else 3 * n + 1
    known = cache[n]
    for steps, m in enumerate(reversed(trail), start=1):
        cache[m] = known + steps
    return known + len(trail)


print("13:", " → ".join(map(str, collatz(13))))
path = list(collatz(27))
print("27 needs", len(path) - 1, "steps and climbs to", max(path))
record = 0
for n in range(1, 20001):
    if length(n) > record:
        record = length(n)
        print(f"{n:>6} {record:>4} {'▪' * (record // 10)}")
print("numbers remembered:", len(cache))
