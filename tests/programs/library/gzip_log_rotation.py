import bz2
import gzip
import lzma
import os
import zlib

lines = [f"2024-05-{day:02} ok request={day * 37 % 101}\n" for day in range(1, 32)]
with gzip.open("app.log.gz", "wt", encoding="ascii") as f:
    f.writelines(lines)

raw = "".join(lines).encode()
print("raw bytes:", len(raw), "gzip is smaller:", os.path.getsize("app.log.gz") < len(raw))

with gzip.open("app.log.gz", "rt") as f:
    biggest = max(f, key=lambda line: int(line.rsplit("=", 1)[1]))
print("busiest:", biggest.strip())

for module in (zlib, bz2, lzma):
    packed = module.compress(raw)
    assert module.decompress(packed) == raw
    print(module.__name__, "round trip fine, ratio under a half:", len(packed) * 2 < len(raw))

print(f"adler32 {zlib.adler32(raw):08x}  crc32 {zlib.crc32(raw):08x}")
try:
    gzip.decompress(b"plain text, not gzip")
except gzip.BadGzipFile as err:
    print("BadGzipFile:", err)
