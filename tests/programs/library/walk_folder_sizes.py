import os
import shutil

LAYOUT = {
    "site/index.html": 1200,
    "site/img/cat.jpg": 34_000,
    "site/img/dog.jpg": 18_500,
    "site/css/main.css": 910,
    "site/css/themes/dark.css": 455,
}
for name, size in LAYOUT.items():
    os.makedirs(os.path.dirname(name), exist_ok=True)
    with open(name, "wb") as f:
        f.write(b"x" * size)

totals = {}
for folder, subfolders, files in os.walk("site", topdown=False):
    subfolders.sort()
    totals[folder] = sum(os.path.getsize(os.path.join(folder, f)) for f in files)
    totals[folder] += sum(totals[os.path.join(folder, s)] for s in subfolders)

for folder in sorted(totals):
    depth = folder.count(os.sep)
    print(f"{'  ' * depth}{os.path.basename(folder):<{12 - 2 * depth}}{totals[folder]:>8,}")

shutil.copytree("site", "backup", ignore=shutil.ignore_patterns("*.css"))
print(sorted(os.path.join(d, f) for d, _, fs in os.walk("backup") for f in fs))
shutil.move("backup/img/cat.jpg", "cat.jpg")
shutil.rmtree("site")
print(os.path.exists("site"), os.path.exists("cat.jpg"), os.listdir("backup/img"))
