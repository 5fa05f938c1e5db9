# snakepen: {"files": {"houses.csv": "area,rooms,price\n50,2,151\n65,3,198\n80,3,236\n95,4,283\n120,4,349\n140,5,406\n"}}
import numpy as np

data = np.genfromtxt("houses.csv", delimiter=",", skip_header=1)
features, price = data[:, :2], data[:, 2]
design = np.column_stack([np.ones(len(data)), features])

weights, residuals, rank, _ = np.linalg.lstsq(design, price, rcond=None)
print("intercept {:.3f}, per square metre {:.3f}, per room {:.3f}".format(*weights))
predicted = design @ weights
r2 = 1 - ((price - predicted) ** 2).sum() / ((price - price.mean()) ** 2).sum()
print(f"rank {rank}, R squared {r2:.5f}")

mean, spread = features.mean(axis=0), features.std(axis=0)
scaled = np.column_stack([np.ones(len(data)), (features - mean) / spread])
w = np.zeros(3)
for step in range(20_001):
    gradient = 2 * scaled.T @ (scaled @ w - price) / len(price)
    w -= 0.05 * gradient
    if step in (0, 10, 100, 20_000):
        loss = ((scaled @ w - price) ** 2).mean()
        print(f"step {step:>6}: loss {loss:.3f}")
print("gradient descent agrees:", np.allclose(scaled @ w, predicted, atol=1e-3))
print(f"a 100 m2 flat with 3 rooms: {np.array([1, 100, 3]) @ weights:.1f}")
