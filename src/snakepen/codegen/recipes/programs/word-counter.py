"""Counts how often each word comes in a text, and shows the most common ones."""

import re
from collections import Counter

TOP = 10
SAMPLE = """\
The wind was on the water and the water was on the stones. The stones said nothing,
for the wind had told them everything, and what the wind tells the water knows."""


def read_text():
    """Return the lines that are typed until an empty one; a sample if there are none."""
    print("Type or paste a text, then an empty line. (Nothing: a sample.)")
    lines = []
    try:
        while line := input().strip():
            lines.append(line)
    except EOFError:
        pass
    return "\n".join(lines) or SAMPLE


def main():
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", read_text().lower())
    counts = Counter(words)
    print(f"{len(words)} words, {len(counts)} different. The most common:")
    for word, count in counts.most_common(TOP):
        print(f"{word:>15} {count:4} {'#' * count}")


if __name__ == "__main__":
    main()
