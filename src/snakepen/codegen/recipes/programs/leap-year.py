"""Tells whether a year is a leap year, and why."""

import re

FIRST = None  # a year here is looked at at once


def describe(year):
    """Every fourth year is one; of those that end in 00, only every fourth."""
    if year % 400 == 0:
        return f"{year} is a leap year: it can be divided by 400."
    if year % 100 == 0:
        return f"{year} is not a leap year: by 100 it can be divided, but not by 400."
    if year % 4 == 0:
        return f"{year} is a leap year: it can be divided by 4, and not by 100."
    return f"{year} is not a leap year: it cannot be divided by 4."


def main():
    if FIRST is not None:
        print(describe(FIRST))
    print("Type a year. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        if re.fullmatch(r"\d{1,4}", text) and int(text) > 0:
            print(describe(int(text)))
        else:
            print("Please type a year from 1 to 9999.")


if __name__ == "__main__":
    main()
