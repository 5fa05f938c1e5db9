# snakepen: {"files": {"sales.csv": "date,region,product,units,price\n2024-01-05,North,Widget,10,2.50\n2024-01-09,South,Gadget,3,19.99\n2024-02-11,North,Gadget,1,19.99\n2024-02-14,East,\"Widget, large\",7,4.75\n2024-03-01,South,Widget,oops,2.50\n2024-03-02,East,Widget,20,2.50\n"}}
import csv
import sys
from collections import defaultdict

revenue = defaultdict(float)
units = defaultdict(int)

with open("sales.csv", newline="") as source:
    for line, row in enumerate(csv.DictReader(source), start=2):
        try:
            count = int(row["units"])
        except ValueError as error:
            print(f"sales.csv:{line}: skipped: {error}", file=sys.stderr)
            continue
        revenue[row["region"]] += count * float(row["price"])
        units[row["product"]] += count

print("Revenue by region")
for region in sorted(revenue, key=revenue.get, reverse=True):
    print(f"  {region:<8}{revenue[region]:>10,.2f}")

with open("units.csv", "w", newline="") as target:
    writer = csv.writer(target)
    writer.writerow(["product", "units"])
    writer.writerows(sorted(units.items()))

print("\nWrote units.csv:")
with open("units.csv", newline="") as result:
    print(result.read(), end="")
