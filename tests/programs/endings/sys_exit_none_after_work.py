# snakepen: {"stdin": "alpha\nbeta\nSTOP\ngamma\n"}
import sys


def lines():
    for raw in sys.stdin:
        line = raw.strip()
        if line == "STOP":
            sys.exit(None)
        yield line


for n, line in enumerate(lines(), 1):
    print(n, line)
print("all read")
