"""Plots a function of x, with its derivative."""

import matplotlib.pyplot as plt
import numpy as np
import sympy
from sympy.parsing.sympy_parser import (
    convert_xor,
    implicit_multiplication,
    parse_expr,
    standard_transformations,
)

FUNCTION = "sin(x)"
FROM = -10
TO = 10

READING = (*standard_transformations, convert_xor, implicit_multiplication)
x = sympy.Symbol("x", real=True)
f = parse_expr(FUNCTION, {"x": x, "e": sympy.E}, READING)
derivative = sympy.diff(f, x)
print(f"f(x)  = {f}")
print(f"f'(x) = {derivative}")

points = np.linspace(FROM, TO, 1000)
for name, expression, style in (("f", f, "-"), ("f'", derivative, "--")):
    with np.errstate(all="ignore"):  # where a function has no value, there is a gap
        values = sympy.lambdify(x, expression, "numpy")(points) + 0 * points
    values[~np.isfinite(values) | (abs(values) > 1e6)] = np.nan
    plt.plot(points, values, style, label=f"{name}(x) = {expression}")
plt.title(f"f(x) = {f}")
plt.xlabel("x")
plt.ylabel("y")
plt.grid(alpha=0.3)
plt.legend()
plt.show()
