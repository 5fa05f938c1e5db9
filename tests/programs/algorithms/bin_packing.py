# snakepen: {"stdin": "4 8 1 4 2 1 7 3 6 2 5 5 3 7\n", "args": ["10"]}
import sys

capacity = int(sys.argv[1])
boxes = list(map(int, sys.stdin.readline().split()))


def next_fit(items):
    bins = [[]]
    for item in items:
        if sum(bins[-1]) + item > capacity:
            bins.append([])
        bins[-1].append(item)
    return bins


def fit(items, prefer):
    bins = []
    for item in items:
        roomy = [b for b in bins if sum(b) + item <= capacity]
        if roomy:
            prefer(roomy).append(item)
        else:
            bins.append([item])
    return bins


lower = -(-sum(boxes) // capacity)
print(f"{len(boxes)} boxes, total {sum(boxes)}, at least {lower} vans of {capacity}")
for name, bins in {
    "next fit": next_fit(boxes),
    "first fit": fit(boxes, lambda roomy: roomy[0]),
    "best fit": fit(boxes, lambda roomy: max(roomy, key=sum)),
    "decreasing": fit(sorted(boxes, reverse=True), lambda roomy: roomy[0]),
}.items():
    print(f"{name:<11}{len(bins)} vans:", " ".join("".join(map(str, b)) for b in bins))
