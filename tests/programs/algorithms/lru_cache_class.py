from collections import OrderedDict


class LRUCache:
    def __init__(self, capacity):
        self.capacity = capacity
        self.data = OrderedDict()
        self.hits = self.misses = 0

    def __getitem__(self, key):
        if key not in self.data:
            self.misses += 1
            raise KeyError(key)
        self.hits += 1
        self.data.move_to_end(key)
        return self.data[key]

    def __setitem__(self, key, value):
        self.data[key] = value
        self.data.move_to_end(key)
        if len(self.data) > self.capacity:
            gone, _ = self.data.popitem(last=False)
            print(f"  evicted {gone!r}")

    def __repr__(self):
        return f"<LRUCache {dict(self.data)} hits={self.hits} misses={self.misses}>"


cache = LRUCache(3)
for page in "ABCADBEACDA":
    try:
        cache[page]
        print("hit ", page)
    except KeyError as missing:
        print("miss", missing)
        cache[page] = page.lower() * 2
print(cache)
print(cache["Z"])
