class DisjointSet:
    def __init__(self):
        self.parent = {}
        self.size = {}

    def find(self, item):
        self.parent.setdefault(item, item)
        self.size.setdefault(item, 1)
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def union(self, a, b):
        a, b = self.find(a), self.find(b)
        if a == b:
            return False
        if self.size[a] < self.size[b]:
            a, b = b, a
        self.parent[b] = a
        self.size[a] += self.size[b]
        return True


world = ["~##~~~#", "~#~~###", "~~~~#~~", "##~~~~#", "##~#~~#"]
sets = DisjointSet()
for y, row in enumerate(world):
    for x, c in enumerate(row):
        if c == "#":
            sets.find((y, x))
            for other in ((y - 1, x), (y, x - 1)):
                if min(other) >= 0 and world[other[0]][other[1]] == "#":
                    sets.union((y, x), other)

names = {}
for y, row in enumerate(world):
    print("".join(
        names.setdefault(sets.find((y, x)), chr(ord("A") + len(names))) if c == "#" else c
        for x, c in enumerate(row)
    ))
for root, name in names.items():
    print(f"island {name}: {sets.size[root]} squares")
