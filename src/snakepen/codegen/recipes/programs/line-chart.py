"""A line chart with two lines."""

import matplotlib.pyplot as plt

TITLE = "Visitors of a museum"
NUMBERS = None  # numbers here, such as "3 4 5", are drawn instead
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
LINES = {
    "this week": [120, 98, 134, 151, 180, 310, 275],
    "last week": [110, 105, 120, 140, 166, 280, 290],
}

if NUMBERS:
    values = [float(number) for number in NUMBERS.split()]
    TITLE, LINES = "Line chart", {"numbers": values}
    DAYS = [str(place) for place in range(1, len(values) + 1)]

fig, ax = plt.subplots()
for name, values in LINES.items():
    average = sum(values) / len(values)
    print(
        f"{name:10} from {min(values):g} to {max(values):g}, on average {average:.1f}"
    )
    ax.plot(DAYS, values, marker="o", label=name)
ax.set_title(TITLE)
ax.grid(alpha=0.3)
if len(LINES) > 1:
    ax.legend()
plt.show()
