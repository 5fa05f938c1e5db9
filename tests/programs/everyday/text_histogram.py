import random
import statistics

rng = random.Random(7)
rolls = [sum(rng.randint(1, 6) for _ in range(3)) for _ in range(2000)]

counts = {total: rolls.count(total) for total in range(3, 19)}
scale = 40 / max(counts.values())

for total, count in counts.items():
    full, part = divmod(count * scale * 8, 8)
    bar = "█" * int(full) + " ▏▎▍▌▋▊▉"[int(part)].strip()
    print(f"{total:>2} │{bar} {count}")

print(f"mean   {statistics.mean(rolls):.3f}")
print(f"stdev  {statistics.stdev(rolls):.3f}")
print(f"median {statistics.median(rolls)}")
print("quartiles", statistics.quantiles(rolls, n=4))
