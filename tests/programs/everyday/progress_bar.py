import sys
import time


def bar(iterable, width=20, label="Working"):
    total = len(iterable)
    for done, item in enumerate(iterable, start=1):
        yield item
        filled = width * done // total
        sys.stdout.write(f"\r{label}: [{'=' * filled:<{width}}] {100 * done // total:3d}%")
        sys.stdout.flush()
    sys.stdout.write("\n")


checksum = 0
for chunk in bar(range(25), label="Downloading"):
    time.sleep(0.001)
    checksum = (checksum * 31 + chunk) % 65521

for c in "|/-\\" * 2:
    print(c, end="\b", flush=True)
print(f"done, checksum {checksum:04x}")
