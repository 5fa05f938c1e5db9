"""Estimates pi by throwing points at a square: how many fall into the circle?"""

import matplotlib.pyplot as plt
import numpy as np

POINTS = 100000

rng = np.random.default_rng()
x, y = rng.random((2, POINTS))
inside = x**2 + y**2 <= 1

count = 10
while count < POINTS:
    print(f"{count:10,} points: pi is about {4 * inside[:count].mean():.5f}")
    count *= 10
estimate = 4 * inside.mean()
print(f"{POINTS:10,} points: pi is about {estimate:.5f}")
print(f"It is {np.pi:.5f}, so this is wrong by {abs(estimate - np.pi):.5f}.")

shown = slice(0, 5000)
colors = np.where(inside[shown], "tab:blue", "tab:orange")
plt.scatter(x[shown], y[shown], s=2, c=colors)
plt.gca().set_aspect("equal")
plt.title(f"{POINTS:,} points: pi ≈ {estimate:.5f}")
plt.xlabel("x")
plt.ylabel("y")
plt.show()
