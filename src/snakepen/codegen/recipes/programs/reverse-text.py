"""Turns texts around: their characters, the order of their words, and each word."""

FIRST = None  # a text here is turned at once


def describe(text):
    words = text.split()
    lines = [f"Backwards:            {text[::-1]}"]
    if len(words) > 1:
        lines.append(f"Words in other order: {' '.join(reversed(words))}")
        lines.append(f"Each word backwards:  {' '.join(word[::-1] for word in words)}")
    return "\n".join(lines)


def main():
    if FIRST:
        print(f"Text: {FIRST}")
        print(describe(FIRST))
    print("Type a text. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        print(describe(text))


if __name__ == "__main__":
    main()
