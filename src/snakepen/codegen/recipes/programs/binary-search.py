"""Binary search, step by step: look in the middle, then in the half that is left."""

import re

NUMBERS = "2, 3, 5, 7, 11, 13, 17, 19, 23, 29"
FIRST = 23  # looked for before anything is typed


def binary_search(numbers, wanted):
    """Return the place of a number in a list that is in order, or None."""
    low, high = 0, len(numbers) - 1
    while low <= high:
        middle = (low + high) // 2
        number = numbers[middle]
        print(f"  {numbers[low : high + 1]}: in the middle is {number}", end="")
        if number == wanted:
            print(", found")
            return middle
        if number < wanted:
            print(", too small: go on to the right")
            low = middle + 1
        else:
            print(", too large: go on to the left")
            high = middle - 1
    return None


def search(numbers, wanted):
    print(f"Looking for {wanted}:")
    place = binary_search(numbers, wanted)
    if place is None:
        print(f"{wanted} is not in the list.")
    else:
        print(f"{wanted} is number {place + 1} of {len(numbers)}.")


def main():
    numbers = sorted(float(n) if "." in n else int(n) for n in NUMBERS.split(", "))
    print(f"In order: {numbers}")
    search(numbers, FIRST)
    print("Type a number to look for. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        if re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,15})?", text):
            search(numbers, float(text) if "." in text else int(text))
        else:
            print("That is not a number.")


if __name__ == "__main__":
    main()
