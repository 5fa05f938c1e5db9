letters = list("abcdefghij")
print(letters[::-1][:3], letters[-3:], letters[1:-1:4], letters[100:], letters[:-100])

letters[2:5] = ["X"]
print("".join(letters))
letters[::2] = [c.upper() for c in letters[::2]]
print("".join(letters))
letters[1:1] = "++"
del letters[-2:]
print("".join(letters), len(letters))

try:
    letters[::3] = "no"
except ValueError as exc:
    print("ValueError:", exc)

first, *middle, last = "snakes"
print(first, middle, last)
(a, b), *rest = [(1, 2), 3, (4, 5)]
print(a, b, rest)


class Grid:
    def __getitem__(self, key):
        return key


g = Grid()
print(g[1], g[1:2], g[::3, ..., None], g[()])
print(slice(None, -2, None).indices(7), slice(10, 0, -3).indices(8))
word = "rotate me"
print([word[i:] + word[:i] for i in range(0, len(word), 3)])
print(bytes(range(10))[7:2:-2], range(0, 100, 7)[3:6], (*range(3), *"ab"))
