"""Adds up the digits of a number, and those of the sum until one is left."""

import re

FIRST = 1234  # worked out before anything is typed


def describe(digits):
    """Yield a line for each sum."""
    while True:
        total = sum(int(digit) for digit in digits)
        yield f"{' + '.join(digits)} = {total}"
        if total < 10:
            break
        digits = str(total)


def show(digits):
    first, *others = describe(digits)
    print(f"Sum of the digits: {first}")
    if others:
        print(f"And again: {', '.join(others)}")


def main():
    show(str(FIRST))
    print("Type another number. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        if re.fullmatch(r"[+-]?\d{1,100}", text):
            show(text.lstrip("+-"))
        else:
            print("Please type a whole number of 100 digits at the most.")


if __name__ == "__main__":
    main()
