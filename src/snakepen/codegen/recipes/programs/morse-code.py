"""Turns text into Morse code, and Morse code into text."""

MORSE = {
    "A": ".-", "B": "-...", "C": "-.-.", "D": "-..", "E": ".", "F": "..-.",
    "G": "--.", "H": "....", "I": "..", "J": ".---", "K": "-.-", "L": ".-..",
    "M": "--", "N": "-.", "O": "---", "P": ".--.", "Q": "--.-", "R": ".-.",
    "S": "...", "T": "-", "U": "..-", "V": "...-", "W": ".--", "X": "-..-",
    "Y": "-.--", "Z": "--..", "0": "-----", "1": ".----", "2": "..---",
    "3": "...--", "4": "....-", "5": ".....", "6": "-....", "7": "--...",
    "8": "---..", "9": "----.", ".": ".-.-.-", ",": "--..--", "?": "..--..",
}  # fmt: skip
LETTERS = {code: letter for letter, code in MORSE.items()}


def to_morse(text):
    """Return the code, with a slash between words; unknown characters are left out."""
    words = text.upper().split()
    return " / ".join(" ".join(MORSE[c] for c in word if c in MORSE) for word in words)


def from_morse(code):
    """Return the text; what is no Morse code becomes a question mark."""
    words = code.split("/")
    return " ".join(
        "".join(LETTERS.get(letter, "?") for letter in word.split()) for word in words
    )


def main():
    print("Type text, or dots and dashes with spaces between. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        print(from_morse(text) if set(text) <= set(".-/ ") else to_morse(text))


if __name__ == "__main__":
    main()
