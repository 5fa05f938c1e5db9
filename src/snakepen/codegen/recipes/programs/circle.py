"""Draws a circle, with its circumference and area."""

from math import pi

import matplotlib.pyplot as plt

RADIUS = 5
COLOR = "blue"

print(f"Radius:        {RADIUS:,}")
print(f"Circumference: {2 * pi * RADIUS:.2f}")
print(f"Area:          {pi * RADIUS**2:.2f}")

fig, ax = plt.subplots()
ax.add_patch(plt.Circle((0, 0), RADIUS, edgecolor=COLOR, facecolor="none", linewidth=2))
ax.plot([0, RADIUS], [0, 0], color="gray", marker=".", label=f"radius {RADIUS:,}")
ax.set_xlim(-1.2 * RADIUS, 1.2 * RADIUS)
ax.set_ylim(-1.2 * RADIUS, 1.2 * RADIUS)
ax.set_aspect("equal")
ax.grid(alpha=0.3)
ax.legend()
ax.set_title(f"A circle of radius {RADIUS:,}")
plt.show()
