"""Tells whether a word or a sentence is a palindrome: the same read backwards."""


def is_palindrome(text):
    """Only letters and digits count: "Never odd or even" is one."""
    chars = [char for char in text.casefold() if char.isalnum()]
    return bool(chars) and chars == chars[::-1]


def main():
    print("Type a word or a sentence. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        if is_palindrome(text):
            print("Yes, it is a palindrome.")
        else:
            print(f"No: backwards it is {text[::-1]!r}.")


if __name__ == "__main__":
    main()
