import numpy as np
from scipy import integrate, optimize

root = optimize.brentq(lambda x: np.cos(x) - x, 0, 1)
print(f"cos x = x at {root:.6f}")

rosen = optimize.minimize(optimize.rosen, [-1.2, 1.0], jac=optimize.rosen_der, method="BFGS")
print("rosenbrock minimum", rosen.x.round(3), rosen.success)

# 3x + 5y at most: two machines, each with its own hours.
plan = optimize.linprog(c=[-3, -5], A_ub=[[1, 0], [0, 2], [3, 2]], b_ub=[4, 12, 18])
print("best plan", plan.x.round(4), "profit", round(-plan.fun, 4))

t = np.linspace(0, 4, 25)
data = 2.5 * np.exp(-1.3 * t) + 0.5
params, _ = optimize.curve_fit(lambda t, a, b, c: a * np.exp(-b * t) + c, t, data, p0=(1, 1, 0))
print("curve fit", params.round(4))

area, _ = integrate.quad(lambda x: np.exp(-x * x), -np.inf, np.inf)
print(f"gaussian area squared {area ** 2:.6f}")
fall = integrate.solve_ivp(lambda t, y: [y[1], -9.81], (0, 5), [20.0, 5.0],
                           events=lambda t, y: y[0], rtol=1e-8, dense_output=True)
print(f"ball lands after {fall.t_events[0][0]:.4f} s; height at 1 s {fall.sol(1.0)[0]:.3f} m")
print("simpson", round(float(integrate.simpson([0, 1, 4, 9, 16], dx=1)), 4))
try:
    optimize.brentq(lambda x: x * x + 1, -1, 1)
except ValueError as err:
    print("ValueError:", err)
