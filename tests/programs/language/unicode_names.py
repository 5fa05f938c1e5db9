import unicodedata

samples = ["café", "cafe\u0301", "ﬁne", "Ⅳ", "ß", "Ǆ", "日本語", "👩‍💻", "İ", "नमस्ते"]
for s in samples:
    nfc = unicodedata.normalize("NFC", s)
    nfkd = unicodedata.normalize("NFKD", s)
    print(f"{s}\tlen={len(s)} bytes={len(s.encode())} nfc={len(nfc)} nfkd={len(nfkd)} upper={s.upper()} fold={s.casefold()}")

print(samples[0] == samples[1], samples[0] == unicodedata.normalize("NFC", samples[1]))
for ch in "é€\u200b🐍":
    print(f"U+{ord(ch):04X} {unicodedata.category(ch)} {unicodedata.name(ch)}")
print("\N{SNAKE}\N{GREEK SMALL LETTER PI} = 3.14…", "tab\tquote\"", "naïve".encode("ascii", "xmlcharrefreplace"))
print(ascii("żółw"), "żółw".encode("utf-16-le").hex(" ", 2))
print("ЁЖИК".lower(), "straße".upper(), "ǆ".title(), "٣" + str(int("٣٤")))
print(sorted(["zebra", "Äpfel", "apple", "Öl"]), "a\u202eb".isprintable())

変数 = "identifiers too"
print(変数)
