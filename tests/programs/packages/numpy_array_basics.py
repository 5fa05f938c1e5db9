import numpy as np

grid = np.arange(12).reshape(3, 4)
print(grid, grid.shape, grid.dtype)
print("column means", grid.mean(axis=0), "row sums", grid.sum(axis=1))
print("evens:", grid[grid % 2 == 0])
print("corner view:\n", grid[1:, -2:])

grid[1] *= 10
print(grid.T.tolist())
print(np.where(grid > 10, grid, -1))
print(np.concatenate([grid[0], [99, 100]]), np.stack([grid[0], grid[2]]).shape)

temps = np.array([21.5, np.nan, 19.0, 23.25])
print(np.nanmean(temps).round(3), np.isnan(temps).sum(), np.argmax(np.nan_to_num(temps)))
values, counts = np.unique(list("mississippi"), return_counts=True)
print(dict(zip(values.tolist(), counts.tolist())))
try:
    grid + np.ones(5)
except ValueError as err:
    print("ValueError:", err)
