# snakepen: {"args": ["-l", "poem.txt", "two words.txt", "ghost.txt"], "env": {"WC_TOTAL": "yes"}, "files": {"poem.txt": "roses are red\nviolets are blue\n", "two words.txt": "no newline here"}}
import os
import sys

options = {a for a in sys.argv[1:] if a.startswith("-")}
names = [a for a in sys.argv[1:] if not a.startswith("-")]
if not names:
    sys.exit(f"usage: {os.path.basename(sys.argv[0])} [-l] FILE...")

total, failed = [0, 0, 0], False
for name in names:
    try:
        with open(name, "rb") as f:
            data = f.read()
    except OSError as err:
        sys.stderr.write(f"{os.path.basename(sys.argv[0])}: {err.filename}: {err.strerror}\n")
        failed = True
        continue
    counts = [data.count(b"\n"), len(data.split()), len(data)]
    total = [a + b for a, b in zip(total, counts)]
    shown = counts[:1] if "-l" in options else counts
    print(*(f"{n:>6}" for n in shown), name)

if os.environ.get("WC_TOTAL", "no") == "yes":
    print(*(f"{n:>6}" for n in total), "total")
print("home is here:", os.environ["HOME"] == os.getcwd(), os.path.expanduser("~/poem.txt") == os.path.abspath("poem.txt"))
print(os.environ.get("EDITOR", "no editor set"))
sys.exit(failed)
