# snakepen: {"files": {"dna.txt": "ACGTACGACGTACGTACGAACGTACGTACGACGTAGGGACGTACG\n"}, "args": ["ACGTACG", "GGG", "TTT", "AA"]}
import sys


def prefix_table(pattern):
    table, k = [0] * len(pattern), 0
    for i in range(1, len(pattern)):
        while k and pattern[i] != pattern[k]:
            k = table[k - 1]
        k += pattern[i] == pattern[k]
        table[i] = k
    return table


def find_all(text, pattern):
    table, k = prefix_table(pattern), 0
    for i, char in enumerate(text):
        while k and (k == len(pattern) or char != pattern[k]):
            k = table[k - 1]
        k += char == pattern[k]
        if k == len(pattern):
            yield i - k + 1


with open("dna.txt") as source:
    dna = source.readline().rstrip()
print(dna)
for pattern in sys.argv[1:]:
    places = list(find_all(dna, pattern))
    marks = [" "] * len(dna)
    for place in places:
        marks[place] = "^"
    print("".join(marks).rstrip() or "(none)")
    print(f"{pattern} {prefix_table(pattern)} at {places}")
    assert places == [i for i in range(len(dna)) if dna.startswith(pattern, i)]
