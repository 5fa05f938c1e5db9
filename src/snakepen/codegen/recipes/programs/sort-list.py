"""Sorts what is typed: numbers by their size, and words by the alphabet."""

import re

FIRST = "5, 2, 9, 1, 6"  # sorted before anything is typed
NUMBER = r"[+-]?\d{1,15}(\.\d{1,15})?"


def items_of(text):
    """Split at the commas, or where there are none at the spaces."""
    items = text.split(",") if "," in text else text.split()
    return [item.strip() for item in items if item.strip()]


def is_number(item):
    return re.fullmatch(NUMBER, item) is not None


def key(item):
    """What is compared. Numbers come before words; "apple" is next to "Apple"."""
    return (0, float(item), "") if is_number(item) else (1, 0, item.casefold())


def show(text):
    ascending = sorted(items_of(text), key=key)
    print(f"Ascending:  {', '.join(ascending)}")
    print(f"Descending: {', '.join(reversed(ascending))}")


def main():
    show(FIRST)
    print("Type other numbers or words, with commas between them. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if not items_of(text) or text.lower() == "quit":
            break
        show(text)


if __name__ == "__main__":
    main()
