"""Draws the Mandelbrot set."""

import matplotlib.pyplot as plt
import numpy as np

STEPS = 80  # more show finer edges
WIDTH = 600  # in points; more take longer
HEIGHT = 400
LEFT, RIGHT, BOTTOM, TOP = -2.2, 1.0, -1.07, 1.07


def escape_steps():
    """For each point c: after how many steps of z = z² + c is z beyond 2?"""
    c = np.linspace(LEFT, RIGHT, WIDTH) + 1j * np.linspace(BOTTOM, TOP, HEIGHT)[:, None]
    z = np.zeros_like(c)
    steps = np.full(c.shape, STEPS)
    for step in range(STEPS):
        inside = steps == STEPS
        z[inside] = z[inside] ** 2 + c[inside]
        steps[inside & (abs(z) > 2)] = step
    return steps


def main():
    steps = escape_steps()
    print(f"{(steps == STEPS).mean():.1%} of the picture belong to the set.")
    for row in steps[::-20, ::10]:
        print("".join("#" if n == STEPS else "+" if n > 8 else "." for n in row))
    plt.imshow(
        steps,
        cmap="magma",
        extent=(LEFT, RIGHT, BOTTOM, TOP),
        origin="lower",
        norm="log",
    )
    plt.title(f"The Mandelbrot set, {STEPS} steps")
    plt.xlabel("real part of c")
    plt.ylabel("imaginary part of c")
    plt.show()


if __name__ == "__main__":
    main()
