# snakepen: {"files": {"photos/IMG 001.JPG": "a", "photos/IMG 002.jpeg": "b", "photos/holiday/Beach (1).JPG": "c", "photos/notes.txt": "d", "photos/img_001.jpg": "e"}, "args": ["photos"]}
import os
import re
import sys


def clean(name):
    stem, extension = os.path.splitext(name)
    stem = re.sub(r"[^\w]+", "_", stem.lower()).strip("_")
    extension = extension.lower().replace(".jpeg", ".jpg")
    return stem + extension


root = sys.argv[1]
planned = 0
for folder, subfolders, names in os.walk(root):
    subfolders.sort()
    taken = set(names)
    for name in sorted(names):
        new = clean(name)
        old_path = os.path.join(folder, name)
        if new == name:
            print(f"keep    {old_path}")
        elif new in taken:
            print(f"CLASH   {old_path} -> {new}", file=sys.stderr)
        else:
            print(f"rename  {old_path} -> {new}")
            taken.add(new)
            planned += 1

print(f"{planned} file(s) would be renamed; nothing was changed.")
