# snakepen: {"env": {"SIGNING_KEY": "s3cret-sauce"}, "files": {"photo.bin": {"base64": "AAECAwQFBgf/2P/gABBKRklG"}}}
import base64
import hashlib
import hmac
import os
import secrets
import uuid

data = open("photo.bin", "rb").read()
print(len(data), "bytes:", data.hex(" ", 4))
for name in ("md5", "sha1", "sha256", "blake2s"):
    print(f"{name:<8}{hashlib.new(name, data).hexdigest()[:40]}")

running = hashlib.sha256()
for start in range(0, len(data), 5):
    running.update(data[start:start + 5])
print("chunked digest agrees:", running.digest() == hashlib.sha256(data).digest())

key = os.environ["SIGNING_KEY"].encode()
tag = hmac.new(key, data, "sha256").digest()
print("signature", base64.urlsafe_b64encode(tag).decode().rstrip("="))
print("tampered accepted:", hmac.compare_digest(tag, hmac.digest(key, data + b"!", "sha256")))

print(hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 1000, dklen=12).hex())
print(base64.b32encode(b"snake"), base64.b85encode(b"snake"), base64.b16decode("CAFE"))
print(uuid.uuid5(uuid.NAMESPACE_URL, "https://example.org/cat"))
print(len(secrets.token_bytes(16)), len(secrets.token_hex(8)), secrets.randbelow(1))
