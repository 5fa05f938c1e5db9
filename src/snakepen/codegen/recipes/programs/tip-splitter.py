"""Splits a bill between friends, with a tip, to the cent."""

from decimal import ROUND_UP, Decimal, InvalidOperation

# What is taken when nothing else is typed.
TIP = 10  # per cent
PEOPLE = 1
CENT = Decimal("0.01")


def ask(question, default=None):
    """Ask until the answer is a number that is not negative; nothing is the default."""
    while True:
        try:
            text = input(question).strip().lstrip("$€£").rstrip("%").replace(",", ".")
        except EOFError:
            text = ""
        if text.lower() in ("", "quit"):
            return default
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal(-1)
        if number.is_finite() and 0 <= number <= 1_000_000:
            return number
        print("Please type a number, such as 42.50.")


def main():
    bill = ask("How much is the bill? ")
    if bill is None:
        print("No bill, no tip.")
        return
    tip_percent = ask(f"What tip, in per cent? [{TIP}] ", Decimal(TIP))
    people = int(ask(f"How many people? [{PEOPLE}] ", Decimal(PEOPLE))) or 1

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
