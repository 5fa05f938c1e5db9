import random


def cross(o, a, b):
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])


def half(points):
    chain = []
    for p in points:
        while len(chain) > 1 and cross(chain[-2], chain[-1], p) <= 0:
            chain.pop()
        chain.append(p)
    return chain[:-1]


def hull(points):
    points = sorted(set(points))
    return half(points) + half(points[::-1])


random.seed("convex")
points = [(round(random.gauss(20, 7)), round(random.gauss(8, 3))) for _ in range(40)]
corners = hull(points)
area = abs(sum(a[0] * b[1] - a[1] * b[0] for a, b in zip(corners, corners[1:] + corners[:1]))) / 2

xs, ys = zip(*points)
for y in range(max(ys), min(ys) - 1, -1):
    row = ""
    for x in range(min(xs), max(xs) + 1):
        row += "O" if (x, y) in corners else "." if (x, y) in points else " "
    print(row.rstrip())
print(len(corners), "corners:", *corners)
print("area:", area)
