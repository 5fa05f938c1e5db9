"""Makes a moving picture of a wave, and saves it as wave.gif."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation, PillowWriter

FRAMES = 20
FILE = "wave.gif"

x = np.linspace(0, 4 * np.pi, 200)
fig, ax = plt.subplots(figsize=(4, 3), dpi=80)
(line,) = ax.plot(x, np.sin(x))
ax.set_title("A wave that moves")
ax.set_xlabel("x")
ax.set_ylabel("sin(x - time)")
fig.tight_layout()


def draw(frame):
    """Move the line; after all frames the wave is where it began."""
    line.set_ydata(np.sin(x - 2 * np.pi * frame / FRAMES))
    return [line]


animation = FuncAnimation(fig, draw, frames=FRAMES)
animation.save(FILE, writer=PillowWriter(fps=15))
print(f"{FILE}: {FRAMES} frames, again and again")
plt.show()
