def pairs(items):
    it = iter(items)
    while True:
        yield next(it), next(it)


def batches(items, size):
    return (items[i:i + size] for i in range(0, len(items), size))


print(list(batches("abcdefg", 3)))
for left, right in pairs(["salt", "pepper", "fish", "chips", "toast"]):
    print(left, "&", right)
