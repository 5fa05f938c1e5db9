def triangle(order):
    if order == 0:
        return ["▲"]
    smaller = triangle(order - 1)
    pad = " " * len(smaller)
    top = [pad + line + pad for line in smaller]
    bottom = [line + " " + line for line in smaller]
    return top + bottom


drawing = triangle(4)
print("\n".join(line.rstrip() for line in drawing))
print("triangles:", sum(line.count("▲") for line in drawing))

n = 16
bits = ["".join("*" if (x & y) == 0 else " " for x in range(n)).rstrip() for y in range(n)]
print(*bits, sep="\n")
