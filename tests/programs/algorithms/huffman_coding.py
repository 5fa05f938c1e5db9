import heapq
from collections import Counter


def build(text):
    heap = [(count, char, char) for char, count in Counter(text).items()]
    heapq.heapify(heap)
    while len(heap) > 1:
        n1, name1, left = heapq.heappop(heap)
        n2, name2, right = heapq.heappop(heap)
        heapq.heappush(heap, (n1 + n2, min(name1, name2), (left, right)))
    return heap[0][2]


def codes(tree, prefix=""):
    match tree:
        case (left, right):
            yield from codes(left, prefix + "0")
            yield from codes(right, prefix + "1")
        case leaf:
            yield leaf, prefix or "0"


def decode(bits, tree):
    node = tree
    for bit in bits:
        node = node[int(bit)]
        if isinstance(node, str):
            yield node
            node = tree


text = "she sells sea shells by the sea shore"
tree = build(text)
table = dict(codes(tree))
for char, code in sorted(table.items(), key=lambda kv: (len(kv[1]), kv[1])):
    print(f"{char!r} x{text.count(char):<2} {code}")
bits = "".join(table[c] for c in text)
print(f"{len(text) * 8} bits -> {len(bits)} bits ({len(bits) / len(text):.3f} per letter)")
print(int(bits, 2).to_bytes((len(bits) + 7) // 8, "big").hex())
assert "".join(decode(bits, tree)) == text
