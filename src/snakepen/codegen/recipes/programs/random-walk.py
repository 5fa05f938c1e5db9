"""Random walks: where does one get by steps in any direction?"""

import matplotlib.pyplot as plt
import numpy as np

STEPS = 1000
WALKERS = 5

rng = np.random.default_rng()
directions = np.array([(1, 0), (-1, 0), (0, 1), (0, -1)])
steps = directions[rng.integers(4, size=(WALKERS, STEPS))]
paths = np.concatenate([np.zeros((WALKERS, 1, 2)), steps.cumsum(axis=1)], axis=1)

for number, path in enumerate(paths, 1):
    x, y = path[-1].astype(int)
    print(f"Walker {number}: at {x}, {y}, {np.hypot(x, y):.1f} away from the start")
    plt.plot(path[:, 0], path[:, 1], linewidth=1, label=f"walker {number}")
print(f"Expected after {STEPS} steps: about {np.sqrt(STEPS):.1f} away")

plt.plot(0, 0, "ko")
plt.gca().set_aspect("equal")
plt.title(f"{WALKERS} random walks of {STEPS} steps")
plt.xlabel("x")
plt.ylabel("y")
plt.legend()
plt.show()
