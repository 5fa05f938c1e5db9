"""Perfect numbers, which are the sum of their divisors: 6 = 1 + 2 + 3."""

import re

FIRST = None  # a number here is tested at once
LAST = 10_000  # all up to this are looked for when FIRST is None
LARGEST = 10**12


def divisors(number):
    """Return the divisors in order, but for the number itself."""
    found = {1} if number > 1 else set()
    divisor = 2
    while divisor * divisor <= number:
        if number % divisor == 0:
            found |= {divisor, number // divisor}
        divisor += 1
    return sorted(found)


def describe(number):
    found = divisors(number)
    total = sum(found)
    verdict = "is perfect" if total == number else "is not perfect"
    return f"{number} {verdict}: {' + '.join(map(str, found)) or 0} = {total}"


def main():
    if FIRST is not None:
        print(describe(FIRST))
    else:
        for number in range(1, LAST + 1):
            if sum(divisors(number)) == number:
                print(describe(number))
        print(f"These are all up to {LAST:,}.")
    print("Type a number to test it. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        if re.fullmatch(r"\d{1,13}", text) and 1 <= int(text) <= LARGEST:
            print(describe(int(text)))
        else:
            print(f"Please type a whole number from 1 to {LARGEST:,}.")


if __name__ == "__main__":
    main()
