"""A table of all prime numbers up to a number, or between two."""

import re

FIRST = 1
LAST = 100
COUNT = None  # with a number here: the first so many, wherever they end
COLUMNS = 10
LARGEST = 1_000_000


def primes_up_to(last):
    """Return the primes by the sieve of Eratosthenes: strike out all multiples."""
    is_prime = [False, False] + [True] * (last - 1)
    for number in range(2, int(last**0.5) + 1):
        if is_prime[number]:
            for multiple in range(number * number, last + 1, number):
                is_prime[multiple] = False
    return [number for number in range(last + 1) if is_prime[number]]


def first_primes(count):
    """Return so many, by looking further and further."""
    last = 100
    while len(primes := primes_up_to(last)) < count:
        last *= 2
    return primes[:count]


def show_table(primes):
    width = len(str(primes[-1])) + 2 if primes else 0
    for start in range(0, len(primes), COLUMNS):
        row = primes[start : start + COLUMNS]
        print("".join(f"{prime:{width}}" for prime in row))


def show(first, last):
    primes = [prime for prime in primes_up_to(last) if prime >= first]
    show_table(primes)
    print(f"There are {len(primes):,} primes from {first:,} to {last:,}.")


def main():
    if COUNT is None:
        show(FIRST, LAST)
    else:
        show_table(first_primes(COUNT))
        print(f"These are the first {COUNT:,} primes.")
    print("Type a number for the primes up to it. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+", text):
            text = text.replace(",", "")
        if re.fullmatch(r"\d{1,7}", text) and 2 <= int(text) <= LARGEST:
            show(1, int(text))
        else:
            print(f"Please type a whole number from 2 to {LARGEST:,}.")


if __name__ == "__main__":
    main()
