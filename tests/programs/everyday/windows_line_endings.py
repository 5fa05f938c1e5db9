from pathlib import Path

path = Path("letter.txt")
path.write_bytes(b"Dear Sir,\r\n\r\nsee you soon.\r\nold mac\rline\nunix line\n")

print("text mode:  ", repr(path.read_text()))
with path.open(newline="") as untouched:
    print("newline='': ", repr(untouched.read()))
print("bytes:      ", path.read_bytes())
print("splitlines: ", path.read_text().splitlines(keepends=True))

print("First line\r\nSecond line\r\n", end="")
print("a\tb\x0bc\x0cd\x1ee\x85f\u2028g")
print("one", "two", "three", sep="\r\n", end="\r\n")

with open("dos.txt", "w", newline="\r\n") as dos:
    print("x\ny", file=dos)
print(Path("dos.txt").read_bytes().hex(" "))
