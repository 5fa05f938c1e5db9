"""The longest side of a right triangle, by the theorem of Pythagoras."""

import math
import re

A = 3  # with B worked out before anything is typed
B = 4


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


def describe(a, b):
    square = a**2 + b**2
    print(f"{a:.12g}² + {b:.12g}² = {square:.12g}")
    print(f"The hypotenuse is √{square:.12g} = {math.sqrt(square):.12g}")


def main():
    describe(A, B)
    print("Work out another. An empty line ends.")
    while True:
        a = ask("Side a: ")
        if a is None:
            break
        b = ask("Side b: ")
        if b is None:
            break
        describe(a, b)


if __name__ == "__main__":
    main()
