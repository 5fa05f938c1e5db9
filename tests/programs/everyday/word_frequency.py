# snakepen: {"files": {"poem.txt": "The sea, the sea, the open sea!\nThe blue, the fresh, the ever free!\nWithout a mark, without a bound,\nIt runneth the earth's wide regions round;\nIt plays with the clouds; it mocks the skies;\nOr like a cradled creature lies.\n"}}
import re
from collections import Counter
from pathlib import Path

text = Path("poem.txt").read_text(encoding="utf-8")
words = re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower())
counts = Counter(words)

print(f"{len(text.splitlines())} lines, {len(words)} words, {len(counts)} different")
print()
print("Most common:")
for word, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:8]:
    print(f"  {word:<10} {count}")

by_length = {}
for word in counts:
    by_length.setdefault(len(word), []).append(word)
print()
for length in sorted(by_length, reverse=True)[:3]:
    print(f"{length} letters: {', '.join(sorted(by_length[length]))}")
