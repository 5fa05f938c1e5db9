"""Sum, average, median, mode, smallest and largest of numbers."""

import re
import statistics

FIRST = "4, 8, 15, 16, 23, 42"  # looked at before anything is typed


def read(text):
    """Return the numbers of a line; None when one is none, or too long."""
    words = text.replace(",", " ").split()
    if not all(re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,15})?", word) for word in words):
        return None
    return [float(word) if "." in word else int(word) for word in words]


def shown(number):
    """Return 0.3 for 0.1 + 0.2, which computers do not have exactly."""
    return f"{number:.15g}"


def describe(numbers):
    modes = statistics.multimode(numbers)
    print(f"Numbers: {', '.join(map(shown, numbers))}")
    print(f"Count:    {len(numbers)}")
    print(f"Sum:      {shown(sum(numbers))}")
    print(f"Average:  {shown(statistics.mean(numbers))}")
    print(f"Median:   {shown(statistics.median(numbers))}")
    if len(modes) == len(numbers) > 1:
        print("Mode:     none, each is there once")
    else:
        print(f"Mode:     {', '.join(map(shown, modes))}")
    print(f"Smallest: {shown(min(numbers))}")
    print(f"Largest:  {shown(max(numbers))}")


def main():
    describe(read(FIRST))
    print("Type other numbers, such as 3 1 2. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        numbers = read(text)
        if numbers:
            describe(numbers)
        else:
            print("Please type numbers, such as 3 1 2.")


if __name__ == "__main__":
    main()
