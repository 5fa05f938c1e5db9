"""Draws a surface in three dimensions: ripples around the middle."""

import matplotlib.pyplot as plt
import numpy as np


def height(x, y):
    """Put in a function of your own!"""
    distance = np.sqrt(x**2 + y**2)
    return np.cos(2 * distance) * np.exp(-distance / 3)


x, y = np.meshgrid(np.linspace(-6, 6, 121), np.linspace(-6, 6, 121))
z = height(x, y)
top = np.unravel_index(z.argmax(), z.shape)
print(f"Heights from {z.min():.2f} to {z.max():.2f}")
print(f"The highest point is at x = {x[top]:.1f}, y = {y[top]:.1f}")

fig, ax = plt.subplots(subplot_kw={"projection": "3d"})
surface = ax.plot_surface(x, y, z, cmap="viridis")
fig.colorbar(surface, shrink=0.6, pad=0.1)
ax.set_title("A surface in three dimensions")
ax.set_xlabel("x")
ax.set_ylabel("y")
ax.set_zlabel("z")
plt.show()
