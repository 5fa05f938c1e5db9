"""Shows whole numbers in decimal, binary, octal and hexadecimal."""

BASE = 10  # of what is typed without 0b, 0o or 0x before it
FIRST = None  # digits here, in that base, are shown at once


def read(text):
    """Return the number of 42, 0b101010, 0o52 or 0x2a; bits may have spaces."""
    text = text.replace(" ", "")
    return int(text, 0 if text.lstrip("-")[:2] in ("0b", "0o", "0x") else BASE)


def show(number):
    print(f"decimal      {number}")
    print(f"binary       {number:#b}")
    print(f"octal        {number:#o}")
    print(f"hexadecimal  {number:#x}")


def main():
    if FIRST is not None:
        try:
            show(read(str(FIRST)))
        except ValueError:
            print(f"{FIRST} is no number in base {BASE}.")
    print(f"Type a number in base {BASE}, or 0b101010, 0o52, 0x2a. An empty line ends.")
    while True:
        try:
            text = input("> ").strip().lower()
        except EOFError:
            break
        if text in ("", "quit"):
            break
        try:
            show(read(text))
        except ValueError:
            print(f"That is no whole number in base {BASE}.")


if __name__ == "__main__":
    main()
