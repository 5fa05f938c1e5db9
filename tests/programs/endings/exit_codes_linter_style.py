# snakepen: {"files": {"src/a.py": "x = 1\ny = 2 \n", "src/b.py": "import os\n\tprint(os)\n# TODO later\n"}, "args": ["src", "--strict"]}
import sys
from pathlib import Path

problems = 0
for path in sorted(Path(sys.argv[1]).glob("*.py")):
    for number, line in enumerate(path.read_text().split("\n"), 1):
        if line != line.rstrip():
            print(f"{path}:{number}: W291 trailing whitespace")
            problems += 1
        if "\t" in line:
            print(f"{path}:{number}: W191 indentation contains tabs")
            problems += 1
        if "TODO" in line:
            print(f"{path}:{number}: T100 unfinished work", file=sys.stderr)
            problems += "--strict" in sys.argv

print(f"{problems} problem(s)")
sys.exit(problems)
