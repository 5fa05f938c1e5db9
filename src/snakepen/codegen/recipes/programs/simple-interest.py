"""Simple interest: each year the same share of what there was at the start."""

import re

AMOUNT = 1000
RATE = 5  # per cent a year
YEARS = 3


def describe(amount, rate, years):
    interest = amount * rate * years / 100
    time = "1 year" if years == 1 else f"{years:.12g} years"
    print(f"{amount:,.2f} at {rate:.12g} % a year for {time}:")
    print(f"  interest {interest:,.2f}, together {amount + interest:,.2f}")


def ask(question):
    """Return the number that is typed; None when nothing is."""
    while True:
        try:
            text = input(question).strip()
        except EOFError:
            return None
        if text.lower() in ("", "quit"):
            return None
        if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?", text):
            text = text.replace(",", "")
        if re.fullmatch(r"\d{1,12}(\.\d{1,9})?", text):
            return float(text)
        print("Please type a number, such as 2.5.")


def main():
    describe(AMOUNT, RATE, YEARS)
    print("Work out another. An empty line ends.")
    while True:
        numbers = []
        for question in ("Amount: ", "Per cent a year: ", "Years: "):
            number = ask(question)
            if number is None:
                return
            numbers.append(number)
        describe(*numbers)


if __name__ == "__main__":
    main()
