"""All even or all odd numbers from one number to another."""

FIRST = 1
LAST = 100
REST = 0  # what dividing by 2 leaves: 0 of even numbers, 1 of odd ones
COLUMNS = 10


def main():
    numbers = [number for number in range(FIRST, LAST + 1) if number % 2 == REST]
    width = max(len(str(FIRST)), len(str(LAST))) + 2
    for start in range(0, len(numbers), COLUMNS):
        row = numbers[start : start + COLUMNS]
        print("".join(f"{number:{width}}" for number in row))
    kind = "odd" if REST else "even"
    print(f"From {FIRST} to {LAST} there are {len(numbers):,} {kind} numbers.")


if __name__ == "__main__":
    main()
