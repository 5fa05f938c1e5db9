"""Reports on the files of a folder: how many of each kind, how large, which twice."""

import hashlib
from collections import defaultdict
from pathlib import Path

FOLDER = Path()
# How kinds of files could be sorted into folders.
KINDS = {
    "pictures": {".png", ".jpg", ".jpeg", ".gif", ".svg"},
    "documents": {".txt", ".md", ".pdf", ".docx"},
    "data": {".csv", ".json", ".xlsx", ".db"},
    "programs": {".py", ".js", ".sh", ".html", ".css"},
}


def kind_of(path):
    """Return the kind of file that a name stands for."""
    for kind, suffixes in KINDS.items():
        if path.suffix.lower() in suffixes:
            return kind
    return "others"


def readable(size):
    """Return 2048 as 2.0 kB."""
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size} B" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"


def main():
    files = sorted(path for path in FOLDER.rglob("*") if path.is_file())
    by_kind, by_content = defaultdict(list), defaultdict(list)
    for path in files:
        by_kind[kind_of(path)].append(path)
        by_content[hashlib.sha256(path.read_bytes()).digest()].append(path)

    for kind, paths in sorted(by_kind.items()):
        size = sum(path.stat().st_size for path in paths)
        print(f"{kind}: {len(paths)}, {readable(size)}")
        for path in paths:
            print(f"    {path}  {readable(path.stat().st_size)}")
    for same in by_content.values():
        if len(same) > 1:
            print(f"The same: {', '.join(str(path) for path in same)}")
    print(f"Files: {len(files)}. Nothing was moved.")


if __name__ == "__main__":
    main()
