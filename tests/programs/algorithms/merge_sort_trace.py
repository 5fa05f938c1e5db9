# snakepen: {"stdin": "38 27 43 3 9 82 10"}
def merge(left, right):
    merged, inversions = [], 0
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            inversions += len(left) - i
            j += 1
    return merged + left[i:] + right[j:], inversions


def merge_sort(values, depth=0):
    print("  " * depth + "split", values)
    if len(values) < 2:
        return values, 0
    middle = len(values) // 2
    left, a = merge_sort(values[:middle], depth + 1)
    right, b = merge_sort(values[middle:], depth + 1)
    merged, c = merge(left, right)
    print("  " * depth + "merge", merged)
    return merged, a + b + c


result, inversions = merge_sort([int(x) for x in input().split()])
print("sorted:", result)
print("inversions:", inversions)
