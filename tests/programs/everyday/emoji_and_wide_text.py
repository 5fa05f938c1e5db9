import unicodedata

samples = ["café", "cafe\u0301", "日本語", "한국어", "👩‍👩‍👧‍👦", "🇳🇱🇧🇷", "naïve ½ ﬁn", "𝒳𝒴", "ẞß"]


def columns(text):
    width = 0
    for char in text:
        if unicodedata.combining(char) or char == "\u200d":
            continue
        width += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return width


for text in samples:
    pad = " " * (14 - columns(text))
    print(f"|{text}{pad}| {len(text):>2} code points, {len(text.encode()):>2} bytes")

print(samples[0] == samples[1], unicodedata.normalize("NFC", samples[1]) == samples[0])
print([unicodedata.name(c) for c in samples[4][:3]])
print("Straße".upper(), "İ".lower().encode("unicode_escape"), "ǆ".title())
print("🐍"[::-1], "\N{PILE OF POO}", ascii("🐍 ñ"))
