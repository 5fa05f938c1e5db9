import numpy as np

rng = np.random.default_rng(seed=20240601)

for size in (100, 10_000, 400_000):
    x, y = rng.random((2, size))
    inside = np.count_nonzero(x * x + y * y < 1)
    print(f"{size:>8,} darts: pi is about {4 * inside / size:.4f}")

steps = rng.choice([-1, 1], size=(2000, 100))
paths = steps.cumsum(axis=1)
ends = paths[:, -1]
print("walks that finish above 10:", int((ends > 10).sum()))
print("average squared distance:", round(float((ends ** 2).mean()), 2), "(theory says 100)")
returned = (paths == 0).any(axis=1).mean()
print(f"came home at least once: {returned:.1%}")

histogram, edges = np.histogram(ends, bins=[-40, -20, -10, 0, 10, 20, 40])
for count, low, high in zip(histogram, edges, edges[1:]):
    print(f"{low:>4}..{high:<4}{'*' * (int(count) // 20)} {count}")
first, second = (np.random.default_rng(20240601).random(3) for _ in range(2))
print("repeatable:", np.array_equal(first, second), first.round(4))
