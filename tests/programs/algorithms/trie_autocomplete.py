# snakepen: {"stdin": "car\nca\nb\ndo\nx\n"}
import sys


class Trie:
    def __init__(self, words=()):
        self.children = {}
        self.ends = False
        for word in words:
            self.add(word)

    def add(self, word):
        node = self
        for letter in word:
            node = node.children.setdefault(letter, Trie())
        node.ends = True

    def walk(self, prefix=""):
        if self.ends:
            yield prefix
        for letter, child in sorted(self.children.items()):
            yield from child.walk(prefix + letter)

    def complete(self, prefix):
        node = self
        for letter in prefix:
            node = node.children.get(letter)
            if node is None:
                return []
        return list(node.walk(prefix))

    def __len__(self):
        return 1 + sum(map(len, self.children.values()))


trie = Trie("car cart carbon cat catalogue dog door do bee been beer".split())
print("nodes:", len(trie))
for line in sys.stdin:
    prefix = line.strip()
    found = trie.complete(prefix)
    print(f"{prefix}... {len(found)}: {', '.join(found) or '(nothing)'}")
