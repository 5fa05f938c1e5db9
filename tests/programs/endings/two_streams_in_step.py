import os
import sys

for n in range(1, 6):
    print(f"out {n}")
    print(f"err {n}", file=sys.stderr)
    if n == 3:
        sys.stdout.flush()
        os.write(1, b"raw out\n")
        os.write(2, b"raw err\n")

print("no newline at the end", end="")
print("progress 10%\rprogress 100%\b\b\b\bdone\x1b[0m", end="\r\n", file=sys.stderr)
sys.stdout.buffer.write("→ the buffer jumps the queue\n".encode())
sys.stderr.write("partial")
