# snakepen: {"files": {"results.txt": "Lions 2 Tigers 1\nBears 0 Lions 0\nTigers 3 Bears 3\nWolves 1 Tigers 4\nLions 0 Wolves 2\nBears 2 Wolves 2\n"}}
from collections import defaultdict
from operator import itemgetter

table = defaultdict(lambda: {"P": 0, "W": 0, "D": 0, "L": 0, "GF": 0, "GA": 0, "Pts": 0})

with open("results.txt") as f:
    for line in f:
        home, hg, away, ag = line.split()
        hg, ag = int(hg), int(ag)
        for team, scored, let_in in ((home, hg, ag), (away, ag, hg)):
            row = table[team]
            row["P"] += 1
            row["GF"] += scored
            row["GA"] += let_in
            outcome = "W" if scored > let_in else "D" if scored == let_in else "L"
            row[outcome] += 1
            row["Pts"] += {"W": 3, "D": 1, "L": 0}[outcome]

ranking = sorted(table.items(), key=lambda kv: (-kv[1]["Pts"], kv[1]["GA"] - kv[1]["GF"], kv[0]))
columns = list(ranking[0][1])
print(f"{'':3}{'Team':<10}" + "".join(f"{c:>5}" for c in columns))
for place, (team, row) in enumerate(ranking, 1):
    print(f"{place:<3}{team:<10}" + "".join(f"{row[c]:>5}" for c in columns))

words = "the Quick brown fox jumps over The lazy dog".split()
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len, reverse=True), sep="\n")
print(max(table.items(), key=lambda kv: itemgetter("GF")(kv[1]))[0], "scored most")
