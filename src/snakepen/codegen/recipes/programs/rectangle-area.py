"""Area and perimeter of a rectangle."""

import math
import re

WIDTH = 4  # with HEIGHT worked out before anything is typed
HEIGHT = 3


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


def describe(width, height):
    print(f"Rectangle: {width:.12g} by {height:.12g}")
    print(f"Area:      {width * height:.12g}")
    print(f"Perimeter: {2 * (width + height):.12g}")
    print(f"Diagonal:  {math.hypot(width, height):.12g}")


def main():
    describe(WIDTH, HEIGHT)
    print("Work out another. An empty line ends.")
    while True:
        width = ask("Width: ")
        if width is None:
            break
        height = ask("Height: ")
        if height is None:
            break
        describe(width, height)


if __name__ == "__main__":
    main()
