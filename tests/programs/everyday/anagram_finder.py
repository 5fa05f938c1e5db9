# snakepen: {"files": {"words.txt": "listen\nsilent\nenlist\ngoogle\nelbow\nbelow\ninlets\nbanana\nstressed\ndesserts\nTinsel\nbobble\n"}, "args": ["words.txt"]}
import sys
from collections import defaultdict
from itertools import groupby

groups = defaultdict(list)
with open(sys.argv[1]) as words:
    for word in map(str.strip, words):
        groups["".join(sorted(word.lower()))].append(word)

for letters, members in sorted(groups.items(), key=lambda kv: (-len(kv[1]), kv[0])):
    if len(members) > 1:
        signature = "".join(f"{c}{len(list(run))}" for c, run in groupby(letters))
        print(f"{signature}: {' = '.join(sorted(members, key=str.casefold))}")

alone = [members[0] for members in groups.values() if len(members) == 1]
print(f"{len(alone)} words without an anagram: {alone}")
palindromes = [(a, b) for g in groups.values() for a in g for b in g if a < b and a == b[::-1]]
print("mirrored pairs:", palindromes)
