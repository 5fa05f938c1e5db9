import random


def quicksort(items, key=lambda x: x):
    if len(items) <= 1:
        return items
    pivot = key(items[len(items) // 2])
    smaller = [x for x in items if key(x) < pivot]
    equal = [x for x in items if key(x) == pivot]
    larger = [x for x in items if key(x) > pivot]
    return quicksort(smaller, key) + equal + quicksort(larger, key)


def quicksort_in_place(a, low=0, high=None):
    high = len(a) - 1 if high is None else high
    if low < high:
        pivot, border = a[high], low
        for i in range(low, high):
            if a[i] <= pivot:
                a[i], a[border] = a[border], a[i]
                border += 1
        a[border], a[high] = a[high], a[border]
        quicksort_in_place(a, low, border - 1)
        quicksort_in_place(a, border + 1, high)


random.seed(3)
numbers = random.sample(range(100), 15)
print("before:", numbers)
print("after: ", quicksort(numbers))
quicksort_in_place(numbers)
print("placed:", numbers)
print(quicksort("the quick brown fox jumps over".split(), key=len))
print("empty:", quicksort([]), "single:", quicksort([7]))
