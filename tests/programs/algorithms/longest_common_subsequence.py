from functools import lru_cache

OLD = "def area(r):\n    pi = 3.14\n    return pi * r * r\n\nprint(area(2))"
NEW = "import math\n\ndef area(r):\n    return math.pi * r ** 2\n\nprint(area(2))"


def lcs(a, b):
    @lru_cache(maxsize=None)
    def longest(i, j):
        if i == len(a) or j == len(b):
            return ()
        if a[i] == b[j]:
            return (a[i],) + longest(i + 1, j + 1)
        return max(longest(i + 1, j), longest(i, j + 1), key=len)

    return longest(0, 0)


def diff(a, b):
    a, b = list(a), list(b)
    for line in (*lcs(tuple(a), tuple(b)), None):
        while a and a[0] != line:
            yield "- " + a.pop(0)
        while b and b[0] != line:
            yield "+ " + b.pop(0)
        if line is not None:
            yield "  " + a.pop(0)
            b.pop(0)


print("".join(lcs("AGGTABCDXY", "GXTXAYBDY")))
for line in diff(OLD.split("\n"), NEW.split("\n")):
    print(line)
