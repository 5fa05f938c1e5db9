"""Splits a bill between friends, with a tip, to the cent."""

import re
from decimal import ROUND_UP, Decimal

# What is taken when nothing else is typed.
BILL = None  # asked for
TIP = 10  # per cent
PEOPLE = 1
CENT = Decimal("0.01")


def number_of(text):
    """Return 1,200.50 and 7,50 as numbers, and None for what might be either."""
    if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+(\.\d\d?)?", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"\d+,\d\d?", text):
        text = text.replace(",", ".")
    return Decimal(text) if re.fullmatch(r"\d{1,12}(\.\d\d?)?", text) else None


def ask(question, default=None, *, whole=False):
    """Ask until the answer is such a number; nothing is the default."""
    while True:
        try:
            text = input(question).strip().lstrip("$€£").rstrip("%").strip()
        except EOFError:
            text = ""
        if text.lower() in ("", "quit"):
            return default
        number = number_of(text)
        if number is None or number > 1_000_000:
            print("Please type a number, such as 42.50 or 1,200.")
        elif whole and (number < 1 or number % 1):
            print("Please type a whole number, such as 4.")
        else:
            return number


def main():
    if BILL is None:
        bill = ask("How much is the bill? ")
    else:
        bill = ask(f"How much is the bill? [{BILL}] ", Decimal(str(BILL)))
    if bill is None:
        print("No bill, no tip.")
        return
    tip_percent = ask(f"What tip, in per cent? [{TIP}] ", Decimal(TIP))
    people = int(ask(f"How many people? [{PEOPLE}] ", Decimal(PEOPLE), whole=True))

    tip = (bill * tip_percent / 100).quantize(CENT)
    total = bill + tip
    share = (total / people).quantize(CENT, rounding=ROUND_UP)
    print(f"Bill        {bill:10.2f}")
    print(f"Tip {tip_percent:5.1f} % {tip:10.2f}")
    print(f"Total       {total:10.2f}")
    print(f"Each of {people:<4}{share:10.2f}")
    if left := share * people - total:
        print(f"(That is {left:.2f} more than the total: it was rounded up.)")


if __name__ == "__main__":
    main()
