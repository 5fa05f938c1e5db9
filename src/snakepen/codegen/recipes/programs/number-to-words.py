"""Says whole numbers in English words."""

import re

FIRST = None  # a number here is said at once

ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"
]  # fmt: skip
GROUPS = ["", " thousand", " million", " billion", " trillion"]
LARGEST = 1000 ** len(GROUPS) - 1


def below_thousand(number):
    """Return the words of a number from 1 to 999."""
    hundreds, rest = divmod(number, 100)
    words = [f"{ONES[hundreds]} hundred"] if hundreds else []
    if 0 < rest < 20:
        words.append(ONES[rest])
    elif rest:
        tens, ones = divmod(rest, 10)
        words.append(f"{TENS[tens]}-{ONES[ones]}" if ones else TENS[tens])
    return " and ".join(words)


def to_words(number):
    """Return 1234 as "one thousand, two hundred and thirty-four"."""
    if number == 0:
        return ONES[0]
    if number < 0:
        return f"minus {to_words(-number)}"
    if number > LARGEST:
        raise ValueError("that number is too large for me")
    small = number % 1000
    parts = []
    for group in GROUPS:
        number, rest = divmod(number, 1000)
        if rest:
            parts.append(below_thousand(rest) + group)
    parts.reverse()
    # A small end has an "and" before it, as in "one thousand and one".
    if len(parts) > 1 and 0 < small < 100:
        parts[-2:] = [f"{parts[-2]} and {parts[-1]}"]
    return ", ".join(parts)


def read(text):
    """Return the whole number that was typed; 1,000 is one."""
    if not re.fullmatch(r"-?(\d{1,3}(,\d{3})+|\d{1,30})", text):
        raise ValueError("please type a whole number, such as 42")
    return int(text.replace(",", ""))


def main():
    if FIRST is not None:
        print(f"{FIRST:,} = {to_words(FIRST)}")
    print("Type a whole number. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        try:
            print(to_words(read(text)))
        except ValueError as error:
            print(f"Sorry: {error}.")


if __name__ == "__main__":
    main()
