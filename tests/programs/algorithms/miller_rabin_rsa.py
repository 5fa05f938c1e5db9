import math
import random

rng = random.Random(65537)


def is_prime(n, rounds=12):
    if n < 4 or n % 2 == 0:
        return n in (2, 3)
    s = (n - 1 & -(n - 1)).bit_length() - 1
    d = n - 1 >> s
    for _ in range(rounds):
        x = pow(rng.randrange(2, n - 1), d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def random_prime(bits):
    while not is_prime(p := rng.getrandbits(bits) | 1 | 1 << bits - 1):
        pass
    return p


print([n for n in (561, 1105, 7919, 2**61 - 1, 2**67 - 1) if is_prime(n)])
p, q, e = random_prime(128), random_prime(128), 65537
n, phi = p * q, (p - 1) * (q - 1)
d = pow(e, -1, phi)
print(f"n = {n:#x}\nd = {d:#x}\ngcd(e, phi) = {math.gcd(e, phi)}")

message = "Attack at dawn 🌅"
number = int.from_bytes(message.encode(), "big")
secret = pow(number, e, n)
print("cipher:", secret)
plain = pow(secret, d, n)
print("plain: ", plain.to_bytes((plain.bit_length() + 7) // 8, "big").decode())
print("signature ok:", pow(pow(1234567, d, n), e, n) == 1234567)
