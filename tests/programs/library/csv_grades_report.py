# snakepen: {"files": {"data/grades.csv": "name,subject,score\r\nAda,Maths,97\r\nAda,Physics,88\r\nLinus,Maths,71\r\n\"Hopper, Grace\",Maths,93\r\n\"Hopper, Grace\",Physics,99\r\nLinus,Physics,\r\n"}}
import csv
from collections import defaultdict

scores = defaultdict(dict)
with open("data/grades.csv", newline="") as f:
    for row in csv.DictReader(f):
        scores[row["name"]][row["subject"]] = int(row["score"]) if row["score"] else None

subjects = sorted({s for marks in scores.values() for s in marks})
print(f"{'Student':<15}", *(f"{s:>8}" for s in subjects), f"{'Average':>8}")
for name in sorted(scores):
    marks = [scores[name].get(s) for s in subjects]
    known = [m for m in marks if m is not None]
    cells = [f"{m:>8}" if m is not None else f"{'-':>8}" for m in marks]
    print(f"{name:<15}", *cells, f"{sum(known) / len(known):>8.1f}")

with open("averages.csv", "w", newline="") as f:
    writer = csv.writer(f, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(["name", "best"])
    for name, marks in sorted(scores.items()):
        writer.writerow([name, max(m for m in marks.values() if m is not None)])
print(open("averages.csv").read(), end="")
