def bubble_sort(items):
    items = items[:]
    for end in range(len(items) - 1, 0, -1):
        for i in range(end - 1):
            if items[i] > items[i + 1]:
                items[i], items[i + 1] = items[i + 1], items[i]
    return items


cases = [[], [1], [1, 2, 3], [3, 1, 2, 5, 4]]
for case in cases:
    got = bubble_sort(case)
    assert got == sorted(case), f"bubble_sort({case}) gave {got}, expected {sorted(case)}"
    print("passed", case)
