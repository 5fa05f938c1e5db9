"""Merge sort, step by step: both halves are sorted, and then merged."""

import re

FIRST = "5, 2, 9, 1, 6"  # sorted before anything is typed


def read(text):
    """Return the numbers of a line; None when one is none, or too long."""
    words = text.replace(",", " ").split()
    if not all(re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,15})?", word) for word in words):
        return None
    return [float(word) if "." in word else int(word) for word in words]


def merge(left, right):
    """Make one sorted list of two: take the smaller first number, again and again."""
    merged = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
    return merged + left[i:] + right[j:]


def merge_sort(numbers, depth=1):
    """Return the numbers in order. The steps are indented by how deep they are."""
    if len(numbers) <= 1:
        return numbers
    indent = "  " * depth
    middle = len(numbers) // 2
    print(f"{indent}split {numbers[:middle]} from {numbers[middle:]}")
    left = merge_sort(numbers[:middle], depth + 1)
    right = merge_sort(numbers[middle:], depth + 1)
    merged = merge(left, right)
    print(f"{indent}merge {left} and {right}: {merged}")
    return merged


def show(numbers):
    print(f"Unsorted: {numbers}")
    print(f"Sorted: {merge_sort(numbers)}")


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
