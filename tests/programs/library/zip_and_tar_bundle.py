import io
import stat
import tarfile
import zipfile

DOCS = {"readme.txt": "Hello!\n", "src/app.py": "print('hi')\n" * 50, "empty": ""}

with zipfile.ZipFile("bundle.zip", "w", zipfile.ZIP_DEFLATED) as z:
    for name, text in DOCS.items():
        info = zipfile.ZipInfo(name, date_time=(2024, 1, 2, 3, 4, 6))
        info.compress_type = zipfile.ZIP_DEFLATED
        z.writestr(info, text)

with zipfile.ZipFile("bundle.zip") as z:
    print("bad member:", z.testzip())
    for info in z.infolist():
        print(f"{info.filename:<12}{info.file_size:>5}  crc {info.CRC:08x}  {info.date_time}")
    z.extract("src/app.py", "out")
print(open("out/src/app.py").readline(), end="")

buffer = io.BytesIO()
with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
    for name, text in DOCS.items():
        member = tarfile.TarInfo(name)
        member.size = len(text)
        member.mode = 0o640
        tar.addfile(member, io.BytesIO(text.encode()))
buffer.seek(0)
with tarfile.open(fileobj=buffer) as tar:
    for member in tar:
        print(stat.filemode(stat.S_IFREG | member.mode), member.name, member.size, member.isfile())
try:
    zipfile.ZipFile(io.BytesIO(b"this is no archive"))
except zipfile.BadZipFile as err:
    print("BadZipFile:", err)
