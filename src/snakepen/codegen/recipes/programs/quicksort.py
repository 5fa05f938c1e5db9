"""Quicksort, step by step: smaller numbers to the left of one, the rest to its right."""

import re

FIRST = "5, 2, 9, 1, 6"  # sorted before anything is typed


def read(text):
    """Return the numbers of a line; None when one is none, or too long."""
    words = text.replace(",", " ").split()
    if not all(re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,15})?", word) for word in words):
        return None
    return [float(word) if "." in word else int(word) for word in words]


def quicksort(numbers, depth=1):
    """Return the numbers in order. The steps are indented by how deep they are."""
    if len(numbers) <= 1:
        return numbers
    pivot, *others = numbers
    smaller = [number for number in others if number < pivot]
    rest = [number for number in others if number >= pivot]
    print(f"{'  ' * depth}{smaller} < {pivot} <= {rest}")
    return [*quicksort(smaller, depth + 1), pivot, *quicksort(rest, depth + 1)]


def show(numbers):
    print(f"Unsorted: {numbers}")
    print(f"Sorted: {quicksort(numbers)}")


def main():
    show(read(FIRST))
    print("Type other numbers, such as 3 1 2. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        numbers = read(text)
        if numbers and len(numbers) <= 20:
            show(numbers)
        else:
            print("Please type numbers, such as 3 1 2, and 20 at the most.")


if __name__ == "__main__":
    main()
