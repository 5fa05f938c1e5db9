import os
import tempfile

with tempfile.TemporaryDirectory(prefix="draft-") as folder:
    print("made a folder named draft-?", os.path.basename(folder).startswith("draft-"))
    for n in range(3):
        with open(os.path.join(folder, f"part{n}.txt"), "w") as f:
            f.write(f"chapter {n}\n" * (n + 1))
    parts = sorted(os.listdir(folder))
    print(parts, [os.path.getsize(os.path.join(folder, p)) for p in parts])
print("still there?", os.path.isdir(folder))

with tempfile.NamedTemporaryFile("w+", suffix=".csv") as f:
    f.write("a,b\n1,2\n")
    f.flush()
    print(f.name.endswith(".csv"), os.stat(f.name).st_size, "bytes")
    f.seek(0)
    print(f.readlines())

spool = tempfile.SpooledTemporaryFile(max_size=10, mode="w+b")
spool.write(b"small")
spool.seek(0)
print(spool.read())
spool.close()
print("spool closed:", spool.closed)
