"""Tells whether a word or a sentence is a palindrome: the same read backwards."""

FIRST = None  # a text here is looked at at once


def is_palindrome(text):
    """Only letters and digits count: "Never odd or even" is one."""
    chars = [char for char in text.casefold() if char.isalnum()]
    return bool(chars) and chars == chars[::-1]


def describe(text):
    if is_palindrome(text):
        return "Yes, it is a palindrome."
    return f"No: backwards it is {text[::-1]!r}."


def main():
    if FIRST:
        print(f"{FIRST}: {describe(FIRST)}")
    print("Type a word or a sentence. An empty line ends.")
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
