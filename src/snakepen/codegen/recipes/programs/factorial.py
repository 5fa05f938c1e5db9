"""Factorials: 5! is 1 × 2 × 3 × 4 × 5, with a loop and by recursion."""

FIRST = 5  # worked out before anything is typed
LARGEST = 500


def factorial(n):
    """Multiply all numbers up to n, one after the other."""
    result = 1
    for number in range(2, n + 1):
        result *= number
    return result


def factorial_by_recursion(n):
    """The same: 5! is 5 times 4!, and 0! and 1! are 1."""
    if n <= 1:
        return 1
    return n * factorial_by_recursion(n - 1)


def describe(n):
    result = factorial(n)
    assert result == factorial_by_recursion(n)
    if 1 < n <= 12:
        factors = " × ".join(str(number) for number in range(1, n + 1))
        return f"{n}! = {factors} = {result:,}"
    return f"{n}! = {result:,}"


def main():
    print(describe(FIRST))
    print("Type another number. An empty line ends.")
    while True:
        try:
            text = input("> ").strip()
        except EOFError:
            break
        if text.lower() in ("", "quit"):
            break
        if text.isdecimal() and len(text) <= 3 and int(text) <= LARGEST:
            print(describe(int(text)))
        else:
            print(f"Please type a whole number from 0 to {LARGEST}.")


if __name__ == "__main__":
    main()
