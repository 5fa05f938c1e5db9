import re

log = """10:01 INFO start
10:02 ERROR disk full (code 28)
garbage
10:05 ERROR no route (code 113)"""

for line in log.splitlines():
    if m := re.fullmatch(r"(\d+:\d+) ERROR (.+) \(code (\d+)\)", line):
        print(f"{m[1]} -> {m[2].title()} #{int(m[3]):03d}")

x = "outer"
squares = [x * x for x in range(4)]
print(x, squares)

seen = [last := n % 3 for n in range(5)]
print(last, seen)

evens = [half for n in range(10) if (half := n // 2) * 2 == n]
print(evens, half)

matrix = [[r * 3 + c for c in range(3)] for r in range(3)]
print([cell for row in matrix for cell in row if cell % 2], list(zip(*matrix)))


class Scope:
    size = 2
    items = [size] * size
    try:
        broken = [size for _ in range(1)]
    except NameError as exc:
        print("NameError:", exc)


print({k: v for v, k in enumerate("abc")}, (total := sum(squares)), total + 1)
print(Scope.items, hasattr(Scope, "broken"))
