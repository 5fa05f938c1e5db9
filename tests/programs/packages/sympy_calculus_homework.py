from sympy import Eq, Function, Rational, cos, diff, dsolve, exp, factor, integrate, limit, oo, series, sin, solve, symbols

x, y, k = symbols("x y k")

print("roots     ", solve(x**3 - 6 * x**2 + 11 * x - 6, x))
print("system    ", solve([Eq(2 * x + y, 7), Eq(x - y, Rational(1, 2))], [x, y]))
print("complex   ", solve(x**2 + 2 * x + 5, x))
print("derivative", diff(sin(x) ** 2 * exp(-x), x).simplify())
print("tangent   ", diff(x**3, x).subs(x, 2), diff(x**2 * y**3, x, y))
print("integral  ", integrate(x * cos(x), x))
print("definite  ", integrate(exp(-x**2), (x, -oo, oo)))
print("limit     ", limit(sin(3 * x) / x, x, 0), limit((1 + 1 / x) ** x, x, oo))
print("series    ", series(exp(x) * cos(x), x, 0, 6))
print("factored  ", factor(x**4 - 1), factor(x**2 * y - y))

f = Function("f")
print("ode       ", dsolve(f(x).diff(x, 2) + 9 * f(x), f(x)))
print("numeric   ", integrate(1 / (1 + x**4), (x, 0, 1)).evalf(12))
