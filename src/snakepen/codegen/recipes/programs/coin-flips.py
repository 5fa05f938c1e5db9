"""Flips a coin, and looks how the share of heads comes closer to one half."""

import random
from itertools import groupby

FLIPS = 100

flips = random.choices("HT", k=FLIPS)
text = "".join(flips)
for start in range(0, min(FLIPS, 1000), 50):
    print(text[start : start + 50])
if FLIPS > 1000:
    print(f"... and {FLIPS - 1000:,} more")

heads = flips.count("H")
longest = max(len(list(run)) for _, run in groupby(flips))
print(f"Heads {heads:,} ({heads / FLIPS:.1%}), tails {FLIPS - heads:,}")
print(f"The longest run of the same side: {longest}")
