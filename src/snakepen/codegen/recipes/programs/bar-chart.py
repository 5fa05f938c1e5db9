"""A bar chart."""

import matplotlib.pyplot as plt

TITLE = "Favourite fruit of the class"
NUMBERS = None  # numbers here, such as "3 4 5", are drawn instead
VALUES = {"apple": 9, "banana": 6, "cherry": 12, "grape": 7, "mango": 10}

if NUMBERS:
    TITLE = "Bar chart"
    VALUES = {str(n): float(x) for n, x in enumerate(NUMBERS.split(), start=1)}

fig, ax = plt.subplots()
bars = ax.bar(VALUES.keys(), VALUES.values(), color="tab:blue")
ax.bar_label(bars, fmt="{:g}")
ax.set_title(TITLE)
ax.spines[["top", "right"]].set_visible(False)
if not NUMBERS:
    ax.set_xlabel("fruit")
    ax.set_ylabel("votes")

most = max(VALUES, key=VALUES.get)
print(f"{sum(VALUES.values()):g} in all; most of them, {VALUES[most]:g}, for {most}")
plt.show()
