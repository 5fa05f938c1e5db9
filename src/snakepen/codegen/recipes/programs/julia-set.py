"""Draws a Julia set."""

import matplotlib.pyplot as plt
import numpy as np

C = -0.8 + 0.156j  # another number makes another picture: try -0.4 + 0.6j
STEPS = 200  # more show finer edges
WIDTH = 600  # in points; more take longer
HEIGHT = 400
LEFT, RIGHT, BOTTOM, TOP = -1.65, 1.65, -1.1, 1.1


def escape_steps():
    """For each point z: after how many steps of z = z² + c is z beyond 2?"""
    z = np.linspace(LEFT, RIGHT, WIDTH) + 1j * np.linspace(BOTTOM, TOP, HEIGHT)[:, None]
    steps = np.full(z.shape, STEPS)
    for step in range(STEPS):
        inside = steps == STEPS
        z[inside] = z[inside] ** 2 + C
        steps[inside & (abs(z) > 2)] = step
    return steps


def main():
    steps = escape_steps()
    print(f"{(steps == STEPS).mean():.1%} of the picture stay after {STEPS} steps.")
    plt.imshow(
        steps + 1,
        cmap="twilight_shifted",
        extent=(LEFT, RIGHT, BOTTOM, TOP),
        origin="lower",
        norm="log",
    )
    plt.title(f"Julia set of c = {C}")
    plt.xlabel("real part of z")
    plt.ylabel("imaginary part of z")
    plt.show()


if __name__ == "__main__":
    main()
