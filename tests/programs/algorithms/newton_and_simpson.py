import math
import warnings


def newton(f, df, x, tolerance=1e-12):
    for step in range(50):
        slope = df(x)
        if slope == 0:
            raise ZeroDivisionError(f"flat at x={x}")
        x, old = x - f(x) / slope, x
        if abs(x - old) < tolerance:
            return x, step + 1
    warnings.warn("no convergence", RuntimeWarning, stacklevel=2)
    return math.nan, 50


def simpson(f, a, b, n=100):
    h = (b - a) / n
    total = f(a) + f(b)
    total += sum((4 if i % 2 else 2) * f(a + i * h) for i in range(1, n))
    return total * h / 3


print("cube root of 10: %.9f in %d steps" % newton(lambda x: x**3 - 10, lambda x: 3 * x * x, 2.0))
root, steps = newton(lambda x: math.cos(x) - x, lambda x: -math.sin(x) - 1, 1.0)
print(f"cos x = x at {root:.9f} in {steps} steps")
print("bouncing:", newton(lambda x: x**3 - 2 * x + 2, lambda x: 3 * x * x - 2, 0.0))

print(f"area under sin: {simpson(math.sin, 0, math.pi):.7f}")
for n in (2, 8, 32):
    print(f"pi with {n:>2} slices: {simpson(lambda x: 4 / (1 + x * x), 0, 1, n):.8f}")
newton(lambda x: x * x + 1, lambda x: 2 * x, 0.0)
