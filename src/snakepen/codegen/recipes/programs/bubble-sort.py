"""Bubble sort, step by step: neighbours that are in the wrong order are swapped."""

import re

FIRST = "5, 2, 9, 1, 6"  # sorted before anything is typed


def read(text):
    """Return the numbers of a line; None when one is none, or too long."""
    words = text.replace(",", " ").split()
    if not all(re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,15})?", word) for word in words):
        return None
    return [float(word) if "." in word else int(word) for word in words]


def bubble_sort(numbers):
    """Sort the list in place. After each pass its largest number is at the end."""
    for end in range(len(numbers) - 1, 0, -1):
        print(f"Pass {len(numbers) - end}:")
        swapped = False
        for i in range(end):
            if numbers[i] > numbers[i + 1]:
                numbers[i], numbers[i + 1] = numbers[i + 1], numbers[i]
                print(f"  swap {numbers[i + 1]} and {numbers[i]}: {numbers}")
                swapped = True
        if not swapped:
            print("  nothing to swap, so everything is in order")
            break


def show(numbers):
    print(f"Unsorted: {numbers}")
    bubble_sort(numbers)
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
