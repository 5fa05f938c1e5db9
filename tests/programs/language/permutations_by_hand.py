# snakepen: {"stdin": "abba\nxyz\n\n"}
def permutations(seq):
    if len(seq) <= 1:
        yield seq
        return
    used = []
    for i, ch in enumerate(seq):
        if ch in used:
            continue
        used.append(ch)
        for rest in permutations(seq[:i] + seq[i + 1:]):
            yield ch + rest


def powerset(items):
    if not items:
        return [[]]
    head, *tail = items
    smaller = powerset(tail)
    return smaller + [[head] + s for s in smaller]


while word := input("Word: "):
    found = list(permutations(word))
    print(f"{word!r} has {len(found)} arrangements: {', '.join(found)}")
    print("subsets:", ["".join(s) or "∅" for s in powerset(word)][:5])
print("Bye!")
