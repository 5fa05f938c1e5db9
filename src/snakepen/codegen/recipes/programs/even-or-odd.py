"""Tells whether a number is even or odd."""

import re

FIRST = None  # a number here is looked at at once


def describe(number):
    """A number is even when nothing is left of it after dividing by 2."""
    return f"{number} is {'even' if number % 2 == 0 else 'odd'}."


def main():
    if FIRST is not None:
        print(describe(FIRST))
    print("Type a whole number. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        if re.fullmatch(r"[+-]?\d{1,1000}", text):
            print(describe(int(text)))
        else:
            print("That is not a whole number.")


if __name__ == "__main__":
    main()
