"""Compares the speed of bubble sort, insertion sort, quicksort and Python's own sort."""

import random
import time

SIZE = 1000


def bubble_sort(numbers):
    numbers = list(numbers)
    for end in range(len(numbers) - 1, 0, -1):
        for i in range(end):
            if numbers[i] > numbers[i + 1]:
                numbers[i], numbers[i + 1] = numbers[i + 1], numbers[i]
    return numbers


def insertion_sort(numbers):
    numbers = list(numbers)
    for i, number in enumerate(numbers):
        while i > 0 and numbers[i - 1] > number:
            numbers[i] = numbers[i - 1]
            i -= 1
        numbers[i] = number
    return numbers


def quicksort(numbers):
    if len(numbers) <= 1:
        return numbers
    pivot = random.choice(numbers)
    smaller = [n for n in numbers if n < pivot]
    equal = [n for n in numbers if n == pivot]
    larger = [n for n in numbers if n > pivot]
    return quicksort(smaller) + equal + quicksort(larger)


def main():
    numbers = [random.randrange(SIZE * 10) for _ in range(SIZE)]
    print(f"{SIZE:,} random numbers:")
    times = {}
    for sort in (bubble_sort, insertion_sort, quicksort, sorted):
        start = time.perf_counter()
        result = sort(numbers)
        times[sort.__name__] = time.perf_counter() - start
        assert result == sorted(numbers), f"{sort.__name__} is wrong"
    slowest = max(times.values())
    for name, seconds in times.items():
        print(
            f"{name:15} {1000 * seconds:9.2f} ms {'#' * round(40 * seconds / slowest)}"
        )


if __name__ == "__main__":
    main()
