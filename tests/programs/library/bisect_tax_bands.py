# snakepen: {"stdin": "9000\n31250.50\n75000\n200000\nlots\n"}
import bisect
from itertools import accumulate

LIMITS = [12_570, 50_270, 125_140]
RATES = [0, 20, 40, 45]

widths = [LIMITS[0]] + [b - a for a, b in zip(LIMITS, LIMITS[1:])]
paid_below = [0, *accumulate(w * r / 100 for w, r in zip(widths, RATES))]


def tax(income):
    band = bisect.bisect_left(LIMITS, income)
    floor = LIMITS[band - 1] if band else 0
    return band, paid_below[band] + (income - floor) * RATES[band] / 100


while True:
    try:
        line = input("Income? ")
    except EOFError:
        print("\nbye")
        break
    try:
        band, due = tax(float(line))
    except ValueError as problem:
        print("Sorry:", problem)
        continue
    print(f"top rate {RATES[band]}%, tax {due:,.2f}")

ranking = []
for score in (40, 75, 12, 75, 60):
    bisect.insort(ranking, score, key=lambda s: -s)
    print(ranking)
