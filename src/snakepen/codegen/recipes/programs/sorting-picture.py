"""Shows how bubble sort works: the list at several moments, as bars."""

import random

import matplotlib.pyplot as plt

SIZE = 20
PICTURES = 6


def bubble_sort(numbers):
    """Sort in place, and yield the list after each pass."""
    yield list(numbers)
    for end in range(len(numbers) - 1, 0, -1):
        swapped = False
        for i in range(end):
            if numbers[i] > numbers[i + 1]:
                numbers[i], numbers[i + 1] = numbers[i + 1], numbers[i]
                swapped = True
        yield list(numbers)
        if not swapped:
            break


def main():
    numbers = random.sample(range(1, SIZE + 1), SIZE)
    moments = list(bubble_sort(numbers))
    for number, moment in enumerate(moments):
        print(f"{number:3}: {' '.join(f'{n:2}' for n in moment)}")
    print(f"Sorted after {len(moments) - 1} passes.")

    fig, axes = plt.subplots(2, PICTURES // 2, sharex=True, sharey=True)
    for i, ax in enumerate(axes.flat):
        number = round(i * (len(moments) - 1) / (len(axes.flat) - 1))
        ax.bar(range(SIZE), moments[number])
        ax.set_title(f"after pass {number}")
    fig.suptitle("Bubble sort")
    fig.supxlabel("place in the list")
    fig.supylabel("number")
    plt.show()


if __name__ == "__main__":
    main()
