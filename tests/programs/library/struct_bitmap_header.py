import array
import struct

WIDTH, HEIGHT = 5, 3
row_bytes = (WIDTH * 3 + 3) // 4 * 4
header = struct.pack("<2sIHHI", b"BM", 54 + row_bytes * HEIGHT, 0, 0, 54)
info = struct.pack("<IiiHHIIiiII", 40, WIDTH, HEIGHT, 1, 24, 0, 0, 2835, 2835, 0, 0)

with open("tiny.bmp", "wb") as f:
    f.write(header + info)
    for y in range(HEIGHT):
        row = b"".join(struct.pack("BBB", 50 * x, 80 * y, 255) for x in range(WIDTH))
        f.write(row.ljust(row_bytes, b"\0"))

blob = open("tiny.bmp", "rb").read()
magic, size, *_ , offset = struct.unpack_from("<2sIHHI", blob)
width, height = struct.unpack_from("<ii", blob, 18)
print(magic, size == len(blob), offset, f"{width}x{height}")
blue, green, red = blob[offset + row_bytes + 6: offset + row_bytes + 9]
print("pixel (2,1):", (red, green, blue))

for fmt in (">H", "<H", "!d", "=3sq", "?x2i"):
    print(f"{fmt:<5} takes {struct.calcsize(fmt)} bytes")
samples = array.array("h", [0, 1200, -1200, 32767])
samples.byteswap()
print(samples.tolist(), samples.itemsize, samples.tobytes()[:4].hex())
try:
    struct.pack("B", 256)
except struct.error as err:
    print("struct.error:", err)
