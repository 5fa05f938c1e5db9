"""Insertion sort, step by step: each number is put in its place among those before."""

import re

FIRST = "5, 2, 9, 1, 6"  # sorted before anything is typed


def read(text):
    """Return the numbers of a line; None when one is none, or too long."""
    words = text.replace(",", " ").split()
    if not all(re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,15})?", word) for word in words):
        return None
    return [float(word) if "." in word else int(word) for word in words]


def insertion_sort(numbers):
    """Sort the list in place. What is before i is in order already."""
    for i in range(1, len(numbers)):
        number = numbers[i]
        place = i
        while place > 0 and numbers[place - 1] > number:
            numbers[place] = numbers[place - 1]
            place -= 1
        numbers[place] = number
        print(f"  {number} from place {i + 1} to {place + 1}: {numbers}")


def show(numbers):
    print(f"Unsorted: {numbers}")
    insertion_sort(numbers)
    print(f"Sorted: {numbers}")


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
