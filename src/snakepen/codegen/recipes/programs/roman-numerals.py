"""Turns numbers into Roman numerals, and back."""

FIRST = None  # a number here is turned at once

NUMERALS = {
    1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC",
    50: "L", 40: "XL", 10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I",
}  # fmt: skip


def to_roman(number):
    """Return 1987 as MCMLXXXVII."""
    if not 1 <= number <= 3999:
        raise ValueError("Roman numerals go from 1 to 3999")
    text = ""
    for value, numeral in NUMERALS.items():
        count, number = divmod(number, value)
        text += numeral * count
    return text


def from_roman(text):
    """Return MCMLXXXVII as 1987; only the usual spelling counts."""
    number, rest = 0, text
    for value, numeral in NUMERALS.items():
        while rest.startswith(numeral):
            number += value
            rest = rest.removeprefix(numeral)
    if rest or not number or to_roman(number) != text:
        raise ValueError(f"{text} is no Roman numeral")
    return number


def main():
    if FIRST is not None:
        print(f"{FIRST} = {to_roman(FIRST)}")
    print("Type a number or a Roman numeral. An empty line ends.")
    while True:
        try:
            text = input("> ").strip().upper()
        except EOFError:
            break
        if text in ("", "QUIT"):
            break
        try:
            print(to_roman(int(text)) if text.isdecimal() else from_roman(text))
        except ValueError as error:
            print(f"Sorry: {error}.")


if __name__ == "__main__":
    main()
