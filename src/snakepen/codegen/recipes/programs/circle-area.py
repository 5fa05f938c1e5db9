"""Area and circumference of a circle."""

import math
import re

RADIUS = 5  # worked out before anything is typed


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


def describe(radius):
    print(f"Radius:        {radius:.12g}")
    print(f"Area:          {math.pi * radius**2:.12g}")
    print(f"Circumference: {2 * math.pi * radius:.12g}")


def main():
    describe(RADIUS)
    print("Work out another. An empty line ends.")
    while True:
        radius = ask("Radius: ")
        if radius is None:
            break
        describe(radius)


if __name__ == "__main__":
    main()
