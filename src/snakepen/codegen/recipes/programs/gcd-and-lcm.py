"""Greatest common divisor by Euclid's algorithm, and least common multiple."""

import re
from functools import reduce

FIRST = "12, 18"  # worked out before anything is typed


def gcd(a, b):
    """Divide, and go on with what is left, until nothing is."""
    while b:
        a, b = b, a % b
    return a


def lcm(a, b):
    """The product has what is common to both twice."""
    return a * b // gcd(a, b)


def show_steps(a, b):
    """Show how Euclid comes to the divisor of two numbers."""
    while b:
        print(f"  {a} = {a // b} × {b} + {a % b}")
        a, b = b, a % b


def describe(numbers):
    print(f"Numbers: {', '.join(map(str, numbers))}")
    if len(numbers) == 2:
        show_steps(max(numbers), min(numbers))
    print(f"Greatest common divisor: {reduce(gcd, numbers)}")
    print(f"Least common multiple: {reduce(lcm, numbers)}")


def main():
    describe([int(number) for number in FIRST.split(", ")])
    print("Type two or more numbers. An empty line ends.")
    while True:
        try:
            words = re.split(r"[\s,;]+", input("> ").strip(" ,;"))
        except EOFError:
            break
        if words in ([""], ["quit"]):
            break
        good = all(re.fullmatch(r"0*[1-9]\d{0,29}", word) for word in words)
        if good and 2 <= len(words) <= 20:
            describe([int(word) for word in words])
        else:
            print("Please type whole numbers above 0, such as 12 18.")


if __name__ == "__main__":
    main()
