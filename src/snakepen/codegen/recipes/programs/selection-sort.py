"""Selection sort, step by step: the smallest number that is left comes next."""

import re

FIRST = "5, 2, 9, 1, 6"  # sorted before anything is typed


def read(text):
    """Return the numbers of a line; None when one is none, or too long."""
    words = text.replace(",", " ").split()
    if not all(re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,15})?", word) for word in words):
        return None
    return [float(word) if "." in word else int(word) for word in words]


def selection_sort(numbers):
    """Sort the list in place. What is before i is in order already."""
    for i in range(len(numbers) - 1):
        smallest = i
        for j in range(i + 1, len(numbers)):
            if numbers[j] < numbers[smallest]:
                smallest = j
        numbers[i], numbers[smallest] = numbers[smallest], numbers[i]
        print(f"  smallest of the rest is {numbers[i]}: {numbers}")


def show(numbers):
    print(f"Unsorted: {numbers}")
    selection_sort(numbers)
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
