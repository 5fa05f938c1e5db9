def mean(values):
    return sum(values) / len(values)


def spread(values):
    centre = mean(values)
    return mean([(v - centre) ** 2 for v in values]) ** 0.5


def report(groups):
    for name, values in groups.items():
        print(f"{name:>6}: mean={mean(values):.2f} spread={spread(values):.3f}")


report({
    "first": [1, 2, 3, 4],
    "second": [10, 10.5, 9.75],
    "third": [],
    "fourth": [7],
})
