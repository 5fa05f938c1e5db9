# snakepen: {"stdin": "0 0\n3 4\n6 8\n-3 4\n"}
import sys

import numpy as np

points = np.loadtxt(sys.stdin)
delta = points[:, np.newaxis, :] - points[np.newaxis, :, :]
distance = np.sqrt((delta ** 2).sum(axis=-1))
print(np.array2string(distance, precision=2, suppress_small=True))

np.fill_diagonal(distance, np.inf)
for index, nearest in enumerate(distance.argmin(axis=1)):
    print(f"point {index} is nearest to {nearest} at {distance[index, nearest]:.1f}")

centred = points - points.mean(axis=0)
angle = np.deg2rad(90)
turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
print((centred @ turn.T).round(3) + 0.0)

times_table = np.arange(1, 6)[:, None] * np.arange(1, 6)
print("\n".join(" ".join(f"{n:3}" for n in row) for row in times_table))
print(np.einsum("ij,ij->i", points, points))
