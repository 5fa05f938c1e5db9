"""Shows whole numbers in decimal, binary, octal and hexadecimal."""


def read(text):
    """Return the number of 42, 0b101010, 0o52 or 0x2a; bits may have spaces."""
    return int(text.replace(" ", ""), 0)


def main():
    print("Type a number: 42, or 0b101010, 0o52, 0x2a. An empty line ends.")
    while True:
        try:
            text = input("> ").strip().lower()
        except EOFError:
            break
        if text in ("", "quit"):
            break
        try:
            number = read(text)
        except ValueError:
            print("That is no whole number. Binary ones start with 0b.")
            continue
        print(f"decimal      {number}")
        print(f"binary       {number:#b}")
        print(f"octal        {number:#o}")
        print(f"hexadecimal  {number:#x}")


if __name__ == "__main__":
    main()
