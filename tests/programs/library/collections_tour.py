from collections import ChainMap, Counter, OrderedDict, deque, namedtuple

verse = "the rain in spain stays mainly in the plain in autumn"
words = Counter(verse.split())
print(words.most_common(3))
words.subtract(["the", "the", "rain"])
print(sorted(+words))

recent = deque(maxlen=3)
for page in ["home", "news", "sport", "home", "mail"]:
    recent.append(page)
recent.rotate(1)
print(recent)


class LRU(OrderedDict):
    def __init__(self, size):
        super().__init__()
        self.size = size

    def touch(self, key, value):
        self[key] = value
        self.move_to_end(key)
        if len(self) > self.size:
            print("evicted", self.popitem(last=False))


cache = LRU(2)
for key in "abac":
    cache.touch(key, key.upper())
print(list(cache))

settings = ChainMap({"colour": "red"}, {"colour": "blue", "size": 12})
settings["font"] = "mono"
print(settings["colour"], settings["size"], settings.maps[0])

Point = namedtuple("Point", "x y z", defaults=[0])
p = Point(3, 4)
print(p, p._replace(z=9), p._asdict())
