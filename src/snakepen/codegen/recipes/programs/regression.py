"""Linear regression: the straight line that fits points best."""

import matplotlib.pyplot as plt
import numpy as np

# Made up: hours of study and points in a test. Put in your own numbers!
rng = np.random.default_rng(seed=1)
x = np.linspace(1, 10, 30)
y = 20 + 7 * x + rng.normal(scale=6, size=x.size)

slope, intercept = np.polyfit(x, y, deg=1)
predicted = slope * x + intercept
residuals = y - predicted
r_squared = 1 - (residuals**2).sum() / ((y - y.mean()) ** 2).sum()

print(f"points = {slope:.2f} × hours + {intercept:.2f}")
print(f"R² = {r_squared:.3f}: so much of the variation is explained by the line.")
print(f"Typical error: {residuals.std(ddof=2):.2f} points")
print(f"Forecast for 12 hours: {slope * 12 + intercept:.1f} points")

plt.scatter(x, y, label="measured")
plt.plot(x, predicted, color="tab:red", label=f"{slope:.2f} x + {intercept:.2f}")
plt.title(f"Linear regression, R² = {r_squared:.3f}")
plt.xlabel("hours of study")
plt.ylabel("points")
plt.legend()
plt.show()
