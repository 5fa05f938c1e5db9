import unicodedata

phrases = {
    "Hebrew": "שלום עולם",
    "Arabic": "مرحبا بالعالم",
    "Persian": "سلام ۱۲۳ دنیا",
    "Mixed": "The word שלום means peace",
}

RLM, RLI, PDI = "\u200f", "\u2067", "\u2069"

for language, text in phrases.items():
    directions = []
    for char in text:
        kind = unicodedata.bidirectional(char)
        if not directions or directions[-1] != kind:
            directions.append(kind)
    print(f"{language:>8}: {RLI}{text}{PDI}")
    print(f"{'':>8}  {' '.join(directions)}")

print("reversed:", phrases["Hebrew"][::-1])
print("digits:", int("۱۲۳") + int("٤٥٦"))
print("marked:", (RLM + phrases["Arabic"]).encode("utf-8").hex(" ", 2))
