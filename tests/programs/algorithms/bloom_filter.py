import hashlib
import math


class BloomFilter:
    def __init__(self, expected, error_rate):
        self.size = math.ceil(-expected * math.log(error_rate) / math.log(2) ** 2)
        self.hashes = round(self.size / expected * math.log(2))
        self.bits = bytearray(self.size // 8 + 1)

    def _positions(self, item):
        digest = hashlib.sha256(item.encode()).digest()
        a, b = int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:16], "big")
        return [(a + i * b) % self.size for i in range(self.hashes)]

    def add(self, item):
        for p in self._positions(item):
            self.bits[p >> 3] |= 1 << (p & 7)

    def __contains__(self, item):
        return all(self.bits[p >> 3] >> (p & 7) & 1 for p in self._positions(item))


seen = BloomFilter(expected=500, error_rate=0.02)
for n in range(500):
    seen.add(f"user{n}@example.com")

print(f"{seen.size} bits, {seen.hashes} hashes, {len(seen.bits)} bytes")
print("all added are found:", all(f"user{n}@example.com" in seen for n in range(500)))
false = [n for n in range(500, 5500) if f"user{n}@example.com" in seen]
print(f"false positives: {len(false)} of 5000 = {len(false) / 5000:.2%}")
print("first few:", false[:5])
filled = sum(byte.bit_count() for byte in seen.bits)
print(f"fill {filled / seen.size:.1%}, fingerprint {hashlib.md5(seen.bits).hexdigest()}")
