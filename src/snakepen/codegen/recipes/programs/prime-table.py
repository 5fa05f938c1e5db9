"""A table of prime numbers, and a test for any other number."""

import re

LAST = 100
CHECK = None  # a number here is tested at once
COLUMNS = 10


def primes_up_to(last):
    """Return the primes by the sieve of Eratosthenes: strike out all multiples."""
    is_prime = [False, False] + [True] * (last - 1)
    for number in range(2, int(last**0.5) + 1):
        if is_prime[number]:
            for multiple in range(number * number, last + 1, number):
                is_prime[multiple] = False
    return [number for number in range(last + 1) if is_prime[number]]


def smallest_factor(number):
    """Return the smallest factor above 1; of a prime it is the number itself."""
    factor = 2
    while factor * factor <= number:
        if number % factor == 0:
            return factor
        factor += 1
    return number


def describe(number):
    factor = smallest_factor(number)
    if factor == number:
        return f"{number} is prime."
    return f"{number} = {factor} × {number // factor}, so it is not prime."


def main():
    primes = primes_up_to(LAST)
    for start in range(0, len(primes), COLUMNS):
        row = primes[start : start + COLUMNS]
        print("".join(f"{prime:{len(str(LAST)) + 2}}" for prime in row))
    print(f"There are {len(primes):,} primes up to {LAST:,}.")
    if CHECK is not None:
        print(describe(CHECK))

    print("Type a number to test it. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+", text):
            text = text.replace(",", "")
        if not text.isdecimal() or not 2 <= int(text) <= 10**13:
            print("Please type a whole number from 2 to 10,000,000,000,000.")
        else:
            print(describe(int(text)))


if __name__ == "__main__":
    main()
