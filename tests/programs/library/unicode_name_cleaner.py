# snakepen: {"stdin": "Ångström\nﬁlé ½\nEncyclopædia\n東京 ٤٢\nnaïve🐍\n"}
import codecs
import sys
import unicodedata


def ascii_slug(text):
    plain = unicodedata.normalize("NFKD", text)
    kept = (c for c in plain if c.isascii() and (c.isalnum() or c == " "))
    return "-".join("".join(kept).lower().split()) or "(nothing left)"


for line in sys.stdin:
    name = line.rstrip("\n")
    nfc, nfd = (unicodedata.normalize(f, name) for f in ("NFC", "NFD"))
    print(f"{name}: {len(nfc)} composed, {len(nfd)} decomposed, {len(name.encode())} bytes -> {ascii_slug(name)}")

for char in "é½٤🐍\u200d":
    print(f"U+{ord(char):04X}", unicodedata.category(char), unicodedata.name(char), unicodedata.numeric(char, None))
print("STRASSE" == "straße".upper(), "ß".casefold(), int("٤٢"))

print(codecs.encode("Why did the snake cross?", "rot13"))
print("déjà".encode("ascii", "replace"), "déjà".encode("ascii", "xmlcharrefreplace"), "déjà".encode("latin-1"))
for encoding in ("utf-16-le", "utf-8-sig", "cp1252"):
    print(encoding, "€5".encode(encoding).hex(" "))
try:
    b"caf\xe9".decode("utf-8")
except UnicodeDecodeError as err:
    print(err, "|", b"caf\xe9".decode("utf-8", "backslashreplace"))
