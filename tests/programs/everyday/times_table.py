# snakepen: {"args": ["9"]}
import sys

n = int(sys.argv[1]) if len(sys.argv) > 1 else 12
width = len(str(n * n)) + 1

print(" " * width + "|", end="")
for col in range(1, n + 1):
    print(f"{col:{width}}", end="")
print()
print("=" * width + "+" + "=" * (width * n))
for row in range(1, n + 1):
    print(f"{row:{width}}|", end="")
    for col in range(1, n + 1):
        print(f"{row * col:{width}}" if col <= row else " " * (width - 1) + ".", end="")
    print()
