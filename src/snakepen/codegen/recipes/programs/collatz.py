"""Collatz sequence: halve what is even, and of what is odd take 3n + 1."""

import re

FIRST = 27  # shown before anything is typed
COLUMNS = 10


def collatz(number):
    """Yield the sequence until it comes to 1, as far as anybody knows always."""
    while number != 1:
        yield number
        number = number // 2 if number % 2 == 0 else 3 * number + 1
    yield 1


def show(number):
    sequence = list(collatz(number))
    for start in range(0, len(sequence), COLUMNS):
        print(*sequence[start : start + COLUMNS])
    print(f"Steps: {len(sequence) - 1}, highest number: {max(sequence):,}")


def main():
    show(FIRST)
    print("Type another number to begin with. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        if re.fullmatch(r"0*[1-9]\d{0,14}", text):
            show(int(text))
        else:
            print("Please type a whole number above 0, of 15 digits at the most.")


if __name__ == "__main__":
    main()
