# snakepen: {"files": {"notes/a.txt": "alpha", "notes/b.txt": "beta!"}}
import os
import sys
from pathlib import Path

here = Path(__file__).resolve().parent
print("script folder:", here)
print("same as cwd:", here == Path.cwd(), "| same as home:", here == Path.home())
print("argv:", sys.argv)
print("name:", __name__)

for path in sorted(here.rglob("*.txt")):
    print(path.relative_to(here), path.stat().st_size, oct(path.stat().st_mode & 0o600))

try:
    (here / "missing" / "file.txt").read_text()
except OSError as error:
    print(type(error).__name__, error.errno, error.filename)
print("stdin is a terminal:", sys.stdin.isatty(), file=sys.stderr)
print("encoding:", sys.stdout.encoding, sys.getfilesystemencoding(), os.linesep.encode())
