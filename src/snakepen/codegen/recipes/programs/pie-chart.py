"""A pie chart of shares."""

import matplotlib.pyplot as plt

TITLE = "Where the money goes"
NUMBERS = None  # numbers here, such as "3 4 5", are drawn instead
VALUES = {"rent": 850, "food": 420, "transport": 130, "fun": 160, "savings": 240}

if NUMBERS:
    TITLE = "Shares"
    VALUES = {f"part {n}": float(x) for n, x in enumerate(NUMBERS.split(), start=1)}

total = sum(VALUES.values())
for name, value in sorted(VALUES.items(), key=lambda item: -item[1]):
    print(f"{name:10} {value:6g} {value / total:6.1%}")
print(f"{'in all':10} {total:6g}")

fig, ax = plt.subplots()
ax.pie(VALUES.values(), labels=VALUES.keys(), autopct="%.0f %%", startangle=90)
ax.set_title(TITLE)
plt.show()
