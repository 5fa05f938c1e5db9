"""A histogram of random numbers, beside the bell curve that they come from."""

import matplotlib.pyplot as plt
import numpy as np

COUNT = 1000
BINS = 30
MEAN = 100
SPREAD = 15  # the standard deviation

numbers = np.random.default_rng().normal(MEAN, SPREAD, COUNT)
print(f"{COUNT} numbers from {numbers.min():.1f} to {numbers.max():.1f}")
print(f"Mean {numbers.mean():.2f}, standard deviation {numbers.std():.2f}")
within = (abs(numbers - MEAN) < SPREAD).mean()
print(f"Within one standard deviation: {within:.1%} (expected 68.3%)")

x = np.linspace(MEAN - 4 * SPREAD, MEAN + 4 * SPREAD, 300)
curve = np.exp(-(((x - MEAN) / SPREAD) ** 2) / 2) / (SPREAD * np.sqrt(2 * np.pi))
plt.hist(numbers, bins=BINS, density=True, alpha=0.6, label="numbers")
plt.plot(x, curve, color="tab:red", label="bell curve")
plt.title(f"{COUNT} random numbers")
plt.xlabel("value")
plt.ylabel("density")
plt.legend()
plt.show()
