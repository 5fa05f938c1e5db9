import struct
import zlib

HEADER = struct.Struct(">4sBHIf")


def pack(kind, payload, weight):
    head = HEADER.pack(b"SNK1", kind, len(payload), zlib.crc32(payload), weight)
    return head + payload


def unpack(blob):
    magic, kind, length, crc, weight = HEADER.unpack_from(blob)
    payload = blob[HEADER.size:HEADER.size + length]
    ok = zlib.crc32(payload) == crc
    return magic, kind, payload, round(weight, 3), ok


packet = pack(7, "größe".encode(), 2.718)
print(len(packet), packet.hex(" "))
print(unpack(packet))
damaged = bytearray(packet)
damaged[-1] ^= 0xFF
print(unpack(damaged)[-1], bytes(damaged[-3:]))

view = memoryview(packet)[4:9]
print(view.tolist(), view.readonly, int.from_bytes(view[1:3], "big"))
print(struct.calcsize("<bhiq"), struct.unpack("<hH", b"\xfe\xff\xfe\xff"), struct.pack("?3x2s", True, b"abc"))
print(b"a,b,,c".split(b","), b"%d items: %s" % (3, b"ok"), bytes.fromhex("c0ffee"), b"\x00\x7f\x80\n'")
try:
    struct.unpack(">I", b"abc")
except struct.error as exc:
    print("struct.error:", exc)
