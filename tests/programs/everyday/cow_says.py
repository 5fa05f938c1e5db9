# snakepen: {"args": ["Readability counts.", "Errors should never pass silently,", "unless explicitly silenced."]}
import sys
import textwrap

COW = r"""
        \   ^__^
         \  (oo)\_______
            (__)\       )\/\
                ||----w |
                ||     ||
"""


def bubble(message, width=30):
    lines = textwrap.wrap(message, width)
    inner = max(map(len, lines))
    yield " " + "_" * (inner + 2)
    for number, line in enumerate(lines):
        if len(lines) == 1:
            left, right = "<>"
        elif number == 0:
            left, right = "/\\"
        elif number == len(lines) - 1:
            left, right = "\\/"
        else:
            left = right = "|"
        yield f"{left} {line.ljust(inner)} {right}"
    yield " " + "-" * (inner + 2)


print(*bubble(" ".join(sys.argv[1:])), sep="\n", end="")
print(COW)
