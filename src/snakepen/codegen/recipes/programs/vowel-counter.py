"""Counts the vowels and the consonants of a text."""

import unicodedata

FIRST = None  # a text here is counted at once
VOWELS = "aeiou"  # a y counts as a consonant


def plain_letters(text):
    """Return the letters in lower case and without accents: é is an e."""
    plain = unicodedata.normalize("NFD", text.lower())
    return [char for char in plain if "a" <= char <= "z"]


def describe(text):
    letters = plain_letters(text)
    vowels = [char for char in letters if char in VOWELS]
    lines = [f"Vowels: {len(vowels)}, consonants: {len(letters) - len(vowels)}"]
    lines += [
        f"  {vowel} {vowels.count(vowel):3}" for vowel in VOWELS if vowel in vowels
    ]
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
