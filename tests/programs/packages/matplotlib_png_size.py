import os
import struct

import matplotlib.pyplot as plt

years = [2019, 2020, 2021, 2022, 2023]
visitors = [120, 35, 60, 110, 142]

fig, ax = plt.subplots(figsize=(6, 4), dpi=80)
ax.plot(years, visitors, marker="o", label="museum")
ax.axhline(100, color="grey", linestyle="--", label="target")
ax.set(title="Visitors (thousands)", xlabel="year", ylim=(0, 160))
ax.set_xticks(years)
legend = ax.legend(loc="lower right")
fig.savefig("visitors.png")

with open("visitors.png", "rb") as f:
    head = f.read(24)
print("signature ok:", head[:8] == b"\x89PNG\r\n\x1a\n")
print("size in pixels:", struct.unpack(">II", head[16:]))
print("title:", ax.get_title(), "| lines:", len(ax.lines), "| legend:", [t.get_text() for t in legend.get_texts()])
print("limits:", ax.get_ylim(), "files:", [n for n in sorted(os.listdir()) if n.endswith(".png")])
