"""The cipher of Caesar: each letter moves along the alphabet."""

SHIFT = 3
FIRST = None  # a text here is shown at once


def shift(text, by):
    """Move letters; everything else stays, and so does upper case."""
    moved = []
    for char in text:
        if char.isascii() and char.isalpha():
            first = ord("a" if char.islower() else "A")
            char = chr((ord(char) - first + by) % 26 + first)
        moved.append(char)
    return "".join(moved)


def show(text):
    print(f"Encrypted: {shift(text, SHIFT)}")
    print(f"Decrypted: {shift(text, -SHIFT)}")


def main():
    print(f"The shift is {SHIFT}. An empty line ends.")
    if FIRST:
        print(f"Text: {FIRST}")
        show(FIRST)
    while True:
        try:
            text = input("Text: ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        show(text)


if __name__ == "__main__":
    main()
