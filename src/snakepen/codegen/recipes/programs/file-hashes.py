"""Hashes of files and texts: with the same SHA-256, two files are the same."""

import hashlib
from pathlib import Path

FIRST = None  # a text here is hashed at once
NAMES = ("md5", "sha1", "sha256")  # the first two are for old lists, not for safety


def show(data):
    for name in NAMES:
        print(f"{name:>8}  {hashlib.new(name, data).hexdigest()}")


def main():
    if FIRST:
        print(FIRST)
        show(FIRST.encode())
    for path in sorted(Path().iterdir()):
        if path.is_file():
            with path.open("rb") as file:
                print(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path}")
    print("Type a text, or the name of a file here. An empty line ends.")
    while True:
        try:
            text = input("> ")
        except EOFError:
            break
        if text in ("", "quit"):
            break
        path = Path(text)
        try:
            is_file = path.is_file()
        except (OSError, ValueError):  # too long for a name
            is_file = False
        show(path.read_bytes() if is_file else text.encode())


if __name__ == "__main__":
    main()
