"""Tells whether a number is prime, and if it is not, by what it can be divided."""

import re

FIRST = None  # a number here is tested at once
LARGEST = 10**13


def smallest_factor(number):
    """Return the smallest factor above 1; of a prime it is the number itself."""
    factor = 2
    while factor * factor <= number:
        if number % factor == 0:
            return factor
        factor += 1
    return number


def describe(number):
    if number < 2:
        return f"{number} is not prime: the first prime number is 2."
    factor = smallest_factor(number)
    if factor == number:
        return f"{number} is prime."
    return f"{number} = {factor} × {number // factor}, so it is not prime."


def main():
    if FIRST is not None:
        print(describe(FIRST))
    print("Type a number to test it. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+", text):
            text = text.replace(",", "")
        if re.fullmatch(r"\d{1,14}", text) and int(text) <= LARGEST:
            print(describe(int(text)))
        else:
            print(f"Please type a whole number from 0 to {LARGEST:,}.")


if __name__ == "__main__":
    main()
