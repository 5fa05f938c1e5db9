"""Armstrong numbers: 153 has three digits, and 1³ + 5³ + 3³ is 153."""

import re

FIRST = None  # a number here is tested at once
LAST = 10_000  # all up to this are shown when FIRST is None


def power_sum(number):
    """Return the sum of the digits, each to the power of how many there are."""
    digits = str(number)
    return sum(int(digit) ** len(digits) for digit in digits)


def describe(number):
    digits = str(number)
    total = power_sum(number)
    verdict = "is an Armstrong number" if total == number else "is none"
    powers = " + ".join(f"{digit}^{len(digits)}" for digit in digits)
    return f"{number} {verdict}: {powers} = {total}"


def main():
    if FIRST is not None:
        print(describe(FIRST))
    else:
        print(f"Armstrong numbers up to {LAST:,}:")
        print(*(number for number in range(LAST + 1) if power_sum(number) == number))
    print("Type a number to test it. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        if re.fullmatch(r"\d{1,40}", text):
            print(describe(int(text)))
        else:
            print("Please type a whole number of 40 digits at the most.")


if __name__ == "__main__":
    main()
