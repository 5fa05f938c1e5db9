# snakepen: {"files": {"notes/monday.txt": "buy milk\ncall Ana\n", "notes/ideas.md": "# Ideas\n\n- a bicycle\n", "notes/old/2019.txt": "nothing\n"}}
from pathlib import Path

root = Path("notes")
for path in sorted(root.rglob("*")):
    kind = "dir " if path.is_dir() else "file"
    print(kind, path.relative_to(root).as_posix(), path.suffix or "-")

archive = root / "archive"
archive.mkdir()
for path in sorted(root.rglob("*.txt")):
    text = path.read_text(encoding="utf-8")
    target = archive / f"{path.parent.name}-{path.stem}.bak"
    target.write_text(text.upper(), encoding="utf-8")
    path.unlink()
    print(f"{path} -> {target} ({len(text.splitlines())} lines)")

(root / "old").rmdir()
print(sorted(p.name for p in root.iterdir()))
print((archive / "notes-monday.bak").read_text(), end="")
print(Path("a/b/../c.tar.gz").suffixes, Path("/etc") / "x" / "/abs")
try:
    Path("notes/missing.txt").read_text()
except FileNotFoundError as err:
    print(err)
