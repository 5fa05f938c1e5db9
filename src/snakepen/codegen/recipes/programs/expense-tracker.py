"""Tracks expenses in a CSV file, and adds them up by category."""

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

FILE = Path("expenses.csv")
HELP = """\
add AMOUNT CATEGORY [NOTE]   such as: add 12.50 food lunch with Ann
list                         shows all expenses
sum                          shows the total of each category
quit                         ends (an empty line, too)"""


def load():
    """Return the rows of the file: (date, amount, category, note)."""
    if not FILE.exists():
        return []
    with FILE.open(newline="", encoding="utf-8") as file:
        return [
            (day, float(amount), category, note)
            for day, amount, category, note in csv.reader(file)
        ]


def amount_of(text):
    """Return 1,200.50 and 7,50 as numbers, and None for what might be either."""
    if re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d\d?)?", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"-?\d+,\d\d?", text):
        text = text.replace(",", ".")
    return float(text) if re.fullmatch(r"-?\d{1,12}(\.\d\d?)?", text) else None


def add(words):
    """Add one expense to the end of the file."""
    amount = amount_of(words[0]) if words else None
    if amount is None or len(words) < 2:
        print("Type for example: add 12.50 food lunch with Ann, or add 1,200 rent")
        return
    category = words[1].lower()
    with FILE.open("a", newline="", encoding="utf-8") as file:
        note = " ".join(words[2:])
        csv.writer(file).writerow([date.today(), f"{amount:.2f}", category, note])
    print(f"Added {amount:.2f} for {category}.")


def show_sums():
    """Print the total of each category, the largest first, with a bar."""
    sums = Counter()
    for _, amount, category, _ in load():
        sums[category] += amount
    most = max(sums.values(), default=0)
    for category, amount in sums.most_common():
        bar = "#" * round(30 * amount / most) if most > 0 else ""
        print(f"{category:12} {amount:10.2f} {bar}")
    print(f"{'in all':12} {sum(sums.values()):10.2f}")


def main():
    print(HELP)
    while True:
        try:
            words = input("> ").split()
        except EOFError:
            break
        match words:
            case [] | ["quit"]:
                break
            case ["add", *rest]:
                add(rest)
            case ["list"]:
                for day, amount, category, note in load():
                    print(f"{day} {amount:10.2f} {category:12} {note}".rstrip())
            case ["sum"]:
                show_sums()
            case _:
                print(HELP)
    print(f"Your expenses are kept in {FILE}.")


if __name__ == "__main__":
    main()
