"""A scatter plot: do two things go together?"""

import matplotlib.pyplot as plt
import numpy as np

POINTS = 100

# Made up: heights and weights. Put in your own numbers!
rng = np.random.default_rng(seed=1)
height = rng.normal(170, 9, POINTS)
weight = 0.9 * (height - 170) + 70 + rng.normal(0, 7, POINTS)

correlation = np.corrcoef(height, weight)[0, 1]
print(f"{POINTS} points, correlation {correlation:.2f}")

fig, ax = plt.subplots()
dots = ax.scatter(height, weight, c=weight / (height / 100) ** 2, cmap="viridis")
fig.colorbar(dots, label="body mass index")
ax.set_title(f"Height and weight of {POINTS} people")
ax.set_xlabel("height in cm")
ax.set_ylabel("weight in kg")
plt.show()
