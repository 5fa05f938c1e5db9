"""Body mass index: weight in kilograms divided by the square of the height in metres."""

import re

# The classes of the World Health Organization, for adults.
CLASSES = [(18.5, "underweight"), (25, "normal weight"), (30, "overweight")]


def ask_number(question):
    """Ask until the answer is a number above zero; None when there is no answer."""
    while True:
        try:
            text = input(question).strip()
        except EOFError:
            return None
        if text.lower() in ("", "quit"):
            return None
        # 72,5 is 72.5, but 1,800 may be meant as a thousand.
        if re.fullmatch(r"\d{1,3}([.,]\d\d?)?", text):
            number = float(text.replace(",", "."))
            if number > 0:
                return number
        print("Please type a number such as 72.5.")


def describe(bmi):
    """Return the class that an index belongs to."""
    for below, name in CLASSES:
        if bmi < below:
            return name
    return "obese"


def main():
    print("For adults. An empty line ends.")
    weight = ask_number("Your weight in kilograms: ")
    height = weight and ask_number("Your height in centimetres: ")
    if not height:
        print("Goodbye!")
        return
    metres = height / 100 if height > 3 else height  # someone typed 1.80
    bmi = weight / metres**2
    print(f"Your body mass index is {bmi:.1f}: {describe(bmi)}.")
    low, high = 18.5 * metres**2, 25 * metres**2
    print(f"Normal for your height is {low:.0f} to {high:.0f} kg.")


if __name__ == "__main__":
    main()
