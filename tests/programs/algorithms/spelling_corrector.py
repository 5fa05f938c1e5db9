# snakepen: {"args": ["speling", "korrectud", "bycycle", "zzzzz", "word"]}
import difflib
import sys

DICTIONARY = ["spelling", "corrected", "bicycle", "arranged", "poetry", "word", "world", "sword"]


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        diagonal, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (x != y))
    return row[-1]


def edits(a, b):
    for op, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b).get_opcodes():
        if op != "equal":
            yield f"{op} {a[i1:i2]!r}->{b[j1:j2]!r}"


for word in sys.argv[1:]:
    ranked = sorted((distance(word, known), known) for known in DICTIONARY)
    best, known = ranked[0]
    if best == 0:
        print(f"{word}: correct; close to {[w for d, w in ranked if d == 1]}")
    elif best > len(word) // 2:
        print(f"{word}: no idea")
    else:
        print(f"{word}: did you mean {known} ({best})? {'; '.join(edits(word, known))}")
