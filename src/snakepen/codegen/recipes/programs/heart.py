"""Draws a heart: as a picture, and in characters."""

import matplotlib.pyplot as plt
import numpy as np

COLOR = "red"

# A character belongs to the heart when (x² + y² - 1)³ is at most x²y³.
for y in np.arange(1.2, -1.1, -0.15):
    row = ""
    for x in np.linspace(-1.25, 1.25, 37):
        row += "*" if (x**2 + y**2 - 1) ** 3 <= x**2 * y**3 else " "
    print(row.rstrip())

# Another curve of this shape, which one can go along.
t = np.linspace(0, 2 * np.pi, 400)
x = 16 * np.sin(t) ** 3
y = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)

fig, ax = plt.subplots()
ax.fill(x, y, color=COLOR)
ax.set_aspect("equal")
ax.axis("off")
ax.set_title("A heart")
plt.show()
