import math
import random

rng = random.Random(99)
centres = [(2, 2), (8, 3), (5, 9)]
points = [(rng.gauss(x, 0.9), rng.gauss(y, 0.9)) for x, y in centres for _ in range(30)]
rng.shuffle(points)


def k_means(points, k):
    means = rng.sample(points, k)
    for iteration in range(1, 100):
        clusters = [[] for _ in means]
        for p in points:
            nearest = min(range(k), key=lambda i: math.dist(p, means[i]))
            clusters[nearest].append(p)
        new = [tuple(sum(axis) / len(c) for axis in zip(*c)) for c in clusters]
        if new == means:
            return sorted(zip(means, clusters)), iteration
        means = new


for k in (2, 3):
    result, iterations = k_means(points, k)
    spread = sum(math.dist(p, mean) ** 2 for mean, cluster in result for p in cluster)
    print(f"k={k}: {iterations} iterations, spread {spread:.2f}")
    for (x, y), cluster in result:
        print(f"   {len(cluster):>3} points around ({x:.2f}, {y:.2f})")
