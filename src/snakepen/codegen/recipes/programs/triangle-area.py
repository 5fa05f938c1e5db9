"""Area of a triangle, from its base and height."""

import re

BASE = 6  # with HEIGHT worked out before anything is typed
HEIGHT = 4


def ask(question):
    """Return the number that is typed; None when nothing is."""
    while True:
        try:
            text = input(question).strip()
        except EOFError:
            return None
        if text.lower() in ("", "quit"):
            return None
        if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", text) and float(text) > 0:
            return float(text)
        print("Please type a number above 0, such as 2.5.")


def describe(base, height):
    print(f"Base {base:.12g}, height {height:.12g}")
    print(f"Area: {base:.12g} × {height:.12g} / 2 = {base * height / 2:.12g}")


def main():
    describe(BASE, HEIGHT)
    print("Work out another. An empty line ends.")
    while True:
        base = ask("Base: ")
        if base is None:
            break
        height = ask("Height: ")
        if height is None:
            break
        describe(base, height)


if __name__ == "__main__":
    main()
