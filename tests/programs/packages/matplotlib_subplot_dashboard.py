import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

rng = np.random.default_rng(3)
fig, axes = plt.subplots(2, 2, figsize=(5, 5), layout="constrained")
(bars, hist), (scatter, image) = axes

bars.bar(["a", "b", "c"], [3, 7, 5], color=["tab:red", "tab:green", "tab:blue"])
counts, edges, _ = hist.hist(rng.normal(size=500), bins=8, range=(-4, 4))
scatter.scatter(rng.random(30), rng.random(30), s=12, alpha=0.5)
picture = image.imshow(np.add.outer(np.arange(8), np.arange(8)), cmap="viridis")
fig.colorbar(picture, ax=image)
for ax, title in zip(axes.flat, ("bars", "histogram", "scatter", "image")):
    ax.set_title(title)
fig.savefig("dashboard.png", dpi=60)
plt.close(fig)

with Image.open("dashboard.png") as png:
    print(png.format, png.size, png.mode)
print("bar heights", [patch.get_height() for patch in bars.patches])
print("histogram", counts.astype(int).tolist(), "edges", edges.tolist())
print("axes", len(fig.axes), "image range", picture.get_clim(), "open figures", plt.get_fignums())
