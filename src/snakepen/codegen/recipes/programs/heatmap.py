"""A heatmap: a table in which colours stand for numbers."""

import matplotlib.pyplot as plt
import numpy as np

TITLE = "Visitors by day and hour"
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
HOURS = range(9, 18)

# Made up: most come on weekends, and about three o'clock. Put in your own numbers!
rng = np.random.default_rng(seed=1)
by_day = np.array([20, 18, 22, 25, 32, 60, 52])[:, None]
by_hour = np.exp(-((np.array(HOURS) - 15) ** 2) / 12)
visitors = rng.poisson(by_day * by_hour)

day, hour = np.unravel_index(visitors.argmax(), visitors.shape)
print(f"{visitors.sum()} visitors in all")
print(f"Most, {visitors.max()}, on {DAYS[day]} at {HOURS[hour]} o'clock")

fig, ax = plt.subplots()
picture = ax.imshow(visitors, cmap="YlOrRd", aspect="auto")
for (row, column), number in np.ndenumerate(visitors):
    dark = number > visitors.max() * 0.6
    color = "white" if dark else "black"
    ax.text(column, row, number, ha="center", va="center", color=color)
ax.set_xticks(range(len(HOURS)), [f"{hour}:00" for hour in HOURS])
ax.set_yticks(range(len(DAYS)), DAYS)
ax.set_title(TITLE)
fig.colorbar(picture, label="visitors")
plt.show()
