# snakepen: {"stdin": "Hello, wörld!\u0000\u0001\r\nTabs\tand \u20ac and \ud83d\udc0d, sixteen bytes a row.\n\n"}
import sys
import zlib


def hexdump(data, width=16):
    for offset in range(0, len(data), width):
        row = data[offset:offset + width]
        hexes = " ".join(f"{byte:02x}" for byte in row)
        text = "".join(chr(b) if 32 <= b < 127 else "." for b in row)
        yield f"{offset:08x}  {hexes:<{width * 3 - 1}}  |{text}|"


data = sys.stdin.buffer.read()
for line in hexdump(data):
    print(line)
print(f"{len(data):08x}")
print(f"crc32 {zlib.crc32(data):08x} adler32 {zlib.adler32(data):08x}")
sys.stdout.flush()
sys.stdout.buffer.write(bytes(b ^ 0x20 if chr(b).isalpha() and b < 128 else b for b in data[:5]))
sys.stdout.buffer.write(b"\n")
