"""A bar chart."""

import matplotlib.pyplot as plt

TITLE = "Favourite fruit of the class"
VALUES = {"apple": 9, "banana": 6, "cherry": 12, "grape": 7, "mango": 10}

fig, ax = plt.subplots()
bars = ax.bar(VALUES.keys(), VALUES.values(), color="tab:blue")
ax.bar_label(bars)
ax.set_title(TITLE)
ax.set_xlabel("fruit")
ax.set_ylabel("votes")
ax.spines[["top", "right"]].set_visible(False)

favourite = max(VALUES, key=VALUES.get)
print(
    f"{sum(VALUES.values())} votes; most of them, {VALUES[favourite]}, for {favourite}"
)
plt.show()
