"""Finds what is in a list more than once, and removes it."""

from collections import Counter

FIRST = "3, 1, 3, 2, 1, 3"  # looked at before anything is typed


def items_of(text):
    """Split at the commas, or where there are none at the spaces."""
    items = text.split(",") if "," in text else text.split()
    return [item.strip() for item in items if item.strip()]


def without_duplicates(items):
    """Return each item once, in the order in which they came first."""
    seen = set()
    unique = []
    for item in items:
        if item not in seen:
            seen.add(item)
            unique.append(item)
    return unique


def show(text):
    items = items_of(text)
    print(f"List: {', '.join(items)}")
    duplicates = [(item, times) for item, times in Counter(items).items() if times > 1]
    for item, times in duplicates:
        print(f"  {item} is there {times} times.")
    if not duplicates:
        print("  Nothing is there twice.")
    print(f"Without duplicates: {', '.join(without_duplicates(items))}")


def main():
    show(FIRST)
    print("Type another list, with commas between the items. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if not items_of(text) or text.lower() == "quit":
            break
        show(text)


if __name__ == "__main__":
    main()
