import matplotlib.pyplot as plt
import numpy as np

x = np.linspace(0, 2 * np.pi, 50)
plt.plot(x, np.sin(x), "r-", label="sin")
plt.plot(x, np.cos(x), "b--", label="cos")
plt.title("Waves")
plt.legend()
plt.grid(True)
plt.show()

print("crossings:", int(np.count_nonzero(np.diff(np.sign(np.sin(x) - np.cos(x))))))
plt.figure()
plt.text(0.5, 0.5, r"$\int_0^1 x^2\,dx = \frac{1}{3}$")
plt.savefig("formula.png")
plt.show()
print("done, backend", plt.get_backend().lower())
